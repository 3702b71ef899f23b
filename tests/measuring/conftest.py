"""A held-out set of three reviews, small enough to count by hand."""

import numpy as np
import pytest

from pipeline.held_out import HeldOut


@pytest.fixture
def held():
    """Six texts, three concepts; the last reading of concept c is disputed."""
    truth = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 1], [1, 0, 0], [0, 0, 1]], dtype=bool)
    probabilities = np.array(
        [[0.9, 0.1, 0.0], [0.8, 0.3, 0.0], [0.6, 0.5, 0.1], [0.1, 0.9, 0.2], [0.7, 0.1, 0.1], [0.1, 0.1, 0.4]]
    )
    ignored = np.zeros_like(truth)
    ignored[5, 2] = True
    predicted = probabilities >= 0.55
    return HeldOut(
        row_ids=[f"r{n}" for n in range(6)], concepts=["x:a", "x:b", "x:c"], probabilities=probabilities,
        predicted=predicted, truth=truth, ignored=ignored, twin=np.array([1, 0, 0, 0, 0, 0], dtype=bool),
    )  # fmt: skip
