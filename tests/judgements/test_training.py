"""What taggers learn from judgements."""

import pandas as pd

from pipeline.judgements import judged_texts, verdicts
from pipeline.judgements.forms import SAID
from pipeline.schemas.judgements import JudgedTexts
from pipeline.tables import conform

RECOMMENDATIONS = pd.DataFrame(
    {"recommendation_id": ["r1", "r2"], "state_under_review": ["XAA", None], "state_name": ["Arvandia", "Nowhere"],
     "session": pd.array([19, None], dtype="Int64"), "text": ["Protect women judges", "Close the cells"]}
)  # fmt: skip


def learnt(proposed, *words):
    columns = ("recommendation_id", "dimension", "concept_id", "verdict", "reviewer")
    rows = pd.DataFrame([dict(zip(columns, word, strict=True), date="2026-01-02") for word in words])
    machine = pd.DataFrame(proposed, columns=["recommendation_id", "dimension", "concept_id"])
    found = judged_texts(
        verdicts(rows.reindex(columns=list(SAID), fill_value="").astype("str")), machine, RECOMMENDATIONS
    )
    return conform(found, JudgedTexts)


def test_yes_is_certain_no_is_absent_and_what_nobody_settled_is_uncertain():
    found = learnt(
        [("r1", "sdgs", "sdg:5"), ("r1", "sdgs", "sdg:16"), ("r1", "sdgs", "sdg:10"), ("r1", "groups", "uhri-person:children")],
        ("r1", "sdgs", "sdg:5", "accept", "ada"), ("r1", "sdgs", "sdg:16", "reject", "ada"), ("r1", "sdgs", "sdg:4", "add", "ada"),
    )  # fmt: skip
    assert dict(zip(found["concept_id"], found["certain"], strict=True)) == {
        "sdg:4": True,
        "sdg:5": True,
        "sdg:10": False,
    }
    assert found.iloc[0][["state", "session", "text"]].tolist() == ["XAA", 19, "Protect women judges"]


def test_a_tie_is_uncertain():
    found = learnt([], ("r1", "sdgs", "sdg:5", "accept", "ada"), ("r1", "sdgs", "sdg:5", "reject", "ben"),
                   ("r1", "sdgs", "sdg:4", "accept", "ada"))  # fmt: skip
    assert dict(zip(found["concept_id"], found["certain"], strict=True)) == {"sdg:4": True, "sdg:5": False}


def test_a_text_all_of_whose_tags_are_rejected_is_read_and_without_concept():
    found = learnt([("r2", "sdgs", "sdg:5")], ("r2", "sdgs", "sdg:5", "reject", "ada"))
    assert found["concept_id"].isna().tolist() == [True]
    assert found.iloc[0][["state", "session", "certain"]].tolist() == ["Nowhere", 0, True]


def test_one_action_is_learnt_when_somebody_chose_and_not_before():
    proposed = [("r1", "action", "upr-action:4"), ("r2", "action", "upr-action:4")]
    found = learnt(
        proposed, ("r1", "action", "upr-action:2", "add", "ada"), ("r2", "action", "upr-action:4", "reject", "ada")
    )
    assert found[["recommendation_id", "concept_id", "certain"]].to_numpy().tolist() == [["r1", "upr-action:2", True]]


def test_judgements_of_pairs_teach_no_tags():
    assert learnt([], ("r1", "same_ask", "r2", "yes", "ada")).empty
