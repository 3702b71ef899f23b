"""What a framework carries, what it does not, and for whom: counted on one small State whose numbers can be checked by eye."""

import pandas as pd
import pytest

from pipeline.frameworks.coverage import Carried, carried, coverage_table, often
from pipeline.frameworks.gaps import gaps_table
from pipeline.frameworks.lnob import lnob_table
from pipeline.frameworks.un_info_ready import cited, proposed_targets, un_info_table
from pipeline.schemas import FrameworkCoverage, FrameworkGaps, LnobMatrix, UnInfoReady
from pipeline.tables import conform

BLANK = dict.fromkeys(["sdg_targets", "named_sdgs", "lnob_groups", "named_groups"])
FACTS = {"framework_id": "XAA-1", "state": "XAA", "plan_name": "UNSDCF 2021-2025", **BLANK}
ITEMS = pd.DataFrame([
    {"item_id": "P", "level": "priority", "parent_id": None, "code": "1", "text": "People", **FACTS},
    {"item_id": "rights", "level": "outcome", "parent_id": "P", "code": "1.1", "text": "Rights", **FACTS, "named_groups": "Women & girls"},
    {"item_id": "water", "level": "outcome", "parent_id": "P", "code": "1.2", "text": "Water", **FACTS},
    {"item_id": "courts", "level": "output", "parent_id": "rights", "code": "1.1.1", "text": "Courts", **FACTS, "sdg_targets": "16.3"},
])  # fmt: skip
MADE = [  # recommendation, first outcome, second, position, ask, pledge
    ("r1", "rights", "water", "supported", "a1", False),
    ("r2", "rights", "none", "noted", "a1", False),
    ("r3", "rights", "none", "pending", "a2", False),
    ("r4", "none", "rights", "supported", "a3", False),
    ("r5", "none", "rights", "supported", "a4", False),
    ("r6", "none", "rights", "noted", "a4", False),
    ("pledge", "rights", "none", "supported", "a2", True),
]
RECOMMENDATIONS = pd.DataFrame([
    {"recommendation_id": name, "position": position, "is_pledge": pledge, "document_symbol": "A/HRC/1/2", "paragraph": f"9.{n}",
     "session": 5, "text": f"text of {name}", "body": "UPR", "mechanism": "upr"}
    for n, (name, _, _, position, _, pledge) in enumerate(MADE)
])  # fmt: skip
ASKS = pd.DataFrame([{"recommendation_id": name, "ask_id": ask} for name, *_, ask, _ in MADE])
ROWS = pd.DataFrame([
    {"recommendation_id": name, "item_id": item, "level": level, "rank": rank, "score": score, "decision": decision, "origin": "human" if name == "r3" else "auto"}
    for name, first, second, *_ in MADE
    for item, level, rank, score, decision in (
        (first, "outcome", 1, 0.7, "auto" if name == "r1" else "review"), (second, "outcome", 2, 0.2, "review"),
        ("courts", "output", 1, 0.6, "review"),
    )
])  # fmt: skip
LABELS = pd.DataFrame([
    {"recommendation_id": "r1", "dimension": "groups", "label": "Women & girls", "concept_id": "uhri-person:women-girls"},
    {"recommendation_id": "r4", "dimension": "groups", "label": "Women & girls", "concept_id": "uhri-person:women-girls"},
    {"recommendation_id": "r5", "dimension": "groups", "label": "Children", "concept_id": "uhri-person:children"},
    {"recommendation_id": "r1", "dimension": "sdgs", "label": "5.2", "concept_id": "sdg:5.2"},
    {"recommendation_id": "r2", "dimension": "sdgs", "label": "5.2", "concept_id": "sdg:5.2"},
    {"recommendation_id": "r3", "dimension": "sdgs", "label": "16", "concept_id": "sdg:16"},
    {"recommendation_id": "pledge", "dimension": "groups", "label": "Migrants", "concept_id": "uhri-person:migrants"},
])  # fmt: skip
LEDGER = pd.DataFrame([
    {"ask_id": ask, "representative_text": f"text of {ask}", "n_recommendations": size, "n_recommending_states": size, "cycles": "1",
     "latest_position": "noted", "groups": None, "sdgs": None}
    for ask, size in (("a1", 2), ("a2", 1), ("a3", 1), ("a4", 2))
])  # fmt: skip
ASK_ROWS = pd.DataFrame([
    {"ask_id": ask, "item_id": item, "level": "outcome", "rank": rank, "score": score, "decision": "review"}
    for ask, first, second in (("a1", "rights", "water"), ("a2", "rights", "none"), ("a3", "none", "rights"), ("a4", "none", "rights"))
    for item, rank, score in ((first, 1, 0.7), (second, 2, 0.2))
])  # fmt: skip


