"""Activities of UN country teams with the SDG targets they advance, from exports of joint work plans in UN INFO.

An activity (sub-output) is told by its title and what follows in its description. Its targets were chosen by the team
that planned it: general development prose, labelled more loosely than recommendations are.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.language import detect_languages
from pipeline.sources.decoding import decoding_of
from pipeline.sources.delimited import delimited_grid, separator_of
from pipeline.sources.grid import Columns, Grid, Row, below, first_rows, matched, read_rows
from pipeline.sources.record import Limits
from pipeline.sources.spreadsheet import xlsx_sheets
from pipeline.sources.tally import Tally
from pipeline.text import clean

_COLUMNS = {
    "state": ["Country"],
    "title": ["Sub-Output"],
    "description": ["Description"],
    "targets": ["SDG Targets"],
}
_XLSX = b"PK"
_SEEN = 1 << 16  # bytes in which the header of a CSV file must be
_CODE = re.compile(r"(?:^|,)\s*(\d{1,2}\.(?:\d{1,2}|[a-f]))(?=\s)")
_NUMBER = re.compile(r"^\s*(?:[A-Z]{2,4}\s*)?\d[\d.\s/:)-]*")
_MOST_TARGETS = 6  # an activity with more is about everything
_LEAST_TITLE = 15  # characters; shorter titles name a project, not what it does
_LEAST_DESCRIPTION = 20
_MOST_DESCRIPTION = 350  # characters; what follows tells of partners and funds
_MOST_TEXT = 600


@dataclass(frozen=True, slots=True)
class Activity:
    """What a team plans in a State, and the codes of the targets it advances."""

    state: str
    text: str
    targets: tuple[str, ...]


def holds_workplan(path: Path, limits: Limits) -> bool:
    """Return whether the file is a CSV or XLSX export with the columns of a joint work plan.

    Raises:
        SourceError: the file is damaged.
    """
    with path.open("rb") as file:
        head = file.read(_SEEN)
    if not head.startswith(_XLSX):
        return b"Sub-Output" in head and b"SDG Targets" in head
    return path.suffix.lower() == ".xlsx" and any(_header(grid) for grid in xlsx_sheets(path, limits))


def read_workplan(
    path: Path, limits: Limits, *, min_language_probability: float, left_out: Counter[str]
) -> list[Activity]:
    """Return the activities in English that have one to six targets; the others are counted in `left_out`.

    Raises:
        SourceError: the file is damaged.
    """
    found = [activity for grid in _grids(path, limits) for activity in _activities(grid, limits, left_out)]
    languages = detect_languages([activity.text for activity in found], min_language_probability)
    left_out["activity that is not in English"] += sum(language != "en" for language in languages)
    return [activity for activity, language in zip(found, languages, strict=True) if language == "en"]


def _grids(path: Path, limits: Limits) -> Iterator[Grid]:
    with path.open("rb") as file:
        if file.read(len(_XLSX)) == _XLSX:
            yield from xlsx_sheets(path, limits)
            return
    decoding = decoding_of(path)
    yield delimited_grid(path, decoding, separator_of(path, decoding) or ",", Tally())


def _header(grid: Grid) -> tuple[Row, Columns] | None:
    """Return the header of a work plan with our column -> index, and leave the rows below it; None if there is none."""
    for row in first_rows(grid):
        columns = matched(row, _COLUMNS)
        if columns.keys() == _COLUMNS.keys():
            below(grid, row)
            return row, columns
    return None


def _activities(grid: Grid, limits: Limits, left_out: Counter[str]) -> Iterator[Activity]:
    found = _header(grid)
    if found is None:
        return
    header, columns = found
    rows = read_rows(grid, header, columns, first=1, max_characters=limits.max_cell_characters, tally=Tally())
    for _, cells, skipped in rows:
        if skipped:
            left_out[skipped] += 1
            continue
        text, targets = _text(cells["title"], cells["description"]), tuple(sorted(set(_CODE.findall(cells["targets"]))))
        if not text:
            left_out["activity without a title that tells what it does"] += 1
        elif not 1 <= len(targets) <= _MOST_TARGETS:
            left_out[f"activity without SDG target, or with more than {_MOST_TARGETS}"] += 1
        else:
            yield Activity(cells["state"].strip(), text, targets)


def _text(title: str, description: str) -> str:
    """Return title and beginning of the description, without the number of the plan; "" if the title says nothing."""
    title, description = _NUMBER.sub("", clean(_mended(title))), clean(_mended(description))
    if len(title) < _LEAST_TITLE:
        return ""
    if len(description) > _LEAST_DESCRIPTION:
        title = f"{title.rstrip(' .')}. {description[:_MOST_DESCRIPTION]}"
    return title[:_MOST_TEXT]


def _mended(text: str) -> str:
    """Return the text whose UTF-8 was once read as Windows-1252, as UN INFO's own exports are, read rightly."""
    try:
        return text.encode("cp1252").decode("utf-8") if not text.isascii() else text
    except UnicodeError:
        return text
