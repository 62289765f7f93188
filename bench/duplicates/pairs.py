"""Pairs of entries that are the same action, or are not, made from real initiatives.

Two sets that share no entry: rows with an odd number are for tuning, those with an even one are held out. Either
set has pairs written by hand (`tuning.csv`, `held_out.csv`: translated, renamed; other actions of the same city or
organisation, the same title elsewhere) and pairs made by the seeded changes below.
"""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from bench.duplicates.entries import Entry, entry_of, real_initiatives
from bench.duplicates.made_up import made_up
from initiatives.search.duplicates.likeness import prior
from initiatives.search.duplicates.profile import tokens
from initiatives.text import words

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pair:
    """Two entries, whether they are the same action, and how the pair came about."""

    one: Entry
    other: Entry
    same: bool
    how: str
    by_hand: bool = False


def written_pairs(name: str, entries: dict[int, Entry]) -> list[Pair]:
    """Return the pairs of a list that was written by hand."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Pair(entries[int(row["number"])], entry_of(row), row["same"] == "yes", row["how"], by_hand=True)
            for row in csv.DictReader(file)
        ]


# ---- The same action, listed otherwise -------------------------------------

_SHORT_FORM = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<other>[^()]+)\)\s*$")
_NEIGHBOURS = {a: b for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for a, b in pairwise(row)}
_ABBREVIATIONS = {
    "programme": "prog.",
    "program": "prog.",
    "international": "int'l",
    "development": "dev.",
    "government": "govt",
    "national": "nat'l",
    "and": "&",
    "organisation": "org.",
    "department": "dept.",
    "community": "comm.",
    "services": "svcs",
    "management": "mgmt",
}
_SPELLINGS = {
    "programme": "program",
    "program": "programme",
    "labour": "labor",
    "center": "centre",
    "centre": "center",
    "centres": "centers",
    "harmonisation": "harmonization",
    "neighbouring": "neighboring",
}


def short_or_long(title: str, chance: random.Random) -> str | None:
    """Return one of the names that a title has: what is in parentheses or before them, what is before a colon."""
    if found := _SHORT_FORM.match(title):
        return chance.choice([found["name"], found["other"]])
    head, *tail = re.split(r":\s|\s-\s", title, maxsplit=1)
    return head if tail and len(head.split()) > 1 else None


def truncated(title: str, chance: random.Random) -> str | None:
    """Return a title as listing pages cut it off, between words or within one."""
    if len(title) < 45:
        return None
    end = chance.randint(max(30, len(title) * 45 // 100), len(title) * 80 // 100)
    cut = title[:end] if chance.random() < 0.4 else title[:end].rsplit(" ", 1)[0]
    return cut.rstrip(" ,:;-") + "…"


def misspelt(title: str, chance: random.Random) -> str | None:
    """Return a title with a slip in every third long word, at least one: swapped, left out, doubled, next key."""
    parts = title.split(" ")
    long = [n for n, part in enumerate(parts) if len(part) > 4 and part.isalpha()]
    if not long:
        return None
    for n in chance.sample(long, max(1, len(long) // 3)):
        parts[n] = _slip(parts[n], chance)
    return " ".join(parts)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    match chance.choice(["swap", "leave out", "double", "next key"]):
        case "swap":
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case "leave out":
            return word[:at] + word[at + 1 :]
        case "double":
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + _NEIGHBOURS.get(word[at].lower(), "e") + word[at + 1 :]


def reordered(title: str, chance: random.Random) -> str | None:
    """Return a title with its halves exchanged, or a word moved to the end."""
    halves = re.split(r":\s|\s-\s|\s\(", title.replace(")", ""), maxsplit=1)
    if len(halves) == 2:
        return f"{halves[1]} – {halves[0]}"
    parts = title.split(" ")
    if len(parts) < 3:
        return None
    at = chance.randrange(1, len(parts) - 1)
    return f"{' '.join(parts[at:])}, {' '.join(parts[:at])}"


def respelt(title: str, chance: random.Random) -> str | None:
    """Return a title without accents and capitals, in the other English, abbreviated."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    table = _ABBREVIATIONS if chance.random() < 0.5 else _SPELLINGS
    changed = " ".join(table.get(word.lower(), word) for word in plain.split(" "))
    changed = chance.choice([str, str.lower, str.upper])(changed.replace(":", " -"))
    return changed if changed != title else None


