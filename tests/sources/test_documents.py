"""What a document is, is read from its content; what cannot be read says why and what to do."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.sources.documents import open_document
from pipeline.sources.docx_text import read_docx
from pipeline.sources.lines import Bounds
from pipeline.sources.record import Limits, SourceError
from pipeline.states import States
from tests.sources.minimal_pdf import write_pdf

LIMITS = Limits(100_000, 1 << 24)
REPORT = [
    "United Nations A/HRC/99/7", "", "Report of the Working Group on the Universal Periodic Review", "", "Arvandia", "",
    "1. It held its twenty-first session.", "", "II. Conclusions and/or recommendations", "",
    "5. The recommendations listed below enjoy the support of Arvandia:", "", "5.1 Plant trees (Peru);", "",
]  # fmt: skip


def test_a_report_reads_alike_as_text_word_and_pdf(tmp_path: Path, states: States) -> None:
    text = tmp_path / "a.txt"
    text.write_text("\n".join(REPORT), encoding="utf-8")
    word = docx.Document()
    for line in filter(None, REPORT):
        word.add_paragraph(line)
    word.save(str(tmp_path / "a.docx"))
    placed = [(80.0, 760.0 - 24 * at, 10.0, line) for at, line in enumerate(filter(None, REPORT))]
    write_pdf(tmp_path / "a.pdf", [placed])
    found = [
        list(open_document(tmp_path / f"a.{kind}", states=states, limits=LIMITS).records)
        for kind in ("txt", "docx", "pdf")
    ]
    assert found[0] == found[1] == found[2]
    assert [(row.paragraph, row.text, row.session) for row in found[0]] == [("5.1", "Plant trees", 21)]


def test_automatic_numbers_of_word_are_resolved(tmp_path: Path) -> None:
    word = docx.Document()
    for text in ("Plant trees", "Dig wells"):
        word.add_paragraph(text, style="List Number")
    path = tmp_path / "a.docx"
    word.save(str(path))
    assert [line.text for line in read_docx(path, Bounds()).lines] == ["1. Plant trees", "2. Dig wells"]


def test_deleted_words_are_left_out_and_inserted_ones_kept(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Plant ")
    for tag, child, text in (("w:del", "w:t", "few "), ("w:ins", "w:t", "many ")):
        change, run, piece = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(child)
        piece.text = text
        piece.set(qn("xml:space"), "preserve")
        run.append(piece)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("trees")
    path = tmp_path / "a.docx"
    word.save(str(path))
    assert read_docx(path, Bounds()).lines[0].text == "Plant many trees"


def test_tables_are_read_in_their_place_one_paragraph_a_row(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Before")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "50.1", "Supported"
    word.add_paragraph("After")
    path = tmp_path / "a.docx"
    word.save(str(path))
    document = read_docx(path, Bounds())
    assert [(line.text, line.opens) for line in document.lines] == [
        ("Before", True), ("50.1", True), ("Supported", False), ("After", True),
    ]  # fmt: skip
    assert document.tables == ((("50.1", "Supported"),),)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "save it as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "without a password"),
        (b"{\\rtf1 Plant trees}", "save it as DOCX"),
        (b"PK\x03\x04 cut off", "Download it again"),
        (b"abc\x00\x01\x02", "no text"),
        (b"Dear all, we planted trees.", "no Working Group report"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes, told: str, tmp_path: Path, states: States) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=told):
        open_document(path, states=states, limits=LIMITS)


def test_a_word_bomb_is_refused_unopened(tmp_path: Path, states: States) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (1 << 25))
    with pytest.raises(SourceError, match="unpack to 32 MB"):
        open_document(path, states=states, limits=LIMITS)


def test_entities_in_word_are_not_resolved(tmp_path: Path, states: States) -> None:
    plain, path = tmp_path / "plain.docx", tmp_path / "a.docx"
    word = docx.Document()
    word.add_paragraph("Plant trees")
    word.save(str(plain))
    bomb = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode("utf-8", errors="surrogateescape")
            if name == "word/document.xml":
                data = data.replace("<w:document", f"{bomb}<w:document", 1).replace("Plant trees", "&b;")
            target.writestr(name, data.encode("utf-8", errors="surrogateescape"))
    assert "lol" not in "".join(line.text for line in read_docx(path, Bounds()).lines)


def test_a_united_nations_document_of_another_kind_holds_nothing(tmp_path: Path, states: States) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "United Nations A/HRC/DEC/99/105\n\nOutcome of the Universal Periodic Review: Arvandia\n", encoding="utf-8"
    )
    source = open_document(path, states=states, limits=LIMITS)
    assert list(source.records) == []
    assert "A/HRC/DEC/99/105" in source.notes[0]
