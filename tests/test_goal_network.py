"""Small networks that decide each goal for itself, on invented numbers."""

import numpy as np
import pytest

from pipeline.goal_network import fit, restore

GOALS = 4


@pytest.fixture(scope="module")
def texts():
    """Each text points to one or two goals, with noise; every fifth to none."""
    draw = np.random.default_rng(3)
    right = np.zeros((400, GOALS), dtype=bool)
    right[np.arange(400), np.arange(400) % GOALS] = True
    right[::3, 0] = True
    right[::5] = False
    return right * 2.0 + draw.normal(0, 0.4, right.shape), right


@pytest.fixture(scope="module")
def network(texts):
    inputs, right = texts
    return fit(inputs[:300], right[:300], np.ones((300, GOALS)), seeds=[1, 2])


def test_several_goals_or_none_are_found_in_new_texts(texts, network):
    inputs, right = texts[0][300:], texts[1][300:]
    found = network.margins(inputs) > 0
    assert (found == right).mean() > 0.97
    assert (found.sum(axis=1) == 2).any()
    assert (found.sum(axis=1) == 0).any()


def test_two_trainings_say_the_mean_of_each(texts, network):
    inputs, right = texts
    alone = [fit(inputs[:300], right[:300], np.ones((300, GOALS)), seeds=[seed]).margins(inputs) for seed in (1, 2)]
    assert np.allclose(network.margins(inputs), np.mean(alone, axis=0), atol=1e-4)


def test_a_decision_of_weight_zero_teaches_nothing(texts):
    inputs, right = texts
    weights, wrong = np.ones(right.shape), right.copy()
    wrong[:, 2] = ~right[:, 2]
    weights[150:, 2] = 0
    wrong[:150, 2] = right[:150, 2]
    margins = fit(inputs, wrong, weights, seeds=[1]).margins(inputs)
    assert ((margins[:, 2] > 0) == right[:, 2]).mean() > 0.97


def test_it_comes_back_from_its_arrays_within_half_precision(texts, network):
    back = restore(network.arrays())
    assert np.allclose(back.margins(texts[0]), network.margins(texts[0]), atol=0.05)
