"""The thematic list in Word and Excel: OHCHR's columns, each recommendation once under each theme, read back as it was."""

from datetime import datetime

import openpyxl
import pytest
from docx import Document

from pipeline.deliverables.matrix import ASSESSMENT, LAYOUTS, sections
from pipeline.deliverables.matrix_docx import ordinal, write_matrix
from pipeline.deliverables.matrix_xlsx import write_matrix_book
from pipeline.sources import Limits, open_source
from tests.deliverables.conftest import ids, sheet, told

ORDER = {"upr-info:environment": 0, "upr-info:international-instruments": 1, "upr-info:right-to-education": 2}
DAY = datetime(2024, 5, 31)
EXPECTED = {
    "Theme: Environment": ["a2"],
    "Theme: International instruments": ["a2"],
    "Theme: Right to education": ["b2"],
    "Theme: (no theme proposed)": ["c1", "a3"],
}


def written(facts, tmp_path, layout="cycle_4"):
    path = tmp_path / "matrix.docx"
    found = sections(facts, facts.latest(), "themes", ORDER)
    assert write_matrix(path, facts, found, layout=layout, dimension="themes", written=DAY) == 4
    return path


def by_theme(rows, known):
    found, theme = {}, ""
    for row in rows[1:]:
        if str(row[0]).startswith("Theme: "):
            theme = row[0]
        else:
            found.setdefault(theme, []).extend(ids(row, known))
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_recommendation_of_the_latest_review_stands_once_under_each_of_its_themes(facts, known, tmp_path, layout):
    rows = told(Document(written(facts, tmp_path, layout)).tables[0])
    assert rows[0] == list(LAYOUTS[layout])
    assert by_theme(rows, known["recommendations"]) == EXPECTED


def test_a_row_says_position_strength_source_and_who_says_so(facts, tmp_path):
    rows = told(Document(written(facts, tmp_path)).tables[0])
    row = next(row for row in rows if "121.1 " in row[0])
    assert row[0].split("\n") == [
        "121.1 Open two schools in the north (Canada);", "Source of Position: A/HRC/42/903 - Para. 121", "[ar, official translation]", "افتحوا مدرستين في الشمال",
        "[sw, official translation]", "Fungua shule mbili", "id b2",
    ]  # fmt: skip
    assert row[1] == "Supported\nStrength: 5 specific\u00a0✓"
    assert row[2] == "- Right to education\u00a0✓\nAffected persons:\n- Children\u00a0*"
    assert row[3] == "- 4 - QUALITY EDUCATION\u00a0*\n- 4.1 - Free schools\u00a0*?"
    assert row[4] == "", "the last column is to be filled in"


def test_unknown_is_not_known_and_control_characters_do_no_harm(facts, tmp_path):
    rows = told(Document(written(facts, tmp_path)).tables[0])
    row = next(row for row in rows if "121.3 " in row[0])
    assert row[0].startswith("121.3 Plant trees & <shrubs> (France);")
    assert row[1].startswith("Not known\nStrength: 4 general\u00a0*?")


def test_the_head_repeats_rows_stay_whole_and_the_page_lies(facts, tmp_path):
    document = Document(written(facts, tmp_path))
    xml = document.tables[0]._tbl.xml
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == len(document.tables[0].rows)
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert "NUMPAGES" in section.header._element.xml
    assert section.header.paragraphs[0].text.startswith("UPR of Arvandia (3rd cycle – 33rd session)")
    foot = " ".join(paragraph.text for paragraph in section.footer.paragraphs)
    for said in (
        "Unit: recommendation",
        "voluntary pledges (1 of this State",
        "Provisional: none",
        "proposed by machine",
    ):
        assert said in foot


def test_right_to_left_text_runs_so(facts, tmp_path):
    document = Document(written(facts, tmp_path))
    xml = document.tables[0]._tbl.xml
    arabic = next(part for part in xml.split("<w:p>") if "افتحوا" in part)
    assert "<w:bidi/>" in arabic
    assert "<w:rtl/>" in arabic
    assert xml.count("<w:bidi/>") == xml.count("افتحوا"), "no other paragraph is turned"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_our_own_reader_reads_it_back(facts, known, tmp_path, states, layout):
    path = written(facts, tmp_path, layout)
    found = open_source(path, states=states, limits=Limits(2_000, 50 << 20), columns={})
    assert found.format == "ohchr_matrix"
    records = {record.paragraph: record for record in found.records}
    positions = {row["paragraph"]: row["position"].replace("unknown", "") or None for row in facts.latest()}
    assert {number: record.position for number, record in records.items()} == positions
    assert records["121.10"].recommending_raw == ("Canada", "Fenland")
    assert records["121.1"].text == "Open two schools in the north", "translations are no part of it"
    assert records["121.2"].text == "Ratify the treaty on rivers without delay"


def test_the_workbook_holds_the_same_by_theme_and_each_once(facts, known, tmp_path):
    path = tmp_path / "matrix.xlsx"
    write_matrix_book(path, facts, sections(facts, facts.latest(), "themes", ORDER), dimension="themes", written=DAY)
    book = openpyxl.load_workbook(path)
    rows = sheet(book["By theme"])
    assert by_theme(rows, known["recommendations"]) == EXPECTED
    assert rows[0][6] == ASSESSMENT
    once = sheet(book["Each once"])
    assert [row[9] for row in once[1:]] == ["b2", "a2", "c1", "a3"], "by paragraph: 121.1, 121.2, 121.3, 121.10"
    assert [row[1] for row in once[1:]] == ["Supported", "Pending", "Not known", "Pending"]
    assert "Fungua shule mbili" in once[1][8]
    assert all(row[6] is None for row in once[1:])
    assert book["By theme"].print_title_rows == "$1:$1"


def test_ordinals():
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 33)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "33rd",
    ]  # fmt: skip
