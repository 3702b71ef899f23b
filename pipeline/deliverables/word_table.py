"""Tables of Word documents: heads that repeat, bands, texts that run right to left where they must.

They are built as XML, row by row: python-docx's own cells take a minute for a hundred pages.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from pipeline.text import xml_safe

HEAD_FILL, BAND_FILL, HEAD_INK, GREY = "1F4E79", "C6D9F1", "FFFFFF", "595959"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look."""

    text: str
    bold: bool = False
    italic: bool = False
    small: bool = False
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph of a cell."""

    runs: tuple[Run, ...]
    keep_next: bool = False
    centred: bool = False


Cell = Sequence[Para]


def line(
    text: str, *, bold: bool = False, italic: bool = False, small: bool = False, colour: str | None = None
) -> Para:
    """Return a paragraph in one look."""
    return Para((Run(text, bold, italic, small, colour),))


def number(value: int | str, *, bold: bool = False) -> Para:
    """Return a count, in the middle of its cell."""
    return replace(line(str(value), bold=bold), centred=True)


def runs_right_to_left(text: str) -> bool:
    """Return whether the first letter of `text` belongs to a script that runs right to left."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") in ("R", "AL")


def paragraph_xml(para: Para) -> str:
    """Return one paragraph as XML."""
    backwards = runs_right_to_left("".join(run.text for run in para.runs))
    keep = "<w:keepNext/>" if para.keep_next else ""
    bidi = "<w:bidi/>" if backwards else ""
    spacing = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
    centre = '<w:jc w:val="center"/>' if para.centred else ""
    return f"<w:p><w:pPr>{keep}{bidi}{spacing}{centre}</w:pPr>{''.join(_run_xml(run) for run in para.runs)}</w:p>"


def _run_xml(run: Run) -> str:
    looks = "".join((
        "<w:b/><w:bCs/>" if run.bold else "",
        "<w:i/><w:iCs/>" if run.italic else "",
        f'<w:color w:val="{run.colour}"/>' if run.colour else "",
        f'<w:sz w:val="{15 if run.small else 18}"/><w:szCs w:val="{16 if run.small else 20}"/>',
        "<w:rtl/>" if runs_right_to_left(run.text) else "",
    ))  # fmt: skip
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(xml_safe(run.text))}</w:t></w:r>'


def _cell_xml(cell: Cell, width: int, *, fill: str | None = None, span: int = 1) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    body = "".join(paragraph_xml(para) for para in cell) or paragraph_xml(Para(()))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}{shade}</w:tcPr>{body}</w:tc>'


def _row_xml(cells: str, *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


@dataclass(frozen=True, slots=True)
class Band:
    """A row over the whole width that opens a part of the table; it stays with the row after it."""

    text: str


def table(document: Docx, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Cell] | Band]) -> None:
    """Add a table whose head repeats on every page.

    Args:
        document: where it goes.
        heads: one a column.
        widths: in centimetres.
        rows: cells in the order of `heads`, or bands.
    """
    twips = [round(width * 567) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    element = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid></w:tbl>"
    )
    head = [_cell_xml([replace(line(text, bold=True, colour=HEAD_INK), keep_next=True)], width, fill=HEAD_FILL)
            for text, width in zip(heads, twips, strict=True)]  # fmt: skip
    element.append(parse_xml(_row_xml("".join(head), head=True)))
    for row in rows:
        if isinstance(row, Band):
            band = replace(line(row.text, bold=True, italic=True), keep_next=True)
            cells = _cell_xml([band], sum(twips), fill=BAND_FILL, span=len(twips))
        else:
            cells = "".join(_cell_xml(cell, width) for cell, width in zip(row, twips, strict=True))
        element.append(parse_xml(_row_xml(cells)))
    document._body._body._insert_tbl(element)
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(2)
