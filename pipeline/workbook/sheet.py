"""One table as one sheet: frozen and filtered headers, widths that fit, texts that wrap and never run."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.text import xml_safe
from pipeline.workbook.formats import Formats

MAX_CELL = 32_767
"""Excel's limit: characters of a cell."""
POSITION_COLUMNS = {"position", "latest_position"}
LONG_COLUMNS = {
    "text",
    "translations",
    "translation",
    "suggested_follow_up",
    "representative_text",
    "message",
    "meaning",
    "meaning_of_table",
    "position_quote",
}
FILLED_LINE = 0.9  # share of a line that words fill before they wrap
LINE_HEIGHT, MAX_HEIGHT = 15, 409  # points; Excel's highest row
PLAIN_NUMBERS = {"cycle", "session", "year", "first_year", "last_year", "source_row", "clause"}
_FORMULA_START = re.compile(r"[=+\-@\t\r\n＝＋－＠']")


@dataclass(frozen=True)
class Cut:
    """What is not in one sheet."""

    sheet: str
    cells: int = 0
    rows: int = 0


def heading(column: str) -> str:
    """Return a column's name as people read it: `n_recommendations` -> "Number of recommendations"."""
    words = column.replace("_", " ")
    words = f"number of {words[2:]}" if words.startswith("n ") else words
    words = re.sub(r"\b(sdgs?|uhri|upr|id)\b", lambda found: found[0].upper().replace("SDGS", "SDGs"), words)
    words = re.sub(r"\bstate(s?)\b", r"State\1", words)
    return words[0].upper() + words[1:]


def legal(value: str) -> str:
    """Return `value` without characters that an XML file cannot hold, cut to what a cell holds."""
    return xml_safe(value)[:MAX_CELL]


def _width(name: str, column: pd.Series, lengths: pd.Series, most: int) -> int:
    """Return a column's width in characters: its values fit on one line as far as the limit allows."""
    longest = 4 if pd.api.types.is_float_dtype(column) else int(lengths.max()) if len(lengths) else 0
    longest_word = max(len(word) for word in heading(name).split())
    limit = most if name in LONG_COLUMNS else max(most * 2 // 5, longest_word + 3)
    return min(max(longest + 2, longest_word + 3, len(heading(name)) // 2 + 3), limit)


def _heights(lengths: Mapping[str, pd.Series], widths: Mapping[str, int], rows: int) -> list[float]:
    """Return each row's height in points for its longest wrapped text: programs that read the file do not fit them."""
    lines = np.ones(rows)
    for name, known in lengths.items():
        characters = known.reindex(range(rows), fill_value=0).to_numpy()
        wrapped = np.ceil(characters / (widths[name] * FILLED_LINE))
        lines = np.maximum(lines, np.where(characters > widths[name] - 1, wrapped, 1))
    return [float(height) for height in np.minimum(lines * LINE_HEIGHT, MAX_HEIGHT)]


Writer = Callable[[int, int, Any], object]


def _writer(page: Worksheet, column: pd.Series, look: Formats, *, wrap: bool) -> Writer:
    """Return what writes one cell of `column`; texts are never formulas, links or numbers."""
    if pd.api.types.is_bool_dtype(column):
        return lambda row, at, value: page.write_string(row, at, "yes" if value else "no")
    if pd.api.types.is_numeric_dtype(column):
        write_number: Writer = page.write_number
        return write_number
    if column.name == "date":
        return lambda row, at, value: _write_day(page, row, at, str(value), look)
    guarded = look.guarded_wrapped if wrap else look.guarded

    def write(row: int, at: int, value: Any) -> object:
        text = legal(str(value))
        return page.write_string(row, at, text, guarded if _FORMULA_START.match(text) else None)

    return write


def _write_day(page: Worksheet, row: int, at: int, value: str, look: Formats) -> None:
    """Write an ISO date as a date, anything else as text."""
    try:
        page.write_datetime(row, at, date.fromisoformat(value), look.day)
    except ValueError:
        page.write_string(row, at, legal(value), look.guarded)


def _column_format(column: pd.Series, look: Formats, *, wrap: bool) -> Format:
    if pd.api.types.is_float_dtype(column):
        return look.score
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return look.plain if column.name in PLAIN_NUMBERS else look.count
    return look.wrapped if wrap else look.text


def write_sheet(
    page: Worksheet,
    frame: pd.DataFrame,
    look: Formats,
    *,
    max_width: int,
    max_rows: int,
    wrap: bool = True,
    frozen: int = 0,
    printed: int | None = None,
) -> Cut:
    """Write `frame` to `page` and return what did not fit.

    Args:
        page: an empty sheet.
        frame: the table.
        look: the book's formats.
        max_width: widest column of long texts, in characters; other columns stop at two fifths of it.
        max_rows: a longer table stays empty here: a part of it would be taken for the whole.
        wrap: let long texts take several lines; off for tables of very many rows.
        frozen: columns that stay in sight when the sheet is scrolled sideways.
        printed: leading columns that go to paper; all by default.
    """
    shown = frame.head(len(frame) if len(frame) <= max_rows else 0).reset_index(drop=True)
    lengths = {str(name): shown[name].dropna().astype("str").str.len().astype(int) for name in shown.columns}
    widths = {name: _width(name, shown[name], known, max_width) for name, known in lengths.items()}
    writers = []
    for at, (name, width) in enumerate(widths.items()):
        page.set_column(at, at, width, _column_format(shown[name], look, wrap=wrap))
        writers.append(_writer(page, shown[name], look, wrap=wrap))
    page.set_row(0, 3 * LINE_HEIGHT + 2)
    for at, name in enumerate(widths):
        page.write_string(0, at, heading(name), look.header)
    present = shown.notna().to_numpy()
    heights = _heights(lengths, widths, len(shown)) if wrap else []
    for number, values in enumerate(zip(*(shown[name].tolist() for name in shown.columns), strict=True)):
        if wrap:
            page.set_row(number + 1, heights[number])
        for at, value in enumerate(values):
            if present[number, at]:
                writers[at](number + 1, at, value)
    _dress(page, shown, look, frozen, printed or len(shown.columns))
    cut_cells = sum(int((known > MAX_CELL).sum()) for known in lengths.values())
    return Cut(page.get_name(), cells=cut_cells, rows=len(frame) - len(shown))


def _dress(page: Worksheet, shown: pd.DataFrame, look: Formats, frozen: int, printed: int) -> None:
    """Freeze, filter and set up the page for print; tint the columns of positions."""
    last_row, last_column = max(len(shown), 1), max(len(shown.columns) - 1, 0)
    page.freeze_panes(1, frozen)
    page.autofilter(0, 0, last_row, last_column)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.print_area(0, 0, last_row, max(printed - 1, 0))
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")
    for name in sorted(POSITION_COLUMNS & set(shown.columns)):
        at = list(shown.columns).index(name)
        for position, tint in look.positions.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{position}"', "format": tint}
            page.conditional_format(1, at, last_row, at, rule)
