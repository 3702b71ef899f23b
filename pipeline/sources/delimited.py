"""CSV and its kin: any encoding, separator and line end -> rows of text."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.sources.decoding import Decoding
from pipeline.sources.grid import Grid, Row
from pipeline.sources.record import SourceError
from pipeline.sources.tally import SWALLOWED, Tally

SEPARATORS = ",;\t|"
_HEAD = 1 << 18
_LARGEST_CELL = 1 << 26  # characters; beyond it a quotation mark is certainly open
_FEW, _LONGEST_NAME = 5, 40  # rows that tell nothing of an even width; characters of a column's name
_SEP_LINE = re.compile(r"^\ufeff?sep=(.)\r?\n?$", re.IGNORECASE)
_END = "\x1e end of file \x1e"
_SENTENCE = re.compile(r"[.;:]\s*$")


def separator_of(path: Path, decoding: Decoding) -> str | None:
    """Return the separator of a table, or None if the text is none: its first rows must be of equal width."""
    with path.open(encoding=decoding.codec, errors=decoding.errors, newline="") as file:
        head = file.read(_HEAD)
    lines = list(io.StringIO(head, newline=""))
    if lines and (declared := _SEP_LINE.match(lines[0])):
        return declared[1]
    whole = lines if len(head) < _HEAD else lines[:-1]
    found = [(score, separator) for separator in SEPARATORS if (score := _evenness(whole or lines, separator)) > 0]
    return max(found)[1] if found else None


def _evenness(lines: list[str], separator: str) -> float:
    """Return the share of rows that have the commonest width times that width; 0 if that is no table."""
    csv.field_size_limit(_LARGEST_CELL)
    try:
        rows = [row for row in islice(csv.reader(lines, delimiter=separator), 60) if any(row)]
    except csv.Error:
        return 0.0
    if not rows:
        return 0.0
    width, count = Counter(map(len, rows)).most_common(1)[0]
    share = count / len(rows)
    if len(rows) <= _FEW and share < 0.5 and _is_header(rows[0]):
        return float(len(rows[0]))
    return share * width if width >= 2 and share >= 0.5 and not _is_prose(rows, width) else 0.0


def _is_header(row: Row) -> bool:
    """Return whether a first row is a header of names, whatever the few rows below it look like."""
    names = [cell.strip() for cell in row]
    if any(cell.startswith(" ") for cell in row[1:]):
        return False
    return len(names) >= 4 and all(0 < len(name) <= _LONGEST_NAME and not _SENTENCE.search(name) for name in names)


def _is_prose(rows: list[Row], width: int) -> bool:
    """Return whether two or three columns come from the commas of sentences."""
    ends = sum(bool(_SENTENCE.search(row[-1])) for row in rows)
    spaced = sum(len(row) > 1 and all(cell.startswith(" ") for cell in row[1:]) for row in rows)
    return width <= 3 and (ends > 0.3 * len(rows) or spaced > 0.6 * len(rows))


def delimited_grid(path: Path, decoding: Decoding, separator: str, tally: Tally) -> Grid:
    """Return the rows of a separated text file, to be read once."""
    return Grid("", _rows(path, decoding, separator, tally), separated=True)


def _rows(path: Path, decoding: Decoding, separator: str, tally: Tally) -> Iterator[Row]:
    """Yield the rows; empty lines are none.

    Raises:
        SourceError: a quotation mark is never closed, or the last row is cut off.
    """
    csv.field_size_limit(_LARGEST_CELL)
    ends: list[str] = [""]
    width, number = 0, 0
    reader = csv.reader(_lines(path, decoding, tally, ends), delimiter=separator)
    try:
        for row in reader:
            if row == [_END]:
                return
            if row and row[-1].endswith(_END + "\n"):
                break
            if not row:
                continue
            number += 1
            if len(row) < width and ends[0]:
                raise SourceError(
                    path, f"row {number}, the header being row 1",
                    f"the file ends within a row ({len(row)} of {width} cells)",
                    "The rows before it are read. Download the file again",
                )  # fmt: skip
            _warn_of_swallowed(row, separator, width, number, tally)
            width = max(width, len(row)) if number < 60 else width
            yield row
    except csv.Error as error:
        raise _unclosed(path, number, str(error)) from error
    raise _unclosed(path, number, "a quotation mark is opened and never closed")


def _unclosed(path: Path, number: int, problem: str) -> SourceError:
    remedy = "The rows before it are read. Download the file again, or close the quotation mark"
    return SourceError(path, f"row {number + 1}, the header being row 1", problem, remedy)


def _lines(path: Path, decoding: Decoding, tally: Tally, ends: list[str]) -> Iterator[str]:
    """Yield the lines without NUL, and a last one that shows whether a quotation mark is open.

    `ends[0]` is the last line of the file if that has no line end, once it has been read.
    """
    with path.open(encoding=decoding.codec, errors=decoding.errors, newline="") as file:
        last = ""
        for number, line in enumerate(file):
            if number == 0 and _SEP_LINE.match(line):
                continue
            last = line
            if "\x00" in line:
                tally.add("NUL characters were left out", max(number, 1))
                last = line.replace("\x00", "")
            ends[0] = "" if last.endswith(("\r", "\n")) else last
            yield last
    yield _END + "\n"


def _warn_of_swallowed(row: Row, separator: str, width: int, number: int, tally: Tally) -> None:
    """Count a cell that holds lines as wide as rows: a quotation mark too many has swallowed them."""
    for cell in row:
        if width > 2 and "\n" in cell.replace("\r", "\n"):
            inner = [line for line in cell.replace("\r", "\n").split("\n") if line.count(separator) >= width - 1]
            if inner:
                tally.add(f"a cell holds lines that look like rows: {SWALLOWED}", max(number - 1, 1))
