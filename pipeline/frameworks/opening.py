"""Files of frameworks, opened by their content, never by their name, as sheets of rows."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.sources.decoding import decoding_of
from pipeline.sources.delimited import delimited_grid, separator_of
from pipeline.sources.grid import Grid
from pipeline.sources.record import Limits, SourceError
from pipeline.sources.spreadsheet import parquet_grid, xls_sheets, xlsx_sheets
from pipeline.sources.tally import Tally

_AS_TABLE = (
    "Type its outcomes and outputs into a table (docs/frameworks.md shows the columns) and save it as XLSX or CSV"
)
_CONTROL = bytes(range(1, 9)) + bytes(range(14, 27))
_MOST_CONTROL = 0.02  # share of control characters above which a file is no text


SAMPLE = "sample"


def framework_files(folder: Path, given: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return the files of frameworks to read, each with its name in reports.

    Those `given` (files, or folders of files) stand for all; else the user's own below `folder`, or the sample's where
    there are none.
    """
    if given:
        files = [file for path in given for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
        return [(file, file.name) for file in files if _is_data(file)]
    files = [path for path in sorted(folder.rglob("*")) if _is_data(path)]
    own = [path for path in files if path.relative_to(folder).parts[0] != SAMPLE]
    return [(path, path.relative_to(folder).as_posix()) for path in own or files]


def _is_data(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~$")) and path.name != "README.md"


def open_sheets(path: Path, limits: Limits, tally: Tally) -> tuple[Iterator[Grid], str | None]:
    """Return the sheets of an XLSX, XLS, Parquet or separated text file, and the encoding of a text.

    Raises:
        SourceError: the file is empty, damaged, locked, or of another kind; also while rows are read.
    """
    with path.open("rb") as file:
        head = file.read(1 << 14)
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise SourceError(path, "the whole file", "is empty", "Download the file again, or delete it")
    if head.startswith(b"PK"):
        return _workbook(path, limits), None
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return xls_sheets(path), None
    if head.startswith(b"PAR1"):
        return iter([parquet_grid(path, limits)]), None
    if b"%PDF-" in head[:1024]:
        raise SourceError(
            path, "the whole file", "is a PDF: tables of frameworks cannot be read from it safely", _AS_TABLE
        )
    decoding = decoding_of(path)
    control = sum(head.count(byte) for byte in _CONTROL)
    if not decoding.codec.startswith(("utf-16", "utf-32")) and control > max(8, _MOST_CONTROL * len(head)):
        raise SourceError(path, "the whole file", "is neither text nor a spreadsheet", _AS_TABLE)
    separator = separator_of(path, decoding)
    if separator is None:
        raise SourceError(path, "the whole file", "is text without columns", _AS_TABLE)
    return iter([delimited_grid(path, decoding, separator, tally)]), decoding.label


def _workbook(path: Path, limits: Limits) -> Iterator[Grid]:
    """Yield the sheets of an XLSX file; a Word document, which begins with the same bytes, is refused with the remedy."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        names = []  # the reader of spreadsheets says what is wrong
    if any(name.startswith("word/") for name in names):
        raise SourceError(path, "the whole file", "is a Word document", _AS_TABLE)
    yield from xlsx_sheets(path, limits)
