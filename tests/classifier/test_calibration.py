"""Probabilities mean what they say, and thresholds follow from what validation shows."""

import numpy as np
import pytest

from pipeline.classifier.calibration import (
    PrecisionCurve,
    best_thresholds,
    fit_exclusive,
    fit_independent,
)

RNG = np.random.default_rng(7)


def noisy(texts, concepts, slope=3.0):
    margins = RNG.normal(-0.5, 1, (texts, concepts))
    truth = RNG.random((texts, concepts)) < 1 / (1 + np.exp(-slope * margins))
    return margins, truth


def test_calibrated_probabilities_are_the_share_of_true_tags():
    margins, truth = noisy(4000, 3)
    probabilities = fit_independent(margins, truth).probabilities(margins)
    for low in (0.1, 0.3, 0.5, 0.7):
        chosen = (probabilities >= low) & (probabilities < low + 0.2)
        assert truth[chosen].mean() == pytest.approx(probabilities[chosen].mean(), abs=0.05)


def test_a_concept_with_two_texts_takes_the_sigmoid_of_all():
    margins, truth = noisy(4000, 3)
    margins[:, 2], truth[:, 2] = -3.0, False
    margins[:2, 2], truth[:2, 2] = 1.0, True
    calibration = fit_independent(margins, truth, strength=1000.0)
    assert calibration.weights[2, 2] == pytest.approx(calibration.weights[0, 0], rel=0.2)


def test_probabilities_never_reach_zero_or_one_and_rise_with_the_margin():
    margins, truth = noisy(2000, 2)
    calibration = fit_independent(margins, truth)
    found = calibration.probabilities(np.linspace(-9, 9, 200)[:, None].repeat(2, axis=1))
    assert found.min() > 0
    assert found.max() < 1
    assert (np.diff(found, axis=0) >= 0).all()


def test_exclusive_probabilities_add_up_to_one():
    margins = RNG.normal(0, 1, (500, 4))
    right = (margins + RNG.normal(0, 0.5, margins.shape)).argmax(axis=1)
    probabilities = fit_exclusive(margins, right, concepts=4).probabilities(margins)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-3)
    assert (probabilities.argmax(axis=1) == right).mean() > 0.7


def test_few_texts_move_a_threshold_little():
    probabilities = np.tile(np.linspace(0, 1, 1000)[:, None], (1, 2))
    truth = np.zeros((1000, 2), dtype=bool)
    truth[500:, 0] = True
    truth[999, 1] = True
    thresholds = best_thresholds(probabilities, truth, strength=100000.0)
    assert thresholds[0] == thresholds[1]


def test_auto_begins_at_the_lowest_score_precise_enough():
    scores = np.concatenate([np.full(100, 0.9), np.full(100, 0.6)])
    right = np.array([True] * 98 + [False] * 2 + [True] * 60 + [False] * 40)
    curve = PrecisionCurve.of(scores, right)
    assert curve.auto_from(0.95) == pytest.approx(0.61)
    assert curve.auto_from(0.75) == 0.0


def test_too_few_validation_tags_let_nothing_through_unread():
    curve = PrecisionCurve.of(np.full(20, 0.99), np.ones(20, dtype=bool))
    assert curve.auto_from(0.9, min_tags=50) is None
