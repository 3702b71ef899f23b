"""The card says where its figures come from, and what they do not cover."""

import pandas as pd
import pytest

from pipeline.model_card import render

FIGURES = {
    "micro_f1": 0.9, "micro_f1_95": [0.88, 0.92], "macro_f1": 0.8, "macro_f1_95": [0.75, 0.85],
    "calibration_error": 0.01, "calibration_error_95": [0.005, 0.02], "auto_precision": 0.951,
    "auto_precision_95": [0.94, 0.96], "auto_recall": 0.849, "auto_recall_95": [0.82, 0.87], "texts": 40,
}  # fmt: skip
PLAIN = {"micro_f1": 0.7, "micro_f1_95": [0.65, 0.75], "macro_f1": 0.5, "macro_f1_95": [0.4, 0.6], "texts": 40}
METRICS = {
    "all": FIGURES,
    "without_twins": {**FIGURES, "texts": 30},
    "texts": 40,
    "reviews": 6,
    "twins": 10,
    "by_session": {"14": FIGURES, "2": FIGURES},
    "by_cycle": {"2": FIGURES},
    "by_language": {"en": {**FIGURES, "texts": 39}, "fr": {**FIGURES, "texts": 1}},
    "reliability": [{"probability": 0.91, "right": 0.9, "texts": 40}],
    "calibration_error_top": 0.01,
    "calibration_error_tags": 0.02,
    "auto": {"wanted": 0.95, "from_score": 0.66, "precision": 0.951, "recall": 0.849},
    "tags_per_text": 1.7,
    "texts_without_tag": 3,
    "in_use": "fused",
    "systems": {
        "majority": {**PLAIN, "difference": {"micro_f1": -0.2, "micro_f1_95": [-0.25, -0.15]}},
        "fused": {**PLAIN, "micro_f1": 0.9},
    },
    "regime": {"name": "some", "texts": 3000, "concepts": 3, "rare": 1, "concept_texts": 20},
    "years": [2008, 2013],
}
LABELS = pd.DataFrame(
    {"label": ["Other", "Justice", "Rare", "Never"], "texts": [24, 36, 2, 0], "tags": [10, 36, 0, 0],
     "precision": [0.5, 0.9, 0.0, 0.0], "recall": [0.2, 0.9, 0.0, 0.0], "f1": [0.3, 0.9, 0.0, 0.0],
     "f1_low": [0.2, 0.8, 0.0, 0.0], "f1_high": [0.4, 0.95, 0.0, 0.0], "labelled": [120, 4000, 3, 0]}
)  # fmt: skip
CONFUSED = pd.DataFrame({"read": ["Justice"], "proposed": ["Other"], "texts": [7]})
LEARNING = pd.DataFrame(
    [{"system": "linear", "share": 0.5, "texts": 1500, "states": 90, "micro_f1": 0.81, "micro_f1_low": 0.79,
      "micro_f1_high": 0.83, "macro_f1": 0.6, "macro_f1_low": 0.5, "macro_f1_high": 0.7}]
)  # fmt: skip
COUNTS = {"rows": 3000, "states": 3, "sessions": [1, 16], "distinct_texts": 90}
MADE = {
    "dimension": "themes", "languages": ["en"], "versions": {"numpy": "2.4"}, "data_sha256": "ab" * 32,
    "training": COUNTS, "concepts": ["upr-info:other"], "params": {"seed": 5},
}  # fmt: skip
SPLIT = {"validation": {**COUNTS, "sessions": [14, 16]}, "measured_after_training_on": {**COUNTS, "sessions": [1, 13]}}
DESCRIPTIONS = {
    "linear": {**MADE, **SPLIT, "kind": "linear", "features": 4000},
    "fused": {**MADE, **SPLIT, "kind": "fused", "features": 4000, "encoder": "cd" * 32},
    "rules": {**MADE, "kind": "rules", "measured_on": "gold"},
    "stacked": {**MADE, "kind": "stacked", "measured_on": "gold", "encoder": "cd" * 32},
}
LINEAR = DESCRIPTIONS["linear"]


def card(description=LINEAR, metrics=METRICS, **tables):
    tables = {"labels": LABELS, "confused": CONFUSED, "learning": LEARNING} | tables
    return render(description, metrics, title="UPR Info issues", **tables)


