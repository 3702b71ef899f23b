"""What is put before a person, and in which order."""

import pandas as pd

from pipeline.judgements import text_hash
from pipeline.review_book import framework_rows, pair_rows, tag_rows
from tests.review_book.conftest import ITEMS

RECOMMENDATIONS = pd.DataFrame(
    {"recommendation_id": ["r1", "r2", "r3"], "state_under_review": "XAA", "state_name": "Arvandia",
     "document_symbol": ["A/HRC/1/2", None, None], "paragraph": ["1.10", None, None], "year": pd.array([2014, 2014, None], dtype="Int64"),
     "text": ["Protect judges", "Close cells", "Shut cells"]}
)  # fmt: skip
NOBODY = pd.DataFrame(columns=["recommendation_id", "dimension", "concept_id", "stands"], dtype="str")


def stands(recommendation, dimension, concept, word):
    return pd.DataFrame([(recommendation, dimension, concept, word)], columns=NOBODY.columns)


def test_all_tags_of_a_text_stand_together_the_most_useful_text_first():
    queue = pd.DataFrame(
        [("r2", "sdg:5"), ("r1", "sdg:16"), ("r2", "sdg:4"), ("gone", "sdg:4")], columns=["recommendation_id", "concept_id"]
    ).assign(dimension="sdgs", text="", label="raw", score=0.5, why="")  # fmt: skip
    labels = pd.DataFrame(
        [("r2", "sdgs", "sdg:5.2", "5.2 - VIOLENCE"), ("r2", "sdgs", "sdg:5", "5 - GENDER"), ("r2", "themes", "upr-info:x", "X")],
        columns=["recommendation_id", "dimension", "concept_id", "label"],
    )  # fmt: skip
    scored = queue[["recommendation_id", "dimension", "concept_id"]].assign(evidence="cells")
    rows = tag_rows(queue, RECOMMENDATIONS, scored, labels, {"sdg:5": "5 - in words"})
    assert rows["concept_id"].tolist() == ["sdg:5", "sdg:4", "sdg:16"]
    first = rows.iloc[0]
    assert first[["label", "evidence", "text", "paragraph"]].tolist() == [
        "5 - in words",
        "cells",
        "Close cells",
        "2014",
    ]
    assert first["labels_now"] == "sdgs: 5; 5.2\nthemes: X"
    assert first["text_hash"] == text_hash("XAA", "Close cells")
    assert rows.iloc[2]["paragraph"] == "A/HRC/1/2, para. 1.10, 2014"


PAIRS = pd.DataFrame(
    [("r1", "r2", 0.31), ("r1", "r3", 0.9), ("r2", "r3", 0.1)], columns=["left_id", "right_id", "score_same_ask"]
).assign(reason="")  # fmt: skip
ASKS = pd.DataFrame({"recommendation_id": ["r1", "r2", "r3"], "ask_id": ["a", "b", "b"]})


def asked(found, rows=9):
    return pair_rows(PAIRS, RECOMMENDATIONS, ASKS, found, threshold=0.3, rows=rows)


def test_pairs_the_grouping_contradicts_come_first_then_the_closest_calls():
    rows = asked(NOBODY)
    assert rows[["left_id", "right_id"]].agg("".join, axis=1).tolist() == ["r1r2", "r2r3", "r1r3"]
    assert rows["why"].tolist()[0] == "alone the pair says yes, the group of all says no"
    assert rows[["left_text", "right_text", "grouped"]].iloc[0].tolist() == [
        "Protect judges",
        "Close cells",
        "two asks",
    ]
    assert len(asked(NOBODY, rows=1)) == 1


def test_a_settled_pair_is_not_asked_and_a_contested_one_first():
    assert "r1r2" not in set(asked(stands("r1", "same_ask", "r2", "no"))[["left_id", "right_id"]].agg("".join, axis=1))
    first = asked(stands("r1", "same_ask", "r3", "open")).iloc[0]
    assert first[["left_id", "right_id", "why"]].tolist() == ["r1", "r3", "reviewers differ"]


MAPPED = pd.DataFrame(
    [("r1", "o1", 1, 0.9, "auto"), ("r2", "o1", 1, 0.8, "review"), ("r2", "o2", 2, 0.1, "review"), ("r3", "none", 1, 0.5, "review")],
    columns=["recommendation_id", "item_id", "rank", "score", "decision"],
).assign(framework_id="XAA-1", level="outcome", evidence=None)  # fmt: skip


def items_asked(found):
    return framework_rows(MAPPED, ITEMS, RECOMMENDATIONS, found, 9)


def test_of_framework_items_the_first_of_each_text_is_asked_if_the_machine_is_unsure():
    rows = items_asked(NOBODY)
    assert rows["recommendation_id"].tolist() == ["r3", "r2"]
    assert rows["label"].tolist() == ["(no item covers it)", "1.1 Courts are independent"]
    assert rows["concept_id"].tolist() == ["XAA-1/none", "XAA-1/o1"]
    assert set(rows["plan_name"]) == {"Plan of Arvandia"}


def test_a_text_whose_plan_people_settled_is_not_asked_again():
    assert items_asked(stands("r2", "framework", "XAA-1/o2", "yes"))["recommendation_id"].tolist() == ["r3"]
    assert len(items_asked(stands("r2", "framework", "XAA-1/o2", "open"))) == 2
