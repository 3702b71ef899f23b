"""Parsed recommendations against a transcription: what agrees, and each row that has no partner."""

import pandas as pd

from pipeline.compare_documents import EXPECTED, PARSED, compare_documents

TREES, WELLS = "Plant many trees along all of the rivers", "Dig deep wells in the dry north of the country"


def _parsed(*rows: tuple[str, str | None, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [("XAA", 21, number, 1, name, text, f"{text} ({name});", position) for number, name, text, position in rows],
        columns=PARSED,
    )


def _expected(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame([("XAA", 21, name, text, position) for name, text, position in rows], columns=EXPECTED)


def test_rows_that_agree_are_counted() -> None:
    parsed = _parsed(("5.1", "PER", TREES, "supported"), ("5.2", "CHL", WELLS, "pending"))
    found = compare_documents(parsed, _expected(("PER", TREES, "supported"), ("CHL", WELLS, "noted")))
    review = found.reviews.iloc[0]
    assert (review["recall"], review["states_right"], review["text_agreement"]) == (1.0, 1.0, 1.0)
    assert (review["positions_stated"], review["positions_right"], review["positions_pending"]) == (1, 1.0, 1)
    assert review["reason"] is None
    assert found.unmatched.empty
    assert found.differing.empty


def test_every_row_without_partner_is_listed_with_its_class() -> None:
    parsed = _parsed(("5.1", "PER", TREES, "supported"), ("5.3", None, "Open the archive to everybody at last", None))
    document = {("XAA", 21): f"5.2 {WELLS} (Chile);"}
    found = compare_documents(parsed, _expected(("PER", TREES, "supported"), ("CHL", WELLS, "noted")), document)
    assert found.unmatched[["side", "class", "text"]].values.tolist() == [
        ["upr_info", "in the document, not read", WELLS],
        ["document", "no recommending State read", "Open the archive to everybody at last"],
    ]
    assert "recall 0.500" in found.reviews["reason"][0]


def test_another_state_or_position_is_listed_too() -> None:
    parsed = _parsed(("5.1", "ESP", TREES, "supported"), ("5.2", "CHL", WELLS, "supported"))
    found = compare_documents(parsed, _expected(("PER", TREES, "supported"), ("CHL", WELLS, "noted")))
    assert found.differing["paragraph"].tolist() == ["5.1", "5.2"]
    assert found.reviews["states_right"][0] == 0.5
    assert found.reviews["positions_right"][0] == 0.5


def test_reviews_of_one_side_only_are_left_out() -> None:
    other = _expected(("PER", TREES, "supported")).assign(session=3)
    assert compare_documents(_parsed(("5.1", "PER", TREES, "supported")), other).reviews.empty
