"""What a file is, decided by its content, never by its name: open it with the reader of that format."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.sources.record import Limits, SourceError, SourceFile
from pipeline.sources.spreadsheet import check_archive, encrypted
from pipeline.sources.tabular import Request, open_objects, open_parquet, open_text, open_xls, open_xlsx
from pipeline.states import States

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JSON = re.compile(rb"^\s*(?:\[\s*(?:[\[{\"]|\]\s*$|$)|\{\s*[\"}])")
_NOTHING = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"
_AGAIN = "Download the file again"
_AS_XLSX = "Open it in a spreadsheet program and save it as XLSX or CSV"
_OTHERS = [
    (b"{\\rtf", "a rich text document", "Open it in a word processor and save it as DOCX"),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and put the file inside here"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it and put the file inside here"),
    (b"Rar!", "a RAR archive", "Unpack it and put the file inside here"),
    (b"\x89PNG", "an image", "Only its text can be read: put the document itself here"),
    (b"\xff\xd8\xff", "an image", "Only its text can be read: put the document itself here"),
    (b"ARROW1", "an Arrow file", "Save it as Parquet"),
]
_MARKUP = re.compile(rb"^\s*(?:<!doctype html|<html|<table|<\?xml|<!--)", re.IGNORECASE)


def open_source(path: Path, *, states: States, limits: Limits, columns: Mapping[str, str]) -> SourceFile:
    """Return the records of a file in any supported format, to be read once; `notes` are whole after the last.

    `columns` maps our columns to the headers of a table of the user's own and is {} otherwise.

    Raises:
        SourceError: the file is empty, damaged, locked or of no supported kind; also while its records are read,
            after those before the damage.
    """
    request = Request(path, states, limits, columns)
    with path.open("rb") as file:
        head = file.read(1 << 16)
    if not head.strip(_NOTHING):
        raise SourceError(path, "the whole file", "is empty", f"{_AGAIN}, or delete it")
    _refuse(path, head)
    for magic, open_as in _READERS.items():
        if head.startswith(magic):
            return open_as(request)
    if b"%PDF-" in head[:1024]:
        return _open_document(request)
    source = open_objects(request) if _JSON.match(_bare(head)) else open_text(request, head)
    return source or _open_document(request)


def _bare(head: bytes) -> bytes:
    """Return the bytes without byte order marks and the zeros of UTF-16, for patterns of ASCII."""
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")


def _refuse(path: Path, head: bytes) -> None:
    """Raise the error of a kind of file that is known and not read."""
    for magic, kind, remedy in _OTHERS:
        if head.startswith(magic):
            raise SourceError(path, "the whole file", f"is {kind}", remedy)
    if _MARKUP.match(_bare(head)):
        raise SourceError(path, "the whole file", "is a web page or XML, whatever its name says", _AS_XLSX)


def _open_archive(request: Request) -> SourceFile:
    """Open a zip-based format by the members it holds."""
    path = request.path
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError) as error:
        remedy = "It may be a spreadsheet or document that was cut off: download it again"
        raise SourceError(path, "the whole file", f"is a damaged archive ({error})", remedy) from error
    if any(name.startswith("xl/") and name.endswith("workbook.xml") for name in names):
        return open_xlsx(request)
    if "word/document.xml" in names:
        check_archive(path, request.limits)
        return _open_document(request)
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise SourceError(path, "the whole file", "is an XLSB or OpenDocument file", f"{_AS_XLSX}, or as DOCX")
    raise SourceError(path, "the whole file", "is an archive of other files", "Unpack it and put the files here")


def _open_ole(request: Request) -> SourceFile:
    """Open an OLE compound file by its top streams: old Excel, old Word, or either one encrypted."""
    path = request.path
    streams = set(_ole_streams(path))
    if streams & {"EncryptedPackage", "EncryptionInfo"}:
        raise encrypted(path)
    if streams & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return open_xls(request)
    if "WordDocument" in streams:
        return _open_document(request)
    if not streams:
        raise SourceError(path, "the whole file", "is an Office file that was cut off or damaged", _AGAIN)
    raise SourceError(path, "the whole file", f"is an Office file of another kind ({', '.join(sorted(streams)[:5])})",
                      "Save it as XLSX, CSV or DOCX")  # fmt: skip


def _ole_streams(path: Path) -> Iterator[str]:
    """Yield the names of the top-level streams, as far as the directory can be read."""
    import olefile

    try:
        with olefile.OleFileIO(str(path), raise_defects=olefile.DEFECT_FATAL) as ole:
            yield from (entry[0] for entry in ole.listdir() if len(entry) == 1)
    except (OSError, IndexError, ValueError, TypeError, AttributeError):
        return


def _open_document(request: Request) -> SourceFile:
    """Open a document of running text: PDF, DOCX, legacy DOC or TXT."""
    from pipeline.sources.documents import open_document

    return open_document(request.path, states=request.states, limits=request.limits)


_READERS = {b"PK": _open_archive, _OLE: _open_ole, b"PAR1": open_parquet}
