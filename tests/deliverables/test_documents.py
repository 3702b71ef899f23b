"""Briefs, pending answers, history and worksheet, read back from the files and compared with the tables."""

import csv

import openpyxl
import pandas as pd
import pytest
from docx import Document

from pipeline.deliverables.facts import source_of_position
from pipeline.deliverables.state import file_name, states_of, write_briefs, write_state
from pipeline.deliverables.worksheet_xlsx import COLUMNS, STATUSES
from tests.deliverables.conftest import ids, sheet, told


@pytest.fixture
def report(known, options, tmp_path):
    """Return the folder of all documents on Arvandia."""
    rows = write_state("XAA", known, tmp_path, options)
    assert {row["path"] for row in rows} == {
        p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()
    }
    return tmp_path


def words(document):
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_every_recommending_state_has_a_brief_with_every_one_of_its_recommendations(report, known):
    briefs = known["state_briefs"]
    folder = report / "briefs" / "XAA"
    assert {path.stem for path in folder.glob("*.docx")} == {"CAN", "FRA", "fenland"}
    for code, part in briefs.groupby("recommending_state"):
        document = Document(folder / f"{file_name(code)}.docx")
        found = [rid for element in document.tables[1:] for row in told(element)[1:] for rid in ids(row, briefs)]
        assert sorted(found) == sorted(part["recommendation_id"]), code
        with (folder / f"{file_name(code)}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert sorted(row["recommendation_id"] for row in csv.DictReader(file)) == sorted(part["recommendation_id"])


def test_a_brief_quotes_the_source_of_the_position_beside_the_strength(report):
    document = Document(report / "briefs" / "XAA" / "CAN.docx")
    latest = told(document.tables[1])
    row = next(row for row in latest if row[0].startswith("121.1 "))
    assert row[1].split("\n") == [
        "Supported",
        "Strength: 5 specific\u00a0✓",
        "A/HRC/42/903 - Para. 121",
        "“The list below: supported”",
    ]
    assert "First by this State: cycle 3 (2019)" in row[2]
    assert "Earlier: France" in row[3]
    assert row[4] == "Outcome 2: Schools\u00a0*", "a machine mapped it"
    assert "Fungua shule mbili" in row[0]
    assert "1 of the latest still waits for an answer" in words(document)


def test_no_cell_of_a_csv_file_is_run_as_a_formula(known, options, tmp_path):
    known["state_briefs"] = known["state_briefs"].assign(text="=HYPERLINK(1)")
    write_briefs("XAA", known, tmp_path, options, only="CAN")
    with (tmp_path / "briefs" / "XAA" / "CAN.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["text"] for row in csv.DictReader(file)} == {"'=HYPERLINK(1)"}


def test_the_table_of_positions_adds_up_and_stands_beside_strength(report):
    rows = told(Document(report / "briefs" / "XAA" / "CAN.docx").tables[0])
    assert rows == [
        ["Action strength of the request", "Supported", "Pending", "All"],
        ["5 specific", "1", "0", "1"],
        ["not known", "0", "1", "1"],
        ["All", "1", "1", "2"],
    ]


def test_the_overview_has_a_line_for_each_recommending_state(report):
    with (report / "briefs" / "XAA" / "_overview.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["recommending_state"]: row for row in csv.DictReader(file)}
    assert {code: row["n_latest_review"] for code, row in rows.items()} == {"CAN": "2", "FRA": "2", "Fenland": "1"}
    assert rows["CAN"]["n_latest_pending"] == "1"


def test_pending_lists_what_waits_with_what_was_answered_before(report, known):
    document = Document(report / "states" / "XAA" / "pending.docx")
    rows = told(document.tables[0])
    assert ids([cell for row in rows[1:] for cell in row], known["recommendations"]) == ["a2", "a3"]
    row = next(row for row in rows if "id a2" in row[0])
    assert row[2] == "Last: noted\ncycle 2: noted"
    assert "This review: Canada, Fenland" in row[3]
    assert "CAT/C/XAA/CO/3: 8" in row[3]
    assert "2 recommendations of the latest review are pending" in words(document)


def test_the_history_has_every_open_repeated_ask_and_the_treaty_bodys_paragraph(report, known):
    document = Document(report / "states" / "XAA" / "history.docx")
    open_again = known["state_history"].loc[known["state_history"]["is_open_repeated"], "ask_id"]
    asks = next(told(element) for element in document.tables if element.rows[0].cells[0].text.startswith("Ask "))
    assert [row[0].split("\n")[1] for row in asks[1:]] == [f"ask {ask}" for ask in open_again]
    assert asks[1][2] == "cycle 2: noted; cycle 3: pending (2)\nStrength: 5 specific\u00a0*"
    assert asks[1][3] == "Environment\u00a0*, International instruments\u00a0*"
    assert asks[1][4] == "1 treaty bodies"
    periods = told(document.tables[0])
    assert [row[:4] for row in periods[1:]] == [
        ["Cycle 2", "2", "1", "0"],
        ["Cycle 3", "4", "1", "0"],
        ["Treaty bodies", "1", "–", "–"],
    ]
    assert ids([told(document.tables[-1])[1][0]], known["recommendations"]) == ["t1"]
    assert "does not say that nothing was done" in words(document)


def test_the_worksheet_holds_each_recommendation_once_with_ministry_days_and_a_choice_of_status(report):
    book = openpyxl.load_workbook(report / "states" / "XAA" / "worksheet.xlsx")
    page = book["Latest UPR review"]
    rows = [dict(zip([c.head for c in COLUMNS], row, strict=True)) for row in sheet(page)[1:]]
    assert [row["Identifier"] for row in rows] == ["b2", "a2", "c1", "a3"]
    first = rows[0]
    assert (first["Lead ministry"], first["Lead because of"]) == ("Ministry of Schools", "4 - QUALITY EDUCATION")
    assert rows[1]["Lead ministry"] is None, (
        "Environment is a machine's unsure proposal: nobody guesses a ministry from it"
    )
    assert [first[name] for name in ("Action", "Deadline", "Indicator", "Means of verification", "Status")] == [
        None
    ] * 5
    assert first["Mid-term (estimate)"].date().isoformat() == "2021-12-29"
    assert first["Next review (estimate)"].date().isoformat() == "2024-03-29"
    assert first["Cooperation Framework"] == "Outcome 2: Schools"
    assert rows[1]["Also asked (same ask)"] == "Canada, Fenland"
    assert rows[2]["Position"] == "Not known"
    choices = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert choices[0].formula1 == f"Lists!$A$1:$A${len(STATUSES)}"
    assert [row[0] for row in sheet(book["Lists"])] == list(STATUSES)
    counted = openpyxl.load_workbook(report / "states" / "XAA" / "worksheet.xlsx", data_only=True)["By ministry"]
    assert [(row[0], row[1], row[-1]) for row in sheet(counted)[1:]] == [
        ("Ministry of Schools", 1, 1),
        ("(no ministry yet)", 3, 3),
    ]
    others = sheet(book["Other mechanisms"])
    assert [(row[3], row[-1]) for row in others[1:]] == [("none: not of the UPR", "t1")]
    assert "estimates" in " ".join(str(row[0]) for row in sheet(book["How to use"]))


def test_the_template_is_of_the_latest_review_and_empty(report):
    with (report / "states" / "XAA" / "translations_template.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["recommendation_id"] for row in rows] == ["b2", "a2", "c1", "a3"]
    assert {row["translation"] for row in rows} == {""}


def test_what_was_read_from_a_draft_is_marked_and_counted(known, options, tmp_path):
    drafts = known["recommendations"]["recommendation_id"] == "a2"
    known["recommendations"] = known["recommendations"].assign(is_provisional=drafts)
    write_state("XAA", known, tmp_path, options)
    document = Document(tmp_path / "states" / "XAA" / "matrix.docx")
    assert [row[0].split("\n")[0] for row in told(document.tables[0]) if "(draft)" in row[0]] == [
        "121.2 Ratify the treaty on rivers without delay (France) (draft);"
    ] * 2
    assert "Provisional: 1 read from a draft report" in document.sections[0].footer.paragraphs[0].text
    waiting = told(Document(tmp_path / "states" / "XAA" / "pending.docx").tables[0])
    assert any("without delay (draft)" in row[0] for row in waiting)


def test_no_pending_document_where_nothing_waits(known, options, tmp_path):
    known["pending"] = known["pending"].iloc[:0]
    rows = write_state("XAA", known, tmp_path, options)
    assert "pending" not in {row["document"] for row in rows}
    assert not (tmp_path / "states" / "XAA" / "pending.docx").exists()


def test_one_brief_alone_and_a_state_that_asked_nothing(known, options, tmp_path):
    rows = write_briefs("XAA", known, tmp_path, options, only="CAN")
    assert sorted(row["path"] for row in rows) == ["briefs/XAA/CAN.csv", "briefs/XAA/CAN.docx"]
    with pytest.raises(ValueError, match="DEU made no recommendation to XAA"):
        write_briefs("XAA", known, tmp_path, options, only="DEU")


def test_states_under_review_are_those_with_recommendations_of_the_upr(known):
    other = known["recommendations"].assign(state_under_review="XBB")
    only_pledges = other[other["is_pledge"] | (other["mechanism"] != "upr")]
    both = pd.concat([known["recommendations"], only_pledges], ignore_index=True)
    assert states_of(both) == ["XAA"]


@pytest.mark.parametrize(
    ("source", "quote", "expected"),
    [
        ("addendum", "A/HRC/42/903/Add.1, para. 3: supports: all", "A/HRC/42/903/Add.1, para. 3"),
        ("matrix", "Supported (A/HRC/42/903 - Para. 121)", "A/HRC/42/903 - Para. 121"),
        ("chapeau", "enjoy the support", "A/HRC/42/903 - Para. 121"),
        ("upr_info", "Accepted", "UPR Info database, session 33"),
        ("uhri", "Supported", "Universal Human Rights Index, session 33"),
        (None, None, "not stated in the sources read"),
    ],
)
def test_where_a_position_is_stated(source, quote, expected):
    row = {
        "position_source": source,
        "position_quote": quote,
        "document_symbol": "A/HRC/42/903",
        "paragraph": "121.7",
        "session": 33,
    }
    assert source_of_position(row) == expected
