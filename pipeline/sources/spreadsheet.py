"""XLSX, XLS and Parquet, opened with care -> sheets of rows of text. Formulas give their last computed value."""

import io
import math
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from defusedxml.common import DefusedXmlException

from pipeline.sources.grid import Grid, Row
from pipeline.sources.record import Limits, SourceError

_MOST_RATIO = 200  # uncompressed to compressed bytes of one member; real sheets stay below 60
_SMALL = 10 << 20  # bytes below which a high ratio does no harm
_DAMAGED = "The file is cut off or damaged: download it again, or open and save it in a spreadsheet program"


def check_archive(path: Path, limits: Limits) -> None:
    """Refuse a zip-based document that is damaged, unpacks to too much or declares entities.

    Raises:
        SourceError: names the member and the remedy.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            if total > limits.max_uncompressed_bytes:
                raise SourceError(
                    path, "the archive", f"unpacks to {total:,} bytes, more than {limits.max_uncompressed_bytes:,}",
                    "If you trust the file, raise ingest.max_uncompressed_megabytes; otherwise delete it",
                )  # fmt: skip
            for member in members:
                _check_member(path, archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise SourceError(path, "the archive", str(error) or "cannot be unpacked", _DAMAGED) from error


def _check_member(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    from defusedxml.ElementTree import ParseError, iterparse

    if member.flag_bits & 1:
        raise encrypted(path)
    if member.file_size > max(_SMALL, _MOST_RATIO * member.compress_size):
        raise SourceError(
            path, member.filename, f"{member.compress_size:,} bytes unpack to {member.file_size:,}: a zip bomb",
            "Delete the file and ask its sender for another",
        )  # fmt: skip
    if not member.filename.endswith((".xml", ".rels")):
        return
    try:
        with archive.open(member) as file:
            next(iter(iterparse(file, events=("start",), forbid_dtd=True)), None)
    except DefusedXmlException as error:
        raise SourceError(
            path, member.filename, "declares XML entities, as no office program does",
            "Delete the file and ask its sender for another",
        ) from error  # fmt: skip
    except ParseError as error:
        raise SourceError(path, member.filename, f"is no XML ({error})", _DAMAGED) from error


def encrypted(path: Path) -> SourceError:
    """Return the error of a file locked with a password."""
    return SourceError(
        path, "the whole file", "is encrypted with a password",
        "Open it, remove the password (File > Info > Protect, or Save as without one) and put that copy here",
    )  # fmt: skip


def xlsx_sheets(path: Path, limits: Limits) -> Iterator[Grid]:
    """Yield the sheets of an XLSX workbook in order; each is to be read before the next is asked for.

    Raises:
        SourceError: a damaged, encrypted or hostile file.
    """
    import openpyxl

    check_archive(path, limits)
    with path.open("rb") as file:  # given a path, the parser would judge by the extension
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # the parser raises whatever the damage leads it to
            raise SourceError(path, "the workbook", f"{type(error).__name__}: {error}", _DAMAGED) from error
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # exports declare A1 as their extent
            yield Grid(f"sheet '{sheet.title}'", _xlsx_rows(path, sheet))


def _xlsx_rows(path: Path, sheet: Any) -> Iterator[Row]:
    number = 0
    try:
        for row in sheet.iter_rows(values_only=True):
            yield [cell_text(value) for value in row]
            number += 1
    except Exception as error:  # the parser raises whatever the damage leads it to
        place = f"sheet '{sheet.title}' after row {number}"
        raise SourceError(path, place, f"{type(error).__name__}: {error}", _DAMAGED) from error


def xls_sheets(path: Path) -> Iterator[Grid]:
    """Yield the sheets of an XLS workbook in order.

    Raises:
        SourceError: a damaged or encrypted file.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(path, logfile=io.StringIO(), ignore_workbook_corruption=True, on_demand=True)
        for index in range(book.nsheets):
            sheet = book.sheet_by_index(index)
            yield Grid(f"sheet '{sheet.name}'", _xls_rows(sheet, book.datemode))
            book.unload_sheet(index)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise encrypted(path) from error
        raise SourceError(path, "the workbook", str(error), _DAMAGED) from error
    except SourceError:
        raise
    except Exception as error:  # the parser raises whatever the damage leads it to
        raise SourceError(path, "the workbook", f"{type(error).__name__}: {error}", _DAMAGED) from error


def _xls_rows(sheet: Any, datemode: int) -> Iterator[Row]:
    import xlrd

    for index in range(sheet.nrows):
        row = []
        for cell in sheet.row(index):
            value = cell.value
            if cell.ctype == xlrd.XL_CELL_DATE:
                value = _xls_date(value, datemode)
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                value = ""
            row.append(cell_text(value))
        yield row


def _xls_date(value: float, datemode: int) -> Any:
    import xlrd

    try:
        return xlrd.xldate_as_datetime(value, datemode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return value


def parquet_grid(path: Path, limits: Limits) -> Grid:
    """Return the rows of a Parquet file, the header first, read batch by batch.

    Raises:
        SourceError: a damaged file, or one that unpacks to too much.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(path, "the file", str(error).splitlines()[0], _DAMAGED) from error
    total = sum(file.metadata.row_group(index).total_byte_size for index in range(file.num_row_groups))
    if total > limits.max_uncompressed_bytes:
        raise SourceError(path, "the file", f"unpacks to {total:,} bytes", "Raise ingest.max_uncompressed_megabytes")

    def rows() -> Iterator[Row]:
        yield list(file.schema_arrow.names)
        number = 0
        try:
            for batch in file.iter_batches(batch_size=1000):
                for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield [cell_text(value) for value in values]
        except (pa.ArrowException, OSError) as error:
            raise SourceError(path, f"after row {number}", str(error).splitlines()[0], _DAMAGED) from error

    return Grid("", rows())


def cell_text(value: object) -> str:
    """Return a cell's value as text: whole numbers without ".0", days as ISO 8601, lists one entry a line."""
    match value:
        case None:
            text = ""
        case str():
            text = value.replace("\x00", "")
        case bool():
            text = str(value).lower()
        case float():
            text = _number_text(value)
        case datetime() if value.time() == time():
            text = value.date().isoformat()
        case date():
            text = value.isoformat()
        case list() | tuple():
            text = "\n".join(filter(None, map(cell_text, value)))
        case dict():
            text = next((cell_text(inner) for inner in value.values() if inner), "")
        case _:
            text = str(value)
    return text


def _number_text(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