def framed(title: str, chance: random.Random, organisation: str = "") -> str:
    """Return a title as others put it into a list of theirs."""
    if organisation and chance.random() < 0.5:
        return f"{organisation}: {title}"
    return chance.choice([f"The {title} initiative", f"{title} project", f"Project “{title}”", f"About {title}"])


CHANGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "short or long": short_or_long,
    "truncated": truncated,
    "misspelt": misspelt,
    "reordered": reordered,
    "respelt": respelt,
    "framed": framed,
}


def changed(entry: Entry, chance: random.Random) -> Pair | None:
    """Return a pair of an entry and the same listed otherwise, with some of its facts left out, or None."""
    hows = chance.sample(list(CHANGES), 2 if chance.random() < 0.3 else 1)
    title = entry.title
    for how in hows:
        organisation = entry.organisations[0] if entry.organisations else ""
        new = framed(title, chance, organisation) if how == "framed" else CHANGES[how](title, chance)
        if new is None:
            return None
        title = new
    other = replace(
        entry,
        title=title,
        countries=entry.countries if chance.random() < 0.8 else (),
        cities=entry.cities if chance.random() < 0.6 else (),
        organisations=entry.organisations if chance.random() < 0.5 else (),
        start=entry.start if chance.random() < 0.5 else None,
        end=None,
    )
    # What is left of the name must name something, or nobody could say that it is the same.
    who = set(words(" ".join(entry.organisations)))
    return None if set(words(title)) <= who else Pair(entry, other, same=True, how=" and ".join(hows))


# ---- Another action that looks alike ---------------------------------------

_ELSEWHERE = {
    "Ghana": "Kenya",
    "Ghanaian": "Kenyan",
    "Morocco": "Senegal",
    "Moroccan": "Senegalese",
    "Zimbabwe": "Botswana",
    "Nepal": "Cambodia",
    "Indonesian": "Vietnamese",
    "Nigeria": "Cameroon",
    "Georgia": "Kazakhstan",
    "Uruguay": "Paraguay",
    "Ethiopia": "Rwanda",
    "Brazil": "Chile",
    "Madagascar": "Mauritius",
    "Philippine": "Thai",
    "Indian": "Sri Lankan",
    "Mexicanos": "Peruanos",
    "Moldova": "Albania",
    "Salvador": "Panama",
    "Dallas": "Portland",
    "Kampala": "Lusaka",
    "San José": "Sacramento",
    "Sfax": "Rabat",
    "Barranquilla": "Medellín",
    "Guayaquil": "Cuenca",
    "São Leopoldo": "Curitiba",
    "Buenos Aires": "Montevideo",
    "France": "Italy",
    "African": "Caribbean",
    "European": "Asian",
}


def elsewhere(entry: Entry, chance: random.Random) -> Pair | None:
    """Return a pair of an entry and the same title of another place."""
    for place, other in _ELSEWHERE.items():
        if re.search(rf"\b{place}\b", entry.title):
            title = re.sub(rf"\b{place}\b", other, entry.title)
            return Pair(entry, Entry(title, start=entry.start), same=False, how="same title elsewhere")
    return None


def another_period(entry: Entry, chance: random.Random) -> Pair | None:
    """Return a pair of a plan and the one for another period."""
    found = re.search(r"(20\d\d)\s*-\s*(20\d\d)", entry.title)
    if not found:
        return None
    later = chance.randint(4, 6)
    period = f"{int(found[1]) + later}-{int(found[2]) + later}"
    other = replace(
        entry,
        title=entry.title.replace(found[0], period),
        start=entry.start and entry.start + later,
        end=entry.end and entry.end + later,
    )
    return Pair(entry, other, same=False, how="another period")


