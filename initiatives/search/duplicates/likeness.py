"""How much two entries look the same, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from initiatives.search.duplicates.alignment import Alignment, align
from initiatives.search.duplicates.profile import Profile, Token, acronyms, tokens
from initiatives.search.duplicates.vocabulary import UNKNOWN_SHARE, bare, meaning, share

#: What says how much an idea says, from 0 to 1.
Weigh = Callable[[str], float]
#: Titles whose common words together say less than this name nothing in particular: "Migration programme".
TELLING = 0.6
#: So much counts a word that only says again where it is or who does it.
REPEATED = 0.4

#: What a piece of evidence (from 0 to 1) adds to the logarithm of the odds that two entries are one and the same; as
#: fitted by `python -m bench.duplicates fit`.
EVIDENCE = {
    "same words": 2.3,
    "contained": 2.6,
    "verbatim": 1.8,
    "acronym": 1.3,
    "both say more": -2.1,
    "one word exchanged": -2.4,
    "same number": 0.6,
    "other number": -1.0,
    "same place": 0.6,
    "other place": -2.9,
    "same organisation": 1.3,
    "other organisation": -0.9,
    "same year": 0.2,
    "other year": -1.6,
}
BIAS = -3.0


@dataclass(frozen=True)
class Likeness:
    """How much two entries look the same.

    Attributes:
        evidence: what speaks for it and against it, by its name in `EVIDENCE`.
        shared: what ours has too of the other title, in runs of words as they stand there.
        is_literal: whether ours has them to the letter, and not translated, misspelt or abbreviated.
        cities, countries: names of the cities and codes of the countries that both are in.
        organisations: names of the other's that ours has too.
        years: those that both name.
    """

    evidence: dict[str, float]
    shared: list[str]
    is_literal: bool
    cities: list[str]
    countries: list[str]
    organisations: list[str]
    years: list[int]

    @property
    def score(self) -> float:
        """The likeness, from 0 to 1."""
        return 1 / (1 + exp(-BIAS - sum(EVIDENCE[name] * value for name, value in self.evidence.items())))


def weight_of_share(share: float) -> float:
    """Return how much an idea says that stands in this share of all titles: from 0 (in all) to 1 (hardly in any)."""
    return min(1.0, log(1 / min(share, 1.0)) / log(1 / UNKNOWN_SHARE))


def prior(idea: str) -> float:
    """Return how much an idea says where nothing is known of the catalogue."""
    return weight_of_share(share(idea))


def compare(ours: Profile, theirs: Profile, weigh: Weigh = prior) -> Likeness:
    """Return how much two entries look the same; `weigh` says how much an idea says."""
    a, b = ours.tokens, theirs.tokens
    alignment = align(_words(a), _words(b), (ours.title, theirs.title))
    organisations = _same_organisations(ours, theirs)
    repeated = {token.idea for name in organisations for token in tokens(name)}

    def weight(token: Token) -> float:
        return weigh(token.idea) * (REPEATED if token.is_place or token.idea in repeated else 1.0)

    evidence = _of_titles(alignment, weight) | {
        "verbatim": max(_verbatim(ours, theirs, a, weight), _verbatim(theirs, ours, b, weight)),
        "one word exchanged": _exchanged(alignment, repeated),
        "acronym": float(bool(alignment.acronym or _own_acronyms(ours, repeated) & _own_acronyms(theirs, repeated))),
    }
    evidence |= _of_numbers(a, b) | _of_places(ours, theirs, a, b)
    evidence |= _either("year", ours.years, theirs.years)
    evidence |= _either("organisation", ours.organisations, theirs.organisations, same=bool(organisations))
    matched = {theirs_too for _ours, theirs_too, _sureness in alignment.pairs}
    return Likeness(
        evidence=evidence,
        shared=_runs(theirs.title, b, matched) or [each for each in [alignment.acronym] if each],
        is_literal=all(x.word == y.word for x, y, _sureness in alignment.pairs),
        cities=[name for number, name in theirs.cities.items() if number in ours.cities],
        countries=sorted(ours.countries & theirs.countries),
        organisations=organisations,
        years=sorted(ours.years & theirs.years),
    )


def _runs(title: str, said: list[Token], matched: Collection[Token]) -> list[str]:
    """Return those words of a title that are matched, in runs with the small words that stand between them."""
    found, run_from, at = [], -1, 0
    for token in [*said, None]:
        is_matched = token in matched
        start = title.find(token.text, at) if token else -1
        if is_matched and start >= 0:
            run_from = start if run_from < 0 else run_from
            at = start + len(token.text) if token else at
        elif run_from >= 0:
            found.append(title[run_from:at])
            run_from = -1
    return found


def _words(said: list[Token]) -> list[Token]:
    return [token for token in said if not token.is_number]


def _of_titles(alignment: Alignment, weight: Callable[[Token], float]) -> dict[str, float]:
    common = [(min(weight(x), weight(y)), sureness) for x, y, sureness in alignment.pairs]
    if alignment.acronym:
        common.append((1.0, 1.0))
    matched, shared = sum(value for value, _ in common), sum(value * sureness for value, sureness in common)
    left = [sum(map(weight, side)) for side in alignment.left_over]
    ours, theirs = matched + left[0], matched + left[1]
    if not ours or not theirs:
        return {"same words": 0.0, "contained": 0.0, "both say more": 0.0}
    return {
        "same words": 2 * shared / (ours + theirs) * min(1.0, shared / TELLING),
        "contained": shared / min(ours, theirs) * min(1.0, shared),
        "both say more": 2 * min(left) / (ours + theirs),
    }


def _verbatim(short: Profile, long: Profile, said: list[Token], weight: Callable[[Token], float]) -> float:
    """Return how much a title says (at most 1) that stands as it is within the other, or 0."""
    name = short.name
    silent = name.count(" ") + 1 - len(said)
    # One word that says something, and two more or another such, or it is no name.
    if 2 * len(said) + silent < 3 or f" {name} " not in f" {long.name} ":
        return 0.0
    return min(1.0, sum(map(weight, said)) + 0.1 * silent)


def _exchanged(alignment: Alignment, repeated: Collection[str]) -> float:
    """Return how much of two titles is the same to the letter, if both say something else beside it."""
    left = [
        [token for token in side if not token.is_place and token.idea not in repeated] for side in alignment.left_over
    ]
    if not all(left):
        return 0.0
    same = sum(x.word == y.word for x, y, _sureness in alignment.pairs)
    return same / (len(alignment.pairs) + min(map(len, left)))


def _own_acronyms(side: Profile, repeated: Collection[str]) -> set[str]:
    return {word for word in side.acronyms if meaning(word) is None and f"={bare(word)}" not in repeated}


def _of_numbers(a: list[Token], b: list[Token]) -> dict[str, float]:
    ours, theirs = ({token.idea for token in side if token.is_number} for side in (a, b))
    return _either("number", ours, theirs)


def _either(
    what: str, ours: Collection[object], theirs: Collection[object], *, same: bool | None = None
) -> dict[str, float]:
    """Return whether two have something in common (unless `same` says it), or both have something and other things."""
    same = bool(set(ours) & set(theirs)) if same is None else same
    return {f"same {what}": float(same), f"other {what}": float(bool(ours and theirs) and not same)}


def _of_places(ours: Profile, theirs: Profile, a: list[Token], b: list[Token]) -> dict[str, float]:
    """Compare where they are, as they say it or as their titles name it: a city says more than a country."""
    named = [{token.idea for token in side if token.is_place} for side in (a, b)]
    cities, countries = (
        [said | {idea for idea in named[n] if idea[0] == kind} for n, said in enumerate(sides)]
        for kind, sides in (
            ("c", [{f"city:{number}" for number in side.cities} for side in (ours, theirs)]),
            ("@", [{f"@{code}" for code in side.countries} for side in (ours, theirs)]),
        )
    )
    if cities[0] & cities[1]:
        return {"same place": 1.0, "other place": 0.0}
    other_city = bool(cities[0] and cities[1])
    if countries[0] & countries[1]:
        return {"same place": 0.3 if other_city else 0.7, "other place": 0.5 * other_city}
    return {"same place": 0.0, "other place": float(bool(countries[0] and countries[1]))}


def _same_organisations(ours: Profile, theirs: Profile) -> list[str]:
    """Return the organisations of `theirs` that are among `ours` too, perhaps abbreviated or in another language."""
    return [
        name for name in theirs.organisations if any(_same_organisation(name, each) for each in ours.organisations)
    ]


@lru_cache(8192)
def _same_organisation(one: str, other: str) -> bool:
    a, b = tokens(one), tokens(other)
    if [token.idea for token in a] == [token.idea for token in b]:
        return True
    alignment = align(a, b, (one, other))
    if alignment.acronym or acronyms(one) & acronyms(other):
        return True
    shared = sum(min(prior(x.idea), prior(y.idea)) * sureness for x, y, sureness in alignment.pairs)
    # The department of a ministry is the ministry, but the city of one place is not that of another.
    left = min(sum(prior(token.idea) for token in side) for side in alignment.left_over)
    return shared >= 0.4 and left <= shared / 3
