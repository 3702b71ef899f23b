"""Words and links propose concepts; counts on labelled texts say what each proposal is worth."""

import pandas as pd
import pytest

from pipeline.crosswalking import broader_links, measure, proposals, scored, with_broader
from pipeline.taxonomy import Crosswalk

GOAL_OF = {"sdg:5.2": "sdg:5", "sdg:5": None, "sdg:4": None}
LINKS = [
    Crosswalk(from_id="upr-info:women", to_id="sdg:5.2", relation="close"),
    Crosswalk(from_id="upr-info:school", to_id="sdg:4", relation="exact"),
    Crosswalk(from_id="upr-info:other", to_id=None, relation="none"),
]


def words(*found):
    return pd.DataFrame(found, columns=["row", "concept_id", "evidence"])


def themes(*found):
    return pd.DataFrame(found, columns=["row", "concept_id", "score", "evidence"])


def test_a_target_proposes_its_goal_with_the_same_words():
    found = with_broader(words((0, "sdg:5.2", "domestic violence")), GOAL_OF)
    assert found["concept_id"].tolist() == ["sdg:5.2", "sdg:5"]
    assert set(found["evidence"]) == {"domestic violence"}


def test_a_link_to_a_target_leads_to_its_goal_and_a_link_to_nothing_leads_nowhere():
    ends = [(link.from_id, link.to_id) for link in broader_links(LINKS, GOAL_OF)]
    assert ends == [("upr-info:women", "sdg:5.2"), ("upr-info:school", "sdg:4"), ("upr-info:women", "sdg:5")]


def test_a_concept_found_by_words_and_by_a_link_counts_once_as_both():
    found = proposals(
        words((0, "sdg:4", "schools"), (1, "sdg:4", "schools")), themes((0, "upr-info:school", 0.8, "schools")), LINKS
    )
    assert found[["row", "kind", "key"]].values.tolist() == [[0, "both", "sdg:4"], [1, "rule", "sdg:4"]]


def test_a_link_alone_carries_the_score_and_the_words_of_its_theme():
    found = proposals(words(), themes((3, "upr-info:school", 0.8, "pupils")), LINKS)
    assert found.iloc[0].to_dict() == {
        "row": 3, "concept_id": "sdg:4", "kind": "crosswalk exact", "key": "upr-info:school > sdg:4", "weight": 0.8,
        "evidence": "pupils",
    }  # fmt: skip


def test_precision_is_counted_and_few_counts_are_drawn_to_the_mean():
    found = proposals(words(*((row, "sdg:4", "x") for row in range(8)), (8, "sdg:5", "y")), themes(), LINKS)
    truth = {(row, "sdg:4") for row in range(6)} | {(8, "sdg:5")}
    measured = measure(found, truth, set(), strength=1.0)["rule"]
    assert measured["*"]["precision"] == pytest.approx(7 / 9, abs=1e-4)
    assert measured["sdg:4"]["precision"] == pytest.approx((6 + 7 / 9) / 9, abs=1e-4)
    assert measured["sdg:5"]["precision"] == pytest.approx((1 + 7 / 9) / 2, abs=1e-4)


def test_what_readers_differ_on_is_not_counted():
    found = proposals(words((0, "sdg:4", "x"), (1, "sdg:4", "x")), themes(), LINKS)
    assert measure(found, {(0, "sdg:4")}, {(1, "sdg:4")}, strength=0.0)["rule"]["sdg:4"]["tags"] == 1


def test_score_of_a_link_is_score_of_the_theme_times_precision():
    found = proposals(words(), themes((0, "upr-info:school", 0.5, None), (1, "upr-info:school", 1.0, None)), LINKS)
    precisions = measure(found, {(1, "sdg:4")}, set(), strength=0.0)
    tags = scored(found, precisions)
    assert tags["score"].tolist() == pytest.approx([0.5 * 2 / 3, 2 / 3], abs=1e-4)
    assert tags["method"].tolist() == ["crosswalk", "crosswalk"]


def test_the_best_of_several_links_to_a_concept_stands():
    links = [*LINKS, Crosswalk(from_id="upr-info:child", to_id="sdg:4", relation="related")]
    found = proposals(words(), themes((0, "upr-info:school", 0.9, "a"), (0, "upr-info:child", 0.9, "b")), links)
    precisions = {
        "crosswalk exact": {"*": {"tags": 9, "right": 9, "precision": 0.9}},
        "crosswalk related": {"*": {"tags": 9, "right": 2, "precision": 0.2}},
    }
    tags = scored(found, precisions)
    assert tags[["concept_id", "evidence"]].values.tolist() == [["sdg:4", "a"]]
    assert tags["score"].tolist() == pytest.approx([0.81])


def test_a_rule_never_seen_on_labelled_texts_has_the_mean_and_says_so():
    found = proposals(words((0, "sdg:4", "x")), themes(), LINKS)
    tags = scored(found, {"rule": {"*": {"tags": 50, "right": 40, "precision": 0.8}}})
    assert tags[["score", "seen", "method"]].values.tolist() == [[0.8, 0.0, "rule"]]


def test_nothing_found_gives_no_tag():
    found = proposals(words(), themes(), LINKS)
    assert scored(found, measure(found, set(), set(), strength=5.0)).empty
