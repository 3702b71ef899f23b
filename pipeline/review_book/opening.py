"""The file a person sends back, opened with care: its pages that hold a sheet of the form, whatever they are called now."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.review_book.form import DATE, REVIEWER, SHEETS, Sheet
from pipeline.sources import Limits, SourceError
from pipeline.sources.spreadsheet import check_archive
from pipeline.text import fold

MOST_ROWS = 50_000
"""Rows of a page that are looked at: an export has far fewer, and programs that format whole columns write a million."""
_MOST_ABOVE = 10
"""Rows that a person may have put above the headings."""


class ReviewBookError(ValueError):
    """The file is no workbook of judgements: says which it is and what to do."""


@dataclass(frozen=True)
class Page:
    """A page that holds `sheet` of the form: values as last computed, and what was typed, formulas among it.

    `top` is the row of the headings, `places` folded heading -> column.
    """

    sheet: Sheet
    values: Worksheet
    typed: Worksheet
    top: int
    places: dict[str, int]


@dataclass(frozen=True)
class Book:
    """The pages of the form in a workbook, and its other pages."""

    pages: list[Page]
    others: list[Worksheet]


def open_book(path: Path, limits: Limits) -> Book:
    """Return the pages of the workbook at `path`.

    Raises:
        ReviewBookError: it cannot be read, holds no sheet of the form, or one that lacks columns.
    """
    try:
        check_archive(path, limits)
        values, typed = (openpyxl.load_workbook(path, data_only=computed) for computed in (True, False))
    except SourceError as error:
        raise ReviewBookError(str(error)) from error
    except (InvalidFileException, BadZipFile, KeyError, OSError, ValueError, TypeError) as error:
        raise ReviewBookError(
            f"{path.name} cannot be read as .xlsx ({error}); save it as Excel workbook (.xlsx)"
        ) from error
    pages: list[Page] = []
    others: list[Worksheet] = []
    for page in values.worksheets:
        found = _page(page, typed[page.title])
        if found is None:
            others.append(page)
            continue
        _refuse(path, found)
        pages.append(found)
    if not pages:
        raise ReviewBookError(
            f"{path.name} has none of the sheets {', '.join(sheet.name for sheet in SHEETS)}; import a file that "
            "`upr review export` wrote"
        )
    return Book(pages, others)


def defaults(book: Book) -> Iterator[tuple[str, object, str]]:
    """Yield what the first sheet gives for rows that name no reviewer and no day: heading, value, address."""
    for page in book.others:
        for name, value in page.iter_rows(min_col=1, max_col=2, max_row=min(page.max_row, 100)):
            if name.value in (REVIEWER, DATE):
                yield str(name.value), value.value, f"{page.title}!{value.coordinate}"


def _page(page: Worksheet, typed: Worksheet) -> Page | None:
    """Return the page with the sheet of the form that most of its headings belong to; None if it has no verdicts and ids."""
    best: tuple[float, Page] | None = None
    for top, cells in enumerate(page.iter_rows(max_row=min(page.max_row, _MOST_ABOVE)), start=1):
        places: dict[str, int] = {}
        for at, cell in enumerate(cells, start=1):
            places.setdefault(fold(str(cell.value or "")), at)
        for sheet in SHEETS:
            share = len(_wanted(sheet) & places.keys()) / len(_wanted(sheet))
            if share > 0.5 and (best is None or share > best[0]):
                best = share, Page(sheet, page, typed, top, places)
    return best[1] if best else None


def _wanted(sheet: Sheet) -> set[str]:
    return {fold(column.heading) for column in sheet.read}


def _refuse(path: Path, page: Page) -> None:
    """Raise what makes a page unreadable as a whole."""
    where = f"{path.name}, sheet {page.values.title}"
    if missing := [column.heading for column in page.sheet.read if fold(column.heading) not in page.places]:
        raise ReviewBookError(
            f"{where}: the columns {', '.join(missing)} are gone; copy your verdicts to a new export, or undo the deletion"
        )
    if page.values.max_row > MOST_ROWS:
        raise ReviewBookError(
            f"{where}: {page.values.max_row:,} rows; delete the empty rows below the last one and save it again"
        )
