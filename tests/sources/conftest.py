"""What the tests of the readers share: writing a file and reading it back."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.sources import Limits, Record, SourceFile, open_source
from pipeline.states import States

LIMITS = Limits(max_cell_characters=2_000, max_uncompressed_bytes=50 << 20)


class Read(NamedTuple):
    """What a file was taken for, and its records."""

    source: SourceFile
    records: list[Record]


@pytest.fixture
def limits() -> Limits:
    """Return small limits."""
    return LIMITS


@pytest.fixture
def read(tmp_path: Path, states: States) -> Callable[..., Read]:
    """Return a function that reads bytes, a text or a path as a source file; its name says nothing of the format."""

    def reader(content: bytes | str | Path, columns: Mapping[str, str] | None = None) -> Read:
        path = content if isinstance(content, Path) else tmp_path / "upload"
        if not isinstance(content, Path):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        source = open_source(path, states=states, limits=LIMITS, columns=columns or {})
        return Read(source, list(source.records))

    return reader


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    """Write an XLSX workbook of the sheets, each a list of rows."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the rows of one or several sheets to an XLSX file."""
    return lambda *sheets: workbook(tmp_path / "book", *sheets)
