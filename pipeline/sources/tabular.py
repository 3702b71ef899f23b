"""Tabular sources: from sheets, separated text or JSON objects to records, by the layout their header shows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pipeline.sources.decoding import decoding_of
from pipeline.sources.delimited import delimited_grid, separator_of
from pipeline.sources.grid import Columns, Grid, Row, below, first_rows, read_rows
from pipeline.sources.layouts import (
    SPREADSHEET_LAYOUTS,
    TEXT_LAYOUTS,
    Layout,
    mapped_layout,
    recognised,
    unknown_header,
)
from pipeline.sources.record import Limits, Record, SourceError, SourceFile
from pipeline.sources.spreadsheet import cell_text, parquet_grid, xls_sheets, xlsx_sheets
from pipeline.sources.tally import Tally, tallied
from pipeline.sources.uhri import is_uhri
from pipeline.sources.uhri_json import objects, read_object
from pipeline.states import States

_PEEK = 20  # objects whose keys are looked at: keys can be missing from single ones
_CONTROL = bytes({*range(32)} - {0, 9, 10, 12, 13, 27})
_MOST_CONTROL = 0.02  # share of control characters from which a file is not text
_PARAGRAPH = re.compile(r"^\d{1,3}\.\d{1,3}\b")
NO_ROWS = "no data rows below the header"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a reader: the file, the States known, how much to read, the user's mapping of columns."""

    path: Path
    states: States
    limits: Limits
    columns: Mapping[str, str]


@dataclass(slots=True)
class _Sheet:
    """A sheet whose header was recognised, its rows standing below it."""

    grid: Grid
    layout: Layout
    header: Row
    columns: Columns


def open_xlsx(request: Request) -> SourceFile:
    """Return the records of an XLSX workbook: of every sheet with the first known layout.

    Raises:
        SourceError: damage, a bomb, or no sheet with a known header; so do the functions below.
    """
    return _open(request, xlsx_sheets(request.path, request.limits), SPREADSHEET_LAYOUTS, Tally())


def open_xls(request: Request) -> SourceFile:
    """Return the records of an XLS workbook, likewise."""
    return _open(request, xls_sheets(request.path), SPREADSHEET_LAYOUTS, Tally())


def open_parquet(request: Request) -> SourceFile:
    """Return the records of a Parquet file."""
    return _open(request, iter([parquet_grid(request.path, request.limits)]), TEXT_LAYOUTS, Tally())


def open_text(request: Request, head: bytes) -> SourceFile | None:
    """Return the records of a separated text file that begins with the bytes `head`, or None if it is no table."""
    decoding = decoding_of(request.path)
    control = sum(head.count(byte) for byte in _CONTROL)
    if not decoding.codec.startswith(("utf-16", "utf-32")) and control > max(8, _MOST_CONTROL * len(head)):
        problem, remedy = "is neither text nor of any known kind", "Put the spreadsheet or document itself here"
        raise SourceError(request.path, "the whole file", problem, remedy)
    separator = separator_of(request.path, decoding)
    if separator is None:
        return None
    tally = Tally()
    grid = delimited_grid(request.path, decoding, separator, tally)
    rows = first_rows(grid)
    if not request.columns and not recognised(rows, TEXT_LAYOUTS) and _numbered(rows):
        return None
    source = _open(request, iter([grid]), TEXT_LAYOUTS, tally)
    source.encoding = decoding.label
    return source


def _numbered(rows: Sequence[Row]) -> bool:
    """Return whether most rows open with a paragraph number: a report or addendum saved as text with tabs."""
    firsts = [row[0].strip() for row in rows if any(row)]
    return sum(bool(_PARAGRAPH.match(first)) for first in firsts) > 0.5 * len(firsts)


