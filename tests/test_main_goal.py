"""The one goal a text is mainly about, on invented vectors and opinions."""

import numpy as np
import pytest

from pipeline import model_folder
from pipeline.main_goal import GOALS, Scale, fit, inputs_of, restore

SIZE = len(GOALS)


def invented(texts_a_goal=6, seed=7):
    """Vectors that point to the goal of a text with noise, and opinions that know it for half of the texts."""
    draw = np.random.default_rng(seed)
    goals = np.repeat(np.arange(SIZE), texts_a_goal)
    vectors = np.eye(SIZE)[goals] + draw.normal(0, 0.2, (len(goals), SIZE))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    opinions = np.eye(SIZE)[goals] * (np.arange(len(goals)) % 2)[:, None] * 0.9
    return inputs_of(vectors.astype(np.float32), opinions), np.eye(SIZE)[goals] > 0


def test_the_goal_of_new_texts_is_found_and_probabilities_sum_to_one():
    inputs, right = invented()
    model = fit(inputs, right, np.ones(len(right)), cost=10.0)
    unseen, truth = invented(seed=8)
    found = model.probabilities(unseen)
    assert np.allclose(found.sum(axis=1), 1)
    assert (found.argmax(axis=1) == truth.argmax(axis=1)).mean() > 0.9


def test_an_opinion_moves_a_text_whose_vector_says_nothing():
    inputs, right = invented()
    model = fit(inputs, right, np.ones(len(right)), cost=10.0)
    opinion = np.zeros((1, SIZE))
    opinion[0, 12] = 0.95
    silent = inputs_of(np.zeros((1, SIZE), dtype=np.float32), opinion)
    assert GOALS[int(model.probabilities(silent).argmax())] == "sdg:13"


def test_a_text_of_two_goals_counts_half_for_each():
    inputs, right = invented()
    both = right.copy()
    both[right[:, 0], 1] = True
    found = fit(inputs, both, np.ones(len(right)), cost=10.0).probabilities(inputs[right[:, 0]])
    alone = fit(inputs, right, np.ones(len(right)), cost=10.0).probabilities(inputs[right[:, 0]])
    assert found[:, 1].mean() > alone[:, 1].mean() + 0.1
    assert found[:, 0].mean() < alone[:, 0].mean() - 0.1


def test_a_model_comes_back_from_its_folder_as_it_was(tmp_path):
    inputs, right = invented()
    model = fit(inputs, right, np.ones(len(right)), cost=1.0)
    model_folder.write(tmp_path, {"kind": "main_goal"}, arrays=model.arrays())
    model_folder.read(tmp_path)
    back = restore(model_folder.read_arrays(tmp_path))
    assert np.array_equal(back.probabilities(inputs), model.probabilities(inputs))


def test_a_goal_without_a_text_is_named():
    inputs, right = invented()
    kept = ~right[:, 13]
    with pytest.raises(ValueError, match="sdg:14"):
        fit(inputs[kept], right[kept], np.ones(int(kept.sum())), cost=1.0)


def test_scores_are_set_to_how_often_they_were_right_and_keep_their_order():
    said = np.linspace(0.1, 0.9, 400)
    hits = np.arange(400) % 10 < np.where(said < 0.5, 4, 9)
    scale = Scale.of(said, hits)
    low, high = scale(np.array([0.3, 0.7]))
    assert abs(low - 0.4) < 0.05
    assert abs(high - 0.9) < 0.05
    assert (np.diff(scale(said)) >= 0).all()
    assert scale(np.array([2.0]))[0] <= 1
