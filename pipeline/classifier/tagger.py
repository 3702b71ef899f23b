"""A trained classifier as it is released: margins, calibration, thresholds; and the tags it proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.classifier.calibration import Calibration
from pipeline.classifier.evidence import Explainer
from pipeline.classifier.linear import LinearModel

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def propose(probabilities: Floats, thresholds: Floats, *, exclusive: bool) -> Flags:
    """Return which concepts are tags: the best one of a text if `exclusive`, else those from their threshold on."""
    if exclusive:
        return np.asarray(np.eye(probabilities.shape[1])[probabilities.argmax(axis=1)] > 0, dtype=bool)
    return np.asarray(probabilities >= thresholds, dtype=bool)


@dataclass(frozen=True)
class Tagger:
    """A linear model whose margins are calibrated."""

    model: LinearModel
    calibration: Calibration
    thresholds: Floats

    def propose(self, texts: Sequence[str], *, floor: float) -> pd.DataFrame:
        """Return `row`, `concept_id`, `score`, `proposed`: false for candidates from `floor` up to the threshold."""
        probabilities = self.calibration.probabilities(self.model.margins(texts))
        tags = propose(probabilities, self.thresholds, exclusive=self.calibration.exclusive)
        rows, columns = np.nonzero(tags | (probabilities >= floor))
        return pd.DataFrame(
            {
                "row": rows,
                "concept_id": np.array(self.model.concepts, dtype=object)[columns],
                "score": probabilities[rows, columns],
                "proposed": tags[rows, columns],
            }
        )

    def explain(self, texts: Sequence[str], tags: pd.DataFrame) -> list[str | None]:
        """Return the words of the text behind each of `tags` (`row`, `concept_id`; sorted by row)."""
        explainer = Explainer(self.model)
        evidence: list[str | None] = []
        for row, concepts in tags.groupby("row", sort=True)["concept_id"]:
            evidence.extend(explainer.words(texts[int(str(row))], list(concepts)))
        return evidence

    def describe(self) -> dict[str, Any]:
        """Return what `restore` needs beside the arrays of the model."""
        return {
            "concepts": list(self.model.concepts),
            "exclusive": self.calibration.exclusive,
            "calibration": {
                "weights": self.calibration.weights.round(5).tolist(),
                "offset": self.calibration.offset.round(5).tolist(),
                "curve": self.calibration.curve.round(5).tolist(),
            },
            "thresholds": self.thresholds.tolist(),
        }


def restore(description: Mapping[str, Any], model: LinearModel) -> Tagger:
    """Return the tagger of a `model` and what `describe` said of it."""
    stored = description["calibration"]
    calibration = Calibration(
        np.asarray(stored["weights"], dtype=np.float64),
        np.asarray(stored["offset"], dtype=np.float64),
        bool(description["exclusive"]),
        np.asarray(stored["curve"], dtype=np.float64),
    )
    return Tagger(model, calibration, np.asarray(description["thresholds"], dtype=np.float64))
