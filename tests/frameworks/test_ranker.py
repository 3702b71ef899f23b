"""The choice among the outcomes of a framework and none."""

import numpy as np
import pytest

from pipeline.frameworks.candidates import FEATURES, NONE_FEATURES
from pipeline.frameworks.ranker import Block, Ranker, fit_ranker

DRAWS = np.random.default_rng(7)


def block(size: int = 40, outcomes: int = 5) -> Block:
    """Return a framework in which the outcome with most of the first feature is right, and none where no outcome has half."""
    pairs = DRAWS.random((size, outcomes, len(FEATURES)))
    pairs[:10, :, 0] *= 0.3
    none = np.column_stack([np.ones(size), np.zeros(size), pairs[:, :, 0].max(axis=1)])
    truth = np.zeros((size, outcomes + 1))
    right = np.where(pairs[:, :, 0].max(axis=1) < 0.5, outcomes, pairs[:, :, 0].argmax(axis=1))
    truth[np.arange(size), right] = 1
    return Block(pairs, none, truth)


def test_probabilities_of_a_recommendation_add_to_one() -> None:
    one = block()
    found = Ranker(np.ones(len(FEATURES)), np.ones(len(NONE_FEATURES))).probabilities(one.pairs, one.none)
    assert np.allclose(found.sum(axis=1), 1) and found.shape == one.truth.shape


def test_it_learns_what_decides_and_when_nothing_does() -> None:
    ranker = fit_ranker([block() for _ in range(6)])
    fresh = block(200)
    found = ranker.probabilities(fresh.pairs, fresh.none).argmax(axis=1)
    assert (found == fresh.truth.argmax(axis=1)).mean() > 0.85
    assert ranker.weights.argmax() == 0


def test_without_evidence_the_prior_stands() -> None:
    nothing = Block(np.zeros((3, 2, len(FEATURES))), np.zeros((3, len(NONE_FEATURES))), np.ones((3, 3)))
    ranker = fit_ranker([nothing])
    assert ranker.weights[FEATURES.index("subjects")] == pytest.approx(4.0)
    assert ranker.none_weights[NONE_FEATURES.index("always")] == pytest.approx(3.0)


def test_a_block_of_no_weight_teaches_nothing() -> None:
    learnt, misled = block(), block()
    wrong = Block(misled.pairs, misled.none, np.roll(misled.truth, 1, axis=1), weight=0.0)
    assert np.allclose(fit_ranker([learnt]).weights, fit_ranker([learnt, wrong]).weights, atol=1e-3)


def test_nothing_to_learn_from_is_an_error() -> None:
    with pytest.raises(ValueError, match="no labelled framework"):
        fit_ranker([])
