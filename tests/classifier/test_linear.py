"""A small tagger learns, is taken apart and put together again, and names the words behind its tags."""

import numpy as np
import pytest

from pipeline.classifier import linear
from pipeline.classifier.evidence import Explainer
from pipeline.classifier.tagger import propose
from pipeline.classifier.training import train

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


def test_exclusive_concepts_are_proposed_once_a_text_and_others_from_their_threshold_on():
    probabilities = np.array([[0.4, 0.3, 0.3], [0.1, 0.2, 0.7]])
    assert propose(probabilities, np.zeros(3), exclusive=True).sum(axis=1).tolist() == [1, 1]
    assert propose(probabilities, np.full(3, 0.35), exclusive=False).tolist() == [[1, 0, 0], [0, 0, 1]]


def test_training_measures_on_texts_it_has_not_seen():
    seen = []

    def noting(texts, truth):
        seen.append(set(texts))
        return fit(texts, truth)

    validation = np.array(["region C" in text for text in TEXTS])
    trained = train(
        TEXTS, TRUTH, training=~validation, validation=validation, folds=np.arange(validation.sum()) % 3,
        exclusive=False, fit=noting,
    )  # fmt: skip
    assert not seen[0] & {text for text, held in zip(TEXTS, validation, strict=True) if held}
    assert seen[1] == set(TEXTS)
    assert trained.probabilities.shape == (validation.sum(), 3)
    assert (trained.predicted == TRUTH[validation]).mean() > 0.9


@pytest.mark.parametrize("floor", [0.0, 1.0])
def test_candidates_stand_below_the_threshold_and_above_the_floor(floor):
    validation = np.array(["region C" in text for text in TEXTS])
    tagger = train(
        TEXTS, TRUTH, training=~validation, validation=validation, folds=np.arange(validation.sum()) % 3,
        exclusive=False, fit=fit,
    ).tagger  # fmt: skip
    tags = tagger.propose(TEXTS[:5], floor=floor)
    assert len(tags) == (15 if floor == 0 else int(tags["proposed"].sum()))
