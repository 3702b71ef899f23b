"""A learning curve adds whole States, less being part of more, and is measured on the same texts throughout."""

import itertools

import numpy as np
import pytest

from pipeline.learning_curve import COLUMNS, heads, learning_curve, linear, nested

STATES = [f"X{n % 8:02d}" for n in range(80)]
RNG = np.random.default_rng(2)
TRUTH = RNG.random((60, 2)) < 0.4
REVIEWS = [f"Y{n % 12}" for n in range(60)]
FOLDS = np.arange(60) % 3


def curve(learners, shares=(0.25, 0.5, 1.0), **options):
    return learning_curve(
        learners, STATES, TRUTH, reviews=REVIEWS, folds=FOLDS, exclusive=False, shares=shares, seed=1, **options
    )


def better_with_more(chosen):
    """Margins that follow the truth the closer, the more rows they were learnt from."""
    noise = np.random.default_rng(3).normal(size=TRUTH.shape)
    return np.where(TRUTH, 1.0, -1.0) + noise * (1.5 - chosen.mean())


def test_less_is_part_of_more_and_holds_whole_states():
    parts = [nested(STATES, share, seed=5) for share in (0.125, 0.25, 0.5, 1.0)]
    assert [part.sum() for part in parts] == [10, 20, 40, 80]
    for less, more in itertools.pairwise(parts):
        assert not (less & ~more).any()
    for part in parts:
        assert {STATES[at] for at in np.flatnonzero(part)}.isdisjoint(STATES[at] for at in np.flatnonzero(~part))


def test_another_seed_takes_other_states():
    assert (nested(STATES, 0.5, seed=5) != nested(STATES, 0.5, seed=6)).any()


def test_the_curve_has_a_row_for_each_system_and_share():
    found = curve({"linear": better_with_more})
    assert list(found.columns) == list(COLUMNS)
    assert found["texts"].tolist() == [20, 40, 80]
    assert found["states"].tolist() == [2, 4, 8]
    assert found["micro_f1"].is_monotonic_increasing
    assert found["micro_f1"].iloc[-1] > found["micro_f1"].iloc[0]
    assert (found["micro_f1_low"] <= found["micro_f1"]).all()


def test_what_is_known_of_all_rows_is_not_learnt_again():
    asked = []

    def learner(chosen):
        asked.append(int(chosen.sum()))
        return better_with_more(chosen)

    found = curve({"linear": learner}, whole={"linear": TRUTH, "fused": TRUTH})
    assert asked == [20, 40]
    whole = found[found["share"] == 1.0].set_index("system")
    assert whole["micro_f1"].to_dict() == {"fused": 1.0, "linear": 1.0}


def test_no_shares_give_no_rows():
    assert curve({"linear": better_with_more}, shares=()).empty


def test_a_concept_without_example_is_left_out_of_the_fit():
    wanted = []

    def fitting(concepts):
        class Model:
            def margins(self, texts):
                return np.full((len(texts), len(concepts)), 0.5)

        def fit(texts, truth):
            wanted.append((list(texts), concepts, truth.tolist()))
            return Model()

        return fit

    truth = np.array([[True, False], [False, False], [True, True]])
    learner = linear(["one", "two", "three"], truth, ["x:a", "x:b"], ["four"], fitting)
    assert learner(np.array([True, True, False])).tolist() == [[0.5, -1.0]]
    assert wanted == [(["one", "two"], ["x:a"], [[True], [False]])]


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_heads_find_what_the_features_tell(share):
    features = RNG.normal(size=(80, 6)).astype(np.float32)
    truth = features[:, :2] > 0
    measured = RNG.normal(size=(50, 6)).astype(np.float32)
    margins = heads(features, truth, measured)(nested(STATES, share, seed=1))
    assert ((margins > 0) == (measured[:, :2] > 0)).mean() > 0.85
