"""Documents of running text: from the file to its text, and to the reader of its kind."""

import codecs
import io
import re
import zipfile
from pathlib import Path

from charset_normalizer import from_bytes

from pipeline.sources.addendum import read_addendum
from pipeline.sources.docx_text import read_docx
from pipeline.sources.lines import Bounds, Document, Line
from pipeline.sources.ohchr_matrix import is_matrix, read_matrix
from pipeline.sources.pdf_text import read_pdf
from pipeline.sources.record import Limits, SourceError, SourceFile
from pipeline.sources.report_metadata import read_metadata
from pipeline.sources.report_section import section_of
from pipeline.sources.working_group_report import read_working_group_report
from pipeline.states import States

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS_DOCX = "Open it in Word or LibreOffice and save it as DOCX"
_HEADER = re.compile(r"^(?:(?:[A-Z]+/)+[\w./*-]*\d[\w./*-]*|GE\.\s?\d\d-\d+.*)$")
_PAGE = re.compile(r"^(?:page |página )?\d{1,3}$", re.IGNORECASE)
_LARGEST_TEXT = 64 * 1024**2


def open_document(path: Path, *, states: States, limits: Limits) -> SourceFile:
    """Return the records of a Working Group report, an addendum or a matrix (PDF, DOCX or TXT).

    What the document is, is read from its content. A United Nations document of another kind comes back without
    records and with a note.

    Raises:
        SourceError: scanned, encrypted, legacy .doc, damaged, beyond the limits, or no document of a review.
    """
    document, encoding, notes = read_document(path, limits)
    source = _open(path, document, states)
    source.encoding = encoding
    source.notes[:0] = notes
    return source


def read_document(path: Path, limits: Limits) -> tuple[Document, str | None, list[str]]:
    """Return the text of a file, its character encoding if it is plain text, and what to note about it.

    Raises:
        SourceError: it cannot be read: says why and what to do.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    bounds = Bounds()
    if b"%PDF-" in head[:1024]:
        return read_pdf(path, bounds), None, _misnamed(path, ".pdf", "a PDF")
    if head.startswith(b"PK"):
        _check_archive(path, limits)
        return read_docx(path, bounds), None, _misnamed(path, ".docx", "a DOCX")
    if head.startswith(_OLE):
        raise _legacy(path)
    if head.startswith(b"{\\rtf"):
        raise SourceError(path, "the whole file", "is a rich text document", _SAVE_AS_DOCX)
    text, encoding = _decoded(path)
    return _plain(text), encoding, []


def _plain(text: str) -> Document:
    """Return a plain text in lines; the headers and footers of its pages, where it has some, as margins."""
    lines = [line.strip() for line in text.replace("\f", "\n").splitlines()]
    headers = {at for at, line in enumerate(lines) if _HEADER.match(line)}
    near = {at + step for at in headers for step in (-2, -1, 1, 2)}
    left_out = headers | {at for at in near if 0 <= at < len(lines) and _PAGE.match(lines[at])}
    kept: list[Line] = []
    opens = True
    for at, line in enumerate(lines):
        if line and at not in left_out:
            kept.append(Line(line, opens=opens))
        opens = at not in left_out and not line
    return Document(tuple(kept), tuple(lines[at] for at in sorted(left_out)))


def _open(path: Path, document: Document, states: States) -> SourceFile:
    """Return the records by the kind of document."""
    metadata = read_metadata(document, states)
    if is_matrix(document):
        return read_matrix(document, metadata, states)
    if metadata.kind == "addendum":
        return read_addendum(document, metadata)
    if metadata.kind == "working_group_report" or section_of(document.lines) is not None:
        return read_working_group_report(document, metadata, states)
    if metadata.symbol is None:
        problem = "is no Working Group report, addendum or matrix of recommendations"
        raise SourceError(path, "the whole file", problem, "Take it out of the folder, or put a table of it there")
    note = f"{metadata.symbol} is no Working Group report, addendum or matrix: it holds no recommendations"
    return SourceFile("working_group_report", iter(()), notes=[note])


def _misnamed(path: Path, suffix: str, kind: str) -> list[str]:
    """Return a note if the file's name says another format than its content."""
    name = path.suffix.lower()
    return [f"the name ends in {name}, the content is {kind}: read as such"] if name and name != suffix else []


def _legacy(path: Path) -> SourceError:
    """Return the error of an old Office file."""
    if _ENCRYPTED in path.read_bytes()[: 1 << 20]:
        return SourceError(path, "the whole file", "is encrypted", "Save it without a password and try again")
    return SourceError(path, "the whole file", "is a Word document of the old .doc format", _SAVE_AS_DOCX)


def _check_archive(path: Path, limits: Limits) -> None:
    """Raise if a zip archive is damaged or would unpack to more than allowed."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError) as error:
        problem = f"is a Word document that was cut off or damaged ({error})"
        raise SourceError(path, "the whole file", problem, "Download it again") from error
    if "word/document.xml" not in names:
        raise SourceError(path, "the whole file", "is an archive, no Word document", "Unpack it and put the files here")
    if size > limits.max_uncompressed_bytes:
        problem = f"would unpack to {size / 1024**2:,.0f} MB: more than allowed"
        raise SourceError(path, "the whole file", problem, "Raise ingest.max_uncompressed_megabytes if you trust it")


def _decoded(path: Path) -> tuple[str, str]:
    """Return the text of a plain text file and its encoding."""
    if path.stat().st_size > _LARGEST_TEXT:
        raise SourceError(path, "the whole file", "is longer than any document", "Split the file")
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), "utf-16"
    if b"\x00" in data:
        raise SourceError(path, "the whole file", "is no text and of no known format", "Save it as PDF, DOCX or TXT")
    try:
        return io.BytesIO(data).read().decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        best = from_bytes(data[: 1 << 18]).best()
        encoding = best.encoding if best else "cp1252"
        return data.decode(encoding, errors="replace"), encoding