def test_a_linear_card_tells_training_from_measuring():
    text = card()
    assert "Trained on 3,000 texts of sessions 1-16" in text
    assert "was trained on sessions 1-13 only" in text
    assert "0.900 (0.880-0.920)" in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("linear", "Its margins are calibrated."),
        ("fused", "One calibration takes the margins of both"),
        ("rules", "each with the precision it was measured to have"),
        ("stacked", "joined to one calibrated probability"),
    ],
)
def test_each_kind_says_what_it_is(kind, words):
    assert words in card(DESCRIPTIONS[kind])


def test_an_encoder_has_a_card_though_it_has_no_headlines():
    description = {**MADE, "kind": "encoder", "tasks": {"themes": ["a", "b"], "action": ["c"]}}
    text = render(description, {}, title="fine-tuned encoder")
    assert "fine-tuned end to end on themes (2 concepts), action (1 concepts)" in text
    assert "Intended use and misuse" in text
    assert "How good it is" not in text


@pytest.mark.parametrize("kind", ["rules", "stacked"])
def test_gold_read_by_language_models_is_said_to_be_that(kind):
    assert "language-model annotators, not by human experts" in card(DESCRIPTIONS[kind])


def test_readings_that_only_teach_are_told_apart_from_the_texts_that_measure():
    text = " ".join(card({**DESCRIPTIONS["stacked"], "own_readings": 1200}).split())
    assert "Learnt from 3,000 texts" in text
    assert "1,200 of them read once for this project by language models" in text
    assert "Measured on the other 1,800" in text


def test_labels_are_listed_from_the_weakest_and_those_without_texts_are_named_apart():
    table = card().split("## By label")[1]
    assert table.index("| Other |") < table.index("| Justice |")
    assert "Never" not in table
    assert "| 0.30 (0.20-0.40) | 120 |" in table


def test_known_failures_are_declared():
    failures = card().split("## Known failures")[1].split("## By label")[0]
    assert "Other (F1 0.30, 24 texts); Justice (F1 0.90, 36 texts)." in failures
    assert "True of some text and never proposed: Rare." in failures
    assert "no text carries it: 1 labels (Never)" in failures
    assert "| Justice | Other | 7 |" in failures


def test_figures_without_repeated_texts_stand_beside_those_of_all():
    assert "| without texts that also occur in training | 30 |" in card()


def test_simpler_ways_stand_beside_the_one_in_use():
    text = card()
    assert "| the most frequent concept (of each level) for every text | 0.700 (0.650-0.750) |" in text
    assert "| -0.200 (-0.250 to -0.150) |" in text
    assert "| in use |" in text
    assert "Compared with simpler ways" not in card(metrics={**METRICS, "systems": {"fused": PLAIN}})


def test_levels_of_a_vocabulary_are_compared_apart():
    systems = {name: {**figures, "broad": FIGURES} for name, figures in METRICS["systems"].items()}
    text = card(metrics={**METRICS, "systems": systems, "broad": FIGURES})
    assert "upper level (goals), micro-F1" in text


def test_data_has_counts_dates_hash_and_regime():
    text = card()
    assert "3,000 labelled texts of 3 States, sessions 1-16, 2008-2013" in text
    assert "40 texts of 6 reviews; 10 of these texts also occur in training" in text
    assert "3,000 labelled texts: enough for frequent concepts" in text
    assert "abababababababab…" in text


def test_sessions_are_in_order_of_their_number_and_languages_follow():
    text = card()
    assert text.index("| 2 | 40 |") < text.index("| 14 | 40 |") < text.index("| en | 39 |") < text.index("| fr | 1 |")


def test_the_learning_curve_stands_in_the_card_where_there_is_one():
    assert "| linear model over n-grams | 1,500 | 90 | 0.810 (0.790-0.830) |" in card()
    assert "## Learning curve" not in card(learning=pd.DataFrame())


def test_the_figures_are_linked():
    assert "](figures.svg)" in card()


@pytest.mark.parametrize(
    ("score", "words"), [(0.66, "from a score of 0.66 on"), (None, "every tag is marked `review`")]
)
def test_the_card_says_what_auto_lets_through(score, words):
    assert words in card(metrics={**METRICS, "auto": {**METRICS["auto"], "from_score": score}})


def test_with_one_concept_a_text_the_figure_is_accuracy():
    assert "| measured on | texts | accuracy |" in card({**LINEAR, "exclusive": True})
