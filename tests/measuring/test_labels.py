"""Figures label by label, and labels taken for each other."""

import numpy as np

from pipeline.measuring.labels import confused, levels_of, per_label
from pipeline.metrics import Draws, Outcomes

REVIEWS = ["XAA 1", "XAA 1", "XBB 1", "XBB 1", "XCC 2", "XCC 2"]
LABELS = ["Alpha", "Beta", "Gamma"]


def test_the_weakest_label_comes_first_with_its_counts(held):
    outcomes = Outcomes.of(held.truth, held.predicted, held.ignored)
    table = per_label(
        outcomes, held.concepts, LABELS, Draws.of(REVIEWS, seed=1), levels={}, labelled={"x:a": 40, "x:c": 2}
    )
    assert table["label"].tolist() == ["Gamma", "Beta", "Alpha"]
    assert table["labelled"].tolist() == [2, 0, 40]
    alpha = table.set_index("label").loc["Alpha"]
    assert (alpha["texts"], alpha["tags"], alpha["precision"], alpha["recall"]) == (3, 4, 0.75, 1.0)
    assert alpha["f1_low"] <= alpha["f1"] <= alpha["f1_high"]


def test_levels_are_told_where_the_vocabulary_has_two(held):
    broader = {"x:a": None, "x:b": "x:a", "x:c": "x:a"}
    levels = levels_of(held.concepts, broader)
    table = per_label(
        Outcomes.of(held.truth, held.predicted), held.concepts, LABELS, Draws.of(REVIEWS, seed=1), levels=levels,
        labelled={},
    )  # fmt: skip
    assert table.set_index("label")["level"].to_dict() == {"Alpha": "broad", "Beta": "narrow", "Gamma": "narrow"}
    assert levels_of(held.concepts, dict.fromkeys(held.concepts)) == {}


def test_a_concept_missed_and_another_proposed_for_the_same_text_are_confused(held):
    found = confused(Outcomes.of(held.truth, held.predicted, held.ignored), LABELS, most=5)
    assert found.to_dict("records") == [{"read": "Beta", "proposed": "Alpha", "texts": 1}]


def test_the_most_frequent_confusions_come_first():
    truth = np.array([[1, 0, 0]] * 3 + [[0, 1, 0]] * 5, dtype=bool)
    predicted = np.array([[0, 0, 1]] * 3 + [[0, 0, 1]] * 5, dtype=bool)
    found = confused(Outcomes.of(truth, predicted), LABELS, most=1)
    assert found.to_dict("records") == [{"read": "Beta", "proposed": "Gamma", "texts": 5}]
