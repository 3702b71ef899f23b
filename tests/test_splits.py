"""Texts are split in time; rows of one State stay together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.splits import SplitError, by_session, folds, twins


def test_sessions_train_validate_or_stay_out():
    split = by_session([1, 13, 14, 16, 17], last_train=13, last_validation=16)
    assert split.train.tolist() == [True, True, False, False, False]
    assert split.validation.tolist() == [False, False, True, True, False]
    assert split.later.tolist() == [False, False, False, False, True]


@given(st.lists(st.integers(1, 30), min_size=1), st.integers(1, 30), st.integers(0, 10))
def test_every_row_has_exactly_one_part(sessions, last_train, more):
    try:
        split = by_session(sessions, last_train=last_train, last_validation=last_train + more)
    except SplitError:
        return
    np.testing.assert_array_equal(split.train.astype(int) + split.validation + split.later, np.ones(len(sessions)))


def test_missing_sessions_are_named():
    with pytest.raises(SplitError, match=r"validate with: the sessions found are \[3, 4\]; .*last_train_session = 13"):
        by_session([3, 4], last_train=13, last_validation=16)


def test_a_state_stays_in_one_fold_whoever_else_is_there():
    alone = folds(["Arvandia"], 5)[0]
    assert folds(["Belmora", "Arvandia", "Costaverda", "Arvandia"], 5)[[1, 3]].tolist() == [alone, alone]


def test_twins_are_found_whatever_their_case_and_punctuation():
    assert twins(["Ratify OP-CAT.", "Abolish it"], ["ratify OP CAT"]).tolist() == [True, False]
