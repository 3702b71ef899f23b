"""Two held-out sets on the same texts: same order, same concepts, one truth."""

from dataclasses import replace

import numpy as np

from pipeline.promotion.alignment import on_common_texts
from tests.promotion.models import CONCEPTS, TEXTS, TRUTH, said


def test_texts_are_matched_by_id_whatever_their_order():
    new = said(0.1)
    turned = np.arange(TEXTS)[::-1]
    one, other = on_common_texts(new, new.rows(turned))
    assert one.row_ids == other.row_ids
    np.testing.assert_array_equal(one.predicted, other.predicted)


def test_only_common_texts_are_kept():
    new, old = said(0.1).rows(np.arange(150)), said(0.2).rows(np.arange(100, 200))
    one, other = on_common_texts(new, old)
    assert one.row_ids == other.row_ids == [f"row {n}" for n in range(100, 150)]


def test_truth_is_that_of_the_newer_reading():
    reread = replace(said(0.1), truth=~TRUTH)
    one, other = on_common_texts(reread, said(0.1))
    np.testing.assert_array_equal(other.truth, ~TRUTH)
    np.testing.assert_array_equal(one.truth, ~TRUTH)


def test_a_concept_that_one_model_does_not_know_is_never_tagged_by_it():
    fewer = said(0.1).columns(np.array([True, False, True]))
    one, other = on_common_texts(fewer, said(0.2))
    assert one.concepts == other.concepts == ["x:a", "x:c", "x:b"]
    assert not one.predicted[:, 2].any()
    np.testing.assert_array_equal(one.truth[:, 2], TRUTH[:, CONCEPTS.index("x:b")])
    np.testing.assert_array_equal(other.predicted[:, 0], said(0.2).predicted[:, 0])


def test_nothing_in_common_is_no_error():
    one, other = on_common_texts(said(0.1).rows(np.arange(10)), said(0.1).rows(np.arange(10, 20)))
    assert len(one.row_ids) == len(other.row_ids) == 0