def same_people(entry: Entry, chance: random.Random, others: list[Entry]) -> Pair:
    """Return a pair of an entry and another action, of a title rather like it, of the same place and organisation."""
    other = chance.choice(_most_alike(entry, others)[:6])
    facts = replace(entry, title=other.title, start=other.start, end=other.end)
    return Pair(entry, facts, same=False, how="same place and organisation")


def most_alike(entry: Entry, chance: random.Random, others: list[Entry]) -> Pair | None:
    """Return a pair of an entry and a real other one that shares many of its words."""
    other = chance.choice(_most_alike(entry, others)[:3])
    return Pair(entry, other, same=False, how="many words shared") if _shared(entry, other) > 1 else None


def _most_alike(entry: Entry, others: list[Entry]) -> list[Entry]:
    different = [each for each in others if each.title != entry.title]
    return sorted(different, key=lambda other: _shared(entry, other), reverse=True)


def _shared(entry: Entry, other: Entry) -> int:
    return len({word for word in words(entry.title) if len(word) > 3} & set(words(other.title)))


# ---- The sets --------------------------------------------------------------


def _made(entries: list[Entry], seed: int, same: int, different: int) -> list[Pair]:
    chance = random.Random(seed)
    pairs: list[Pair] = []
    while len(pairs) < same:
        pair = changed(chance.choice(entries), chance)
        if pair and pair not in pairs:
            pairs.append(pair)
    made: list[Pair] = []
    while len(made) < different:
        entry = chance.choice(entries)
        match chance.choice(["elsewhere", "period", "people", "alike"]):
            case "elsewhere":
                pair = elsewhere(entry, chance)
            case "period":
                pair = another_period(entry, chance)
            case "people":
                pair = same_people(entry, chance, entries)
            case _:
                pair = most_alike(entry, chance, entries)
        if pair and pair not in made:
            made.append(pair)
    return pairs + made


def _at_random(entries: list[Entry], seed: int, number: int) -> list[Pair]:
    """Return pairs of any two entries: without them, nothing would be learnt from that two are of one city."""
    chance = random.Random(seed)
    return [Pair(*chance.sample(entries, 2), same=False, how="at random") for _ in range(number)]


def _nearest_made_up(entries: list[Entry]) -> list[Pair]:
    """Return pairs of an entry and, of many that nobody has thought of, the one that says most of the same."""
    others = [(other, {token.idea for token in tokens(other.title)}) for other in made_up(2000, seed=1)]
    pairs = []
    for entry in entries:
        said = {token.idea for token in tokens(entry.title)}
        nearest = max(others, key=lambda other: sum(map(prior, said & other[1])))
        pairs.append(Pair(nearest[0], entry, same=False, how="made up"))
    return pairs


def tuning_set() -> list[Pair]:
    """Return the pairs to tune on."""
    entries = {number: entry for number, entry in real_initiatives().items() if number % 2}
    written = written_pairs("tuning", entries)
    made = _made(list(entries.values()), seed=1, same=200, different=200)
    chance = _at_random(list(entries.values()), seed=1, number=200)
    return written + made + chance + _nearest_made_up([pair.other for pair in written if pair.same])


def held_out_set() -> list[Pair]:
    """Return the 200 pairs that nothing was tuned on: 100 of the same action, 100 that only look alike."""
    entries = {number: entry for number, entry in real_initiatives().items() if not number % 2}
    pairs = written_pairs("held_out", entries)
    same = sum(pair.same for pair in pairs)
    missing = 100 - same, 100 - (len(pairs) - same)
    return pairs + _made(list(entries.values()), seed=2, same=missing[0], different=missing[1])
