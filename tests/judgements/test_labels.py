"""A person's word stands over a machine's."""

import pandas as pd

from pipeline.judgements import apply_judgements, verdicts
from pipeline.judgements.forms import SAID

NAMES = {"sdg:5": "5 - GENDER", "sdg:16": "16 - PEACE", "sdg:4": "4 - EDUCATION", "upr-action:2": "2", "upr-action:4": "4",
         "upr-action:5": "5"}  # fmt: skip


def tags(*concepts):
    dimension = {True: "sdgs", False: "action"}
    return pd.DataFrame(
        [{"recommendation_id": "r1", "dimension": dimension[c.startswith("sdg")], "concept_id": c, "label": NAMES[c],
          "score": 0.8} for c in concepts]
    )  # fmt: skip


def labels(proposed, *words):
    columns = ("dimension", "concept_id", "verdict", "reviewer", "date")
    rows = pd.DataFrame(
        [dict(zip(columns, word, strict=True), recommendation_id="r1") for word in words], columns=list(SAID)
    )
    found = apply_judgements(proposed, verdicts(rows.astype(object).where(rows.notna(), "").astype("str")), NAMES)
    return found.set_index("concept_id").sort_index()


def test_accepted_rejected_and_added():
    day = "2026-01-02"
    found = labels(
        tags("sdg:5", "sdg:16"), ("sdgs", "sdg:5", "accept", "ada", day), ("sdgs", "sdg:16", "reject", "ada", day),
        ("sdgs", "sdg:4", "add", "ada", day),
    )  # fmt: skip
    assert found["origin"].to_dict() == {"sdg:5": "human", "sdg:4": "human"}
    assert found.loc["sdg:4", "label"] == "4 - EDUCATION"
    assert pd.isna(found.loc["sdg:4", "score"])
    assert found["reviewer"].tolist() == ["ada", "ada"]


def test_what_nobody_judged_stays_the_machines():
    found = labels(tags("sdg:5"))
    assert found["origin"].tolist() == ["auto"]
    assert found["reviewer"].isna().all()


def test_unsure_leaves_the_machines_word():
    found = labels(tags("sdg:5"), ("sdgs", "sdg:5", "unsure", "ada", "2026-01-02"))
    assert found["origin"].tolist() == ["auto"]
    assert found["reviewer"].isna().all()


def test_a_tie_keeps_what_a_machine_proposed_as_contested_and_nothing_else():
    tie = [("reject", "ada", "2026-01-02"), ("add", "ben", "2026-01-03")]
    found = labels(tags("sdg:5"), *(("sdgs", concept, *word) for concept in ("sdg:5", "sdg:4") for word in tie))
    assert found["origin"].to_dict() == {"sdg:5": "contested"}
    assert found.loc["sdg:5", ["reviewer", "date"]].tolist() == ["ada; ben", "2026-01-03"]


def test_an_action_a_person_chose_takes_the_place_of_the_machines():
    found = labels(tags("upr-action:4", "sdg:5"), ("action", "upr-action:2", "add", "ada", "2026-01-02"))
    assert found["origin"].to_dict() == {"upr-action:2": "human", "sdg:5": "auto"}


def test_a_person_who_only_rejects_an_action_leaves_none():
    found = labels(tags("upr-action:4"), ("action", "upr-action:4", "reject", "ada", "2026-01-02"))
    assert found.empty


def test_judgements_of_pairs_and_framework_items_are_no_labels():
    found = labels(
        tags("sdg:5"), ("same_ask", "r2", "yes", "ada", "2026-01-02"), ("framework", "f/1", "add", "ada", "2026-01-02")
    )
    assert found.index.tolist() == ["sdg:5"]
