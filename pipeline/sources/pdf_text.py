"""Text of a PDF in lines: without page headers, footers, footnotes and their marks."""

import ctypes
import math
import re
import statistics
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.sources.lines import Bounds, Document, Line
from pipeline.sources.record import SourceError

_EDGE = 0.13  # share of the page's height, above and below, where headers and footers stand
_SMALL = 0.93  # size of a footnote against the text of its page, at most
_RAISED = 0.8  # size of a footnote mark against the text of its line, at most
_GAP = 1.25  # distance to the line above, in usual distances, from which a paragraph begins
_FURNITURE = re.compile(
    r"^(?:(?:page|página)?\s*\d{1,4}(?:\s*/\s*\d{1,4})?|GE\.\s?\d\d-\d+.*|(?:[A-Z]+/)+[\w./*\[\]-]*\d[\w./*-]*(?:\s+\d+)?|"
    r"\d+\s+GE\.\s?\d\d-\d+.*|advance (?:unedited )?version.*)$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[_—–-]{5,}$")
_NOTE = re.compile(r"^(?:\d{1,3}|[*∗†‡]+|[a-z])(?:\W|$)")
_STARRED = re.compile(r"^[*∗]{1,3}\s")
_LOW = 0.25  # share of the page's height in which a footnote with an asterisk stands
_BESIDE = 3.0  # points by which the heights of two pieces of one line may differ
_COLUMNS = 0.1  # share of lines with another beside them, from which a page has columns
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " ", "\u00ad": "\ufffe"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
_SCANNED = 40  # characters a page, below which there is no text layer worth the name


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line as placed on its page; all measures in points, heights from the bottom edge.

    A word broken at a hyphen makes one line of two: `end` is the height of its last character.
    """

    text: str
    x: float
    y: float
    end: float
    size: float


def read_pdf(path: Path, bounds: Bounds) -> Document:
    """Return the text of the PDF at `path` in reading order.

    Raises:
        SourceError: encrypted, scanned, truncated or no PDF, or beyond the bounds.
    """
    document = _open(path)
    try:
        if len(document) > bounds.pages:
            raise SourceError(path, f"{len(document)} pages", f"more than the {bounds.pages} allowed", "Split the file")
        pages = list(_pages(path, document, bounds))
    finally:
        document.close()
    if sum(len(line.text) for page, _ in pages for line in page) < _SCANNED * len(pages):
        raise SourceError(
            path, "all pages", "there is no text layer: the PDF is a scan", "Run text recognition (OCR) on it first, "
            "or use the Word version from documents.un.org"
        )  # fmt: skip
    return _flow(pages)


def _open(path: Path) -> pypdfium2.PdfDocument:
    """Return the open document."""
    try:
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(
                path, "the whole file", "the PDF is encrypted", "Save it without a password and try again"
            ) from error
        raise SourceError(path, "the whole file", "the PDF is damaged or was cut off", "Download it again") from error
    if pages == 0:
        raise SourceError(path, "the whole file", "the PDF has no readable page", "Download it again")
    return document


def _pages(path: Path, document: pypdfium2.PdfDocument, bounds: Bounds) -> list[tuple[list[_Placed], float]]:
    """Return the placed lines and the height of each page."""
    pages = []
    begun, characters = time.monotonic(), 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise SourceError(path, f"page {number}", "the page is damaged", "Download the file again") from error
        characters += text_page.count_chars()
        if characters > bounds.characters or time.monotonic() - begun > bounds.seconds:
            raise SourceError(path, f"page {number}", "the text is longer than allowed", "Split the file")
        pages.append((_placed(text_page), page.get_height()))
        text_page.close()
        page.close()
    return pages


def _placed(page: pypdfium2.PdfTextPage) -> list[_Placed]:
    """Return the lines of a page that are not empty, without footnote marks."""
    lines, begin = [], 0
    for raw in page.get_text_range().split("\r\n"):
        text = raw.strip()
        if text:
            first = begin + raw.index(text[0])
            x, y = _at(page, first)
            end = _at(page, first + len(text) - 1)[1]
            size = _size(page, first + _middle(text))
            lines.append(_Placed(_without_marks(page, text, first, size), x, y, end, size))
        begin += len(raw) + 2
    return [line for line in lines if line.text]


def _middle(text: str) -> int:
    """Return where the middle letter or digit of a text stands; blanks have no size of their own."""
    places = [at for at, char in enumerate(text) if char.isalnum()]
    return places[len(places) // 2] if places else 0


def _at(page: pypdfium2.PdfTextPage, at: int) -> tuple[float, float]:
    """Return the left and lower edge of a character's box."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, at, ctypes.byref(box))
    return box.left, box.bottom


