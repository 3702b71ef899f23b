"""Excel sheets for people to fill in and print: heads that repeat, rows high enough, bands, notes, nothing run as a formula."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.deliverables.word_table import BAND_FILL, HEAD_FILL, runs_right_to_left
from pipeline.tables import replacing
from pipeline.workbook.sheet import LINE_HEIGHT, MAX_HEIGHT, legal

A4, A3 = 9, 8
"""Excel's numbers of paper sizes."""
Value = str | int | date | None
CHARACTERS = 1.12
"""Characters of the sheet's small letters that a column holds for each of its units."""
_FOOTER_LIMIT = 250
"""Characters of a footer; Excel holds 255."""


@dataclass(frozen=True, slots=True)
class Band:
    """A row over the whole width that opens a part of the sheet."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its width in characters, whether people fill it in."""

    head: str
    width: float
    to_fill: bool = False


@dataclass(frozen=True)
class Look:
    """The formats of a book."""

    head: Format
    fill_head: Format
    text: Format
    backwards: Format
    to_fill: Format
    number: Format
    day: Format
    band: Format
    title: Format
    note: Format


def _look(book: Workbook) -> Look:
    base = {
        "font_name": "Calibri",
        "font_size": 10,
        "valign": "top",
        "text_wrap": True,
        "border": 1,
        "border_color": "#BFBFBF",
    }
    return Look(
        head=book.add_format(
            {**base, "bold": True, "font_color": "#FFFFFF", "bg_color": f"#{HEAD_FILL}", "valign": "vcenter"}
        ),
        fill_head=book.add_format({**base, "bold": True, "bg_color": "#FFE699", "valign": "vcenter"}),
        text=book.add_format(base),
        backwards=book.add_format({**base, "reading_order": 2, "align": "right"}),
        to_fill=book.add_format({**base, "bg_color": "#FFFBEC"}),
        number=book.add_format({**base, "align": "right"}),
        day=book.add_format({**base, "num_format": "d mmm yyyy", "align": "left"}),
        band=book.add_format({**base, "bold": True, "italic": True, "bg_color": f"#{BAND_FILL}", "text_wrap": False}),
        title=book.add_format({"font_name": "Calibri", "bold": True, "font_size": 15, "font_color": f"#{HEAD_FILL}"}),
        note=book.add_format({"font_name": "Calibri", "font_size": 10, "text_wrap": True, "valign": "top"}),
    )


@contextmanager
def book(path: Path, title: str, written: datetime) -> Iterator[tuple[Workbook, Look]]:
    """Yield a workbook and its formats; it takes the place of `path` in one step when the block ends well."""
    with replacing(path) as temporary, tempfile.TemporaryDirectory() as scratch:
        options = {"tmpdir": scratch, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(str(temporary), options) as made:
            made.set_properties({"title": legal(title), "created": written})
            yield made, _look(made)


def write(
    page: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value] | Band],
    look: Look,
    *,
    frozen: int,
    footer: str,
    printed: int,
    paper: int = A4,
) -> None:
    """Write heads and rows; rows are high enough for their longest cell.

    Args:
        page: an empty sheet.
        columns: in order.
        rows: values in the order of `columns`, or bands.
        look: the book's formats.
        frozen: columns that stay in sight.
        footer: unit and exclusions, printed on every page.
        printed: leading columns that go to paper.
        paper: A4 or A3.
    """
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.head, look.fill_head if column.to_fill else look.head)
    page.set_row(0, 3 * LINE_HEIGHT)
    for number, row in enumerate(rows, start=1):
        if isinstance(row, Band):
            page.set_row(number, LINE_HEIGHT * 1.4)
            for at in range(len(columns)):
                page.write_blank(number, at, None, look.band)
            page.write_string(number, 0, legal(row.text), look.band)
            continue
        page.set_row(number, _height(row, columns))
        for at, (value, column) in enumerate(zip(row, columns, strict=True)):
            _write_cell(page, number, at, value, look, to_fill=column.to_fill)
    page.freeze_panes(1, frozen)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(paper)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.8)
    page.print_area(0, 0, max(len(rows), 1), printed - 1)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L&8{footer.replace('&', '&&')[: _FOOTER_LIMIT - 40]}&R&8Page &P of &N")


def _height(row: Sequence[Value], columns: Sequence[Column]) -> float:
    """Return the height in points for the longest cell, its lines wrapped at the column's width."""
    lines = 1
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, str):
            lines = max(
                lines, sum(max(1, -(-len(part) // int(column.width * CHARACTERS))) for part in value.split("\n"))
            )
    return min(lines * 13.5 + 3, MAX_HEIGHT)


def _write_cell(page: Worksheet, row: int, at: int, value: Value, look: Look, *, to_fill: bool) -> None:
    if value is None or value == "":
        page.write_blank(row, at, None, look.to_fill if to_fill else look.text)
    elif isinstance(value, str):
        look_of = look.to_fill if to_fill else look.backwards if runs_right_to_left(value) else look.text
        page.write_string(row, at, legal(value), look_of)
    elif isinstance(value, date):
        page.write_datetime(row, at, datetime(value.year, value.month, value.day), look.day)
    else:
        page.write_number(row, at, value, look.number)


def notes(page: Worksheet, title: str, lines: Sequence[str], look: Look) -> None:
    """Write a sheet of notes, one below the other."""
    page.hide_gridlines(2)
    page.set_column(0, 0, 120)
    page.write_string(0, 0, legal(title), look.title)
    page.set_row(0, 24)
    for number, text in enumerate(lines, start=2):
        page.write_string(number, 0, legal(text), look.note)
        page.set_row(number, 14 * max(1, -(-len(text) // 135)) + 3)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
