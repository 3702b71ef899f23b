"""Agreement of a map with its readers."""

import numpy as np
import pytest

from pipeline.frameworks.measures import Country, headline
from pipeline.frameworks.model import auto_from

SCORES = np.array([[0.7, 0.2, 0.1, 0.0], [0.1, 0.2, 0.1, 0.6], [0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]])
TRUTH = np.array([[1, 0, 0, 0], [0, 0, 0, 1], [0.5, 0, 1, 0], [1, 0, 0, 0]])
ONE = Country("Arvandia", SCORES, TRUTH)


def test_the_first_outcome_may_be_one_named_beside_the_primary() -> None:
    assert ONE.first_named.tolist() == [True, True, True, False]


def test_the_primary_one_is_looked_for_among_three_none_included() -> None:
    assert ONE.primary_found.tolist() == [True, True, True, False]


def test_gaps_are_what_the_reader_and_the_map_call_none() -> None:
    truth, found = ONE.gaps
    assert truth.tolist() == [False, True, False, False] and found.tolist() == [False, True, False, True]


def test_headlines_are_means_over_countries_within_their_intervals() -> None:
    right = Country("Belmora", np.eye(4), np.eye(4))
    found = headline([ONE, right], seed=1)
    assert found["first_outcome"]["value"] == pytest.approx((0.75 + 1) / 2)
    assert found["gap_f1"]["value"] == pytest.approx(2 * 2 / (2 + 3))
    for figures in found.values():
        low, high = figures["interval_95"]
        assert low <= figures["value"] <= high


def test_always_the_commonest_counts_outcomes_named_beside() -> None:
    assert ONE.commonest == 0.75


def test_auto_begins_where_enough_of_what_is_above_is_right() -> None:
    scores = np.linspace(1, 0, 101)
    assert auto_from(scores, scores >= 0.4, 0.95, least=10) == pytest.approx(0.37, abs=0.011)
    assert auto_from(scores, scores >= 0.4, 0.95, least=90) == float("inf")
    assert auto_from(scores, np.zeros(101, dtype=bool), 0.5) == float("inf")
