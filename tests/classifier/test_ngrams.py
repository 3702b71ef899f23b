"""Features of texts: what is counted, what never enters the vocabulary."""

import numpy as np
import pytest

from pipeline.classifier.ngrams import Ngrams

TEXTS = [
    "Ratify the Convention against Torture",
    "Ratify the Optional Protocol to the Convention against Torture",
    "Continue to strengthen the protection of children",
    "Continue to improve the protection of Zebedee Quillfeather",
]


def fit(texts=TEXTS, opening=True):
    return Ngrams.fit(texts, min_document_frequency=2, opening=opening)


def test_words_pairs_and_opening_words_are_features():
    names = fit().names()
    assert {"word:torture", "word:against torture", "opening:1=ratify", "opening:continue to"} <= set(names)


def test_nothing_of_a_single_text_enters_the_vocabulary():
    assert not [name for name in fit().names() if "zebedee" in name or "quillf" in name]


def test_a_text_repeated_in_many_reviews_counts_once():
    names = fit([*TEXTS, TEXTS[3], TEXTS[3]]).names()
    assert not [name for name in names if "zebedee" in name]


def test_fewer_than_two_texts_are_refused():
    with pytest.raises(ValueError, match="could reveal the text"):
        Ngrams.fit(TEXTS, min_document_frequency=1, opening=False)


def test_opening_words_can_be_left_out():
    assert not [name for name in fit(opening=False).names() if name.startswith("opening:")]


def test_each_block_of_a_text_has_length_one():
    features = fit().transform(["Ratify the Convention against Torture"])
    assert features.multiply(features).sum() == pytest.approx(3)


def test_a_text_without_known_words_has_no_features():
    assert fit().transform(["", "χψω"]).nnz == 0


def test_character_features_are_those_of_the_whole_text_counted_one_by_one():
    ngrams = fit(opening=False)
    columns = {name: at for at, name in enumerate(ngrams.names())}
    text = "against the protection of the Convention"
    row = ngrams.transform([text]).toarray()[0]
    counts = {}
    for word in text.lower().split():
        padded = f" {word} "
        for size in range(2, 6):
            for at in range(len(padded) - size + 1):
                name = f"characters:{padded[at : at + size]}"
                if name in columns:
                    counts[columns[name]] = counts.get(columns[name], 0) + 1
    expected = np.zeros(len(columns))
    for column, count in counts.items():
        expected[column] = (1 + np.log(count)) * ngrams.idf[column]
    expected /= np.linalg.norm(expected)
    characters = np.array([name.startswith("characters:") for name in ngrams.names()])
    np.testing.assert_allclose(row[characters], expected[characters], rtol=1e-5)


def test_the_order_of_the_training_texts_does_not_matter():
    one, other = fit(), fit(TEXTS[::-1])
    assert one.features == other.features
    np.testing.assert_array_equal(one.idf, other.idf)


def test_restricted_features_keep_their_place_and_weight():
    ngrams = fit()
    columns = np.array([0, 5, len(ngrams) - 1])
    kept = ngrams.only(columns)
    assert kept.names() == [ngrams.names()[at] for at in columns]
    np.testing.assert_array_equal(kept.idf, ngrams.idf[columns])
