"""How well a map agrees with readers: first outcome, the primary one among three, gaps found; with intervals over countries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

HELD_OUT = "held_out.npz"
"""File of a candidate with the scores each country got from a model without it."""
TOP = 3
ROUNDS = 1000


@dataclass(frozen=True)
class Country:
    """Scores and truth of one country: recommendations x (outcomes and `none` last); truth is 1 for the primary outcome."""

    name: str
    scores: Array
    truth: Array

    @property
    def order(self) -> NDArray[np.int64]:
        """Return the outcomes of each recommendation, the likeliest first."""
        return np.argsort(-self.scores, axis=1, kind="stable")

    @property
    def first_named(self) -> NDArray[np.bool_]:
        """Return for each recommendation whether the first outcome is the primary one or one beside it."""
        return np.asarray(np.take_along_axis(self.truth > 0, self.order[:, :1], axis=1)[:, 0], dtype=np.bool_)

    @property
    def primary_found(self) -> NDArray[np.bool_]:
        """Return for each recommendation whether the primary outcome is among the first `TOP`."""
        found = np.take_along_axis(self.truth == 1, self.order[:, :TOP], axis=1)
        return np.asarray(found.any(axis=1), dtype=np.bool_)

    @property
    def gaps(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return for each recommendation whether the reader found no outcome, and whether the map found none."""
        return self.truth[:, -1] == 1, self.order[:, 0] == self.truth.shape[1] - 1

    @property
    def commonest(self) -> float:
        """Return how often the outcome that readers named oftenest would be right, were it always taken."""
        return float((self.truth > 0).mean(axis=0).max())


def headline(countries: Sequence[Country], seed: int) -> dict[str, Mapping[str, float | list[float]]]:
    """Return first outcome, recall among three (means over countries) and gap F1 (over all), each with its 95% interval.

    Intervals draw countries and, within each, recommendations.
    """
    draws = np.random.default_rng(seed)
    drawn = [_means(_resampled(countries, draws)) for _ in range(ROUNDS)]
    found: dict[str, Mapping[str, float | list[float]]] = {}
    for name, value in _means([(one, np.arange(len(one.truth))) for one in countries]).items():
        low, high = np.percentile([sample[name] for sample in drawn], [2.5, 97.5])
        found[name] = {"value": round(value, 4), "interval_95": [round(float(low), 4), round(float(high), 4)]}
    return found


def _resampled(countries: Sequence[Country], draws: np.random.Generator) -> list[tuple[Country, NDArray[np.int64]]]:
    chosen = draws.integers(len(countries), size=len(countries))
    return [(countries[n], draws.integers(len(countries[n].truth), size=len(countries[n].truth))) for n in chosen]


def _means(parts: Sequence[tuple[Country, NDArray[np.int64]]]) -> dict[str, float]:
    gap = [tuple(flags[rows] for flags in one.gaps) for one, rows in parts]
    hits = sum(int((truth & found).sum()) for truth, found in gap)
    named = sum(int(truth.sum() + found.sum()) for truth, found in gap)
    return {
        "first_outcome": float(np.mean([one.first_named[rows].mean() for one, rows in parts])),
        "recall_at_3": float(np.mean([one.primary_found[rows].mean() for one, rows in parts])),
        "gap_f1": 2 * hits / named if named else 1.0,
    }
