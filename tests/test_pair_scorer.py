from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesClassifier

from pipeline.model_folder import ModelError
from pipeline.pair_scorer import PairScorer, calibration, fit_forest, load_scorer, save_scorer

RANDOM = np.random.default_rng(7)
FEATURES = RANDOM.random((300, 5))
LABELS = FEATURES[:, 0] + FEATURES[:, 1] * FEATURES[:, 2] > 0.9
WEIGHTS = np.where(np.arange(300) % 3 == 0, 0.3, 1.0)


def scorer() -> PairScorer:
    forest = fit_forest(FEATURES, LABELS, WEIGHTS, trees=20, leaf=3, seed=1)
    curve = calibration(forest.raw(FEATURES), LABELS)
    return PairScorer(
        ("a", "b", "c", "d", "e"), {"law": 2.0}, {"same_ask": forest.calibrated(*curve), "same_family": forest}
    )


def test_the_arrays_give_what_the_trained_trees_give() -> None:
    forest = fit_forest(FEATURES, LABELS, WEIGHTS, trees=20, leaf=3, seed=1)
    model = ExtraTreesClassifier(20, min_samples_leaf=3, max_features=0.3, class_weight="balanced", random_state=1)
    model.fit(FEATURES, LABELS, sample_weight=WEIGHTS)
    fresh = RANDOM.random((5000, 5))
    assert np.allclose(forest.raw(fresh), model.predict_proba(fresh)[:, 1], atol=1e-6)


def test_scores_are_probabilities_and_a_same_ask_is_of_one_family() -> None:
    scores = scorer().scores(RANDOM.random((50, 5)))
    assert ((scores["same_ask"] >= 0) & (scores["same_ask"] <= 1)).all()
    assert (scores["same_family"] >= scores["same_ask"]).all()


def test_a_saved_model_scores_as_before_and_damage_is_found(tmp_path: Path) -> None:
    made = scorer()
    save_scorer(made, tmp_path, {"encoder": "x"})
    again = load_scorer(tmp_path, made.features)
    assert np.array_equal(again.scores(FEATURES)["same_ask"], made.scores(FEATURES)["same_ask"])
    with pytest.raises(ModelError, match="other features"):
        load_scorer(tmp_path, ["a", "b"])
    (tmp_path / "model.npz").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="is not the file the model was saved with"):
        load_scorer(tmp_path, made.features)


def test_no_pairs_have_no_scores() -> None:
    assert len(scorer().scores(np.zeros((0, 5)))["same_ask"]) == 0
