"""A Working Group report as Word keeps it: numbers set by hand and by Word, footnotes, breaks, lists in tables, changes."""

from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from pipeline.sources.documents import open_document
from pipeline.sources.record import Limits, Record
from pipeline.states import States

LIMITS = Limits(100_000, 1 << 30)
COVER = ("Human Rights Council", "Fifty-first session", "Agenda item 6", "Universal periodic review",
         "Report of the Working Group on the Universal Periodic Review", "Arvandia")  # fmt: skip
SUPPORTED = (
    "6. The recommendations formulated during the interactive dialogue and listed below enjoy the support of Arvandia:"
)
EXAMINED = ("7. The following recommendations will be examined by Arvandia, which will provide responses in due time, but no later "
            "than the fifty-first session of the Human Rights Council:")  # fmt: skip
NOTED = "8. The recommendations listed below do not enjoy the support of Arvandia and are thus noted:"
END = ("9. All conclusions and/or recommendations contained in the present report reflect the position of the submitting State(s) "
       "and/or the State under review. They should not be construed as endorsed by the Working Group as a whole.")  # fmt: skip


def report() -> Document:
    """Return a report up to its list of recommendations."""
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "A/HRC/99/7"
    word.sections[0].footer.paragraphs[0].text = "GE.22-12345"
    head = word.add_table(rows=1, cols=2).rows[0].cells
    head[0].text, head[1].text = "United Nations", "A/HRC/99/7\nDistr.: General\n24 June 2022"
    for line in COVER:
        word.add_paragraph(line, style="Heading 1" if line == "Arvandia" else None)
    word.add_heading("I. Summary of the proceedings of the review process", 1)
    word.add_paragraph(
        "1.\tThe Working Group held its forty-first session. The review of Arvandia was held on 9 November 2022."
    )
    word.add_paragraph("2.\tChile commended Arvandia on its wells and recommended that it dig more.")
    word.add_heading("II. Conclusions and/or recommendations", 1)
    return word


def read(word: Document, path: Path, states: States) -> list[Record]:
    word.add_paragraph(END)
    word.add_heading("Annex", 1)
    word.add_paragraph("The delegation of Arvandia was headed by the keeper of the lighthouse.")
    word.save(str(path))
    source = open_document(path, states=states, limits=LIMITS)
    assert source.format == "working_group_report"
    return list(source.records)


def told(records: list[Record]) -> list[tuple[str | None, str | None, tuple[str, ...], str | None]]:
    return [(record.paragraph, record.text, record.recommending_raw, record.position) for record in records]


def test_numbers_set_by_hand_with_tabs_breaks_and_hard_spaces(tmp_path: Path, states: States) -> None:
    word = report()
    word.add_paragraph(SUPPORTED.replace(". ", ".\t", 1))
    word.add_paragraph("6.1\tPlant more trees\u00a0along the rivers\n(Peru);")
    word.add_paragraph("\u00a06.2\u00a0Dig wells (Chile) (Spain);")
    word.add_paragraph("6.10.\tMend the bridge, in particular its railing (Côte d’Ivoire);")
    word.add_paragraph(EXAMINED)
    word.add_paragraph("7.1\tOpen the archive (Bolivia (Plurinational State of));")
    word.add_paragraph(NOTED)
    word.add_paragraph(
        "8.1\tConsider closing the old mine (Togo); close it without delay (Iran (Islamic Republic of))."
    )
    assert told(read(word, tmp_path / "r.docx", states)) == [
        ("6.1", "Plant more trees along the rivers", ("Peru",), "supported"),
        ("6.2", "Dig wells", ("Chile", "Spain"), "supported"),
        ("6.10", "Mend the bridge, in particular its railing", ("Côte d’Ivoire",), "supported"),
        ("7.1", "Open the archive", ("Bolivia (Plurinational State of)",), "pending"),
        ("8.1", "Consider closing the old mine", ("Togo",), "noted"),
        ("8.1", "close it without delay", ("Iran (Islamic Republic of)",), "noted"),
    ]


def numbered(word: Document, levels: list[tuple[int, str]]) -> dict[int, str]:
    """Add a numbering of Word's own with these levels (start, text such as "%1.%2"); return level -> its style id."""
    numbering = word.part.numbering_part.element
    body = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (start, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{body}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return dict.fromkeys(range(len(levels)), "77")


def set_number(paragraph: Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'))


def test_numbers_set_by_word_itself(tmp_path: Path, states: States) -> None:
    word = report()
    numbered(word, [(6, "%1."), (1, "%1.%2")])
    for level, text in (
        (0, SUPPORTED[3:]),
        (1, "Plant trees (Peru);"),
        (1, "Dig wells (Chile);"),
        (0, NOTED[3:]),
        (1, "Close the mine (Togo)."),
    ):
        set_number(word.add_paragraph(text), level)
    assert told(read(word, tmp_path / "r.docx", states)) == [
        ("6.1", "Plant trees", ("Peru",), "supported"),
        ("6.2", "Dig wells", ("Chile",), "supported"),
        ("7.1", "Close the mine", ("Togo",), "noted"),
    ]


def test_footnote_marks_and_changes_are_no_words(tmp_path: Path, states: States) -> None:
    word = report()
    word.add_paragraph(SUPPORTED)
    paragraph = word.add_paragraph("6.1 Plant trees")
    mark = OxmlElement("w:r")
    mark.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="3"/>'))
    paragraph._p.append(mark)
    gone = OxmlElement("w:del")
    run = deepcopy(paragraph.runs[0]._r)
    run.find(qn("w:t")).tag = qn("w:delText")
    gone.append(run)
    paragraph._p.append(gone)
    paragraph.add_run(" (Peru);")
    assert told(read(word, tmp_path / "r.docx", states)) == [("6.1", "Plant trees", ("Peru",), "supported")]


@pytest.mark.parametrize("columns", [2, 3])
def test_a_list_set_as_a_table(columns: int, tmp_path: Path, states: States) -> None:
    word = report()
    word.add_paragraph(SUPPORTED)
    table = word.add_table(rows=0, cols=columns)
    for number, text, state in (("6.1", "Plant trees", "(Peru);"), ("6.2", "Dig wells", "(Chile);")):
        cells = table.add_row().cells
        for cell, value in zip(
            cells, (number, text, state) if columns == 3 else (number, f"{text} {state}"), strict=True
        ):
            cell.text = value
    assert told(read(word, tmp_path / "r.docx", states)) == [
        ("6.1", "Plant trees", ("Peru",), "supported"),
        ("6.2", "Dig wells", ("Chile",), "supported"),
    ]