def open_objects(request: Request) -> SourceFile:
    """Return the records of a JSON file: the bulk export of UHRI, or a table as a list of objects."""
    decoding = decoding_of(request.path)
    items = objects(request.path, decoding)
    head, damage = _peek(items)
    if damage and not head:
        raise damage
    whole = chain(head, _raising(damage), items)
    keys = list(dict.fromkeys(key for item in head if isinstance(item, dict) for key in item))
    if not head or (is_uhri(keys) and not request.columns):
        notes = [] if head else ["no records in the file"]
        return SourceFile("uhri_json", _objects(request, whole, notes), decoding.label, notes)
    rows = chain([keys], (_row(item, keys) for item in whole))
    source = _open(request, iter([Grid("", rows)]), TEXT_LAYOUTS, Tally())
    source.encoding = decoding.label
    return source


def _peek(items: Iterator[Any]) -> tuple[list[Any], SourceError | None]:
    """Return the first objects, and the error that ended them if one did."""
    head: list[Any] = []
    try:
        for item in islice(items, _PEEK):
            head.append(item)
    except SourceError as error:
        return head, error
    return head, None


def _raising(damage: SourceError | None) -> Iterator[Any]:
    if damage:
        raise damage
    yield from ()


def _objects(request: Request, items: Iterator[Any], notes: list[str]) -> Iterator[Record]:
    with tallied(Tally(), notes) as tally:
        for row, item in enumerate(items, start=1):
            yield from read_object(row, item, request.states, request.limits, tally)


def _row(item: Any, keys: Sequence[str]) -> Row:
    return [cell_text(item.get(key)) for key in keys] if isinstance(item, dict) else []


def _open(request: Request, grids: Iterator[Grid], layouts: Sequence[Layout], tally: Tally) -> SourceFile:
    """Find the first sheet with a known header and return its records, with those of like sheets after it."""
    if request.columns:
        layouts = [mapped_layout(request.path, request.columns)]
    passed: list[str] = []
    rows: list[Row] = []
    for grid in grids:
        sheet, head = _sheet(grid, layouts)
        if sheet:
            notes = passed
            return SourceFile(sheet.layout.format, _records(request, sheet, grids, tally, notes), notes=notes)
        if any(map(any, head)):
            passed.append(_not_read(grid))
        rows = rows or [row for row in head if any(row)]
    raise unknown_header(request.path, rows, layouts)


def _sheet(grid: Grid, layouts: Sequence[Layout]) -> tuple[_Sheet | None, list[Row]]:
    """Return the sheet if one of its first rows is a header of the layouts, and those rows."""
    head = first_rows(grid)
    found = recognised(head, layouts)
    if found is None:
        next(islice(grid.rows, len(head), None), None)  # damage further down explains more than a strange header
        return None, head
    layout, header, columns = found
    below(grid, header)
    return _Sheet(grid, layout, header, columns), head


def _records(
    request: Request, sheet: _Sheet | None, others: Iterator[Grid], tally: Tally, notes: list[str]
) -> Iterator[Record]:
    """Yield the records of the sheet and of the later ones of its layout, rows numbered through."""
    last = 0
    with tallied(tally, notes):
        while sheet:
            read_row = sheet.layout.read_row
            for number, fields, skipped in read_rows(
                sheet.grid, sheet.header, sheet.columns,
                first=last + 1, max_characters=request.limits.max_cell_characters, tally=tally,
            ):  # fmt: skip
                last = number
                if skipped:
                    yield Record(source_row=number, skip_reason=skipped)
                else:
                    yield from read_row(number, fields, request.states, tally)
            sheet = _next_like(sheet.layout, others, notes)
        if last == 0:
            notes.append(NO_ROWS)


def _next_like(layout: Layout, others: Iterator[Grid], notes: list[str]) -> _Sheet | None:
    for grid in others:
        sheet, head = _sheet(grid, [layout])
        if sheet:
            return sheet
        if any(map(any, head)):
            notes.append(_not_read(grid))
    return None


def _not_read(grid: Grid) -> str:
    return f"{grid.place} has no header known here and was not read"