def _size(page: pypdfium2.PdfTextPage, at: int) -> float:
    """Return the size of a character's type: that of its font, as scaled on the page."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page, at, ctypes.byref(matrix))
    return float(pdfium.FPDFText_GetFontSize(page, at)) * math.hypot(matrix.b, matrix.d)


def _without_marks(page: pypdfium2.PdfTextPage, text: str, first: int, size: float) -> str:
    """Return the line without small raised digits and asterisks after a word, which refer to footnotes."""
    kept = [
        char
        for at, char in enumerate(text)
        if not (at and (char.isdigit() or char in "*∗") and _size(page, first + at) < _RAISED * size)
    ]
    plain = unicodedata.normalize("NFC", "".join(kept).translate(_LIGATURES))
    return _CONTROL.sub("", plain).strip()


def _flow(pages: list[tuple[list[_Placed], float]]) -> Document:
    """Return the lines of all pages; headers, footers and footnotes apart."""
    repeated = _repeated(pages)
    usual = _usual_size(pages)
    bodies = [_body(lines, height, repeated, usual) for lines, height in pages]
    pitch = _pitch(bodies)
    flow: list[Line] = []
    for number, lines in enumerate(bodies, start=1):
        above: float | None = None
        for line in lines:
            opens = above is not None and not -0.5 * pitch < above - line.y < _GAP * pitch
            flow.append(Line(line.text, opens, line.x, number))
            above = line.end
    margins = (line.text for (lines, _), body in zip(pages, bodies, strict=True) for line in lines if line not in body)
    return Document(tuple(flow), tuple(margins))


def _repeated(pages: list[tuple[list[_Placed], float]]) -> set[str]:
    """Return the texts, digits aside, that stand at the edge of more than a third of the pages."""
    seen = Counter(
        text for lines, height in pages for text in {_shape(line.text) for line in lines if _at_edge(line, height)}
    )
    return {text for text, count in seen.items() if count > max(2, len(pages) / 3)}


def _shape(text: str) -> str:
    """Return a text with its numbers made alike."""
    return re.sub(r"\d+", "#", text)


def _at_edge(line: _Placed, height: float) -> bool:
    """Return whether a line stands where headers and footers do."""
    return line.y < _EDGE * height or line.y > (1 - _EDGE) * height


def _body(lines: list[_Placed], height: float, repeated: set[str], usual: float) -> list[_Placed]:
    """Return the lines of a page that belong to its text."""
    kept = [
        line
        for line in _reading_order(lines)
        if not (_at_edge(line, height) and (_FURNITURE.match(line.text) or _shape(line.text) in repeated))
    ]
    for at, line in enumerate(kept):
        if _RULE.match(line.text) or _begins_notes(kept[at:], height, usual):
            return kept[:at]
    return kept


def _reading_order(lines: list[_Placed]) -> list[_Placed]:
    """Return the lines from top to bottom; those of a page with columns stay in the order of the file."""
    ordered = sorted(lines, key=lambda line: (-line.y, line.x))
    beside = sum(abs(a.y - b.y) < _BESIDE for a, b in pairwise(ordered))
    return lines if beside > _COLUMNS * len(lines) else ordered


def _begins_notes(lines: list[_Placed], height: float, usual: float) -> bool:
    """Return whether the rest of a page is footnotes: all of it small, or low on the page after an asterisk."""
    first = lines[0]
    if _STARRED.match(first.text):
        return all(line.y < _LOW * height or line.size < _SMALL * usual for line in lines)
    return _NOTE.match(first.text) is not None and all(line.size < _SMALL * usual for line in lines)


def _usual_size(pages: list[tuple[list[_Placed], float]]) -> float:
    """Return the size of most characters of the document."""
    sizes: Counter[float] = Counter()
    for lines, _ in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _pitch(bodies: list[list[_Placed]]) -> float:
    """Return the usual distance between two lines of a paragraph."""
    gaps = [
        round(upper.end - lower.y, 1)
        for lines in bodies
        for upper, lower in pairwise(lines)
        if 4 < upper.end - lower.y < 40
    ]
    return statistics.mode(gaps) if gaps else 12.0
