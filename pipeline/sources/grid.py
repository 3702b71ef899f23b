"""A table as rows of text, whatever kind of file holds it: its header found, its data rows numbered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from pipeline.sources.record import SourceError
from pipeline.sources.tally import CUT, SHIFTED, Tally
from pipeline.text import fold

Row = list[str]
Columns = dict[str, int]

TITLE_ROWS = 30  # rows looked at for a header: exports put titles, dates and filters above it
BLANK = "blank row"
REPEATED = "the header again: tables were put below each other"


@dataclass(slots=True)
class Grid:
    """Rows of one sheet; `separated` rows can be shifted by a stray separator, those of a spreadsheet cannot."""

    place: str
    rows: Iterator[Row]
    separated: bool = False


@lru_cache(maxsize=1 << 12)
def header_key(header: str) -> str:
    """Return a header as compared: folded, without spaces, so that "UPR Position" and "UprPosition" meet."""
    return fold(header).replace(" ", "")


def matched(header: Sequence[str], synonyms: Mapping[str, Iterable[str]]) -> Columns:
    """Return our column -> index in the header, the first where a header occurs twice."""
    wanted = {header_key(name): column for column, names in synonyms.items() for name in names}
    found: Columns = {}
    for index, name in enumerate(header):
        if column := wanted.get(header_key(name)):
            found.setdefault(column, index)
    return found


def first_rows(grid: Grid) -> list[Row]:
    """Return the rows among which the header may be, and put them back, with the damage met if there is any."""
    head: list[Row] = []
    filled = 0
    try:
        for row in grid.rows:
            head.append(row)
            filled += any(row)
            if filled >= TITLE_ROWS or len(head) >= 10 * TITLE_ROWS:
                break
    except SourceError as error:
        grid.rows = _raising(error)
    grid.rows = chain(head, grid.rows)
    return head


def _raising(error: SourceError) -> Iterator[Row]:
    raise error
    yield []


def read_rows(
    grid: Grid, header: Row, columns: Columns, *, first: int, max_characters: int, tally: Tally
) -> Iterator[tuple[int, dict[str, str], str | None]]:
    """Yield (number, our column -> cell, reason to skip) of the rows below `header`, numbered from `first`.

    Blank rows between others count as rows; at the end they are none.
    """
    _note_duplicates(header, columns, first, tally)
    number, blank = first - 1, 0
    for row in grid.rows:
        if not any(cell.strip() for cell in row):
            blank += 1
            continue
        for _ in range(blank):
            number += 1
            yield number, {}, BLANK
        number, blank = number + 1, 0
        if grid.separated and any(cell.strip() for cell in row[len(header) :]):
            reason = f"{len(row)} cells where the header has {len(header)}: {SHIFTED}"
            tally.add(reason, number)
            yield number, {}, reason
            continue
        if row == header:
            yield number, {}, REPEATED
            continue
        yield number, {name: _cell(row, at, max_characters, number, tally) for name, at in columns.items()}, None


def below(grid: Grid, header: Row) -> None:
    """Advance the grid to its first data row."""
    for row in grid.rows:
        if row is header:
            return


def cut(text: str, max_characters: int, number: int, tally: Tally) -> str:
    """Return the text, at most `max_characters` of it; a cut is counted."""
    if len(text) <= max_characters:
        return text
    tally.add(f"a cell longer than {max_characters:,} characters {CUT} (ingest.max_cell_characters)", number)
    return text[:max_characters]


def _cell(row: Row, index: int, max_characters: int, number: int, tally: Tally) -> str:
    return cut(row[index], max_characters, number, tally) if index < len(row) else ""


def _note_duplicates(header: Row, columns: Columns, row: int, tally: Tally) -> None:
    keys = [header_key(name) for name in header]
    for index in columns.values():
        if keys.count(keys[index]) > 1:
            tally.add(f"the header '{header[index].strip()}' occurs more than once; the first column is read", row)
