"""The plainest rules find what the label says, and the category of the verb that opens."""

import numpy as np
import pytest

from pipeline.paths import ROOT
from pipeline.plain_rules import by_label, by_opening_verb, phrases_of
from pipeline.taxonomy import load_taxonomy

THEMES = load_taxonomy(ROOT / "configs" / "taxonomies" / "upr_info.yaml").concepts
ACTIONS = load_taxonomy(ROOT / "configs" / "taxonomies" / "upr_action.yaml").concepts


def labels(flags, concepts):
    return [[concepts[at].label for at in np.flatnonzero(row)] for row in flags]


@pytest.mark.parametrize(
    ("label", "phrases"),
    [
        ("Right to education", ("education",)),
        ("Asylum-seekers - refugees", ("Asylum-seekers", "refugees", "Asylum seekers")),
        ("Women's rights", ("Women",)),
        ("Rights of the Child", ("Child", "Children")),
        ("General", ()),
    ],
)
def test_a_label_is_looked_for_by_its_telling_words(label, phrases):
    assert phrases_of(next(concept for concept in THEMES if concept.label == label)) == phrases


def test_themes_are_found_where_their_labels_stand():
    texts = [
        "Open schools and raise the quality of education",
        "Abolish the death penalty and end torture",
        "Plant trees",
    ]
    found = labels(by_label(texts, THEMES), THEMES)
    assert found == [["Right to education"], ["Death penalty", "Torture and other CID treatment"], []]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Ratify the treaty", "5"),
        ("Consider ratifying the treaty", "3"),
        ("Continue its efforts to strengthen the courts", "2"),
        ("Continue and strengthen its efforts", "4"),
        ("Plant trees", "4"),
    ],
)
def test_the_opening_verb_decides_and_of_two_the_second(text, category):
    assert labels(by_opening_verb([text], ACTIONS), ACTIONS) == [[category]]
