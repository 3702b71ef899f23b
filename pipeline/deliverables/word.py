"""Word documents: pages with header and footer, tables whose heads repeat, texts that run right to left where they must.

Tables are built as XML, row by row: python-docx's own cells take a minute for a hundred pages.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from pipeline.tables import replacing
from pipeline.text import xml_safe

FONT, SCRIPT_FONT = "Calibri", "Arial"
"""Of Latin letters, and of scripts that run right to left."""
HEAD_FILL, BAND_FILL, HEAD_INK, GREY = "1F4E79", "C6D9F1", "FFFFFF", "595959"
_MARGIN_CM = 1.5
_A4 = (21.0, 29.7)


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


@dataclass(frozen=True, slots=True)
class Page:
    """How the pages of a document look: three parts of the header, the lines of the footer."""

    title: str
    left: str
    centre: str
    footer: tuple[str, ...]
    landscape: bool = True
    written: datetime = datetime(2000, 1, 1)

    @property
    def width(self) -> float:
        """Width between the margins in centimetres."""
        return (max(_A4) if self.landscape else min(_A4)) - 2 * _MARGIN_CM


def new(page: Page) -> Docx:
    """Return an empty A4 document with styles, header ("Page 1 of 9" at its right) and footer."""
    document = Document()
    section = document.sections[0]
    wide, high = (max(_A4), min(_A4)) if page.landscape else (min(_A4), max(_A4))
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(wide), Cm(high)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(1.9)
    section.header_distance = section.footer_distance = Cm(0.8)
    _styles(document)
    core = document.core_properties
    core.title, core.author, core.comments = xml_safe(page.title), "", ""
    core.created = core.modified = page.written
    _tabbed(section.header.paragraphs[0], page, cast(ParagraphStyle, document.styles["Normal"]))
    for number, text in enumerate(page.footer):
        paragraph = section.footer.paragraphs[0] if number == 0 else section.footer.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(xml_safe(text))
        run.font.size, run.font.color.rgb = Pt(7.5), RGBColor.from_string(GREY)
    return document


def _styles(document: Docx) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(9.5)
    normal.paragraph_format.space_after = Pt(4)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for slot, name in (("eastAsia", FONT), ("cs", SCRIPT_FONT)):
        fonts.set(f"{{{fonts.nsmap['w']}}}{slot}", name)
    normal.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB"/>'))
    for name, size, before in (("Title", 17, 0), ("Heading 1", 13, 12), ("Heading 2", 11, 8)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = RGBColor.from_string(HEAD_FILL)
        own = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [slot for slot in own.attrib if slot.endswith("Theme")]:
            del own.attrib[theme]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True
        if name == "Title" and (border := style.element.pPr.find(f"{{{own.nsmap['w']}}}pBdr")) is not None:
            style.element.pPr.remove(border)


def _tabbed(paragraph: Paragraph, page: Page, normal: ParagraphStyle) -> None:
    """Write the header: left, centre, and the page's number at the right."""
    paragraph.style = normal
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(page.width / 2), WD_TAB_ALIGNMENT.CENTER)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(page.width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(xml_safe(page.left)).bold = True
    paragraph.add_run("\t" + xml_safe(page.centre) + "\tPage ")
    for name in ("PAGE", "NUMPAGES"):
        for part in ('<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> {name} </w:instrText>',
                     '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>'):  # fmt: skip
            paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>"))
        if name == "PAGE":
            paragraph.add_run(" of ")


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


def save(document: Docx, path: Path) -> None:
    """Write the document in one step."""
    with replacing(path) as temporary:
        document.save(str(temporary))
