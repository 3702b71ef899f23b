"""A tagger decides with the words alone, or with an encoder's features too; it is measured on texts it has not seen."""

import numpy as np
import pytest

from pipeline.classifier import linear
from pipeline.classifier.heads import Heads
from pipeline.classifier.tagger import restore
from pipeline.classifier.training import EncoderHeads, train

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
HELD = np.array(["region C" in text for text in TEXTS])
HEADS = Heads(np.eye(3, dtype=np.float32) * 8, np.full(3, -4, dtype=np.float32))
"""Heads over three features, one a topic."""


def fit(texts, truth):
    return linear.fit(
        texts, truth, CONCEPTS, cost=1.0, max_features=5000, min_document_frequency=2, opening=True, seed=1
    )  # fmt: skip


def features(truth):
    return truth.astype(np.float32)


def trained(*, fused, fit=fit, exclusive=False):
    heads = EncoderHeads(HEADS.margins(features(TRUTH[HELD])), HEADS) if fused else None
    return train(
        TEXTS, TRUTH, training=~HELD, validation=HELD, folds=np.arange(HELD.sum()) % 3, exclusive=exclusive, fit=fit,
        heads=heads,
    )  # fmt: skip


def test_training_measures_on_texts_it_has_not_seen():
    seen = []

    def noting(texts, truth):
        seen.append(set(texts))
        return fit(texts, truth)

    result = trained(fused=False, fit=noting)
    assert not seen[0] & {text for text, held in zip(TEXTS, HELD, strict=True) if held}
    assert seen[1] == set(TEXTS)
    linear_alone = result.systems["linear"]
    assert linear_alone.probabilities.shape == (HELD.sum(), 3)
    assert (linear_alone.predicted == TRUTH[HELD]).mean() > 0.9


def test_each_part_of_a_fused_tagger_is_measured_beside_it():
    result = trained(fused=True)
    assert list(result.systems) == ["linear", "encoder", "fused"]
    assert result.best == "fused"
    assert result.tagger.describe()["kind"] == "fused"


def test_an_exclusive_question_gets_one_answer_a_text():
    tags = trained(fused=True, exclusive=True).tagger.propose(TEXTS[:7], features(TRUTH[:7]), floor=1.0)
    assert tags["proposed"].sum() == 7


@pytest.mark.parametrize("floor", [0.0, 1.0])
def test_candidates_stand_below_the_threshold_and_above_the_floor(floor):
    tags = trained(fused=False).tagger.propose(TEXTS[:5], floor=floor)
    assert len(tags) == (15 if floor == 0 else int(tags["proposed"].sum()))
    assert tags["second_score"].isna().all()


def test_features_can_overrule_the_words_and_the_second_opinion_says_so():
    tagger = trained(fused=True).tagger
    text = "Continue to protect those in the hands of officers"
    torture = np.array([[True, False, False]])
    tags = tagger.propose([text], features(torture), floor=0.0).set_index("concept_id")
    alone = tagger.propose([text], floor=0.0).set_index("concept_id")
    assert tags.loc[CONCEPTS[0], "score"] > alone.loc[CONCEPTS[0], "score"]
    assert tags.loc[CONCEPTS[0], "second_score"] == pytest.approx(alone.loc[CONCEPTS[0], "score"])


def test_what_only_the_second_opinion_would_tag_stays_a_candidate():
    tagger = trained(fused=True).tagger
    tags = tagger.propose([TEXTS[0]], np.array([[0, 1, 0]], dtype=np.float32) * 9, floor=1.0).set_index("concept_id")
    assert tags.loc[CONCEPTS[1], "proposed"]
    assert not tags.loc[CONCEPTS[0], "proposed"]
    assert tags.loc[CONCEPTS[0], "second_score"] > 0.5


def test_a_tagger_taken_apart_and_put_together_decides_nearly_the_same():
    tagger = trained(fused=True).tagger
    again = restore(tagger.describe(), tagger.arrays())
    for given in (None, features(TRUTH)):
        first, second = (one.propose(TEXTS, given, floor=0.0) for one in (tagger, again))
        np.testing.assert_allclose(second["score"], first["score"], atol=0.01)
        assert second["proposed"].tolist() == first["proposed"].tolist()
