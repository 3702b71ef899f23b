"""The workbook: what an analyst sees when it opens."""

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.codebook import codebook
from pipeline.schemas import EXPORTED, POSITIONS, TABLES
from pipeline.workbook import write_workbook
from pipeline.workbook.sheet import MAX_CELL, heading, legal
from pipeline.workbook.views import ask_ledger, recommendations, source_agreement, source_tags, states, tags

MANIFEST = {"written": "2024-05-01T10:00:00+00:00", "package": {"name": "upr-pipeline", "version": "0.1.0", "git": {}}}


def rows(name: str, *given: dict[str, Any]) -> pd.DataFrame:
    """Return rows of a table of which only some columns matter here."""
    types = EXPORTED[name].empty().dtypes
    return pd.DataFrame(list(given)).reindex(columns=list(types.index))


def recommendation(number: str, paragraph: str, text: str, **given: Any) -> dict[str, Any]:
    usual = {
        "recommendation_id": number,
        "paragraph": paragraph,
        "text": text,
        "mechanism": "upr",
        "clause": 1,
        "cycle": 2,
        "session": 19,
        "year": 2014,
        "state_under_review": "XAA",
        "state_name": "Arvandia",
        "document_symbol": "A/HRC/27/902",
        "position": "supported",
        "is_pledge": False,
        "is_provisional": False,
    }
    return usual | given


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    key = ["recommendation_id", "dimension", "concept_id", "label"]
    tag = [
        ("r1", "sdgs", "sdg:16", "Goal 16"),
        ("r1", "sdgs", "sdg:5.2", "Target 5.2"),
        ("r1", "sdgs", "sdg:5", "Goal 5"),
        ("r1", "themes", "upr-info:torture", "Torture"),
        ("r2", "themes", "upr-info:detention", "Detention"),
    ]
    proposed = [dict(zip(key, one, strict=True), score=0.9, decision="auto", method="rule") for one in tag]
    settled = [dict(zip(key, one, strict=True), score=0.9, origin="auto") for one in tag[:4]]
    return {
        "recommendations": rows(
            "recommendations",
            recommendation("r1", "104.10", "=HYPERLINK(0)"),
            recommendation("r2", "104.9", "Ratify OP-CAT\x0b now", position="noted"),
            recommendation("r3", "7", "Close the cells", mechanism="treaty_body", position="unknown", cycle=None),
            recommendation("r4", "1", "Arvandia pledges a report", is_pledge=True, position="unknown"),
        ),
        "recommending_states": rows(
            "recommending_states",
            {"recommendation_id": "r1", "state_raw": "Turkey", "state_name": "Türkiye"},
            {"recommendation_id": "r1", "state_raw": "Dunmark Iles", "state_name": None},
        ),
        "tags": rows("tags", *proposed),
        "labels": rows("labels", *settled),
        "asks": rows(
            "asks", *({"recommendation_id": i, "ask_id": a} for i, a in (("r1", "a1"), ("r2", "a1"), ("r3", "a2")))
        ),
        "ask_ledger": rows(
            "ask_ledger",
            {
                "ask_id": "a2",
                "n_recommendations": 1,
                "n_recommending_states": 0,
                "representative_text": "Close the cells",
            },
            {
                "ask_id": "a1",
                "n_recommendations": 2,
                "n_recommending_states": 2,
                "representative_text": "Ratify OP-CAT",
            },
        ),
        "records": rows(
            "records", {"source": "uhri_json", "source_file": "a.json", "source_row": 3, "skip_reason": "no text"}
        ),
        "position_changes": TABLES["position_changes"].empty(),
    }


def opened(tables: dict[str, pd.DataFrame], path: Path, max_rows: int = 50_000) -> openpyxl.Workbook:
    write_workbook(tables, path, codebook=codebook(), manifest=MANIFEST, max_column_width=80, max_sheet_rows=max_rows)
    return openpyxl.load_workbook(path)


def column(page: Worksheet, title: str) -> list[Any]:
    at = [cell.value for cell in page[1]].index(title)
    return [row[at].value for row in page.iter_rows(min_row=2)]


def words(page: Worksheet) -> str:
    return " | ".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None)


def test_recommendations_stand_by_paragraph_with_all_that_is_known(tables: dict[str, pd.DataFrame]) -> None:
    wide = recommendations(tables).set_index("recommendation_id")
    upr = wide[wide["mechanism"] == "upr"]
    assert upr["paragraph"].tolist() == ["1", "104.9", "104.10"]
    assert wide.loc["r1", "recommending_states"] == "Dunmark Iles; Türkiye"
    assert wide.loc["r1", "sdgs"] == "5; 5.2; 16"
    assert wide.loc["r1", "themes"] == "Torture"
    assert wide.loc["r1", "times_asked"] == 2
    assert wide["themes"].isna()["r2"], "a rejected tag is no label"


