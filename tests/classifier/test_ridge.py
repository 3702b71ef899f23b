"""Hyperplanes in closed form: what is carried is near, what is doubtful pulls to neither side, weights count."""

import numpy as np
import pytest

from pipeline.classifier.ridge import fit_features, fit_words

CONCEPTS = ["sdg:4", "sdg:6", "sdg:14"]
TEXTS = ["open schools for pupils", "build schools for pupils", "dig wells for villages", "drill wells for villages"]
TARGETS = np.array([[1, -1, -1], [1, -1, -1], [-1, 1, -1], [-1, 1, -1]], dtype=float)
EVEN = np.ones(4)


def words(targets=TARGETS, weights=EVEN, texts=TEXTS):
    return fit_words(texts, targets, weights, CONCEPTS, min_document_frequency=2)


def test_new_wordings_of_what_was_learnt_are_near_it():
    margins = words().margins(["more schools and pupils", "wells of villages"])
    assert margins[:, :2].argmax(axis=1).tolist() == [0, 1]
    assert margins[0, 0] > 0 > margins[0, 1]


def test_a_concept_no_text_carries_is_never_near():
    model = words()
    assert not model.coefficients[:, 2].any()
    assert model.margins(["anything"])[0, 2] == -1.0


def test_a_concept_readers_differ_on_pulls_to_neither_side():
    doubtful = TARGETS.copy()
    doubtful[1, 0] = 0.0
    against = TARGETS.copy()
    against[1, 0] = -1.0
    text = ["schools for pupils"]
    sure, open_, no = (words(targets).margins(text)[0, 0] for targets in (TARGETS, doubtful, against))
    assert sure > open_ > no


@pytest.mark.parametrize("heavy", [0, 1])
def test_of_two_readings_of_one_wording_the_heavier_counts_more(heavy):
    weights = np.array([1.0, 1.0])
    weights[heavy] = 5.0
    targets = np.array([[1, -1, -1], [-1, 1, -1]], dtype=float)
    features = np.array([[1.0, 0.0], [1.0, 0.0]], dtype=np.float32)
    by_words = words(targets, weights, ["open schools", "open schools now"]).margins(["open schools"])[0]
    by_features = fit_features(features, targets, weights).margins(features[:1])[0]
    assert by_words[:2].argmax() == by_features[:2].argmax() == heavy


def test_features_are_learnt_as_words_are():
    features = np.array([[2, 0, 9], [3, 0, 9], [0, 2, 9], [0, 3, 9]], dtype=np.float32)
    heads = fit_features(features, TARGETS, EVEN)
    margins = heads.margins(np.array([[2.5, 0, 9], [0, 2.5, 9]], dtype=np.float32))
    assert (margins[:, :2] > 0).tolist() == [[True, False], [False, True]]
    assert margins[:, 2].tolist() == [-1.0, -1.0]