@pytest.fixture
def of() -> Carried:
    return carried(ITEMS, ROWS, RECOMMENDATIONS, ASKS, LABELS)


def test_an_outcome_counts_the_recommendations_it_carries_first(of: Carried) -> None:
    table = conform(coverage_table(of), FrameworkCoverage).set_index("item_id")
    rights = table.loc["rights"]
    assert (rights["n_recommendations"], rights["n_supported"], rights["n_noted"], rights["n_pending"]) == (3, 1, 1, 1)
    assert (rights["n_asks"], rights["n_repeated_asks"], rights["n_also"], rights["n_review"]) == (2, 2, 3, 1)
    assert rights["groups"] == "Women & girls (1)" and rights["sdgs"] == "5 (2); 16 (1)"


def test_outputs_priorities_and_none_are_counted_too(of: Carried) -> None:
    counts = coverage_table(of).set_index("item_id")["n_recommendations"]
    assert counts.to_dict() == {"P": 3, "rights": 3, "water": 0, "courts": 3, "none": 3}


def test_voluntary_pledges_are_not_counted(of: Carried) -> None:
    assert "pledge" not in set(of.recommendations["recommendation_id"])
    assert "Migrants" not in str(coverage_table(of)["groups"].tolist())


def test_gaps_go_both_ways_the_most_repeated_ask_first(of: Carried) -> None:
    table = conform(gaps_table(of, ASK_ROWS, LEDGER), FrameworkGaps, in_order=True)
    assert table["gap_id"].tolist() == ["a4", "a3", "water"]
    assert table["kind"].tolist() == ["ask_without_outcome"] * 2 + ["outcome_without_recommendation"]
    assert table["nearest_item_id"].tolist() == ["rights", "rights", "a1"]
    assert table["nearest_text"].tolist() == ["Rights", "Rights", "text of a1"]


def test_groups_are_told_by_outcome_and_where_none_covers_them(of: Carried) -> None:
    table = conform(lnob_table(of), LnobMatrix)
    cells = {(row["group"], row["item_id"]): row for row in table.to_dict("records")}
    assert set(cells) == {("Women & girls", "rights"), ("Women & girls", "none"), ("Children", "none")}
    assert (
        cells["Women & girls", "rights"]["item_names_group"] and not cells["Women & girls", "none"]["item_names_group"]
    )
    assert cells["Children", "none"]["example"] == "r5"


def test_columns_for_un_info_hold_targets_groups_and_where_the_evidence_stands(of: Carried) -> None:
    table = conform(un_info_table(of, RECOMMENDATIONS), UnInfoReady).set_index("item_id")
    assert table.at["courts", "sdg_targets"] == "16.3; 5.2"
    assert table.at["rights", "human_rights_evidence"] == "A/HRC/1/2, para. 9.0", "supported ones alone"
    assert table.at["water", "n_recommendations"] == 0 and pd.isna(table.at["water", "human_rights_evidence"])


def test_the_source_s_own_targets_come_first_and_goals_are_no_targets() -> None:
    assert proposed_targets("16.3; 16.10", [["5.2", "5"], ["5.2", "1.1"], ["16"]]) == ["16.3", "16.10", "5.2", "1.1"]


def test_at_most_ten_targets_are_proposed_the_rest_is_told(of: Carried) -> None:
    many = ITEMS.assign(sdg_targets="; ".join(f"3.{n}" for n in range(1, 14)))
    table = un_info_table(carried(many, ROWS, RECOMMENDATIONS, ASKS, LABELS), RECOMMENDATIONS)
    assert (table["n_sdg_targets"] == 10).all()
    assert table["sdg_targets_left_out"].str.startswith("3.11; 3.12; 3.13").all()


def test_without_a_paragraph_the_session_and_the_words_are_cited() -> None:
    bare = RECOMMENDATIONS.head(1).assign(paragraph=None, text="Open the gates " * 10)
    assert cited(bare) == f"UPR session 5: '{('Open the gates ' * 10)[:90].rstrip()}...'"


def test_often_counts_a_list_once_and_keeps_ties_in_order() -> None:
    assert often([["b", "b"], ["a"], ["c", "a"]]) == "a (2); b (1); c (1)"
    assert often([[], []]) is None


def test_a_framework_without_recommendations_has_only_zeros() -> None:
    nothing = carried(ITEMS, ROWS.head(0), RECOMMENDATIONS.head(0), ASKS.head(0), LABELS.head(0))
    assert coverage_table(nothing)["n_recommendations"].sum() == 0
    assert gaps_table(nothing, ASK_ROWS.head(0), LEDGER)["item_id"].tolist() == ["rights", "water"]
    assert lnob_table(nothing).empty
