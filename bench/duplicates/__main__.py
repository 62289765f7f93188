"""`python -m bench.duplicates`: how well duplicates are found, and how fast. See bench/README.md."""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

import numpy as np
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.duplicates import catalogue, made_up, pairs, score
from bench.duplicates.entries import Entry
from initiatives.models import Initiative, MatchKey
from initiatives.search import duplicates
from initiatives.search.duplicates import lookup

#: Pairs that were written by hand count so many times when the evidence is weighed.
BY_HAND = 3


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=["quality", "fit", "speed", "misses"], default="quality")
    parser.add_argument("--entries", type=int, help="So many made-up entries are in the catalogue as well.")
    given = parser.parse_args()
    if given.what == "fit":
        fit()
        return
    with database():
        call_command("load_catalogue", "--without-entries", verbosity=0)
        if given.what == "speed":
            speed(given.entries or 100_000)
        else:
            quality(given.entries or 5000, show_misses=given.what == "misses")


@contextmanager
def database() -> Iterator[None]:
    """Use a database of its own, on SQLite or where DATABASE_URL says."""
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def quality(others: int, *, show_misses: bool) -> None:
    """Look every pair's other listing up in a catalogue with its entry, and print how many are found."""
    sets = {"tuning": pairs.tuning_set(), "held out": pairs.held_out_set()}
    looked_for = list(dict.fromkeys(pair.one for found in sets.values() for pair in found))
    published = dict(zip(looked_for, catalogue.publish(looked_for), strict=True))
    catalogue.publish_made_up(others)
    print(f"{connection.vendor}, {len(looked_for) + others} entries, {others} of them made up")
    plain = {name: score.plain(found) for name, found in sets.items()}
    same = {name: np.array([pair.same for pair in found]) for name, found in sets.items()}
    at = {"ours": lookup.THRESHOLD, "plain": score.best_threshold(plain["tuning"], same["tuning"])}
    print(f"{'':34}{'precision':>10}{'recall':>8}")
    for name, found in sets.items():
        scores = {"ours": np.array([_looked_up(pair, published) for pair in found]), "plain": plain[name]}
        by_hand = np.array([pair.by_hand for pair in found])
        for matcher, values in scores.items():
            of = f"{name}: {matcher} at {at[matcher]:.2f}"
            _print(of, *score.precision_and_recall(values, same[name], at[matcher]))
            _print("  by hand alone", *score.precision_and_recall(values[by_hand], same[name][by_hand], at[matcher]))
        _by_kind(found, scores["ours"] >= at["ours"])
        if show_misses and name == "tuning":
            for pair, value in zip(found, scores["ours"], strict=True):
                if (value >= at["ours"]) != pair.same:
                    print(f"  {value:.2f} {pair.how}: {pair.one.title} / {pair.other.title}")


def _looked_up(pair: pairs.Pair, published: dict[Entry, Initiative]) -> float:
    """Return the score with which a look-up of the other listing finds the entry, or 0."""
    found = duplicates.entries_like(catalogue.content(pair.other), most=1000)
    return next((each.likeness.score for each in found if each.revision.initiative == published[pair.one]), 0.0)


def _print(name: str, precision: float, recall: float) -> None:
    print(f"{name:34}{precision:10.3f}{recall:8.3f}")


def _by_kind(found: list[pairs.Pair], said: np.ndarray) -> None:
    kinds = sorted({(not pair.same, pair.how) for pair in found})
    for different, how in kinds:
        right = [bool(s) == pair.same for pair, s in zip(found, said, strict=True) if pair.how == how]
        print(f"    {'different' if different else 'same'}, {how}: {sum(right)} of {len(right)} right")


def fit() -> None:
    """Print what each piece of evidence counts for, from the tuning set."""
    tuning = pairs.tuning_set()
    counts = np.array([BY_HAND if pair.by_hand else 1 for pair in tuning])
    weights, bias = score.fit(score.compared(tuning), np.array([pair.same for pair in tuning]), counts)
    for name, weight in weights.items():
        print(f'    "{name}": {weight},')
    print(f"BIAS = {bias}")


def speed(number: int) -> None:
    """Print how long a look-up takes among so many entries, and what the marks weigh."""
    started = time.perf_counter()
    catalogue.publish_made_up(number)
    print(f"{number} entries, {connection.vendor}: published in {time.perf_counter() - started:.0f} s")
    print(f"marks: {MatchKey.objects.count() / number:.1f} an entry, {_megabytes()}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    asked = [catalogue.content(entry) for entry in made_up.made_up(300, seed=8)]
    asked += [catalogue.content(pair.other) for pair in pairs.held_out_set()]
    for each in asked[:20]:
        duplicates.entries_like(each)
    for name, clock in (("on the wall", time.perf_counter), ("of this process", time.process_time)):
        took = []
        for each in asked:
            began = clock()
            duplicates.entries_like(each)
            took.append(1000 * (clock() - began))
        p95, p99 = np.percentile(took, [95, 99])
        print(f"a look-up, {name}: p50 {statistics.median(took):.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms")
    with CaptureQueriesContext(connection) as captured:
        duplicates.entries_like(asked[0])
    print(f"queries: {len(captured)}")


def _megabytes() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('initiatives_matchkey')")
            return f"{cursor.fetchone()[0] / 1e6:.0f} MB with their index"
        cursor.execute("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE '%matchkey%'")
        return f"{(cursor.fetchone()[0] or 0) / 1e6:.0f} MB with their index"


main()
