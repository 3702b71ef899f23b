"""Train, calibrate and measure a classifier whose texts are split in time, then refit it on all sessions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.classifier.decision import Checked, cross_fitted
from pipeline.classifier.heads import Heads
from pipeline.classifier.linear import LinearModel
from pipeline.classifier.tagger import Tagger

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Fit = Callable[[Sequence[str], Flags], LinearModel]


@dataclass(frozen=True)
class EncoderHeads:
    """What a fine-tuned encoder brings: `measured` margins of the validation texts, and the heads to release.

    `measured` is texts x concepts, by an encoder that has not seen them; `released` was learnt on all sessions.
    """

    measured: Floats
    released: Heads


@dataclass(frozen=True)
class Trained:
    """A tagger refitted on all sessions, and what its like said on the validation texts, never seen in its training.

    `systems` has the fused tagger and what each of its parts says alone, cross-fitted: a fold's calibration and
    thresholds come from the other folds. `best` names the one released.
    """

    tagger: Tagger
    systems: dict[str, Checked]
    best: str


def train(
    texts: Sequence[str], truth: Flags, *, training: Flags, validation: Flags, folds: NDArray[np.int64],
    exclusive: bool, fit: Fit, heads: EncoderHeads | None = None,
) -> Trained:  # fmt: skip
    """Return a tagger fitted on `training` rows, calibrated on `validation` rows and refitted on both.

    `folds` numbers the folds of the validation rows. Without `heads` the linear model decides alone.
    """
    measured = fit([texts[at] for at in np.flatnonzero(training).tolist()], truth[training])
    margins = {"linear": measured.margins([texts[at] for at in np.flatnonzero(validation).tolist()])}
    if heads is not None:
        margins["encoder"] = heads.measured
        margins["fused"] = np.hstack([margins["linear"], heads.measured])
    right = truth[validation]
    systems = {name: cross_fitted(found, right, folds, exclusive=exclusive) for name, found in margins.items()}
    both = training | validation
    refitted = fit([texts[at] for at in np.flatnonzero(both).tolist()], truth[both])
    alone = systems["linear"].decider
    if heads is None:
        return Trained(Tagger(refitted, alone), systems, "linear")
    return Trained(Tagger(refitted, alone, heads.released, systems["fused"].decider), systems, "fused")
