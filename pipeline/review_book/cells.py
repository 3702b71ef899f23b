"""The cells of a filled-in sheet, by heading: columns may have been moved, rows sorted, deleted or put in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from openpyxl.utils import get_column_letter

from pipeline.review_book.opening import Page
from pipeline.text import clean, fold


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, as kept and as text, and where it is (`Tags!J7`).

    `fault` says why its value cannot be taken as it is.
    """

    value: object
    address: str
    number: int
    fault: str = ""

    @property
    def text(self) -> str:
        """The value as text, cleaned; "" for none. A whole number has no decimals."""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return "" if self.value is None else clean(str(self.value))


Row: TypeAlias = dict[str, Cell]


def rows_of(page: Page) -> Iterator[Row]:
    """Yield the rows of a page that are not empty: heading -> cell.

    A cell merged over several rows says the same for each of them: so people fill in what holds for all.
    """
    used = {column.heading: page.places[fold(column.heading)] for column in page.sheet.read}
    merged = _merged(page)
    for number in range(page.top + 1, page.values.max_row + 1):
        row = {heading: _cell(page, *merged.get((number, at), (number, at)), number) for heading, at in used.items()}
        if any(cell.value is not None or cell.fault for cell in row.values()):
            yield row


def _merged(page: Page) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the place whose value holds, for each place below it in a merged range."""
    return {
        (row, area.min_col): (area.min_row, area.min_col)
        for area in page.values.merged_cells.ranges
        for row in range(area.min_row + 1, min(area.max_row, page.values.max_row) + 1)
    }


def _cell(page: Page, row: int, column: int, number: int) -> Cell:
    value, typed = (sheet.cell(row, column) for sheet in (page.values, page.typed))
    fault = ""
    if value.data_type == "e":
        fault = f"holds the error {value.value}; clear it or choose again"
    elif typed.data_type == "f" and value.value is None:
        fault = "holds a formula that was never computed; open the file in Excel or LibreOffice and save it, or type the value"
    return Cell(
        None if fault else value.value, f"{page.values.title}!{get_column_letter(column)}{number}", number, fault
    )
