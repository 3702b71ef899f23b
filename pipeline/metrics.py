"""Figures of quality, each with the interval it may lie in.

Truth and predictions are texts x concepts. Where two readers of a gold set differ, `ignored` marks the concept: it is
neither an error to predict nor to omit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


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


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def _f1(right: Floats, wrong: Floats, missed: Floats) -> tuple[Floats, Floats]:
    """Return micro and macro F1 over the last axis; a concept neither true nor predicted anywhere does not count."""
    total = 2 * right + wrong + missed
    seen = np.maximum((total > 0).sum(axis=-1), 1)
    return _ratio(2 * right.sum(axis=-1), total.sum(axis=-1)), _ratio(2 * right, total).sum(axis=-1) / seen


def f1(outcomes: Outcomes) -> tuple[float, float]:
    """Return micro-F1 and macro-F1; with one true and one predicted concept a text, micro-F1 is accuracy."""
    sums = [part.sum(axis=0).astype(np.float64) for part in (outcomes.right, outcomes.wrong, outcomes.missed)]
    micro, macro = _f1(*sums)
    return float(micro), float(macro)


def f1_intervals(
    outcomes: Outcomes, groups: Sequence[str], *, seed: int, rounds: int = 1000
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the 95% bootstrap intervals of micro-F1 and macro-F1.

    Whole `groups` (a State in a session) are drawn, for texts of one review are not independent.
    """
    names, place = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    sums = np.zeros((3, len(names), outcomes.right.shape[1]))
    for kind, part in enumerate((outcomes.right, outcomes.wrong, outcomes.missed)):
        np.add.at(sums[kind], place, part)
    drawn = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=rounds)
    micro, macro = _f1(*(drawn @ sums[kind] for kind in range(3)))
    low, high = (0.025, 0.975)
    return (
        (float(np.quantile(micro, low)), float(np.quantile(micro, high))),
        (float(np.quantile(macro, low)), float(np.quantile(macro, high))),
    )


def calibration_error(probabilities: Floats, truth: Flags, *, bins: int = 10) -> float:
    """Return the expected calibration error: mean gap of probability and share of right, over `bins` equal bins."""
    table = reliability(probabilities, truth, bins=bins)
    return float((table["texts"] * (table["probability"] - table["right"]).abs()).sum() / max(len(truth), 1))


def reliability(probabilities: Floats, truth: Flags, *, bins: int = 10) -> pd.DataFrame:
    """Return for each bin with texts: mean `probability`, share `right`, number of `texts`."""
    frame = pd.DataFrame({"probability": probabilities, "right": truth.astype(float), "texts": 1})
    place = np.minimum((probabilities * bins).astype(int), bins - 1)
    return frame.groupby(place).agg({"probability": "mean", "right": "mean", "texts": "sum"}).reset_index(drop=True)


def at_score(scores: Floats, right: Flags, true_tags: int, score: float | None) -> tuple[float, float]:
    """Return precision of the tags with at least `score`, and the share of `true_tags` they find; 0, 0 for no tag."""
    chosen = scores >= score if score is not None else np.zeros(len(scores), dtype=bool)
    hits = int(right[chosen].sum())
    return (hits / int(chosen.sum()) if chosen.any() else 0.0), hits / max(true_tags, 1)


def per_label(outcomes: Outcomes, concepts: Sequence[str], labels: Sequence[str]) -> pd.DataFrame:
    """Return one row a concept: texts that carry it, tags proposed, precision, recall and F1; the weakest first."""
    right, wrong, missed = (
        part.sum(axis=0).astype(np.float64) for part in (outcomes.right, outcomes.wrong, outcomes.missed)
    )
    table = pd.DataFrame(
        {
            "concept_id": list(concepts),
            "label": list(labels),
            "texts": (right + missed).astype(int),
            "tags": (right + wrong).astype(int),
            "precision": _ratio(right, right + wrong).round(4),
            "recall": _ratio(right, right + missed).round(4),
            "f1": _ratio(2 * right, 2 * right + wrong + missed).round(4),
        }
    )
    return table.sort_values(["f1", "concept_id"], ignore_index=True)
