"""What a candidate said of unseen texts comes back as it was; the compact form tells no text."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline import held_out
from pipeline.held_out import HeldOut, HeldOutError

TRUTH = np.array([[True, False], [False, True], [True, True]])
PREDICTED = np.array([[True, False], [True, False], [False, False]])
HELD = HeldOut(
    row_ids=["r1", "r2", "r3"],
    concepts=["x:a", "x:b"],
    probabilities=np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.4]]),
    predicted=PREDICTED,
    truth=TRUTH,
    ignored=np.zeros_like(TRUTH),
    twin=np.array([False, True, False]),
    systems={"rules": ~PREDICTED, "linear": PREDICTED},
)


def test_what_is_saved_is_loaded(tmp_path):
    held_out.save(HELD, tmp_path)
    again = held_out.load(tmp_path)
    assert (again.row_ids, again.concepts) == (HELD.row_ids, HELD.concepts)
    np.testing.assert_allclose(again.probabilities, HELD.probabilities, atol=1e-6)
    assert sorted(again.systems) == ["linear", "rules"]
    np.testing.assert_array_equal(again.systems["rules"], ~PREDICTED)
    np.testing.assert_array_equal(again.twin, HELD.twin)


def test_tags_of_a_system_must_be_of_the_same_texts(tmp_path):
    with pytest.raises(ValueError, match=r"'rules' are \(2, 2\), not \(3, 2\)"):
        held_out.save(replace(HELD, systems={"rules": PREDICTED[:2]}), tmp_path)


def test_a_candidate_that_was_not_trained_says_what_to_run(tmp_path):
    with pytest.raises(HeldOutError, match="run `upr train groups` first"):
        held_out.load(tmp_path / "groups")


def test_the_compact_form_keeps_what_a_comparison_needs_and_nothing_else(tmp_path):
    held_out.save(held_out.compact(HELD, ["XAA 1", "XAA 1", "XBB 2"]), tmp_path, name="outcomes.npz")
    compact = held_out.load(tmp_path, name="outcomes.npz")
    np.testing.assert_allclose(compact.probabilities, [[0.9, 0.0], [0.7, 0.0], [0.0, 0.4]], atol=1e-6)
    np.testing.assert_array_equal(compact.truth, TRUTH)
    assert compact.systems == {}
    assert compact.reviews[0] == compact.reviews[1] != compact.reviews[2]
    assert not {*compact.row_ids, *compact.reviews} & {*HELD.row_ids, "XAA 1", "XBB 2"}


def test_texts_can_be_chosen_by_flag_and_by_place():
    by_flag, by_place = HELD.rows(~HELD.twin), HELD.rows(np.array([2, 0]))
    assert by_flag.row_ids == ["r1", "r3"]
    assert by_place.row_ids == ["r3", "r1"]
    np.testing.assert_array_equal(by_place.systems["linear"], PREDICTED[[2, 0]])


def test_concepts_can_be_chosen():
    part = HELD.columns(np.array([False, True]))
    assert part.concepts == ["x:b"]
    np.testing.assert_array_equal(part.truth[:, 0], TRUTH[:, 1])
    np.testing.assert_array_equal(part.systems["rules"][:, 0], ~PREDICTED[:, 1])
