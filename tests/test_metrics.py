"""Figures of quality, checked against counts made by hand."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score

from pipeline.metrics import (
    Draws,
    Outcomes,
    calibration_drawn,
    calibration_error,
    f1,
    f1_by_concept,
    f1_drawn,
    interval,
    reliability,
)

RNG = np.random.default_rng(3)
TRUTH = RNG.random((60, 5)) < 0.3
PREDICTED = TRUTH ^ (RNG.random((60, 5)) < 0.15)


def test_f1_is_that_of_scikit_learn():
    micro, macro = f1(Outcomes.of(TRUTH, PREDICTED))
    assert micro == pytest.approx(f1_score(TRUTH, PREDICTED, average="micro"))
    assert macro == pytest.approx(f1_score(TRUTH, PREDICTED, average="macro"))


def test_micro_f1_of_one_concept_a_text_is_accuracy():
    truth, predicted = RNG.integers(0, 4, 80), RNG.integers(0, 4, 80)
    micro, _ = f1(Outcomes.of(np.eye(4, dtype=bool)[truth], np.eye(4, dtype=bool)[predicted]))
    assert micro == pytest.approx(accuracy_score(truth, predicted))


def test_concepts_on_which_readers_differ_are_neither_right_nor_wrong():
    truth = np.array([[True, False, False]])
    predicted = np.array([[True, True, False]])
    ignored = np.array([[False, True, False]])
    assert f1(Outcomes.of(truth, predicted, ignored)) == (1.0, 1.0)
    assert f1(Outcomes.of(truth, predicted))[0] == pytest.approx(2 / 3)


def test_a_concept_that_never_occurs_does_not_lower_the_macro_figure():
    truth = np.array([[True, False], [True, False]])
    assert f1(Outcomes.of(truth, truth)) == (1.0, 1.0)


def test_the_first_draw_is_the_figure_itself():
    outcomes = Outcomes.of(TRUTH, PREDICTED)
    micro, macro = f1_drawn(outcomes, Draws.of([str(n // 3) for n in range(60)], seed=1))
    assert (micro[0], macro[0]) == pytest.approx(f1(outcomes))


def test_the_interval_holds_the_figure_and_is_wider_where_texts_of_a_review_are_alike():
    alike = Outcomes.of(np.repeat(TRUTH, 10, axis=0), np.repeat(PREDICTED, 10, axis=0))
    apart, _ = f1_drawn(alike, Draws.of([str(n) for n in range(600)], seed=1))
    together, _ = f1_drawn(alike, Draws.of([str(n // 10) for n in range(600)], seed=1))
    low, high = interval(apart)
    wide_low, wide_high = interval(together)
    assert wide_low < low < apart[0] < high < wide_high


def test_one_review_leaves_nothing_to_draw():
    micro, _ = f1_drawn(Outcomes.of(TRUTH, PREDICTED), Draws.of(["one"] * 60, seed=1))
    assert interval(micro) == (pytest.approx(micro[0]), pytest.approx(micro[0]))


def test_draws_are_the_same_for_the_same_seed_and_differ_for_another():
    reviews = [str(n // 4) for n in range(60)]
    first, again, other = (Draws.of(reviews, seed=seed).counts for seed in (5, 5, 6))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_every_draw_has_as_many_reviews_as_there_are():
    assert set(Draws.of([str(n // 4) for n in range(60)], seed=5, rounds=20).counts.sum(axis=1)) == {15.0}


def test_nothing_to_measure_is_said():
    with pytest.raises(ValueError, match="nothing to measure"):
        Draws.of([], seed=1)


def test_a_centred_interval_moves_with_the_mean_of_the_draws():
    drawn = np.array([0.1, 0.2, 0.3, 0.4])
    assert interval(drawn, centred=True) == pytest.approx(np.array(interval(drawn)) - 0.2)


def test_f1_by_concept_is_that_of_scikit_learn():
    found = f1_by_concept(Outcomes.of(TRUTH, PREDICTED))
    np.testing.assert_allclose(found, f1_score(TRUTH, PREDICTED, average=None))


def test_calibration_error_is_the_mean_gap_of_the_bins():
    probabilities = np.array([0.95] * 10 + [0.15] * 10)
    truth = np.array([True] * 8 + [False] * 2 + [True] * 2 + [False] * 8)
    assert calibration_error(probabilities, truth) == pytest.approx((0.15 + 0.05) / 2)
    assert reliability(probabilities, truth)["texts"].tolist() == [10, 10]


def test_the_drawn_calibration_error_begins_with_the_error_and_leaves_out_what_does_not_count():
    probabilities, right = RNG.random(200), RNG.random(200) < 0.5
    counted = RNG.random(200) < 0.7
    draws = Draws.of([str(n // 5) for n in range(200)], seed=1)
    drawn = calibration_drawn(probabilities, right, counted, draws)
    assert drawn[0] == pytest.approx(calibration_error(probabilities[counted], right[counted]))
