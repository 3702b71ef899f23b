"""Rules and a classifier together: each covers what the other cannot."""

import numpy as np
import pytest

from pipeline.classifier import linear
from pipeline.classifier.stacking import Encoded, Labels, cross_fitted, rule_margins, train
from pipeline.classifier.tagger import restore

CONCEPTS = ["sdg:4", "sdg:6", "sdg:14"]
PLAIN = {"sdg:4": "open schools for pupils", "sdg:6": "supply water to villages", "sdg:14": "restore the coral reefs"}
INDIRECT = {"sdg:4": "employ more teachers for pupils", "sdg:6": "dig wells and pumps for villages"}
REGIONS = ["A", "B", "C", "D", "E"]
ROWS = [
    (f"{verb} {words} in region {region}", concept, by_words, fold)
    for fold, region in enumerate(REGIONS)
    for verb in ("Please", "Continue to", "Take steps to")
    for wordings, by_words in ((PLAIN, True), (INDIRECT, False))
    for concept, words in wordings.items()
    if concept != "sdg:14" or (fold == 0 and verb == "Please")
]
TEXTS = [row[0] for row in ROWS]
RIGHT = np.array([[row[1] == concept for concept in CONCEPTS] for row in ROWS])
BY_WORDS = np.array([row[2] for row in ROWS])
FOLDS = np.array([row[3] for row in ROWS])
FRESH = np.ones(len(ROWS), dtype=bool)
LABELS = Labels(RIGHT, np.ones_like(RIGHT), FOLDS, FRESH)
FEATURES = Encoded(RIGHT.astype(np.float32), RIGHT.astype(np.float32))


def rules(right=RIGHT, fires=BY_WORDS):
    rows, columns = np.nonzero(right & fires[:, None])
    return rule_margins(rows, columns, np.ones(len(rows), dtype=bool), right.shape)


def fit(texts, labels):
    return linear.fit(
        texts, labels.right, CONCEPTS, cost=1.0, max_features=2000, min_document_frequency=2, opening=False, seed=1
    )  # fmt: skip


def trained(encoded=FEATURES):
    return train(TEXTS, LABELS, rules(), fit=fit, encoded=encoded)


def test_rules_and_links_stand_apart():
    margins = rule_margins(np.array([0, 1]), np.array([2, 2]), np.array([True, False]), (2, 3))
    assert margins.tolist() == [[-1, -1, 1, -1, -1, -1], [-1, -1, -1, -1, -1, 1]]


@pytest.mark.parametrize("encoded", [FEATURES, None])
def test_wordings_that_no_rule_knows_are_reached(encoded):
    result = trained(encoded)
    indirect = ~BY_WORDS
    assert (result.systems["rules"][indirect] != RIGHT[indirect]).any()
    assert (result.checked.predicted[indirect] == RIGHT[indirect]).all()


def test_simpler_ways_are_measured_beside_it():
    assert set(trained().systems) == {"rules", "linear", "encoder"}
    assert set(trained(None).systems) == {"rules", "linear"}


def test_a_concept_with_a_single_labelled_text_is_left_to_its_rule():
    tagger = trained().tagger
    text = "Let whales live"
    fires = rule_margins(np.array([0]), np.array([2]), np.array([True]), (1, 3))
    silent = rule_margins(np.array([], dtype=int), np.array([], dtype=int), np.array([], dtype=bool), (1, 3))
    score = {
        name: tagger.propose([text], np.zeros((1, 3), dtype=np.float32), floor=0.0, rules=margins)
        .set_index("concept_id")
        .loc["sdg:14", "score"]
        for name, margins in (("fires", fires), ("silent", silent))
    }
    assert score["fires"] > 0.5 > score["silent"]


def test_every_figure_of_a_fold_comes_from_models_that_have_not_seen_it():
    seen = []

    def noting(texts, labels):
        seen.append(set(texts))
        return fit(texts, labels)

    train(TEXTS, LABELS, rules(), fit=noting, encoded=None)
    for fold, texts in enumerate(seen[:-1]):
        assert texts == {text for text, at in zip(TEXTS, FOLDS, strict=True) if at != fold}
    assert seen[-1] == set(TEXTS)


def test_texts_that_only_teach_are_held_out_with_their_state_and_measure_nothing():
    measure = np.array([not text.startswith("Continue") for text in TEXTS])
    seen = []

    def noting(texts, labels):
        seen.append(set(texts))
        return fit(texts, labels)

    labels = Labels(RIGHT, np.ones_like(RIGHT), FOLDS, FRESH, measure=measure)
    result = train(TEXTS, labels, rules(), fit=noting, encoded=FEATURES)
    for fold, texts in enumerate(seen[:-1]):
        assert texts == {text for text, at in zip(TEXTS, FOLDS, strict=True) if at != fold}
    assert result.checked.predicted.shape == (measure.sum(), len(CONCEPTS))
    assert all(tags.shape == result.checked.predicted.shape for tags in result.systems.values())


def test_a_text_that_only_teaches_is_left_out_where_its_twin_measures():
    alike = np.arange(len(TEXTS))
    taught = FOLDS == 4
    alike[taught] = alike[FOLDS == 0][: taught.sum()]
    labels = Labels(RIGHT, np.ones_like(RIGHT), FOLDS, FRESH, measure=~taught, alike=alike)
    assert not labels.without(FOLDS == 0)[taught].any()
    assert labels.without(FOLDS == 1)[taught].all()


def test_what_readers_differ_on_moves_nothing():
    counted = np.ones_like(RIGHT)
    counted[BY_WORDS & RIGHT[:, 0], 0] = False
    flipped = RIGHT.copy()
    flipped[~counted] = ~flipped[~counted]
    first, second = (cross_fitted(rules(), Labels(right, counted, FOLDS, FRESH), ruled=2) for right in (RIGHT, flipped))
    np.testing.assert_allclose(first.probabilities, second.probabilities)
    assert first.decider.thresholds.tolist() == second.decider.thresholds.tolist()


def test_probabilities_and_auto_come_from_texts_not_read_while_rules_were_written():
    right, fires = np.zeros((2000, 1), dtype=bool), np.zeros(2000, dtype=bool)
    right[:900], fires[:1000] = True, True
    fresh = np.zeros(2000, dtype=bool)
    fresh[760:] = True
    margins = rule_margins(np.flatnonzero(fires), np.zeros(1000, dtype=int), np.ones(1000, dtype=bool), (2000, 1))
    folds = np.arange(2000) % 4
    some, every = (
        cross_fitted(margins, Labels(right, np.ones_like(right), folds, chosen), ruled=2)
        for chosen in (fresh, np.ones(2000, dtype=bool))
    )
    assert some.probabilities[0, 0] < 0.7
    assert every.probabilities[0, 0] > 0.85
    assert max(some.decider.curve.tags) == 240


def test_it_is_taken_apart_and_put_together():
    tagger = trained().tagger
    again = restore(tagger.describe(), tagger.arrays())
    assert tagger.describe()["kind"] == "stacked"
    for given in (None, FEATURES.released):
        first, second = (one.propose(TEXTS, given, floor=0.0, rules=rules()) for one in (tagger, again))
        np.testing.assert_allclose(second["score"], first["score"], atol=0.01)
        assert second["proposed"].tolist() == first["proposed"].tolist()
