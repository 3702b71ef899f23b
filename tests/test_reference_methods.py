import sys

import numpy as np
import pytest

from pipeline.reference_methods import communities, cosine, density_groups, minhash, semhash_groups, token_set

TEXTS = [
    "Open clinics in all districts of Belmora",
    "Open clinics in all districts",
    "Free the reporters of Arvandia now",
]
PAIRS = np.array([[0, 1], [0, 2]])
ANGLES = np.radians([0, 2, 4, 6, 60, 62, 150])
VECTORS = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1).astype(np.float32)


def test_shared_words_score_higher_than_none() -> None:
    for scores in (token_set(TEXTS, PAIRS), minhash(TEXTS, PAIRS, seed=1)):
        assert scores[0] > 0.45 > scores[1]


def test_minhash_nears_the_share_of_common_triples() -> None:
    scores = minhash(TEXTS, np.array([[0, 1], [0, 0]]), seed=1)
    assert abs(scores[0] - 3 / 5) < 0.15
    assert scores[1] == 1


def test_cosine_of_unit_vectors() -> None:
    np.testing.assert_allclose(cosine(VECTORS, np.array([[0, 4]])), [0.5], atol=1e-6)


def test_the_densest_row_takes_its_neighbours_first() -> None:
    labels = communities(VECTORS, float(np.cos(np.radians(5))))
    assert len(set(labels[:3])) == 1, "the second row has the first and the third within reach, and the fourth"
    assert labels[4] == labels[5] != labels[0]
    assert (labels == labels[6]).sum() == 1


def test_noise_stays_alone() -> None:
    labels = density_groups(VECTORS)
    assert labels[0] == labels[1]
    assert (labels == labels[6]).sum() == 1
    assert density_groups(VECTORS[:1]).tolist() == [0]


def test_semhash_keeps_the_first_of_what_repeats_and_does_not_chain() -> None:
    labels = semhash_groups(VECTORS, float(np.cos(np.radians(5))))
    assert labels.tolist() == [0, 0, 0, 3, 4, 4, 6], (
        "the fourth is near the third, but not near the first that was kept"
    )
    assert semhash_groups(VECTORS[:0], 0.9).tolist() == []


def test_semhash_brings_equal_texts_together_whatever_their_vectors() -> None:
    assert semhash_groups(VECTORS, 0.9999, list("aabcdea")).tolist() == [0, 0, 2, 3, 4, 5, 0]


def test_without_semhash_the_error_says_where_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "semhash", None)
    with pytest.raises(ImportError, match=r"pip install -e '\.\[dev\]'"):
        semhash_groups(VECTORS, 0.9)
