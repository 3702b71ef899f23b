"""Tags of all dimensions become one table; judgements stand over them and leave the queue."""

import pandas as pd
import pytest

from pipeline.judgements import text_hash
from pipeline.schemas import DIMENSIONS, Asks, Recommendations, Tags
from pipeline.stages import settle
from pipeline.tables import empty, read_table, write_table

HEAD = "recommendation_id,dimension,concept_id,verdict,reviewer,date\n"


def tag(recommendation, dimension, concept, score, decision):
    return {
        "recommendation_id": recommendation, "dimension": dimension, "concept_id": concept, "label": concept,
        "score": score, "second_score": None, "decision": decision, "method": "model", "evidence": None,
    }  # fmt: skip


@pytest.fixture
def filled(workspace):
    recommendation = {
        "recommendation_id": "r1", "mechanism": "upr", "body": "UPR", "document_symbol": None, "paragraph": None,
        "clause": 1, "session": 19, "cycle": 2, "year": 2014, "state_under_review": "XAA", "state_name": "Arvandia",
        "region": None, "text": "Protect women judges", "text_original": "Protect women judges", "language": "en",
        "position": "noted", "position_source": "upr_info", "position_quote": "Noted", "is_pledge": False,
        "is_provisional": False,
    }  # fmt: skip
    write_table(pd.DataFrame([recommendation]), workspace.table("recommendations"), Recommendations)
    ask = {
        "recommendation_id": "r1",
        "ask_id": "XAA-1",
        "family_id": "XAA-f1",
        "is_representative": True,
        "reason": "alone",
    }
    write_table(pd.DataFrame([ask]), workspace.table("asks"), Asks)
    for dimension in DIMENSIONS:
        write_table(empty(Tags), workspace.table(f"tags/{dimension}"), Tags)
        write_table(empty(Tags), workspace.table(f"candidates/{dimension}"), Tags)
    sdgs = [tag("r1", "sdgs", "sdg:5", 0.97, "auto"), tag("r1", "sdgs", "sdg:16", 0.6, "review")]
    write_table(pd.DataFrame(sdgs), workspace.table("tags/sdgs"), Tags)
    weaker = [tag("r1", "groups", "uhri-person:women-girls", 0.4, "review")]
    write_table(pd.DataFrame(weaker), workspace.table("candidates/groups"), Tags)
    return workspace


def test_unsure_tags_and_weaker_candidates_are_queued_sure_ones_are_not(filled, params):
    settle.run(filled, params)
    assert set(read_table(filled.table("review_queue"))["concept_id"]) == {"sdg:16", "uhri-person:women-girls"}
    assert set(read_table(filled.table("tags"))["concept_id"]) == {"sdg:5", "sdg:16"}


def test_a_judgement_settles_the_label_and_leaves_the_queue(filled, params):
    said = "r1,sdgs,sdg:16,reject,ada,2026-01-02\nr1,groups,uhri-person:women-girls,add,ada,2026-01-02\n"
    (filled.judgements / "ada.csv").write_text(HEAD + said)
    settle.run(filled, params)
    labels = read_table(filled.table("labels")).set_index("concept_id")
    assert labels["origin"].to_dict() == {"sdg:5": "auto", "uhri-person:women-girls": "human"}
    assert read_table(filled.table("review_queue")).empty


def test_a_judgement_on_a_recommendation_that_is_gone_changes_nothing(filled, params):
    (filled.judgements / "ada.csv").write_text(HEAD + "gone,sdgs,sdg:5,add,ada,2026-01-02\n")
    settle.run(filled, params)
    assert set(read_table(filled.table("labels"))["recommendation_id"]) == {"r1"}


def test_reviewers_who_differ_are_both_named_and_the_tag_comes_first_in_the_queue(filled, params):
    said = "r1,sdgs,sdg:5,reject,ada,2026-01-02\nr1,sdgs,sdg:5,accept,ben,2026-01-03\n"
    (filled.judgements / "both.csv").write_text(HEAD + said)
    settle.run(filled, params)
    labels = read_table(filled.table("labels")).set_index("concept_id")
    assert labels.loc["sdg:5", ["origin", "reviewer"]].tolist() == ["contested", "ada; ben"]
    first = read_table(filled.table("review_queue")).iloc[0]
    assert first["concept_id"] == "sdg:5"
    assert "ben (2026-01-03), no says ada (2026-01-02)" in first["why"]
    assert read_table(filled.table("judgement_conflicts"))["stands"].tolist() == ["open"]


def test_a_judgement_on_an_earlier_wording_is_kept_listed_and_asked_again(filled, params):
    head = "recommendation_id,dimension,concept_id,verdict,reviewer,date,text_hash\n"
    line = f"r1,sdgs,sdg:16,reject,ada,2026-01-02,{text_hash('XAA', 'Protect judges')}\n"
    (filled.judgements / "ada.csv").write_text(head + line)
    settle.run(filled, params)
    assert "sdg:16" not in set(read_table(filled.table("labels")).query("origin == 'human'")["concept_id"])
    orphan = read_table(filled.table("orphaned_judgements")).iloc[0]
    assert orphan["text_hash"] == text_hash("XAA", "Protect judges")
    assert "ada said reject on 2026-01-02" in read_table(filled.table("review_queue"))["why"].iloc[0]


def test_a_person_s_action_takes_the_machine_s_place_and_its_rivals_leave_the_queue(filled, params):
    actions = [tag("r1", "action", "upr-action:4", 0.5, "review")]
    write_table(pd.DataFrame(actions), filled.table("tags/action"), Tags)
    (filled.judgements / "ada.csv").write_text(HEAD + "r1,action,upr-action:5,add,ada,2026-01-02\n")
    settle.run(filled, params)
    labels = read_table(filled.table("labels"))
    assert labels[labels["dimension"] == "action"]["concept_id"].tolist() == ["upr-action:5"]
    assert "action" not in set(read_table(filled.table("review_queue"))["dimension"])


def test_agreement_and_training_texts_are_written(filled, params):
    (filled.judgements / "ada.csv").write_text(HEAD + "r1,sdgs,sdg:16,reject,ada,2026-01-02\n")
    (filled.judgements / "pairs.csv").write_text("left_id,right_id,verdict,reviewer,date\nr1,gone,yes,ada,2026-01-02\n")
    settle.run(filled, params)
    report = read_table(filled.table("judgement_report")).set_index(["dimension", "rater_b"])
    assert report.loc[("sdgs", "(machine)"), "n_agree"].tolist() == [0, 0]
    texts = read_table(filled.table("judged_texts"))
    assert dict(zip(texts["concept_id"], texts["certain"], strict=True)) == {"sdg:5": False}
    assert read_table(filled.table("orphaned_judgements"))["dimension"].tolist() == ["same_ask"]


def test_a_second_run_says_the_same(filled, params):
    (filled.judgements / "ada.csv").write_text(HEAD + "r1,sdgs,sdg:16,reject,ada,2026-01-02\n")
    settle.run(filled, params)
    first = {path.name: path.read_bytes() for path in filled.processed.glob("*.parquet")}
    settle.run(filled, params)
    assert {path.name: path.read_bytes() for path in filled.processed.glob("*.parquet")} == first
