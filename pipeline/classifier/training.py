"""Train, calibrate and measure a classifier whose texts are split in time, then refit it on all sessions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.classifier.calibration import Calibration, best_thresholds, fit_exclusive, fit_independent
from pipeline.classifier.linear import LinearModel
from pipeline.classifier.tagger import Tagger, propose

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Fit = Callable[[Sequence[str], Flags], LinearModel]


@dataclass(frozen=True)
class Trained:
    """A tagger refitted on all sessions, and what its like said on the validation texts, never seen in its training.

    `probabilities` and `predicted` are cross-fitted: a fold's calibration and thresholds come from the other folds.
    """

    tagger: Tagger
    probabilities: Floats
    predicted: Flags


def calibrate(margins: Floats, truth: Flags, *, exclusive: bool) -> tuple[Calibration, Floats]:
    """Return the calibration and the thresholds that suit validation `margins` best; no threshold if `exclusive`."""
    if exclusive:
        return fit_exclusive(margins, truth.argmax(axis=1)), np.zeros(truth.shape[1])
    calibration = fit_independent(margins, truth)
    return calibration, best_thresholds(calibration.probabilities(margins), truth)


def train(
    texts: Sequence[str], truth: Flags, *, training: Flags, validation: Flags, folds: NDArray[np.int64],
    exclusive: bool, fit: Fit,
) -> Trained:  # fmt: skip
    """Return a tagger fitted on `training` rows, calibrated on `validation` rows and refitted on both.

    `folds` numbers the folds of the validation rows.
    """
    chosen = np.flatnonzero(validation).tolist()
    measured = fit([texts[at] for at in np.flatnonzero(training).tolist()], truth[training])
    margins, right = measured.margins([texts[at] for at in chosen]), truth[validation]
    probabilities, predicted = np.zeros(margins.shape), np.zeros(margins.shape, dtype=bool)
    for fold in np.unique(folds):
        held, rest = folds == fold, folds != fold
        calibration, thresholds = calibrate(margins[rest], right[rest], exclusive=exclusive)
        probabilities[held] = calibration.probabilities(margins[held])
        predicted[held] = propose(probabilities[held], thresholds, exclusive=exclusive)
    both = training | validation
    refitted = fit([texts[at] for at in np.flatnonzero(both).tolist()], truth[both])
    return Trained(Tagger(refitted, *calibrate(margins, right, exclusive=exclusive)), probabilities, predicted)
