"""What people say of framework items stands over the machine's mapping."""

import pandas as pd
import pytest

from pipeline.judgements import apply_to_frameworks, read_framework_verdicts, text_hash, verdicts
from pipeline.judgements.forms import SAID

ITEMS = pd.DataFrame(
    [("f", "p1", "priority"), ("f", "o1", "outcome"), ("f", "o2", "outcome"), ("f", "o3", "outcome"), ("f", "u1", "output"),
     ("g", "o1", "outcome")],
    columns=["framework_id", "item_id", "level"],
)  # fmt: skip


def mapped(*rows):
    found = pd.DataFrame(rows, columns=["item_id", "rank", "score"])
    return found.assign(
        recommendation_id="r1", framework_id="f", level=["output" if item[0] == "u" else "outcome" for item in found["item_id"]],
        decision="auto", evidence="words",
    )  # fmt: skip


MAPPED = mapped(("o1", 1, 0.7), ("o2", 2, 0.2), ("none", 3, 0.1), ("u1", 1, 0.6))


def after(*words, proposed=MAPPED):
    rows = pd.DataFrame(
        [{"recommendation_id": "r1", "dimension": "framework", "concept_id": key, "verdict": verdict, "reviewer": who,
          "date": "2026-01-02"} for key, verdict, who in words], columns=list(SAID),
    )  # fmt: skip
    found = apply_to_frameworks(proposed, verdicts(rows.astype(object).where(rows.notna(), "")), ITEMS)
    return found[found["level"] == "outcome"].set_index("item_id")[["rank", "origin"]].apply(tuple, axis=1).to_dict()


def test_what_nobody_judged_stays_the_machines():
    assert after() == {"o1": (1, "auto"), "o2": (2, "auto"), "none": (3, "auto")}


def test_the_item_a_person_accepts_comes_first_and_nothing_covers_it_leaves():
    assert after(("f/o2", "accept", "ada")) == {"o2": (1, "human"), "o1": (2, "auto")}


def test_an_added_item_has_no_score_of_a_machine():
    found = apply_to_frameworks(
        MAPPED,
        verdicts(pd.DataFrame([dict.fromkeys(SAID, "") | {"recommendation_id": "r1", "dimension": "framework",
                 "concept_id": "f/o3", "verdict": "add", "reviewer": "ada", "date": "2026-01-02"}])),
        ITEMS,
    )  # fmt: skip
    row = found.set_index("item_id").loc["o3"]
    assert row[["level", "rank", "origin", "reviewer", "decision"]].tolist() == ["outcome", 1, "human", "ada", "review"]
    assert pd.isna(row["score"])
    assert found["rank"].tolist() == [1, 2, 3, 1]


def test_a_rejected_item_leaves_and_the_next_moves_up():
    assert after(("f/o1", "reject", "ada")) == {"o2": (1, "auto"), "none": (2, "auto")}


def test_that_nothing_covers_it_takes_the_machines_outcomes_and_outputs_away():
    assert after(("f/none", "add", "ada")) == {"none": (1, "human")}
    found = apply_to_frameworks(
        MAPPED, verdicts(pd.DataFrame([dict.fromkeys(SAID, "") | {"recommendation_id": "r1", "dimension": "framework",
                 "concept_id": "f/none", "verdict": "yes", "reviewer": "ada", "date": "2026-01-02"}])), ITEMS)  # fmt: skip
    assert found["item_id"].tolist() == ["none"]


def test_a_tie_keeps_the_machines_word_as_contested():
    found = after(("f/o1", "accept", "ada"), ("f/o1", "reject", "ben"))
    assert found["o1"] == (1, "contested")


def test_two_reviewers_who_contradict_each_other_over_items_are_both_heard():
    found = after(("f/none", "add", "ada"), ("f/o1", "accept", "ben"))
    assert found == {"o1": (1, "human"), "none": (2, "human")}


@pytest.mark.parametrize("key", ["f/gone", "h/o1", "f/p1", "h/none"])
def test_a_word_on_an_item_that_is_in_no_framework_is_left_out(key):
    assert after((key, "add", "ada")) == after()


def test_a_word_on_one_plan_says_nothing_of_another():
    assert after(("g/o1", "reject", "ada")) == after()


def test_without_proposals_what_people_added_stands_alone():
    assert after(("f/o3", "add", "ada"), proposed=MAPPED.iloc[:0]) == {"o3": (1, "human")}


def test_verdicts_are_read_for_the_texts_they_were_made_on(tmp_path):
    head = "recommendation_id,framework_id,item_id,verdict,reviewer,date,note,text_hash\n"
    line = f"r1,f,o1,no,ada,2026-01-02,,{text_hash('XAA', 'Close the cells')}\n"
    (tmp_path / "framework.csv").write_text(head + line)
    texts = pd.DataFrame({"recommendation_id": ["r1"], "state_under_review": "XAA", "text": ["Close the cells"]})
    assert read_framework_verdicts(tmp_path, texts)["stands"].tolist() == ["no"]
    assert read_framework_verdicts(tmp_path, texts.assign(text="Paint the cells")).empty
