"""How much more labelled texts would help: the same learner on a part of the States, measured on the same texts."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.classifier.decision import cross_fitted
from pipeline.classifier.training import Fit
from pipeline.metrics import Draws, Outcomes, f1_drawn, interval
from pipeline.text import content_id

COLUMNS = (
    "system", "share", "texts", "states", "micro_f1", "micro_f1_low", "micro_f1_high", "macro_f1", "macro_f1_low",
    "macro_f1_high",
)  # fmt: skip

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Learner = Callable[[Flags], Floats]
"""From the training rows to learn from to the margins of the measured texts (texts x concepts)."""


def learning_curve(
    learners: Mapping[str, Learner], states: Sequence[str], truth: Flags, *, reviews: Sequence[str],
    folds: NDArray[np.int64], exclusive: bool, shares: Sequence[float], seed: int,
    whole: Mapping[str, Flags] = MappingProxyType({}),
) -> pd.DataFrame:  # fmt: skip
    """Return one row a system and share: texts and States learnt from, F1 on the measured texts with 95% intervals.

    `learners` are the systems by name; `states` has the State of each training row; `truth` (texts x concepts),
    `reviews` and `folds` are those of the measured texts. Calibration and thresholds come from the other folds.
    `whole` has what systems learnt from all rows say, where it is known already. No `shares`: no rows.
    """
    draws = Draws.of(reviews, seed=seed)
    known = np.asarray(states, dtype=str)
    points = []
    for share in sorted(shares):
        chosen = nested(states, share, seed=seed)
        said = {system: whole[system] for system in whole if chosen.all()}
        for system in learners.keys() - said.keys():
            said[system] = cross_fitted(learners[system](chosen), truth, folds, exclusive=exclusive).predicted
        learnt = {"share": share, "texts": int(chosen.sum()), "states": len(np.unique(known[chosen]))}
        points += [{"system": system, **learnt, **_figures(truth, said[system], draws)} for system in sorted(said)]
    return pd.DataFrame(points, columns=list(COLUMNS))


def _figures(truth: Flags, predicted: Flags, draws: Draws) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, drawn in zip(("micro_f1", "macro_f1"), f1_drawn(Outcomes.of(truth, predicted), draws), strict=True):
        low, high = interval(drawn)
        figures |= {name: round(float(drawn[0]), 4), f"{name}_low": round(low, 4), f"{name}_high": round(high, 4)}
    return figures


def nested(states: Sequence[str], share: float, *, seed: int) -> Flags:
    """Return which rows a `share` (0-1) of them is: whole States in a seeded order, so that less is part of more."""
    order = sorted(set(states), key=lambda state: content_id("learning curve", seed, state))
    known = np.asarray(states, dtype=str)
    sizes = np.cumsum([(known == state).sum() for state in order])
    enough = int(np.searchsorted(sizes, share * len(known) - 1e-9)) + 1
    return np.isin(known, order[:enough])


def linear(
    texts: Sequence[str], truth: Flags, concepts: Sequence[str], measured: Sequence[str],
    fitting: Callable[[list[str]], Fit],
) -> Learner:  # fmt: skip
    """Return the learner that fits the n-gram model on training `texts` with `truth`, for the `measured` texts.

    `fitting` gives the fit for a list of concepts: one without example among the chosen texts cannot be learnt, and
    gets the same margin everywhere.
    """

    def margins_of(chosen: Flags) -> Floats:
        known = truth[chosen]
        varied = known.any(axis=0) & ~known.all(axis=0)
        margins = np.where(known.all(axis=0), 1.0, -1.0) * np.ones((len(measured), len(concepts)))
        if varied.any():
            fit = fitting([concepts[at] for at in np.flatnonzero(varied).tolist()])
            model = fit([texts[at] for at in np.flatnonzero(chosen).tolist()], known[:, varied])
            margins[:, varied] = model.margins(measured)
        return margins

    return margins_of


def heads(
    features: NDArray[np.float32], truth: Flags, measured: NDArray[np.float32], *, penalty: float = 1.0
) -> Learner:
    """Return the learner that fits heads (least squares, drawn to 0 by `penalty`) on an encoder's `features`.

    An encoder that was fine-tuned on all training rows has seen those left out: its curve is flatter than it should be.
    """

    def margins_of(chosen: Flags) -> Floats:
        known = features[chosen].astype(np.float64)
        mean = known.mean(axis=0)
        centred, sign = known - mean, np.where(truth[chosen], 1.0, -1.0)
        gram = centred.T @ centred + penalty * np.eye(known.shape[1])
        weights = np.linalg.solve(gram, centred.T @ (sign - sign.mean(axis=0)))
        return np.asarray((measured - mean) @ weights + sign.mean(axis=0), dtype=np.float64)

    return margins_of
