"""A small tagger learns, is taken apart and put together again, and names the words behind its tags."""

import numpy as np

from pipeline.classifier import linear
from pipeline.classifier.evidence import Explainer

TOPICS = {
    "upr-info:torture": "prevent torture in police custody",
    "upr-info:education": "provide schools and teachers for pupils",
    "upr-info:water": "supply safe drinking water to villages",
}
CONCEPTS = list(TOPICS)
OPENINGS = ["Strengthen efforts to", "Take steps to", "Continue to", "Consider measures to", "Adopt a plan to"]
TEXTS = [
    f"{opening} {words} in region {n}" for words in TOPICS.values() for opening in OPENINGS for n in ("A", "B", "C")
]
TRUTH = np.array([[words in text for words in TOPICS.values()] for text in TEXTS])


def fit(texts=TEXTS, truth=TRUTH, max_features=5000):
    return linear.fit(
        texts, truth, CONCEPTS, cost=1.0, max_features=max_features, min_document_frequency=2, opening=True, seed=1
    )  # fmt: skip


def test_the_concept_with_the_highest_margin_is_the_right_one():
    margins = fit().margins(["Supply drinking water", "End torture by the police", "Build schools"])
    assert [CONCEPTS[at] for at in margins.argmax(axis=1)] == [CONCEPTS[2], CONCEPTS[0], CONCEPTS[1]]


def test_no_text_gives_no_margin():
    assert fit().margins([]).shape == (0, 3)


def test_the_same_data_gives_the_same_model():
    np.testing.assert_array_equal(fit().coefficients, fit().coefficients)


def test_fewer_features_are_the_telling_ones():
    model = fit(max_features=60)
    assert len(model.ngrams) == 60
    assert any("torture" in name for name in model.ngrams.names())


def test_a_model_taken_apart_and_put_together_says_nearly_the_same():
    model = fit()
    again = linear.from_arrays(linear.to_arrays(model), model.concepts)
    np.testing.assert_allclose(again.margins(TEXTS), model.margins(TEXTS), atol=5e-3)
    assert again.ngrams.features == model.ngrams.features


def test_arrays_hold_no_objects():
    assert all(array.dtype.kind in "fu" for array in linear.to_arrays(fit()).values())


def test_evidence_is_in_the_words_of_the_text():
    text = "Continue to prevent Torture, in the custody of the police"
    (words,) = Explainer(fit()).words(text, [CONCEPTS[0]])
    assert "Torture" in words
    assert all(part in text for part in words.split(" … "))


def test_a_text_without_a_telling_word_has_no_evidence():
    assert Explainer(fit()).words("Zzz", [CONCEPTS[0]]) == [None]
    assert Explainer(fit()).words("", [CONCEPTS[0]]) == [None]


def test_a_concept_that_every_text_carries_is_always_near_and_one_that_none_carries_never():
    always_never = np.column_stack([np.ones(len(TEXTS), dtype=bool), np.zeros(len(TEXTS), dtype=bool), TRUTH[:, 2]])
    margins = fit(truth=always_never).margins(TEXTS)
    assert (margins[:, 0] > 0).all()
    assert (margins[:, 1] < 0).all()
    assert ((margins[:, 2] > 0) == TRUTH[:, 2]).all()
