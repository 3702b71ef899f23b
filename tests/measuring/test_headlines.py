"""Headlines, against counts made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.measuring import headlines, rounded
from pipeline.measuring.headlines import best_tags
from pipeline.metrics import Draws

REVIEWS = ["XAA 1", "XAA 1", "XBB 1", "XBB 1", "XCC 2", "XCC 2"]


@pytest.fixture
def draws():
    return Draws.of(REVIEWS, seed=1)


def test_headlines_are_those_counted_by_hand(held, draws):
    figures = {name: values[0] for name, values in headlines(held, draws, 0.75).items()}
    # tags: a a a(wrong) b a; missed: b of the third, c of the fourth
    assert figures["micro_f1"] == pytest.approx(2 * 4 / (2 * 4 + 1 + 2))
    assert figures["macro_f1"] == pytest.approx((6 / 7 + 2 / 3 + 0) / 3)
    assert figures["auto_precision"] == 1.0
    assert figures["auto_recall"] == pytest.approx(3 / 6)


def test_without_a_score_for_auto_nothing_is_wrong_and_nothing_found(held, draws):
    figures = headlines(held, draws, None)
    assert (figures["auto_precision"] == 1).all()
    assert (figures["auto_recall"] == 0).all()


def test_a_disputed_concept_does_not_count_as_the_best_tag(held):
    scores, right, counted = best_tags(held)
    assert counted.tolist() == [True] * 5 + [False]
    assert scores[:5].tolist() == [0.9, 0.8, 0.6, 0.9, 0.7]
    assert right[:5].tolist() == [True, True, False, True, True]


def test_a_model_that_lies_about_its_certainty_has_a_greater_calibration_error(held, draws):
    bold = replace(held, probabilities=np.where(held.predicted, 0.99, held.probabilities))
    honest = headlines(held, draws, None)["calibration_error"][0]
    shy = replace(held, probabilities=held.probabilities / 3)
    assert headlines(shy, draws, None)["calibration_error"][0] > honest
    assert headlines(bold, draws, None)["calibration_error"][0] == pytest.approx(0.99 - 4 / 5)


def test_intervals_stand_beside_the_figures_and_stay_between_0_and_1(held, draws):
    found = rounded(headlines(held, draws, 0.75), 6)
    assert found["texts"] == 6
    for name in ("micro_f1", "macro_f1", "calibration_error", "auto_precision", "auto_recall"):
        low, high = found[f"{name}_95"]
        assert 0 <= low <= high <= 1
