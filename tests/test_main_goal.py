"""What the model of prose reads, on invented vectors and opinions."""

import numpy as np

from pipeline.main_goal import GOALS, inputs_of


def test_vectors_and_opinions_stand_side_by_side():
    vectors = np.eye(3, dtype=np.float32)
    opinions = np.zeros((3, len(GOALS)))
    opinions[1, 4] = 0.5
    found = inputs_of(vectors, opinions)
    assert found.shape == (3, 3 + len(GOALS))
    assert np.allclose(np.linalg.norm(found[:, :3], axis=1), found[0, 0])
    assert found[1, 3 + 4] == 0


def test_no_opinion_is_a_doubt_not_a_certainty():
    opinions = np.array([[0.0] * len(GOALS), [1.0] * len(GOALS)])
    found = inputs_of(np.zeros((2, 2), dtype=np.float32), opinions)[:, 2:]
    assert (found[0] < -3).all()
    assert (found[1] > 3).all()
    assert np.isfinite(found).all()
