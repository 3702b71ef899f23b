"""The first sheet: what is inside, counts a State with their unit, files read, and what to keep in mind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from pipeline.workbook.formats import Formats
from pipeline.workbook.sheet import LINE_HEIGHT, MAX_CELL, Cut, heading, legal

NOTES = (
    "Noted is not rejected: a State that notes a recommendation has not refused it. Pending and unknown are kept apart "
    "and never counted as supported or noted.",
    "Tags (themes, groups, SDGs, action) are proposed by machine, with a score and the words that carry them; where a "
    "person has judged, the person's word stands. Asks are grouped by machine as well.",
    "Tags of the sources themselves stand beside ours (sheets Source tags, Source agreement). Agreement is not "
    "correctness: sources err, UHRI's SDGs are machine-made, and our taggers learnt from UPR Info's issues.",
    "Every count names its unit: a recommendation (each clause of a compound paragraph is one), a recommendation x "
    "recommending State, or an ask (all recommendations of one State that request the same thing).",
    "A cell that opens with = + - or @ is text, never a formula. All tables are also in the folder `tables` as CSV.",
)
COLUMNS, WIDTH = 13, 16


@dataclass(frozen=True)
class Listed:
    """One line of the list of sheets."""

    sheet: str
    rows: int
    unit: str
    holds: str


def _line(page: Worksheet, row: int, text: str, look: Formats) -> int:
    """Write a note across the page and return the next row."""
    page.merge_range(row, 0, row, COLUMNS - 1, "", look.note)
    page.write_string(row, 0, legal(text), look.note)
    page.set_row(row, 18)
    return row + 1


def _cell(page: Worksheet, row: int, at: int, value: Any, look: Formats, *, bold: bool) -> None:
    """Write one value of a block; unknown stays blank."""
    if pd.isna(value):
        return
    if isinstance(value, str):
        page.write_string(row, at, legal(value), look.bold if bold else look.indented if at else look.text)
    else:
        page.write_number(row, at, value, look.total if bold else look.count)


def _wide_cell(page: Worksheet, row: int, at: int, value: Any, look: Formats) -> None:
    """Write a text from column `at` to the edge of the page, on as many lines as it takes."""
    text = "" if pd.isna(value) else legal(str(value))
    page.set_row(row, LINE_HEIGHT * max(1, -(-len(text) // ((COLUMNS - at) * WIDTH))))
    page.merge_range(row, at, row, COLUMNS - 1, "", look.note)
    page.write_string(row, at, text, look.note)


def _counts(page: Worksheet, row: int, frame: pd.DataFrame, look: Formats) -> int:
    """Write the counts a State, the totals in bold, and return the row after them."""
    title = "Per State under review (unit: recommendation; last two columns: ask; positions: UPR without pledges)"
    page.write_string(row, 0, title, look.section)
    page.set_row(row + 1, 32)
    for at, name in enumerate(frame.columns):
        page.write_string(row + 1, at, heading(str(name)), look.header)
    for number, values in enumerate(frame.itertuples(index=False, name=None)):
        for at, value in enumerate(values):
            _cell(page, row + 2 + number, at, value, look, bold=number == len(frame) - 1)
    return row + 3 + len(frame)


def _files(page: Worksheet, row: int, frame: pd.DataFrame, look: Formats) -> None:
    """Write what became of each file; its message, the last column, runs to the edge of the page."""
    page.write_string(row, 0, "Files read (unit: row of a file, unless the heading says otherwise)", look.section)
    page.set_row(row + 1, 32)
    last = len(frame.columns) - 1
    for at, name in enumerate(frame.columns[:last]):
        page.write_string(row + 1, at, heading(str(name)), look.header)
    page.merge_range(row + 1, last, row + 1, COLUMNS - 1, heading(str(frame.columns[last])), look.header)
    for number, values in enumerate(frame.itertuples(index=False, name=None), start=row + 2):
        _wide_cell(page, number, last, values[last], look)
        for at, value in enumerate(values[:last]):
            _cell(page, number, at, value, look, bold=False)


def _sheet_list(page: Worksheet, row: int, sheets: Sequence[Listed], look: Formats) -> int:
    """Write the list of sheets, each a link, and return the row after it."""
    page.write_string(row, 0, "Sheets", look.section)
    page.write_string(row + 1, 0, "Sheet", look.header)
    page.write_string(row + 1, 1, "Rows", look.header)
    page.merge_range(row + 1, 2, row + 1, 4, "One row is", look.header)
    page.merge_range(row + 1, 5, row + 1, COLUMNS - 1, "Holds", look.header)
    for number, listed in enumerate(sheets, start=row + 2):
        page.write_url(number, 0, f"internal:'{listed.sheet}'!A1", look.link, listed.sheet)
        page.write_number(number, 1, listed.rows, look.count)
        page.write_string(number, 2, listed.unit, look.indented)
        page.write_string(number, 5, listed.holds, look.indented)
    return row + 3 + len(sheets)


def cut_lines(cuts: Sequence[Cut]) -> list[str]:
    """Return one sentence a sheet that Excel's limits cut."""
    lines = []
    for cut in cuts:
        if cut.rows:
            lines.append(
                f"Sheet {cut.sheet}: {cut.rows:,} rows are left to the CSV file in tables/ (export.max_sheet_rows)."
            )
        if cut.cells:
            lines.append(f"Sheet {cut.sheet}: {cut.cells:,} cells are cut to {MAX_CELL:,} characters, Excel's limit; "
                         "the CSV file has them whole.")  # fmt: skip
    return lines


def _made(manifest: Mapping[str, Any]) -> str:
    """Return the line on when and with what the workbook was made."""
    package = manifest.get("package", {})
    commit = (package.get("git") or {}).get("commit")
    parts = [f"Made {manifest.get('written', 'at an unknown time').replace('T', ' ').replace('+00:00', ' UTC')}",
             f"{package.get('name', 'upr-pipeline')} {package.get('version') or '(version unknown)'}"]  # fmt: skip
    return " · ".join([*parts, f"commit {commit[:10]}"] if commit else parts)


def write_summary(
    page: Worksheet,
    *,
    sheets: Sequence[Listed],
    states: pd.DataFrame,
    files: pd.DataFrame,
    cuts: Sequence[Cut],
    documents: str | None,
    manifest: Mapping[str, Any],
    look: Formats,
) -> None:
    """Write the summary to the empty sheet `page`, top to bottom: a row once left is on disk."""
    page.hide_gridlines(2)
    page.set_column(0, 0, 34)
    page.set_column(1, COLUMNS - 1, WIDTH)
    page.write_string(0, 0, "UPR and other human rights recommendations", look.title)
    page.set_row(0, 26)
    page.write_string(1, 0, _made(manifest), look.text)
    row = 3
    for note in NOTES:
        row = _line(page, row, note, look)
    if documents:
        row = _line(page, row, documents, look)
    for line in cut_lines(cuts):
        row = _line(page, row, f"Cut: {line}", look)
    row = _sheet_list(page, row + 1, sheets, look)
    row = _counts(page, row, states, look)
    _files(page, row, files, look)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
