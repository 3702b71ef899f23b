"""Figures of quality, checked against counts made by hand."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score

from pipeline.metrics import Outcomes, at_score, calibration_error, f1, f1_intervals, per_label, reliability

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


def test_the_interval_holds_the_figure_and_is_wider_for_fewer_reviews():
    outcomes = Outcomes.of(TRUTH, PREDICTED)
    micro, _ = f1(outcomes)
    many, _ = f1_intervals(outcomes, [str(n) for n in range(60)], seed=1)
    few, _ = f1_intervals(outcomes, [str(n // 20) for n in range(60)], seed=1)
    assert many[0] < micro < many[1]
    assert f1_intervals(outcomes, ["one"] * 60, seed=1)[0] == (pytest.approx(micro), pytest.approx(micro))
    assert few != many


def test_the_interval_is_the_same_for_the_same_seed():
    outcomes, reviews = Outcomes.of(TRUTH, PREDICTED), [str(n // 4) for n in range(60)]
    assert f1_intervals(outcomes, reviews, seed=5) == f1_intervals(outcomes, reviews, seed=5)


def test_calibration_error_is_the_mean_gap_of_the_bins():
    probabilities = np.array([0.95] * 10 + [0.15] * 10)
    truth = np.array([True] * 8 + [False] * 2 + [True] * 2 + [False] * 8)
    assert calibration_error(probabilities, truth) == pytest.approx((0.15 + 0.05) / 2)
    assert reliability(probabilities, truth)["texts"].tolist() == [10, 10]


def test_precision_and_recall_from_a_score_on():
    scores, right = np.array([0.9, 0.8, 0.4]), np.array([True, False, True])
    assert at_score(scores, right, 4, 0.5) == (0.5, 0.25)
    assert at_score(scores, right, 4, None) == (0.0, 0.0)


def test_the_weakest_label_comes_first():
    truth = np.array([[True, True], [True, True]])
    predicted = np.array([[True, False], [True, True]])
    table = per_label(Outcomes.of(truth, predicted), ["a:x", "a:y"], ["X", "Y"])
    assert table["label"].tolist() == ["Y", "X"]
    assert table.loc[0, ["texts", "tags", "recall"]].tolist() == [2, 1, 0.5]
