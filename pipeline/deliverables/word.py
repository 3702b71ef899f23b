"""Pages of Word documents: A4, styles, header with page numbers, footer with unit and exclusions."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import cast

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from pipeline.deliverables.word_table import GREY, HEAD_FILL
from pipeline.tables import replacing
from pipeline.text import xml_safe

FONT, SCRIPT_FONT = "Calibri", "Arial"
"""Of Latin letters, and of scripts that run right to left."""
_STYLES = {
    "Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "Header", "Footer", "Default Paragraph Font",
    "Normal Table", "No List",
}  # fmt: skip
_MARGIN_CM = 1.5
_A4 = (21.0, 29.7)


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
    document = Document(BytesIO(_template()))
    section = document.sections[0]
    wide, high = (max(_A4), min(_A4)) if page.landscape else (min(_A4), max(_A4))
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(wide), Cm(high)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(1.9)
    section.header_distance = section.footer_distance = Cm(0.8)
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


@lru_cache(maxsize=1)
def _template() -> bytes:
    """Return python-docx's own template with our styles and without the 150 that nothing here uses."""
    document = Document()
    for style in list(document.styles):
        if style.name not in _STYLES:
            document.styles.element.remove(style.element)
    for link in document.styles.element.xpath(".//w:link"):
        link.getparent().remove(link)
    _styles(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


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


def save(document: Docx, path: Path) -> None:
    """Write the document in one step."""
    with replacing(path) as temporary:
        document.save(str(temporary))
