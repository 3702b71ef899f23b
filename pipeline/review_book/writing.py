"""Writing the workbook: locked but for the cells to fill in, drop-downs from hidden lists, ids hidden beside each row."""

from collections.abc import Mapping
from math import ceil
from pathlib import Path

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.review_book.choices import Choices
from pipeline.review_book.form import DATE, LISTS, READ_ME, REVIEWER, SHEETS, VERDICTS, Sheet, check
from pipeline.tables import replacing
from pipeline.workbook.formats import Formats, formats
from pipeline.workbook.sheet import LINE_HEIGHT, MAX_HEIGHT, legal

_ALLOWED = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
_FILLED_LINE = 0.95  # share of a line that words fill before they wrap
_HELP = (
    "Judging recommendations",
    "1. Write your name and the day below: they hold for every row in which you leave Reviewer and Date empty.",
    "2. Sheet Tags: read the whole text. Verdict: accept if the proposed tag applies, reject if not, unsure to leave it to others.",
    "   Add what is missing from the drop-downs, in any row of the text. Codes may be typed (5.2). Right action: the category, if "
    "the proposed one is wrong.",
    "3. Sheet Same ask: yes if whatever would fulfil the one request would fulfil the other as well; no; or unsure.",
    "4. Sheet Framework, if there is one: yes if the item covers the text directly, no if not; Other item names the one "
    "that does, or that none does.",
    "5. Rows without verdict and without addition are left as they are. You can filter. To sort, move or delete rows, unprotect the "
    "sheet first (it has no password); each row is known again by its hidden last columns.",
    "6. Save as .xlsx and run `upr review import FILE`. Errors are named by their cells, and nothing is kept until they are mended.",
    "What you say stands over the machine's word in every later run. Of your own words on one tag the last stands; of several "
    "reviewers the majority.",
)  # fmt: skip


def write_review(
    rows: Mapping[str, pd.DataFrame], choices: Mapping[str, Choices], path: Path, *, reviewer: str = ""
) -> None:
    """Write the workbook to `path`, in one step.

    Args:
        rows: sheet name -> its rows, with the fields of the sheet's columns; a sheet without entry is left out.
        choices: dimension -> what may be added.
        path: the .xlsx file.
        reviewer: name written on the first sheet.
    """
    with replacing(path) as temporary:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with Workbook(str(temporary), options) as book:
            look, cells = formats(book), _cell_formats(book)
            _write_help(book.add_worksheet(READ_ME), look, cells, reviewer)
            pages = [(book.add_worksheet(sheet.name), sheet) for sheet in SHEETS if sheet.name in rows]
            lists = _write_lists(book.add_worksheet(LISTS), choices)
            for page, sheet in pages:
                _write_sheet(page, sheet, rows[sheet.name], lists, look.header, cells)


def _cell_formats(book: Workbook) -> dict[str, Format]:
    """Return the look of a cell by its column's role, and of the days; what is typed is kept as text: 16.10 stays 16.10."""
    edge = {"valign": "top", "border": 1, "border_color": "#D9D9D9"}
    typed = {**edge, "locked": False, "bg_color": "#FFFBE6"}
    shown = book.add_format({**edge, "text_wrap": True, "quote_prefix": True})
    return {
        "typed": book.add_format({**typed, "text_wrap": True, "num_format": "@"}),
        DATE: book.add_format({**typed, "num_format": "yyyy-mm-dd", "align": "left"}),
        "score": book.add_format({**edge, "num_format": "0.00", "align": "center"}),
        "shown": shown,
        "hidden": shown,
    }


def _write_help(page: Worksheet, look: Formats, cells: Mapping[str, Format], reviewer: str) -> None:
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 125)
    page.write_string(0, 0, _HELP[0], look.title)
    for at, line in enumerate(_HELP[1:], start=2):
        page.write_string(at, 1, line, look.note)
        page.set_row(at, LINE_HEIGHT * (2 if len(line) > 125 else 1))
    for at, (name, value, form) in enumerate(
        ((REVIEWER, reviewer, cells["typed"]), (DATE, "", cells[DATE])), start=len(_HELP) + 2
    ):
        page.write_string(at, 0, name, look.bold)
        page.write(at, 1, value, form)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.protect("", _ALLOWED)


def _write_lists(page: Worksheet, choices: Mapping[str, Choices]) -> dict[str, str]:
    """Write the lists of the drop-downs, one a column, and return name -> the range it fills."""
    lists = {**VERDICTS, **{name: tuple(offered.shown) for name, offered in choices.items()}}
    ranges = {}
    for at, (name, words) in enumerate(lists.items()):
        letter = chr(ord("A") + at)
        for row, value in enumerate((name, *words)):
            page.write_string(row, at, legal(value))
        ranges[name] = f"={LISTS}!${letter}$2:${letter}${len(words) + 1}"
    page.hide()
    page.protect("", {})
    return ranges


def _write_sheet(
    page: Worksheet, sheet: Sheet, rows: pd.DataFrame, lists: Mapping[str, str], header: Format, cells: Mapping[str, Format]
) -> None:  # fmt: skip
    last = max(len(rows), 1)
    for at, column in enumerate(sheet.columns):
        form = None if column.role == "typed" else cells[column.role]
        page.set_column(at, at, column.width, form, {"hidden": column.role == "hidden"})
        page.write_string(0, at, column.heading, header)
        if column.choices:
            _offer(page, at, last, lists[column.choices], strict=column.heading in VERDICTS)
    page.set_row(0, 2 * LINE_HEIGHT)
    for number, row in enumerate(rows.to_dict("records"), start=1):
        _write_row(page, number, sheet, {str(name): value for name, value in row.items()}, cells)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(8)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.protect("", _ALLOWED)


def _write_row(
    page: Worksheet, number: int, sheet: Sheet, row: Mapping[str, object], cells: Mapping[str, Format]
) -> None:
    texts = {
        column.name: legal(_told(row.get(column.name)))
        for column in sheet.columns
        if column.role in ("shown", "hidden")
    }
    texts["check"] = check(texts)
    lines = 1
    for at, column in enumerate(sheet.columns):
        form = cells.get(column.heading, cells[column.role])
        value = row.get(column.name)
        if column.role == "score" and isinstance(value, float) and value == value:  # noqa: PLR0124 - not a number
            page.write_number(number, at, value, form)
        elif texts.get(column.name):
            page.write_string(number, at, texts[column.name], form)
            lines = max(lines, _lines(texts[column.name], column.width) if column.role == "shown" else 1)
        else:
            page.write_blank(number, at, None, form)
    page.set_row(number, min(lines * LINE_HEIGHT, MAX_HEIGHT))


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of `width` characters."""
    return sum(max(1, ceil(len(part) / (width * _FILLED_LINE))) for part in text.split("\n"))


def _told(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - not a number


def _offer(page: Worksheet, at: int, last: int, source: str, *, strict: bool) -> None:
    """Put the drop-down on a column; in a strict one nothing else can be typed, in others a code or an alias can."""
    rule = {
        "validate": "list", "source": source, "error_type": "stop" if strict else "information",
        "error_title": "Not in the list", "error_message": "Choose from the list. A code or another name of a concept is read too."
        if not strict else "Choose from the list.",
    }  # fmt: skip
    page.data_validation(1, at, last, at, rule)
