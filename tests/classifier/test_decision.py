"""Deciders: probabilities to tags, checked on folds they were not fitted on, the same after they are stored."""

import json

import numpy as np
import pytest

from pipeline.classifier.decision import cross_fitted, restore

RNG = np.random.default_rng(5)
FOLDS = np.arange(3000) % 5


def labelled(noise):
    """Return the truth of 3,000 texts and the margins of a model whose errors have the size `noise`."""
    wish = RNG.normal(-1, 1, (3000, 4))
    return wish > 0, wish + RNG.normal(0, noise, wish.shape)


def accuracy(truth, checked):
    return (checked.predicted == truth).mean()


def test_two_models_that_err_apart_decide_better_together():
    truth, first = labelled(0.8)
    wish = np.where(truth, 1.0, -1.0)
    second = wish + RNG.normal(0, 1.0, wish.shape)
    both = cross_fitted(np.hstack([first, second]), truth, FOLDS, exclusive=False)
    alone = [cross_fitted(margins, truth, FOLDS, exclusive=False) for margins in (first, second)]
    assert accuracy(truth, both) > max(accuracy(truth, one) for one in alone) + 0.01


def test_a_second_model_of_pure_noise_does_no_harm():
    truth, first = labelled(0.5)
    noise = RNG.normal(0, 1, first.shape)
    both = cross_fitted(np.hstack([first, noise]), truth, FOLDS, exclusive=False)
    assert accuracy(truth, both) == pytest.approx(
        accuracy(truth, cross_fitted(first, truth, FOLDS, exclusive=False)), abs=0.005
    )


def test_an_exclusive_question_has_one_answer_a_text_from_two_models():
    right = RNG.integers(0, 3, 3000)
    truth = np.eye(3, dtype=bool)[right]
    margins = [truth + RNG.normal(0, 0.7, truth.shape) for _ in range(2)]
    both = cross_fitted(np.hstack(margins), truth, FOLDS, exclusive=True)
    assert (both.predicted.sum(axis=1) == 1).all()
    assert accuracy(truth, both) > accuracy(truth, cross_fitted(margins[0], truth, FOLDS, exclusive=True))


def test_no_text_is_decided_by_what_was_fitted_on_it():
    truth = RNG.random((400, 1)) < 0.5
    margins = np.where(truth, 1.0, -1.0) * np.where(np.arange(400) < 200, 1.0, -1.0)[:, None]
    checked = cross_fitted(margins, truth, (np.arange(400) >= 200).astype(int), exclusive=False)
    assert accuracy(truth, checked) < 0.1


def test_a_stored_decider_decides_the_same():
    truth, margins = labelled(0.8)
    decider = cross_fitted(margins, truth, FOLDS, exclusive=False).decider
    again = restore(json.loads(json.dumps(decider.describe())))
    np.testing.assert_allclose(again.probabilities(margins), decider.probabilities(margins), atol=1e-3)
    assert again.curve == decider.curve
    assert again.thresholds.tolist() == decider.thresholds.tolist()
