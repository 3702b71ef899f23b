"""Which concepts become tags: calibrated probabilities, thresholds, and how precise tags of a score were."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.classifier.calibration import (
    Calibration,
    Flags,
    Floats,
    PrecisionCurve,
    best_thresholds,
    fit_exclusive,
    fit_independent,
)


@dataclass(frozen=True)
class Decider:
    """Turns margins to probabilities and tags; `curve` says how precise tags from a score on were on validation."""

    calibration: Calibration
    thresholds: Floats
    curve: PrecisionCurve

    def probabilities(self, margins: Floats) -> Floats:
        """Return texts x concepts of `margins`, which is texts x (models x concepts)."""
        return self.calibration.probabilities(margins)

    def tags(self, probabilities: Floats) -> Flags:
        """Return which concepts are tags: the best one of a text if exclusive, else those from their threshold on."""
        if self.calibration.exclusive:
            return np.asarray(np.eye(probabilities.shape[1])[probabilities.argmax(axis=1)] > 0, dtype=bool)
        return np.asarray(probabilities >= self.thresholds, dtype=bool)

    def describe(self) -> dict[str, Any]:
        """Return what `restore` needs, as JSON; unless exclusive, a model's margin of a concept speaks for that alone."""
        concepts = len(self.calibration.offset)
        blocks = self.calibration.weights.reshape(-1, concepts, concepts)
        weights = (
            {"weights": self.calibration.weights.round(5).tolist()}
            if self.calibration.exclusive
            else {"slopes": [block.diagonal().round(5).tolist() for block in blocks]}
        )
        return {
            "calibration": {
                **weights,
                "offset": self.calibration.offset.round(5).tolist(),
                "curve": self.calibration.curve.round(5).tolist(),
                "exclusive": self.calibration.exclusive,
            },
            "thresholds": self.thresholds.tolist(),
            "precision_curve": vars(self.curve),
        }


def restore(description: Mapping[str, Any]) -> Decider:
    """Return the decider that `describe` described."""
    stored = description["calibration"]
    weights = stored["weights"] if "weights" in stored else np.vstack([np.diag(row) for row in stored["slopes"]])
    calibration = Calibration(
        np.asarray(weights, dtype=np.float64),
        np.asarray(stored["offset"], dtype=np.float64),
        bool(stored["exclusive"]),
        np.asarray(stored["curve"], dtype=np.float64),
    )
    thresholds = np.asarray(description["thresholds"], dtype=np.float64)
    return Decider(calibration, thresholds, PrecisionCurve(**description["precision_curve"]))


_NO_CURVE = PrecisionCurve([], [], [])


def _fit(margins: Floats, truth: Flags, *, exclusive: bool) -> Decider:
    """Return the decider that suits validation `margins` best, its curve still empty; no threshold if `exclusive`."""
    if exclusive:
        calibration = fit_exclusive(margins, truth.argmax(axis=1), concepts=truth.shape[1])
        return Decider(calibration, np.zeros(truth.shape[1]), _NO_CURVE)
    calibration = fit_independent(margins, truth)
    return Decider(calibration, best_thresholds(calibration.probabilities(margins), truth), _NO_CURVE)


@dataclass(frozen=True)
class Checked:
    """A decider fitted on all validation texts, and what its like said of each text fitted on the other folds."""

    decider: Decider
    probabilities: Floats
    predicted: Flags


def cross_fitted(margins: Floats, truth: Flags, folds: NDArray[np.int64], *, exclusive: bool) -> Checked:
    """Return the decider of validation `margins`, checked fold by fold; its curve is of the cross-fitted tags.

    `margins` is texts x (models x concepts), `truth` texts x concepts, `folds` has a number a text.
    """
    probabilities, predicted = np.zeros(truth.shape), np.zeros(truth.shape, dtype=bool)
    for fold in np.unique(folds):
        held, rest = folds == fold, folds != fold
        decider = _fit(margins[rest], truth[rest], exclusive=exclusive)
        probabilities[held] = decider.probabilities(margins[held])
        predicted[held] = decider.tags(probabilities[held])
    final = _fit(margins, truth, exclusive=exclusive)
    curve = PrecisionCurve.of(probabilities[predicted], truth[predicted])
    return Checked(Decider(final.calibration, final.thresholds, curve), probabilities, predicted)
