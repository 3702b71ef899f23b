"""UPR Info's database in the layouts it comes in."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources import Limits, open_source
from pipeline.states import States

XLS_HEADER = ["SuR", "Rgrp", "Org", "Recommendation", "RS", "Rgrp", "Org", "Response", "Action", "Issue", "Session"]
CSV_HEADER = [
    "To",
    "To-Rgrp",
    "To-Org",
    "Text",
    "From",
    "From-Rgrp",
    "From-Org",
    "Response",
    "Action",
    "Issue",
    "Session",
]
ROWS = [
    ["Arvandia", "Africa", "AU", "Protect children’s wells", "Chad", "Africa", "AU", "Accepted", 5,
     "Rights of the Child,Justice", 5],
    ["Belmora", "GRULAC", "OAS", "Consider digging wells", "&#40;Unknown&#41;", "", "", "Noted", 3, "Other", 14],
    ["Costaverda", "Asia", "", "Continue digging", "Costaverda", "Asia", "", "Voluntary Pledge", 2, "Other", 2],
]  # fmt: skip


def separated(rows: list[list[object]], separator: str = ",", line_end: str = "\r\n") -> str:
    """Return the rows as separated text."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def xls(path: Path, rows: list[list[object]]) -> Path:
    """Write the rows as an XLS workbook."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("UPR Info database export")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            sheet.write(y, x, value)
    book.save(str(path))
    return path


def test_a_row_becomes_a_record(read: Callable) -> None:
    source, records = read(separated([CSV_HEADER, *ROWS]))
    first, second, pledge = records
    assert source.format == "upr_info_csv"
    assert (first.source_row, first.mechanism, first.body, first.state_raw, first.session) == (
        1,
        "upr",
        "UPR",
        "Arvandia",
        5,
    )
    assert first.text == "Protect children’s wells"
    assert first.recommending_raw == ("Chad",)
    assert (first.position, first.position_source, first.position_quote) == ("supported", "upr_info", "Accepted")
    assert first.source_tags == (("upr-info", "Rights of the Child"), ("upr-info", "Justice"), ("upr-action", "5"))
    assert second.position == "noted"
    assert second.recommending_raw == ()
    assert pledge.is_pledge
    assert (pledge.position, pledge.recommending_raw) == (None, ())
    assert source.notes == ["row 2: the source does not know the recommending State"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
@pytest.mark.parametrize("header", [XLS_HEADER, CSV_HEADER])
def test_every_resave_gives_the_same_records(
    header: list[str], codec: str, line_end: str, separator: str, read: Callable
) -> None:
    expected = read(separated([CSV_HEADER, *ROWS])).records
    assert read(separated([header, *ROWS], separator, line_end).encode(codec)).records == expected


def test_spreadsheets_give_the_same_records_below_title_rows(read: Callable, xlsx: Callable, tmp_path: Path) -> None:
    expected = read(separated([CSV_HEADER, *ROWS])).records
    titled = [["Database export"], [], [None, "2 May"], XLS_HEADER, *ROWS]
    new, old = read(xlsx(titled)), read(xls(tmp_path / "old", titled))
    assert new.source.format == old.source.format == "upr_info_xls"
    assert new.records == old.records == expected


def test_a_later_export(read: Callable) -> None:
    header = ["State under Review", "Recommending State", "Recommendation", "Response", "Action", "Issues", "Cycle",
              "Session", "Paragraph"]  # fmt: skip
    row = [
        "Arvandia",
        "Chad",
        "Dig wells",
        "Supported",
        "4",
        "Justice, Right to food",
        "3rd cycle",
        "36th session",
        "138.10",
    ]
    (record,) = read(separated([header, row])).records
    assert (record.paragraph, record.session, record.cycle, record.position) == ("138.10", 36, 3, "supported")
    assert record.source_tags == (("upr-info", "Justice"), ("upr-info", "Right to food"), ("upr-action", "4"))


def test_a_file_of_pledges_without_recommending_states(read: Callable) -> None:
    (record,) = read("SuR;Voluntary Pledge;Action;Issue;Session\nArvandia;Dig wells;5;Other;3\n").records
    assert record.is_pledge
    assert record.text == "Dig wells"


def test_what_is_not_known_stays_unknown_and_is_said(read: Callable) -> None:
    row = ["Arvandia", "", "", "Dig wells", "Chad", "", "", "Perhaps", "9", "Other", "n/a"]
    source, (record,) = read(separated([CSV_HEADER, row]))
    assert (record.position, record.position_quote, record.session) == (None, "Perhaps", None)
    assert record.source_tags == (("upr-info", "Other"),)
    assert any("'Perhaps' is not known" in note for note in source.notes)
    assert any("action category '9'" in note for note in source.notes)


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=8))
def test_every_row_gives_a_record_whatever_its_cells_hold(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str, str, str]]
) -> None:
    rows = [["Arvandia", "", "", text, who, "", "", said, "5", issue, "5"] for text, who, said, issue in cells]
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(separated([CSV_HEADER, *rows]).encode())
    records = list(open_source(path, states=States.of([]), limits=Limits(1000, 1 << 20), columns={}).records)
    assert [record.source_row for record in records] == list(range(1, len(rows) + 1))
    assert all(bool(record.text) != bool(record.skip_reason) for record in records)