def test_counts_a_state_keep_positions_to_the_upr_and_pledges_apart(tables: dict[str, pd.DataFrame]) -> None:
    counted = states(tables).set_index("state_under_review")
    assert counted.index.tolist() == ["Arvandia", "All States"]
    assert counted.loc["Arvandia"].to_dict() == {
        "upr_recommendations": 2, "supported": 1, "noted": 1, "partially_supported": 0, "pending": 0, "unknown": 0,
        "treaty_body": 1, "special_procedure": 0, "voluntary_pledges": 1, "asks": 2, "repeated_asks": 1,
    }  # fmt: skip


def test_the_ledger_opens_with_the_most_repeated(tables: dict[str, pd.DataFrame]) -> None:
    assert ask_ledger(tables)["ask_id"].tolist() == ["a1", "a2"]


def test_a_rejected_tag_stays_visible_as_such(tables: dict[str, pd.DataFrame]) -> None:
    settled = tags(tables).set_index(["recommendation_id", "concept_id"])["settled"]
    assert settled[("r2", "upr-info:detention")] == "rejected"
    assert settled[("r1", "sdg:5")] == "auto"


SOURCE_TAGS = (
    {"recommendation_id": "r1", "scheme": "sdg", "label_raw": "16 - X", "concept_id": "sdg:16", "agrees": "yes"},
    {"recommendation_id": "r1", "scheme": "sdg", "label_raw": "5.1 - Y", "concept_id": "sdg:5.1", "agrees": "broader"},
    {"recommendation_id": "r2", "scheme": "sdg", "label_raw": "99 - Z", "concept_id": None, "agrees": None},
)


def test_the_sources_sdgs_stand_beside_ours(tables: dict[str, pd.DataFrame]) -> None:
    tables["source_tags"] = rows("source_tags", *SOURCE_TAGS)
    wide = recommendations(tables).set_index("recommendation_id")
    assert wide.loc["r1", ["sdgs", "source_sdgs"]].tolist() == ["5; 5.2; 16", "5.1; 16"]
    assert wide["source_sdgs"].isna()["r2"]
    tagged = source_tags(tables).set_index("label_raw")
    assert tagged.loc["5.1 - Y", ["agrees", "ours", "text"]].tolist() == ["broader", "5; 5.2; 16", "=HYPERLINK(0)"]
    assert tagged.loc["99 - Z", ["agrees", "ours"]].isna().all()


def test_a_scheme_as_a_whole_stands_before_its_concepts(tables: dict[str, pd.DataFrame]) -> None:
    usual = {"scheme": "sdg", "n_narrower": 0, "n_broader": 0, "n_only_ours": 1}
    tables["source_agreement"] = rows(
        "source_agreement",
        {**usual, "concept_id": "sdg:5", "label": "Goal 5", "n_source_tags": 1, "n_same": 0, "n_absent": 1},
        {**usual, "concept_id": "sdg:16", "label": "Goal 16", "n_source_tags": 3, "n_same": 3, "n_absent": 0},
        {**usual, "concept_id": "sdg:1", "label": "Goal 1", "n_source_tags": 0, "n_same": 0, "n_absent": 0},
    )
    found = source_agreement(tables).set_index("label")
    assert found.index.tolist() == ["(all concepts)", "Goal 16", "Goal 5", "Goal 1"]
    assert found["share_same"].tolist()[:3] == [0.75, 1.0, 0.0]
    assert pd.isna(found.loc["Goal 1", "share_same"])
    assert found.loc["(all concepts)", "n_only_ours"] == 3


