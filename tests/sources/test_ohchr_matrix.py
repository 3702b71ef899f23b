"""OHCHR's matrix: one recommendation under several themes comes back once, with all of them."""

from pathlib import Path

import docx
import pytest

from pipeline.sources.documents import open_document
from pipeline.sources.record import Limits, Record
from pipeline.states import States

LIMITS = Limits(100_000, 1 << 30)
SECOND = ("Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation")
FOURTH = (
    "Recommendation and recommending State", "Position of the State under review",
    "Human rights themes and groups of persons", "Relevant SDGs",
)  # fmt: skip


def _matrix(path: Path, rows: list[tuple[str, ...]]) -> Path:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "UPR of Arvandia (2nd Cycle – 20th session)"
    table = word.add_table(rows=0, cols=4)
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[3]).text = row[0]
        else:
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    word.save(str(path))
    return path


def _records(path: Path, states: States) -> list[Record]:
    source = open_document(path, states=states, limits=LIMITS)
    assert source.format == "ohchr_matrix"
    return list(source.records)


def test_blocks_within_a_cell_and_themes_of_all_its_rows_meet(tmp_path: Path, states: States) -> None:
    request = "115.1 Plant trees (Peru) (Chile);\nSource of position: A/HRC/99/7/Add.1 - Para. 3"
    cell = "- Right to water\nSDGs:\n- 6 - CLEAN WATER\nAffected persons:\n- Children\n- Women"
    rows = [
        SECOND,
        ("Theme: Environment",),
        (request, "Supported", cell, ""),
        ("Theme: Water",),
        (request, "Supported", cell, ""),
    ]
    records = _records(_matrix(tmp_path / "m.docx", rows), states)
    assert len(records) == 1
    record = records[0]
    assert (record.paragraph, record.text, record.recommending_raw) == ("115.1", "Plant trees", ("Peru", "Chile"))
    assert (record.document_symbol, record.state_raw, record.session) == ("A/HRC/99/7", "Arvandia", 20)
    assert (record.position, record.position_source) == ("supported", "matrix")
    assert record.position_quote == "Supported (A/HRC/99/7/Add.1 - Para. 3)"
    assert set(record.source_tags) == {
        ("uhri-theme", "Environment"), ("uhri-theme", "Water"), ("uhri-theme", "Right to water"),
        ("sdg", "6 - CLEAN WATER"), ("uhri-person", "Children"), ("uhri-person", "Women"),
    }  # fmt: skip


def test_the_columns_of_the_fourth_cycle(tmp_path: Path, states: States) -> None:
    rows = [FOURTH, ("9.1 Dig wells (Spain);", "Noted", "Right to water", "6 - CLEAN WATER\n13 - CLIMATE ACTION")]
    record = _records(_matrix(tmp_path / "m.docx", rows), states)[0]
    assert record.position == "noted"
    assert record.source_tags == (
        ("uhri-theme", "Right to water"), ("sdg", "6 - CLEAN WATER"), ("sdg", "13 - CLIMATE ACTION"),
    )  # fmt: skip


FOURTH_CYCLE = [
    FOURTH,
    ("Theme: Ratification of and accession to international instruments",),
    ("147.1 Ratify the Lume Convention on Wells (Chile) (Peru);\nSource of Position: A/HRC/57/9/Add.1", "Supported",
     "Right to water and sanitation\nChildren", "SDG 6 - CLEAN WATER AND SANITATION\n- 6.1 - Safe water"),
    ("147.2 Consider mending the bridge (Côte d’Ivoire); mend it without delay (Bolivia (Plurinational State of));\n"
     "Source of position: A/HRC/57/9 – Para.147", "Noted", "- Right to development\n- Persons with disabilities", ""),
    ("Theme: Right to water and sanitation",),
    FOURTH,
    ("147.1 Ratify the Lume Convention on Wells (Chile) (Peru);\nSource of Position: A/HRC/57/9/Add.1", "Supported",
     "Right to water and sanitation\nChildren", "SDG 6 - CLEAN WATER AND SANITATION"),
    ("147.10 Dig wells (Spain);", "Supported/Noted", "", ""),
    ("147.11 Plant trees (Kenya).", "", "Environment", "13 - CLIMATE ACTION"),
]  # fmt: skip


def test_a_list_of_the_fourth_cycle_with_its_header_on_each_page(tmp_path: Path, states: States) -> None:
    records = _records(_matrix(tmp_path / "m.docx", FOURTH_CYCLE), states)
    assert [(r.paragraph, r.clause, r.recommending_raw, r.position) for r in records] == [
        ("147.1", 1, ("Chile", "Peru"), "supported"),
        ("147.2", 1, ("Côte d’Ivoire",), "noted"),
        ("147.2", 2, ("Bolivia (Plurinational State of)",), "noted"),
        ("147.10", 1, ("Spain",), "partially_supported"),
        ("147.11", 1, ("Kenya",), None),
    ]
    assert {r.document_symbol for r in records} == {"A/HRC/57/9"}
    assert records[0].source_tags == (
        ("uhri-theme", "Ratification of and accession to international instruments"),
        ("uhri-theme", "Right to water and sanitation"), ("uhri-theme", "Children"),
        ("sdg", "SDG 6 - CLEAN WATER AND SANITATION"), ("sdg", "6.1 - Safe water"),
    )  # fmt: skip


def test_a_list_in_a_table_for_each_theme_is_read_whole(tmp_path: Path, states: States) -> None:
    path = _matrix(tmp_path / "m.docx", FOURTH_CYCLE[:4])
    word = docx.Document(str(path))
    word.add_paragraph("continued")
    table = word.add_table(rows=0, cols=4)
    for row in (FOURTH, *FOURTH_CYCLE[7:]):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.save(str(path))
    assert [record.paragraph for record in _records(path, states)] == ["147.1", "147.2", "147.2", "147.10", "147.11"]


@pytest.mark.parametrize("name", ["matrix.doc", "matrix.bin"])
def test_a_docx_by_another_name_is_read_and_the_name_told(name: str, tmp_path: Path, states: States) -> None:
    path = _matrix(tmp_path / name, [SECOND, ("1.1 Dig wells (Spain);", "Supported", "Water", "")])
    source = open_document(path, states=states, limits=LIMITS)
    assert "a DOCX" in source.notes[0]
    assert len(list(source.records)) == 1


def test_rows_that_disagree_on_the_position_are_told(tmp_path: Path, states: States) -> None:
    rows = [
        SECOND,
        ("1.1 Dig wells (Spain);", "Supported", "Water", ""),
        ("1.1 Dig wells (Spain);", "Noted", "Food", ""),
    ]
    source = open_document(_matrix(tmp_path / "m.docx", rows), states=states, limits=LIMITS)
    assert any("Noted here and Supported above" in note for note in source.notes)
