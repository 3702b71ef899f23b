import pandas as pd
import pytest

from pipeline.ledger import ask_ledger, paragraphs
from pipeline.schemas import AskLedger
from pipeline.tables import conform


def history(*rows: tuple[str, int | None, str, str], linked: int = 0) -> pd.Series:
    """Return the ledger's line of one ask: (mechanism, cycle, position, recommending States joined by "+").

    The last `linked` rows stand in another ask and request this one in a clause.
    """
    ids = [f"r{n}" for n in range(len(rows))]
    recommendations = pd.DataFrame({
        "recommendation_id": ids,
        "mechanism": [row[0] for row in rows],
        "cycle": pd.array([row[1] for row in rows], dtype="Int64"),
        "year": pd.array([2006 + 4 * (row[1] or 1) for row in rows], dtype="Int64"),
        "position": [row[2] for row in rows],
        "state_under_review": "XAA",
        "text": [f"text {n}" for n in ids],
        "body": ["UPR" if row[0] == "upr" else "CRC" for row in rows],
        "session": pd.array([8 * (row[1] or 1) if row[0] == "upr" else None for row in rows], dtype="Int64"),
        "document_symbol": [f"A/HRC/{row[1]}/9" if row[1] == 3 else None for row in rows],
        "paragraph": ["100.10" if row[1] == 3 else None for row in rows],
    })  # fmt: skip
    who = [(name, state) for name, row in zip(ids, rows, strict=True) for state in row[3].split("+") if state]
    states = pd.DataFrame(who, columns=["recommendation_id", "state_raw"]).assign(state_name=lambda f: f["state_raw"])
    own = len(ids) - linked
    asks = pd.DataFrame({
        "recommendation_id": ids, "ask_id": ["XAA-1"] * own + [f"XAA-2-{n}" for n in range(linked)],
        "family_id": "XAA-1-F", "reason": "", "is_representative": [n == 0 or n >= own for n in range(len(ids))],
    })  # fmt: skip
    links = pd.DataFrame({"recommendation_id": ids[own:], "ask_id": "XAA-1"}, dtype=object)
    labels = pd.DataFrame({
        "recommendation_id": ["r0", "r0", "r0", "r0"],
        "dimension": ["themes", "sdgs", "action", "groups"],
        "concept_id": ["upr-info:water", "sdg:6.1", "upr-action:5", "uhri-person:rural"],
        "label": ["Water", "Safe water", "Specific", "Rural"],
    })  # fmt: skip
    return conform(ask_ledger(recommendations, states, asks, links, labels), AskLedger).iloc[0]


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
    assert line["paragraphs"] == "UPR session 8; CRC 2010; UPR session 16"


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


def test_every_change_of_position_is_told_and_the_last_on_its_own() -> None:
    line = history(("upr", 1, "noted", "Peru"), ("upr", 2, "supported", "Peru"), ("upr", 3, "noted", "Chad+Fiji"),
                   ("upr", 4, "noted", "Fiji+Niue"))  # fmt: skip
    assert line["position_changes"] == "1-2: noted_to_supported; 2-3: supported_to_noted"
    assert line["position_change"] == "none"
    assert line["supported_before"] == "2"
    assert line["new_states_by_cycle"] == "3: Chad, Fiji; 4: Niue"
    assert line["new_recommending_states"] == "Niue"


@pytest.mark.parametrize(
    ("positions", "again"),
    [
        (["supported", "pending"], True),
        (["noted", "partially_supported", "pending"], True),
        (["noted", "pending"], False),
        (["supported", "noted"], False),
        (["pending", "supported"], False),
    ],
)
def test_what_was_supported_before_and_is_pending_now(positions: list[str], again: bool) -> None:
    line = history(*(("upr", cycle, position, "Peru") for cycle, position in enumerate(positions, start=1)))
    assert line["pending_again"] == again


def test_what_requests_it_in_a_clause_is_counted_apart() -> None:
    line = history(("upr", 1, "noted", "Peru"), ("upr", 3, "supported", "Chad"), ("treaty_body", None, "unknown", ""),
                   linked=2)  # fmt: skip
    assert (line["n_recommendations"], line["n_linked"]) == (1, 2)
    assert (line["position_by_cycle"], line["recommending_states"]) == ("1: noted", "Peru")
    assert (line["treaty_body_items"], line["mechanisms"]) == (1, "upr")
    assert line["linked_paragraphs"] == "CRC 2010; A/HRC/3/9: 100.10"


def test_paragraphs_stand_under_their_document_in_the_order_of_numbers() -> None:
    rows = pd.DataFrame({
        "ask_id": "XAA-1", "mechanism": "upr", "body": "UPR", "session": 8, "year": [2014, 2014, 2010, 2014],
        "document_symbol": ["A/HRC/28/15", "A/HRC/28/15", "A/HRC/14/15", "A/HRC/28/15"],
        "paragraph": ["115.10", "115.9", None, "115.9"],
    })  # fmt: skip
    assert paragraphs(rows)["XAA-1"] == "A/HRC/14/15; A/HRC/28/15: 115.9, 115.10"