def test_sheets_come_most_useful_first_and_are_linked(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    book = opened(tables, tmp_path / "book.xlsx")
    assert book.sheetnames == [
        "Summary", "Recommendations", "Asks", "State history", "Pending", "Tags", "Review queue", "Source tags",
        "Source agreement", "Conflicts", "Ingest report", "Skipped rows", "Position changes", "Codebook",
    ]  # fmt: skip
    targets = {link.location for row in book["Summary"].iter_rows() for cell in row if (link := cell.hyperlink)}
    assert targets == {f"'{name}'!A1" for name in book.sheetnames[1:]}


def test_the_summary_says_what_to_keep_in_mind(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    summary = words(opened(tables, tmp_path / "book.xlsx")["Summary"])
    for said in ("Noted is not rejected", "proposed by machine", "2024-05-01", "0.1.0", "unit: recommendation"):
        assert said in summary


def test_the_summary_lists_each_file_with_its_remedy(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    one = {"source_file": "a.json", "records_read": 3, "recommendations": 2, "skipped": 1, "status": "partial",
           "message": "'Dunmark Iles' is not known; add it to configs/states.csv"}  # fmt: skip
    tables["ingest_report"] = rows("ingest_report", one, {**one, "source_file": "b.json", "message": None})
    summary = words(opened(tables, tmp_path / "book.xlsx")["Summary"])
    for said in ("a.json", "b.json", "Message", "add it to configs/states.csv"):
        assert said in summary


def test_headers_are_frozen_filtered_and_repeated_on_paper(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    page = opened(tables, tmp_path / "book.xlsx")["Recommendations"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:Z5"
    assert page.print_title_rows == "$1:$1"
    tinted = {rule.formula[0] for ranges in page.conditional_formatting for rule in ranges.rules}
    assert tinted == {f'"{name}"' for name in POSITIONS}


def test_a_text_that_could_run_is_text(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    page = opened(tables, tmp_path / "book.xlsx")["Recommendations"]
    cell = next(cell for row in page.iter_rows() for cell in row if cell.value == "=HYPERLINK(0)")
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.quotePrefix
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any(re.search(r"<f>", page) for page in pages)


def test_characters_no_xml_holds_are_dropped(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    assert "Ratify OP-CAT now" in column(opened(tables, tmp_path / "book.xlsx")["Recommendations"], "Text")
    assert legal("a\x00b\ud800c\ufffed\te") == "abcd\te"


def test_what_is_not_in_the_workbook_is_said_on_the_summary(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    tables["recommendations"].loc[1, "text"] = "x" * (MAX_CELL + 1)
    assert "cells are cut to 32,767 characters" in words(opened(tables, tmp_path / "book.xlsx")["Summary"])
    rows = len(tables["recommendations"])
    book = opened(tables, tmp_path / "book.xlsx", max_rows=rows - 1)
    assert book["Recommendations"].max_row == 1
    assert f"Sheet Recommendations: {rows} rows are left to the CSV file" in words(book["Summary"])


def test_a_run_without_any_row_still_gives_a_workbook(tmp_path: Path) -> None:
    book = opened({}, tmp_path / "book.xlsx")
    assert book["Recommendations"].max_row == 1
    assert "All States" in words(book["Summary"])


def test_the_codebook_sheet_covers_each_sheet_s_columns(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    book = opened(tables, tmp_path / "book.xlsx")
    known = set(zip(column(book["Codebook"], "Table"), column(book["Codebook"], "Column"), strict=True))
    assert ("sheet Recommendations", "times_asked") in known
    assert {("ask_ledger", name) for name in TABLES["ask_ledger"].empty().columns} <= known


def test_dates_are_dates(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    tables["labels"] = tables["labels"].assign(origin="human", reviewer="A. Reader", date="2024-05-31")
    dates = column(opened(tables, tmp_path / "book.xlsx")["Tags"], "Date")
    assert [str(day.date()) for day in dates if day] == ["2024-05-31"] * 4


@pytest.mark.parametrize(
    ("name", "read"),
    [("n_recommendations", "Number of recommendations"), ("sdgs", "SDGs"), ("ask_id", "Ask ID"),
     ("state_under_review", "State under review"), ("uhri_themes", "UHRI themes")],
)  # fmt: skip
def test_headings_are_words(name: str, read: str) -> None:
    assert heading(name) == read


def test_two_writings_of_one_run_are_the_same_file(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    opened(tables, tmp_path / "one.xlsx")
    opened(tables, tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_translations_stand_beside_the_text(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    rid = tables["recommendations"]["recommendation_id"].iloc[0]
    one = {"recommendation_id": rid, "language": "sw", "kind": "human", "translation": "Jenga daraja", "translator": "A",
           "date": "2024-05-31", "is_current": True, "is_shown": True, "source_file": "one.csv", "source_line": 2}  # fmt: skip
    hidden = {**one, "kind": "machine", "translation": "Jenga", "is_shown": False}
    tables["translations"] = rows("translations", one, hidden)
    found = column(opened(tables, tmp_path / "book.xlsx")["Recommendations"], "Translations")
    assert [value for value in found if value] == ["[sw, human] Jenga daraja"]


def test_the_summary_says_which_documents_were_left_out(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    written = {"state_under_review": "XAA", "document": "matrix", "path": "states/XAA/matrix.docx", "n_recommendations": 3,
               "status": "written", "note": None}  # fmt: skip
    left = {**written, "state_under_review": "XBB", "document": "all", "path": "states/XBB", "n_recommendations": 0,
            "status": "left_out", "note": "not among deliver.states"}  # fmt: skip
    tables["deliveries"] = rows("deliveries", written, left)
    summary = words(opened(tables, tmp_path / "book.xlsx")["Summary"])
    assert "are written for: XAA." in summary
    assert "Left out: 1 States under review; not among deliver.states" in summary
