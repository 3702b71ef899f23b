"""Candidate beside released: on the same texts where that can be, else by their figures."""

import json

import numpy as np
import pytest

from pipeline import model_folder
from pipeline.promotion import compare, side_by_side
from tests.promotion.models import said, write_model


@pytest.fixture
def compared(tmp_path):
    def run(new, old, **options):
        for name, held in (("new", new), ("old", old)):
            write_model(tmp_path / name / "themes", held, **options)
        return compare(tmp_path / "new" / "themes", tmp_path / "old" / "themes", wanted=0.9, common_share=0.5, seed=1)

    return run


def headline(comparison, figure, where="all texts"):
    return next(at for at in comparison.differences if (at.where, at.figure) == (where, figure))


def test_a_model_beside_itself_differs_by_exactly_nothing(compared):
    found = compared(said(0.1), said(0.1))
    assert {(at.gain.value, at.gain.low, at.gain.high) for at in found.differences} == {(0.0, 0.0, 0.0)}
    assert {at.verdict for at in found.differences} == {"no difference beyond noise"}


def test_a_better_model_gains_on_the_same_texts(compared):
    found = compared(said(0.05), said(0.2))
    assert found.how.startswith("text by text on 200 texts of 20 reviews")
    micro = headline(found, "micro-F1")
    assert micro.verdict == "better"
    assert micro.gain.value == pytest.approx(micro.candidate.value - micro.released.value)
    assert not micro.lost(0.002)


def test_a_worse_model_loses_beyond_noise_and_with_it_its_labels(compared):
    found = compared(said(0.2), said(0.05))
    assert headline(found, "macro-F1").lost(0.002)
    assert headline(found, "micro-F1", "without repeated texts").lost(0.002)
    assert found.labels["gain"].is_monotonic_increasing
    assert found.labels.loc[0, "gain"] < -0.05


def test_pairing_sees_a_loss_that_the_intervals_of_the_figures_hide(compared):
    paired = headline(compared(said(0.14), said(0.12)), "micro-F1")
    apart = headline(compared(said(0.14), said(0.12), outcomes=False), "micro-F1")
    assert paired.lost(0.002)
    assert apart.gain.value == pytest.approx(paired.gain.value, abs=2e-4)
    assert not apart.lost(0.002)


def test_figures_decide_where_few_texts_are_common(compared):
    found = compared(said(0.1).rows(np.arange(100)), said(0.1).rows(np.arange(90, 200)))
    assert found.how.startswith("by the figures in metrics.json")
    assert found.labels.empty


def test_more_calibration_error_is_a_loss(compared):
    found = headline(compared(said(0.1, certainty=0.6), said(0.1)), "calibration error")
    assert found.candidate.value > found.released.value
    assert found.gain.value < 0
    assert found.lost(0.002)


def test_auto_that_keeps_the_wanted_precision_loses_nothing_by_being_less_precise(compared):
    new, old = said(0.04), said(0.0)
    found = headline(compared(new, old), "precision of `auto`")
    assert found.candidate.value < found.released.value
    assert found.candidate.value > 0.9
    assert not found.lost(0.0)


def test_a_small_loss_is_negligible_however_certain(compared):
    found = headline(compared(said(0.2), said(0.05)), "micro-F1")
    assert found.lost(0.0)
    assert not found.lost(-found.gain.value + 0.001)


def test_the_report_shows_both_models_and_the_labels_that_move_most(compared):
    text = side_by_side(compared(said(0.2), said(0.05)), most=1)
    assert "candidate" in text.splitlines()[1]
    assert any(line.startswith("all texts") and line.endswith("worse") for line in text.splitlines())
    assert text.splitlines()[-3:-1] == ["  none", "Labels that lose most:"]
    assert text.splitlines()[-1].startswith("  Label x:")


def test_figures_of_asks_are_compared_as_they_stand(tmp_path):
    for name, f1 in (("new", 0.4), ("old", 0.7)):
        folder = tmp_path / name / "same_ask"
        folder.mkdir(parents=True)
        figures = {"asks, pairwise": {"f1": f1, "f1_95": [f1 - 0.1, f1 + 0.1]}}
        (folder / model_folder.METRICS).write_text(json.dumps({"headlines": figures}))
    found = compare(tmp_path / "new/same_ask", tmp_path / "old/same_ask", wanted=None, common_share=0.5, seed=1)
    assert [str(at) for at in found.differences] == [
        "F1 (asks, pairwise) 0.400, released 0.700: -0.300, 95% interval -0.500 to -0.100"
    ]
    assert found.differences[0].lost(0.002)


def test_the_first_released_models_have_some_figures_elsewhere(compared, tmp_path):
    new = compared(said(0.2), said(0.0), outcomes=False)
    path = tmp_path / "old" / "themes" / model_folder.METRICS
    metrics = json.loads(path.read_text())
    for name in ("calibration_error", "auto_precision", "auto_recall"):
        del metrics["all"][name], metrics["all"][f"{name}_95"]
    path.write_text(json.dumps(metrics))
    old = compare(tmp_path / "new/themes", tmp_path / "old/themes", wanted=0.9, common_share=0.5, seed=1)
    for figure in ("calibration error", "recall of `auto`"):
        assert headline(old, figure).released.value == pytest.approx(headline(new, figure).released.value)
