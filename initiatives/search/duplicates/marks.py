"""The marks by which entries that may look the same are found, without a look at all the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b

from django.core.cache import cache as shared_cache
from django.db import connection, transaction

from initiatives.models import Initiative, MatchKey
from initiatives.search.duplicates.likeness import Weigh, weight_of_share
from initiatives.search.duplicates.profile import Profile, Token, initials, sound, tokens
from initiatives.search.duplicates.vocabulary import share

#: What stands in more titles than this share of them finds too many.
COMMON = 0.2
#: A title of so few words is also found by the sound and by parts of a word, lest one slip hides it.
FEW_WORDS = 4
ORGANISATIONS = 6
#: A mark is not counted beyond this number of entries, and not used if so many have it.
COUNTED = 3000
#: The marks of a look-up are, the rarest first, on so many entries together.
READ = 5000
CANDIDATES = 32
#: So many titles count as read before the catalogue's own: their shares are the glossary's.
BACKGROUND = 1000
_SIZE_KEPT = 600


def marks_of(profile: Profile) -> set[str]:
    """Return the marks of an entry; those that look the same share some that are rare."""
    said = profile.tokens
    ideas = {token.idea for token in said}
    found = {idea for idea in ideas if share(idea) <= COMMON and idea[0] != "#"}
    found |= {f"@{code}" for code in profile.countries} | {f"city:{number}" for number in profile.cities}
    found |= {f"title:{' '.join(sorted({token.idea for token in each}))}" for each in (said, tokens(profile.head))}
    # A title that was cut off begins as it does.
    found.add(f"start:{' '.join(token.idea for token in said[:3])}")
    found |= {
        f"abbreviation:{each}" for each in [*profile.acronyms, *initials(profile.title), *initials(profile.head)]
    }
    found |= {
        f"organisation:{mark}" for name in profile.organisations[:ORGANISATIONS] if (mark := _organisation(name))
    }
    telling = [token for token in said if not token.is_number and share(token.idea) <= COMMON]
    for token in said if len(telling) < FEW_WORDS else telling:
        found |= _sounds(token, in_parts=len(telling) < FEW_WORDS)
    return {mark for mark in found if not mark.startswith("abbreviation:") or 3 <= len(mark) - 13 <= 8}


def _organisation(name: str) -> str:
    return " ".join(sorted({token.idea for token in tokens(name)}))


def _sounds(token: Token, *, in_parts: bool) -> set[str]:
    """Return marks of a word that one slip of the finger leaves as they are."""
    if " " in token.word or token.is_number or (token.is_known and not in_parts):
        return set()
    found = {f"sound:{sound(token.word)}"} if len(sound(token.word)) > 2 else set()
    if in_parts and len(token.word) > 5:
        found |= {f"begins:{token.word[:4]}", f"ends:{token.word[-4:]}"}
    return found


@lru_cache(maxsize=8192)
def digest(mark: str) -> int:
    """Return the number that stands for a mark in the table."""
    return int.from_bytes(blake2b(mark.encode(), digest_size=8).digest(), signed=True)


@transaction.atomic(savepoint=False)
def write(profiles: Mapping[int, Profile], *, instead_of: Collection[int]) -> None:
    """Write the marks of published entries, by their numbers, `instead_of` those that entries had."""
    MatchKey.objects.filter(initiative__in=instead_of).delete()
    rows = [
        MatchKey(key=digest(mark), initiative_id=number)
        for number, profile in profiles.items()
        for mark in sorted(marks_of(profile))
    ]
    MatchKey.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)


def counts(found: Iterable[str]) -> dict[str, int]:
    """Return on how many entries each mark is, as far as `COUNTED`."""
    numbers = {digest(mark): mark for mark in found}
    if not numbers:
        return {}
    # One query that reads no more of the index than it must, on both databases.
    values = " UNION ALL ".join(["SELECT %s AS key"] * len(numbers))
    query = (
        "SELECT wanted.key, (SELECT COUNT(*) FROM (SELECT 1 FROM initiatives_matchkey AS mark"  # noqa: S608
        f" WHERE mark.key = wanted.key LIMIT {COUNTED}) AS counted) FROM ({values}) AS wanted"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, list(numbers))
        return {numbers[number]: count for number, count in cursor.fetchall()}


def size() -> int:
    """Return about how many entries are published."""
    return shared_cache.get_or_set("duplicates:size", lambda: Initiative.objects.published().count(), _SIZE_KEPT) or 0


def weigher(known: Mapping[str, int]) -> Weigh:
    """Return what says how much an idea says in this catalogue, from on how many entries each of them is."""
    total = size() + BACKGROUND

    @cache
    def weigh(idea: str) -> float:
        return weight_of_share((known.get(idea, 0) + BACKGROUND * share(idea)) / total)

    return weigh


def candidates(profile: Profile) -> list[int]:
    """Return the numbers of the entries that share most of the rare marks, the most promising first."""
    known = {mark: count for mark, count in counts(marks_of(profile)).items() if 0 < count < COUNTED}
    chosen: list[float] = []
    read = 0
    for mark in sorted(known, key=lambda each: (known[each], each)):
        read += known[mark]
        if chosen and read > READ:
            break
        chosen += [weight_of_share(known[mark] / (size() + BACKGROUND)), digest(mark)]
    if not chosen:
        return []
    each = "SELECT initiative_id, %s AS weight FROM initiatives_matchkey WHERE key = %s"
    query = (
        f"SELECT initiative_id FROM ({' UNION ALL '.join([each] * (len(chosen) // 2))}) AS shared"  # noqa: S608
        f" GROUP BY initiative_id ORDER BY SUM(weight) DESC, initiative_id DESC LIMIT {CANDIDATES}"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, chosen)
        return [number for (number,) in cursor.fetchall()]
