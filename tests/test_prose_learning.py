"""Careful labels and those of teams: what is believed, and what is measured on texts held out."""

import numpy as np
import pytest

from pipeline.classifier.calibration import best_thresholds
from pipeline.prose_learning import calibrated, cross_calibrated, held_out_margins, learn
from pipeline.prose_measures import pairs_right

GOALS = 17
SEEDS = [5]


def invented(texts, seed):
    draw = np.random.default_rng(seed)
    right = np.eye(GOALS, dtype=bool)[np.arange(texts) % GOALS]
    right[::7, 3] = True
    return right * 3.0 + draw.normal(0, 0.5, right.shape), right


def test_a_label_of_plan_and_mandate_does_not_prevail_over_careful_ones():
    careful, right = invented(340, 1)
    planned, real = invented(510, 2)
    by_plan = real.copy()
    by_plan[:, 16] = True  # every activity is filed under partnerships
    inputs, labels = np.vstack([careful, planned]), np.vstack([right, by_plan])
    unseen, truth = invented(170, 3)
    found = learn(inputs, labels, np.arange(len(inputs)) < 340, SEEDS).margins(unseen) > 0
    assert (found[:, 16] == truth[:, 16]).mean() > 0.95


def test_a_goal_that_no_careful_text_treats_is_named():
    inputs, right = invented(170, 1)
    with pytest.raises(ValueError, match="goal 9"):
        learn(inputs, right, ~right[:, 8], SEEDS)


def test_what_is_held_out_is_measured_by_a_network_that_never_saw_it():
    inputs, right = invented(340, 1)
    fold, keys = np.arange(340) // 68, [str(number) for number in range(340)]
    lies = right.copy()
    lies[fold == 2] = np.roll(right[fold == 2], 1, axis=1)
    margins = held_out_margins(inputs, lies, np.ones(340, dtype=bool), np.where(fold == 4, -1, fold), keys, SEEDS)
    told = margins.argmax(axis=1)
    assert right[np.arange(340), told][fold == 2].mean() > 0.9
    assert (margins[fold == 4] == 0).all()


def test_probabilities_say_how_often_they_are_right_and_thresholds_leave_the_rare_guess_out():
    draw = np.random.default_rng(4)
    right = draw.random((1500, GOALS)) < 0.08
    margins = np.where(right, 1.0, -2.0) + draw.normal(0, 1.5, right.shape)
    found, at = calibrated(margins, right)
    probabilities = found.probabilities(margins)
    assert abs(probabilities.mean() - right.mean()) < 0.01
    best = best_thresholds(probabilities, right)
    assert (at <= best).all()
    assert pairs_right(probabilities >= at, right) >= pairs_right(probabilities >= best, right)
    crossed, thresholds = cross_calibrated(margins, right, np.arange(1500) % 5)
    assert thresholds.shape == crossed.shape
    assert right[crossed >= thresholds].mean() > 3 * right.mean()
    sure = crossed >= 0.5
    assert right[sure].mean() > 0.5
