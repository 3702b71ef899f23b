"""The cells of a filled-in sheet, by heading: columns may have been moved, rows deleted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.review_book.form import DATE, READ_ME, REVIEWER, Sheet
from pipeline.text import clean


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, as kept and as text, and where it is (`Tags!J7`)."""

    value: object
    address: str
    number: int

    @property
    def text(self) -> str:
        """The value as text, cleaned; "" for none."""
        return "" if self.value is None else clean(str(self.value))


Row: TypeAlias = dict[str, Cell]


def rows_of(page: Worksheet, sheet: Sheet) -> tuple[list[str], Iterator[Row]]:
    """Return the headings of `sheet` that `page` lacks, and its rows: heading -> cell."""
    places: dict[str, int] = {}
    for at, cell in enumerate(next(page.iter_rows(min_row=1, max_row=1), ()), start=1):
        places.setdefault("" if cell.value is None else clean(str(cell.value)), at)
    wanted = {column.heading for column in sheet.columns if column.role != "score" and column.name not in _UNUSED}
    missing = [column.heading for column in sheet.columns if column.heading in wanted - places.keys()]
    used = {heading: places[heading] for heading in wanted & places.keys()}
    return missing, _rows(page, used)


_UNUSED = {"state_name", "paragraph", "dimension", "label", "evidence", "why", "labels_now", "left_where", "right_where",
           "reason", "grouped", "level", "plan_name"}  # fmt: skip
"""Columns that only people read: an import does without them."""


def _rows(page: Worksheet, used: dict[str, int]) -> Iterator[Row]:
    for number, cells in enumerate(page.iter_rows(min_row=2), start=2):
        if all(cell.value is None for cell in cells):
            continue
        yield {
            heading: Cell(cells[at - 1].value, f"{page.title}!{cells[at - 1].coordinate}", number)
            for heading, at in used.items()
        }


def default_cells(book: Workbook) -> dict[str, Cell]:
    """Return the reviewer and the day written on the first sheet, for rows that name none."""
    if READ_ME not in book.sheetnames:
        return {}
    page = book[READ_ME]
    return {
        str(name.value): Cell(value.value, f"{READ_ME}!{value.coordinate}", number)
        for number, (name, value) in enumerate(page.iter_rows(min_col=1, max_col=2), start=1)
        if name.value in (REVIEWER, DATE)
    }
