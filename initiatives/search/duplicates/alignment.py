"""Which words of two titles or names are the same: in meaning, in spelling, or in sound."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from initiatives.search.duplicates.profile import Token, sound, stands_for

#: From this likeness on two words are one, misspelt; the likeness is how sure that is.
SPELT_ALIKE = 0.75
#: So sure are two words one that are only written with the same consonants, in whatever script.
SOUNDS_ALIKE = 0.8


@dataclass(frozen=True)
class Alignment:
    """How the words of two titles go together.

    Attributes:
        pairs: words of either that are the same, with how sure that is.
        left_over: the words of either that the other has not.
        acronym: an abbreviation in one that stands for words of the other.
    """

    pairs: list[tuple[Token, Token, float]]
    left_over: tuple[list[Token], list[Token]]
    acronym: str


def align(ours: list[Token], theirs: list[Token], names: tuple[str, str]) -> Alignment:
    """Pair off the words of two titles, the surest first; `names` are the titles themselves."""
    mine, others = _once(ours), _once(theirs)
    by_idea = {token.idea: token for token in others}
    pairs = [(token, by_idea[token.idea], 1.0) for token in mine if token.idea in by_idea]
    _take(pairs, mine, others)
    alike = [(a, b, sureness) for a in mine for b in others if (sureness := _alike(a, b))]
    for pair in sorted(alike, key=lambda each: -each[2]):
        if pair[0] in mine and pair[1] in others:
            pairs.append(pair)
            _take([pair], mine, others)
    acronym = _explain(mine, others, names[1]) or _explain(others, mine, names[0])
    return Alignment(pairs, (mine, others), acronym)


def _once(said: list[Token]) -> list[Token]:
    first: dict[str, Token] = {}
    for token in said:
        first.setdefault(token.idea, token)
    return list(first.values())


def _take(pairs: list[tuple[Token, Token, float]], mine: list[Token], others: list[Token]) -> None:
    for a, b, _sureness in pairs:
        mine.remove(a)
        others.remove(b)


def _alike(a: Token, b: Token) -> float:
    """Return how sure two words are one, misspelt or written in another script; 0 if they are not."""
    if (a.is_known and b.is_known) or a.is_number or b.is_number:
        return 0.0
    likeness = float(OSA.normalized_similarity(a.word, b.word))
    if likeness >= SPELT_ALIKE and min(len(a.word), len(b.word)) > 3:
        return likeness
    other_script = (a.word > "؀") != (b.word > "؀")
    if len(sound(a.word)) > 2 and sound(a.word) == sound(b.word) and (other_script or likeness >= 0.5):
        return SOUNDS_ALIKE
    return 0.0


def _explain(abbreviated: list[Token], written_out: list[Token], name: str) -> str:
    """Take an abbreviation, and the words that it stands for, out of what is left over; return it, or nothing."""
    for token in abbreviated:
        if not token.is_known and (meant := stands_for(token.word, name)):
            abbreviated.remove(token)
            written_out[:] = [each for each in written_out if each.word not in meant]
            return token.text
    return ""
