"""Words and links propose concepts, each with the words of the text behind it."""

import pandas as pd

from pipeline.crosswalking import broader_links, proposals, with_broader
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
