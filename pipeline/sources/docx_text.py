"""Text of a Word document in lines and tables, its automatic numbers resolved."""

import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from pipeline.sources.lines import Bounds, Document, Line, Table
from pipeline.sources.record import SourceError

_AGAIN = "Download the file again"
_SYMBOLS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_TEXT = {qn(tag): mark for tag, mark in _SYMBOLS.items()}
_LEFT_OUT = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:instrText"),
}
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def read_docx(path: Path, bounds: Bounds) -> Document:
    """Return the text of the DOCX at `path`: body and tables in reading order, page headers as margins.

    Entities are not resolved, deleted text is left out and inserted text kept.

    Raises:
        SourceError: damaged, or beyond the bounds.
    """
    try:
        word = docx.Document(str(path))
    except (zipfile.BadZipFile, zlib.error, OpcError, KeyError, ValueError, SyntaxError, OSError) as error:
        raise SourceError(path, "the whole file", f"is a damaged Word document ({error})", _AGAIN) from error
    numbering = _Numbering(word)
    lines: list[Line] = []
    tables: list[Table] = []
    cells = characters = 0
    for block in word.iter_inner_content():
        if isinstance(block, WordTable):
            table = _table(block, numbering, bounds.cells - cells, path)
            tables.append(table)
            cells += sum(len(row) for row in table)
            new = [line for row in table for line in _row_lines(row)]
        else:
            new = [Line(text.strip(), opens=True) for text in _paragraph(block, numbering).split("\n") if text.strip()]
        characters += sum(len(line.text) for line in new)
        if characters > bounds.characters:
            raise SourceError(path, f"paragraph {len(lines)}", "the text is longer than allowed", "Split the file")
        lines.extend(new)
    return Document(tuple(lines), tuple(_margins(word)), tuple(tables))


def _margins(word: WordDocument) -> Iterator[str]:
    """Yield the texts of the page headers and footers."""
    for section in word.sections:
        for part in (section.header, section.first_page_header, section.even_page_header, section.footer):
            yield from (paragraph.text for paragraph in part.paragraphs if paragraph.text.strip())


def _table(table: WordTable, numbering: "_Numbering", room: int, path: Path) -> Table:
    """Return the rows of a table; a merged cell stands where it begins, once a row."""
    rows: list[tuple[str, ...]] = []
    for row in table._tbl.tr_lst:
        cells = [_cell(cell, numbering) for cell in row.iter(qn("w:tc")) if _own(cell, row)]
        room -= len(cells)
        if room < 0:
            raise SourceError(
                path, f"table row {len(rows)}", "the tables hold more cells than allowed", "Split the file"
            )
        rows.append(tuple(cells))
    return tuple(rows)


def _row_lines(row: tuple[str, ...]) -> list[Line]:
    """Return the lines of a table's row: one paragraph, so that a number and its position stay together."""
    texts = [text.strip() for cell in row for text in cell.split("\n") if text.strip()]
    return [Line(text, opens=at == 0) for at, text in enumerate(texts)]


def _own(cell: BaseOxmlElement, row: BaseOxmlElement) -> bool:
    """Return whether a cell belongs to the row itself, not to a table within it."""
    parent = cell.getparent()
    while parent is not None and parent.tag != qn("w:tr"):
        parent = parent.getparent()
    return parent is row


def _cell(cell: BaseOxmlElement, numbering: "_Numbering") -> str:
    """Return the paragraphs of a cell, those of tables within it too, parted by line feeds."""
    texts = (numbering.before(element) + _plain(element) for element in cell.iter(qn("w:p")))
    return "\n".join(text.strip() for text in texts if text.strip())


def _paragraph(paragraph: Paragraph, numbering: "_Numbering") -> str:
    """Return a paragraph with its automatic number."""
    return numbering.before(paragraph._p) + _plain(paragraph._p)


def _plain(element: BaseOxmlElement) -> str:
    """Return the text of an element without what was deleted."""
    parts: list[str] = []
    for node in element.iter():
        if node.tag == qn("w:t") and not _deleted(node, element):
            parts.append(node.text or "")
        elif node.tag in _TEXT:
            parts.append(_TEXT[node.tag])
    return re.sub(r"[ \t\u00a0]+", " ", "".join(parts))


def _deleted(node: BaseOxmlElement, top: BaseOxmlElement) -> bool:
    """Return whether a piece of text is marked as deleted."""
    parent = node.getparent()
    while parent is not None and parent is not top:
        if parent.tag in _LEFT_OUT:
            return True
        parent = parent.getparent()
    return False


class _Numbering:
    """The automatic numbers of a document, counted while its paragraphs are read in order."""

    def __init__(self, word: WordDocument) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles = {style.style_id: style.element for style in word.styles}
        try:
            root = word.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.iter(qn("w:abstractNum")):
            self._levels[abstract.get(qn("w:abstractNumId"))] = dict(
                _level(level) for level in abstract.iter(qn("w:lvl"))
            )
        for number in root.iter(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            if link is not None:
                self._abstract[number.get(qn("w:numId"))] = link.get(qn("w:val"))

    def before(self, paragraph: BaseOxmlElement) -> str:
        """Return the number Word shows before a paragraph with a blank after it, "" if none."""
        number, level = self._of(paragraph)
        levels = self._levels.get(self._abstract.get(number or "", ""), {})
        if level not in levels:
            return ""
        counts = self._counts[self._abstract[number or ""]]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        shape, pattern, _ = levels[level]
        if shape == "bullet":
            return "• "
        shown = re.sub(r"%(\d)", lambda match: _shown(match, counts, levels), pattern)
        return f"{shown} " if shown.strip() else ""

    def _of(self, paragraph: BaseOxmlElement) -> tuple[str | None, int]:
        """Return the list and level of a paragraph: its own, else those of its style."""
        properties = paragraph.pPr
        number = _list_of(properties)
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        for _ in range(5):
            if number is not None or style is None:
                break
            element = self._styles.get(style.get(qn("w:val")))
            if element is None:
                break
            number = _list_of(element.find(qn("w:pPr")))
            style = element.find(qn("w:basedOn"))
        return number or (None, 0)


def _list_of(properties: BaseOxmlElement | None) -> tuple[str, int] | None:
    """Return the list and level that paragraph properties name."""
    marks = properties.find(qn("w:numPr")) if properties is not None else None
    number = marks.find(qn("w:numId")) if marks is not None else None
    if marks is None or number is None:
        return None
    level = marks.find(qn("w:ilvl"))
    return number.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0


def _level(level: BaseOxmlElement) -> tuple[int, tuple[str, str, int]]:
    """Return a level of a list: its depth, and its kind of number, pattern and first number."""
    found = {name: level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start")}
    value = {name: node.get(qn("w:val")) if node is not None else None for name, node in found.items()}
    return int(level.get(qn("w:ilvl"))), (
        value["numFmt"] or "decimal",
        value["lvlText"] or "",
        int(value["start"] or 1),
    )


def _shown(match: re.Match[str], counts: dict[int, int], levels: dict[int, tuple[str, str, int]]) -> str:
    """Return the number of one level as Word writes it: 3, c or iii."""
    level = int(match[1]) - 1
    shape, _, start = levels.get(level, ("decimal", "", 1))
    number = counts.get(level, start)
    if shape.endswith("Letter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if shape.startswith("upper") else letters
    if shape.endswith("Roman"):
        written, rest = "", number
        for value, letter in _ROMAN:
            written, rest = written + letter * (rest // value), rest % value
        return written.upper() if shape.startswith("upper") else written
    return "" if shape == "none" else str(number)
