"""Simpler ways of tagging stand beside the one in use, on the same texts."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.measuring.systems import compared, majority, ordered
from pipeline.metrics import Draws

DRAWS = Draws.of(["XAA 1", "XAA 1", "XBB 1", "XBB 1", "XCC 2", "XCC 2"], seed=1)


def test_the_majority_gives_every_text_the_most_frequent_concept(held):
    assert majority(held, {}).tolist() == [[True, False, False]] * 6


def test_the_majority_has_one_concept_of_each_level(held):
    levels = {"broad": np.array([True, False, False]), "narrow": np.array([False, True, True])}
    assert majority(held, levels).tolist() == [[True, True, False]] * 6


def test_the_plainest_come_first_and_unknown_ones_last():
    assert ordered(dict.fromkeys(["own", "stacked", "linear", "majority"])) == ["majority", "linear", "stacked", "own"]


def test_differences_are_to_the_system_in_use(held):
    found = compared(replace(held, systems={"rules": held.truth}), "linear", DRAWS, {})
    assert list(found) == ["majority", "rules", "linear"]
    assert found["rules"]["micro_f1"] == 1.0
    assert found["rules"]["difference"]["micro_f1"] == pytest.approx(1 - found["linear"]["micro_f1"], abs=1e-4)
    assert found["rules"]["difference"]["micro_f1_95"][1] > 0
    assert "difference" not in found["linear"]


def test_a_system_that_says_the_same_differs_by_nothing_at_all(held):
    found = compared(replace(held, systems={"encoder": held.predicted}), "fused", DRAWS, {})
    assert found["encoder"]["difference"]["macro_f1_95"] == [0.0, 0.0]


def test_levels_are_measured_apart(held):
    levels = {"broad": np.array([True, False, False]), "narrow": np.array([False, True, True])}
    found = compared(held, "rules", DRAWS, levels)
    assert found["rules"]["broad"]["micro_f1"] == pytest.approx(6 / 7, abs=1e-4)
    assert found["rules"]["narrow"]["micro_f1"] == pytest.approx(2 / 4, abs=1e-4)
