"""The card says where its figures come from, and what they do not cover."""

import pandas as pd
import pytest

from pipeline.model_card import render

FIGURES = {"micro_f1": 0.9, "macro_f1": 0.8, "micro_f1_95": [0.88, 0.92], "macro_f1_95": [0.75, 0.85], "texts": 40}
METRICS = {
    "all": FIGURES,
    "without_twins": {**FIGURES, "texts": 30},
    "by_session": {"14": {"texts": 40, "micro_f1": 0.9, "macro_f1": 0.8}},
    "by_cycle": {"2": {"texts": 40, "micro_f1": 0.9, "macro_f1": 0.8}},
    "reliability": [{"probability": 0.91, "right": 0.9, "texts": 40}],
    "calibration_error_top": 0.01,
    "calibration_error_tags": 0.02,
    "auto": {"wanted": 0.95, "from_score": 0.66, "precision": 0.951, "recall": 0.849},
    "tags_per_text": 1.7,
    "texts_without_tag": 3,
}
LABELS = pd.DataFrame(
    {"label": ["Other", "Justice", "Never"], "texts": [4, 36, 0], "precision": [0.5, 0.9, 0.0],
     "recall": [0.2, 0.9, 0.0], "f1": [0.3, 0.9, 0.0]}
)  # fmt: skip
COUNTS = {"rows": 100, "states": 3, "sessions": [1, 16], "distinct_texts": 90}
MADE = {"dimension": "themes", "languages": ["en"], "versions": {"numpy": "2.4"}, "data_sha256": "ab" * 32}
LINEAR = {
    **MADE, "kind": "linear", "concepts": ["upr-info:other"], "features": 4000, "training": COUNTS,
    "validation": {**COUNTS, "sessions": [14, 16]}, "measured_after_training_on": {**COUNTS, "sessions": [1, 13]},
}  # fmt: skip
RULES = {**MADE, "kind": "rules", "training": COUNTS, "measured_on": "gold"}


def test_a_linear_card_tells_training_from_measuring():
    card = render(LINEAR, METRICS, LABELS, "UPR Info issues")
    assert "Trained on 100 texts of sessions 1-16" in card
    assert "was trained on sessions 1-13 only" in card
    assert "0.900 (0.880-0.920)" in card


def test_gold_read_by_language_models_is_said_to_be_that():
    assert "language-model annotators, not by human experts" in render(RULES, METRICS, LABELS, "UHRI affected persons")


def test_the_weakest_label_comes_first_and_labels_without_texts_stay_out():
    card = render(LINEAR, METRICS, LABELS, "UPR Info issues")
    assert card.index("| Other |") < card.index("| Justice |")
    assert "Never" not in card


def test_figures_without_repeated_texts_stand_beside_those_of_all():
    card = render(LINEAR, METRICS, LABELS, "UPR Info issues")
    assert "| without texts that also occur in training | 30 |" in card


@pytest.mark.parametrize(
    ("score", "words"), [(0.66, "from a score of 0.66 on"), (None, "every tag is marked `review`")]
)
def test_the_card_says_what_auto_lets_through(score, words):
    metrics = {**METRICS, "auto": {**METRICS["auto"], "from_score": score}}
    assert words in render(LINEAR, metrics, LABELS, "UPR Info issues")
