"""How far labelled texts carry a model is said in words."""

import pandas as pd
import pytest

from pipeline.regime import labelled_texts, regime_of

LIMITS = {"few_texts": 1000, "full_texts": 10000, "concept_texts": 20}


@pytest.mark.parametrize(
    ("texts", "name", "words"),
    [
        (300, "few", "300 labelled texts: too few to trust"),
        (999, "few", "too few to trust"),
        (1000, "some", "1,000 labelled texts: enough for frequent concepts"),
        (10000, "full", "10,000 labelled texts: enough"),
    ],
)
def test_the_number_of_texts_decides(texts, name, words):
    regime = regime_of(texts, {"x:a": 500}, **LIMITS)
    assert regime.name == name
    assert words in regime.words
    assert "fewer than" not in regime.words


def test_rare_concepts_are_counted():
    regime = regime_of(3000, {"x:a": 500, "x:b": 19, "x:c": 0}, **LIMITS)
    assert regime.words.endswith("2 of 3 concepts have fewer than 20 texts.")


def test_a_text_counts_for_its_concept_and_the_one_above_once():
    readings = pd.DataFrame(
        [
            ("r1", "sdgs", "sdg:5.1", True), ("r1", "sdgs", "sdg:5.2", True), ("r2", "sdgs", "sdg:5", True),
            ("r3", "sdgs", "sdg:5.1", False), ("r4", "sdgs", None, True), ("r5", "themes", "sdg:5", True),
        ],
        columns=["row_id", "dimension", "concept_id", "certain"],
    )  # fmt: skip
    broader = {"sdg:5": None, "sdg:5.1": "sdg:5", "sdg:5.2": "sdg:5", "sdg:6": None}
    found = labelled_texts(readings, "sdgs", broader, list(broader))
    assert found == {"sdg:5": 2, "sdg:5.1": 1, "sdg:5.2": 1, "sdg:6": 0}
