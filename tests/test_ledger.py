import pandas as pd
import pytest

from pipeline.ledger import ask_ledger
from pipeline.schemas import AskLedger
from pipeline.tables import conform

LABELS = pd.DataFrame(columns=["recommendation_id", "dimension", "concept_id", "label"], dtype=object)


def history(*rows: tuple[str, int | None, str, str]) -> pd.Series:
    """Return the ledger's line of one ask: (mechanism, cycle, position, recommending States joined by "+")."""
    ids = [f"r{n}" for n in range(len(rows))]
    recommendations = pd.DataFrame({
        "recommendation_id": ids,
        "mechanism": [row[0] for row in rows],
        "cycle": pd.array([row[1] for row in rows], dtype="Int64"),
        "year": pd.array([2006 + 4 * (row[1] or 1) for row in rows], dtype="Int64"),
        "position": [row[2] for row in rows],
        "state_under_review": "XAA",
        "text": [f"text {n}" for n in ids],
    })  # fmt: skip
    who = [(name, state) for name, row in zip(ids, rows, strict=True) for state in row[3].split("+") if state]
    states = pd.DataFrame(who, columns=["recommendation_id", "state_raw"]).assign(state_name=lambda f: f["state_raw"])
    asks = pd.DataFrame({
        "recommendation_id": ids, "ask_id": "XAA-1", "family_id": "XAA-1-F", "reason": "",
        "is_representative": [n == 0 for n in range(len(ids))],
    })  # fmt: skip
    labels = pd.DataFrame({
        "recommendation_id": ["r0", "r0", "r0", "r0"],
        "dimension": ["themes", "sdgs", "action", "groups"],
        "concept_id": ["upr-info:water", "sdg:6.1", "upr-action:5", "uhri-person:rural"],
        "label": ["Water", "Safe water", "Specific", "Rural"],
    })  # fmt: skip
    return conform(ask_ledger(recommendations, states, asks, labels), AskLedger).iloc[0]


def test_the_line_of_an_ask_over_two_cycles() -> None:
    line = history(("upr", 1, "noted", "Norway+Chad"), ("upr", 2, "supported", "Peru+Chad"),
                   ("upr", 2, "supported", "Peru"), ("treaty_body", None, "unknown", ""))  # fmt: skip
    assert line["position_by_cycle"] == "1: noted; 2: supported (2)"
    assert line["position_change"] == "noted_to_supported"
    assert line["latest_position"] == "supported"
    assert line["cycles"] == "1; 2"
    assert line["n_recommendations"] == 4
    assert (line["n_recommending_states"], line["recommending_states"]) == (3, "Chad; Norway; Peru")
    assert line["new_recommending_states"] == "Peru"
    assert line["mechanisms"] == "treaty_body; upr"
    assert (line["treaty_body_items"], line["special_procedure_items"]) == (1, 0)
    assert (line["themes"], line["sdgs"], line["action"], line["groups"]) == ("Water", "6.1", "5", "Rural")
    assert line["representative_text"] == "text r0"


@pytest.mark.parametrize(
    ("rows", "change", "latest", "by_cycle"),
    [
        ([(1, "supported"), (2, "noted")], "supported_to_noted", "noted", "1: supported; 2: noted"),
        ([(1, "noted"), (2, "pending")], "none", "pending", "1: noted; 2: pending"),
        ([(1, "noted"), (2, "unknown"), (3, "supported")], "noted_to_supported", "supported",
         "1: noted; 2: unknown; 3: supported"),
        ([(1, "noted"), (2, "supported"), (2, "noted")], "noted_to_mixed", "mixed",
         "1: noted; 2: noted (1), supported (1)"),
        ([(1, "supported"), (2, "partially_supported")], "supported_to_partially_supported", "partially_supported",
         "1: supported; 2: partially_supported"),
        ([(1, "unknown")], "none", "unknown", "1: unknown"),
    ],
)  # fmt: skip
def test_a_change_lies_between_the_last_two_cycles_with_a_known_position(
    rows: list[tuple[int, str]], change: str, latest: str, by_cycle: str
) -> None:
    line = history(*(("upr", cycle, position, "Peru") for cycle, position in rows))
    assert (line["position_change"], line["latest_position"], line["position_by_cycle"]) == (change, latest, by_cycle)


def test_without_the_upr_there_is_no_cycle_and_nobody_new() -> None:
    line = history(("special_procedure", None, "unknown", ""))
    assert pd.isna(line["cycles"])
    assert pd.isna(line["new_recommending_states"])
    assert line["position_change"] == "none"
    assert line["n_recommending_states"] == 0


def test_in_the_first_cycle_nobody_is_new() -> None:
    assert pd.isna(history(("upr", 1, "noted", "Peru"))["new_recommending_states"])
