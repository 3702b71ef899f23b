"""Learn which goals prose treats, from texts labelled with care and many more labelled by plan and mandate."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from pipeline import goal_network
from pipeline.classifier.calibration import Calibration, best_thresholds, fit_independent
from pipeline.goal_network import GoalNetwork
from pipeline.metrics import Outcomes, f1
from pipeline.prose_measures import pairs_right

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_TRUSTED = 2.0
"""What a decision counts where the label follows from the text."""
_PLANNED = 0.5
"""What a decision of a country team counts: 1 and .25 were alike, none was worse on texts that were read."""
_DOUBTED = 0.05
"""What a team's goal counts that careful labels make unlikely: it often follows from the plan, not from the text."""
_UNLIKELY, _LIKELY = 0.08, 0.3
"""A team's goal below the first probability is doubted; a goal it left out above the second says nothing."""
_FACTORS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)


def learn(inputs: Floats, right: Flags, trusted: Flags, seeds: Sequence[int]) -> GoalNetwork:
    """Return the network of labelled texts; `right` is texts x goals, `trusted` says whose labels follow from the text.

    A first network learns the trusted texts alone and says which of the other labels to believe.

    Raises:
        ValueError: a goal is right for no trusted text.
    """
    if missing := np.flatnonzero(~right[trusted].any(axis=0)).tolist():
        raise ValueError(
            f"no text that was labelled with care is about goal {', '.join(str(at + 1) for at in missing)}"
        )
    weights = np.full(right.shape, _TRUSTED)
    first = goal_network.fit(inputs[trusted], right[trusted], weights[trusted], seeds=seeds)
    if trusted.all():
        return first
    likely = expit(first.margins(inputs[~trusted]))
    said = np.where(likely > _UNLIKELY, _PLANNED, _DOUBTED)
    weights[~trusted] = np.where(right[~trusted], said, np.where(likely < _LIKELY, _PLANNED, 0.0))
    return goal_network.fit(inputs, right, weights, seeds=seeds)


def held_out_margins(
    inputs: Floats, right: Flags, trusted: Flags, fold: NDArray[np.int64], known: Sequence[str], seeds: Sequence[int]
) -> Floats:
    """Return texts x goals: margins of each text by a network that learnt neither its fold nor a text of the same key.

    Texts of fold -1 teach every network and are measured by none (their margins are 0).
    """
    keys = np.asarray(known, dtype=str)
    margins = np.zeros(right.shape)
    for held in np.unique(fold[fold >= 0]):
        own = fold == held
        rest = ~own & ~np.isin(keys, keys[own])
        margins[own] = learn(inputs[rest], right[rest], trusted[rest], seeds).margins(inputs[own])
    return margins


def calibrated(margins: Floats, right: Flags) -> tuple[Calibration, Floats]:
    """Return the calibration of margins of texts that were held out, and each goal's threshold.

    The thresholds of best F1, all lowered by the one factor with which F1 and `pairs_right` are best together: tags of
    best F1 alone leave out a quarter of the goals that a reader gives, which weighs more than what they add.
    """
    found = fit_independent(margins, right)
    probabilities = found.probabilities(margins)
    at = best_thresholds(probabilities, right)

    def worth(factor: float) -> float:
        tagged = probabilities >= at * factor
        return f1(Outcomes.of(right, tagged))[0] + pairs_right(tagged, right)

    return found, at * max(_FACTORS, key=worth)


def cross_calibrated(margins: Floats, right: Flags, fold: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return probabilities and thresholds, texts x goals, each fold's set on the other folds: to measure with."""
    probabilities, thresholds = np.zeros(right.shape), np.zeros(right.shape)
    for held in np.unique(fold):
        own = fold == held
        found, at = calibrated(margins[~own], right[~own])
        probabilities[own], thresholds[own] = found.probabilities(margins[own]), at
    return probabilities, thresholds
