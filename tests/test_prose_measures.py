"""Figures of a source, reckoned by hand on four texts."""

import numpy as np
import pytest

from pipeline.metrics import Draws
from pipeline.prose_measures import Source, measured, pairs_right

RIGHT = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=bool)
PROBABILITIES = np.array([[0.9, 0.1, 0.6], [0.2, 0.8, 0.1], [0.3, 0.2, 0.1], [0.1, 0.7, 0.1]])


def source(unsure=None):
    draws = Draws.of(["a", "b", "c", "d"], seed=1)
    unsure = np.zeros_like(RIGHT) if unsure is None else unsure
    near = np.array([[0, 0.1, 0.2], [0, 0, 0.5], [0.9, 0.1, 0], [0.1, 0.2, 0.9]])
    return Source(RIGHT, unsure, np.array([0, 0, 2, -1]), near, draws)


def value(name, **options):
    return measured(source(**options), PROBABILITIES, np.full_like(PROBABILITIES, 0.5), 0.75)[name]["value"]


def test_main_goals_count_texts_that_have_one():
    assert value("main_goal") == pytest.approx(2 / 3, abs=1e-4)
    assert value("main_goal_exact") == pytest.approx(1 / 3, abs=1e-4)


def test_pairs_are_every_right_goal_and_one_wrong_one_a_text():
    # right goals: 2 of 4 found; wrong ones refused: 1/2, 1, 1, 2/3
    assert value("pairs") == pytest.approx((2 + 0.5 + 1 + 1 + 2 / 3) / 8, abs=1e-4)
    assert pairs_right(PROBABILITIES >= 0.5, RIGHT) == pytest.approx(value("pairs"), abs=1e-4)
    # nearest wrong ones: third (found), third, first, third of the last (refused)
    assert value("pairs_hard") == pytest.approx((2 + 0 + 1 + 1 + 1) / 8, abs=1e-4)


def test_a_text_about_nothing_should_get_nothing():
    assert value("none_untagged") == 0
    figures = measured(source(), PROBABILITIES, np.full_like(PROBABILITIES, 0.75), None)
    assert figures["none_untagged"]["value"] == 1


def test_goals_from_a_score_on_are_the_unread_ones():
    assert value("auto") == 1
    assert value("precision") == pytest.approx(0.5)


def test_an_unsure_goal_is_neither_wrong_nor_missed():
    unsure = np.zeros_like(RIGHT)
    unsure[0, 2] = True
    assert value("precision", unsure=unsure) == pytest.approx(2 / 3, abs=1e-4)
    assert value("pairs", unsure=unsure) == pytest.approx((2 + 1 + 1 + 1 + 2 / 3) / 8, abs=1e-4)
