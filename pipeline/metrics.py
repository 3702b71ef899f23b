"""Figures of quality, each with the interval it may lie in.

Truth and predictions are texts x concepts. Where two readers of a gold set differ, `ignored` marks the concept: it is
neither an error to predict nor to omit. Intervals are bootstrap intervals over whole reviews (a State in a session), for
texts of one review are not independent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ROUNDS = 1000
"""Draws behind an interval."""

BINS = 10
"""Equal bins of the expected calibration error."""


@dataclass(frozen=True)
class Outcomes:
    """Right, wrong and missed tags, texts x concepts."""

    right: Flags
    wrong: Flags
    missed: Flags

    @classmethod
    def of(cls, truth: Flags, predicted: Flags, ignored: Flags | None = None) -> "Outcomes":
        """Return the outcomes of `predicted` against `truth`."""
        counted = np.ones_like(truth) if ignored is None else ~ignored
        return cls(truth & predicted & counted, ~truth & predicted & counted, truth & ~predicted & counted)

    def rows(self, chosen: Flags) -> "Outcomes":
        """Return the outcomes of the `chosen` texts."""
        return Outcomes(self.right[chosen], self.wrong[chosen], self.missed[chosen])

    def columns(self, chosen: Flags) -> "Outcomes":
        """Return the outcomes of the `chosen` concepts."""
        return Outcomes(self.right[:, chosen], self.wrong[:, chosen], self.missed[:, chosen])


@dataclass(frozen=True)
class Draws:
    """Reviews drawn with replacement, so that two models can be measured on the same draws.

    `place` is the review of each text. `counts` is (1 + rounds) x reviews: how often each was drawn; the first row has
    every review once, so that the first of drawn figures is the figure itself.
    """

    place: NDArray[np.int64]
    counts: Floats

    @classmethod
    def of(cls, reviews: Sequence[str], *, seed: int, rounds: int = ROUNDS) -> "Draws":
        """Return `rounds` draws of the `reviews`, one name a text.

        Raises:
            ValueError: there is no text.
        """
        names, place = np.unique(np.asarray(reviews, dtype=str), return_inverse=True)
        if not len(names):
            raise ValueError("no text to draw: there is nothing to measure")
        drawn = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=rounds)
        return cls(place.astype(np.int64), np.vstack([np.ones(len(names)), drawn]).astype(np.float64))

    def total(self, values: NDArray[np.generic]) -> Floats:
        """Return the sums of `values` (texts x k) over the texts of each draw: (1 + rounds) x k."""
        sums = np.zeros((self.counts.shape[1], *values.shape[1:]))
        np.add.at(sums, self.place, values)
        return np.asarray(self.counts @ sums, dtype=np.float64)


def ratio(part: Floats, whole: Floats) -> Floats:
    """Return `part` / `whole`, and 0 where there is nothing."""
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)


def _f1(right: Floats, wrong: Floats, missed: Floats) -> tuple[Floats, Floats]:
    """Return micro and macro F1 over the last axis; a concept neither true nor predicted anywhere does not count."""
    total = 2 * right + wrong + missed
    seen = np.maximum((total > 0).sum(axis=-1), 1)
    return ratio(2 * right.sum(axis=-1), total.sum(axis=-1)), ratio(2 * right, total).sum(axis=-1) / seen


def f1(outcomes: Outcomes) -> tuple[float, float]:
    """Return micro-F1 and macro-F1; with one true and one predicted concept a text, micro-F1 is accuracy."""
    sums = [part.sum(axis=0).astype(np.float64) for part in (outcomes.right, outcomes.wrong, outcomes.missed)]
    micro, macro = _f1(*sums)
    return float(micro), float(macro)


def f1_by_concept(outcomes: Outcomes) -> Floats:
    """Return the F1 of each concept; 0 where it is neither true nor predicted."""
    right, wrong, missed = (part.sum(axis=0) for part in (outcomes.right, outcomes.wrong, outcomes.missed))
    return ratio(2.0 * right, 2.0 * right + wrong + missed)


def f1_drawn(outcomes: Outcomes, draws: Draws) -> tuple[Floats, Floats]:
    """Return micro-F1 and macro-F1 of each draw; the first is the figure itself."""
    return _f1(*(draws.total(part) for part in (outcomes.right, outcomes.wrong, outcomes.missed)))


def interval(drawn: Floats, *, centred: bool = False) -> tuple[float, float]:
    """Return the 95% interval of a figure from what was `drawn` (the figure itself first).

    `centred` moves the interval so that the mean of the draws is the figure: for figures that grow when texts repeat.
    """
    shift = drawn[1:].mean() - drawn[0] if centred else 0.0
    low, high = np.quantile(drawn[1:], [0.025, 0.975]) - shift
    return float(low), float(high)


def calibration_drawn(probabilities: Floats, right: Flags, counted: Flags, draws: Draws) -> Floats:
    """Return the expected calibration error of one tag a text in each draw; texts not `counted` are left out."""
    place = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    cells = np.eye(BINS)[place] * counted[:, None]
    texts, hits, sums = (draws.total(cells * by[:, None]) for by in (np.ones(len(right)), right, probabilities))
    return ratio(np.abs(sums - hits).sum(axis=1), texts.sum(axis=1))


def calibration_error(probabilities: Floats, truth: Flags, *, bins: int = BINS) -> float:
    """Return the expected calibration error: mean gap of probability and share of right, over `bins` equal bins."""
    table = reliability(probabilities, truth, bins=bins)
    return float((table["texts"] * (table["probability"] - table["right"]).abs()).sum() / max(len(truth), 1))


def reliability(probabilities: Floats, truth: Flags, *, bins: int = BINS) -> pd.DataFrame:
    """Return for each bin with texts: mean `probability`, share `right`, number of `texts`."""
    frame = pd.DataFrame({"probability": probabilities, "right": truth.astype(float), "texts": 1})
    place = np.minimum((probabilities * bins).astype(int), bins - 1)
    return frame.groupby(place).agg({"probability": "mean", "right": "mean", "texts": "sum"}).reset_index(drop=True)
