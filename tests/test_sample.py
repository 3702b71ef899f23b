"""The sample that ships with the project: invented, in every format, with the awkward cases."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlrd
from rapidfuzz import fuzz, process

from pipeline.paths import ROOT
from pipeline.sessions import load_sessions
from pipeline.sources.docx_text import read_docx
from pipeline.sources.lines import Bounds
from pipeline.states import States
from pipeline.text import fold
from tests.sample.build import CYCLES, FILES, SAMPLE, build
from tests.sample.content import Item, items, pledges
from tests.sample.documents import DOCUMENTS, described, document_items, listed

REMEDY = "run: python -m tests.sample.build"


def entries() -> list[Item]:
    """Return every entry of every file."""
    tables = [name for name in FILES if name not in DOCUMENTS]
    found = [item for name in tables for item in (pledges() if "pledges" in name else items(name))]
    return found + document_items()


def document_lines(path: Path) -> list[list[object]]:
    """Return what a PDF is made of, line by line; the paragraphs and table rows of a DOCX."""
    if path.suffix == ".pdf":
        return [[line] for line in path.read_bytes().splitlines()]
    document = read_docx(path, Bounds())
    return [[line.text] for line in document.lines] + [[*row] for table in document.tables for row in table]


def rows(path: Path) -> list[list[object]]:
    """Return a file's cells."""
    match path.suffix:
        case ".json":
            return [list(row.items()) for row in json.loads(path.read_text(encoding="utf-8"))]
        case ".xls":
            page = xlrd.open_workbook(path).sheet_by_index(0)
            return [page.row_values(number) for number in range(page.nrows)]
        case ".xlsx":
            return [list(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]
        case ".parquet":
            return pd.read_parquet(path).astype(object).to_numpy(na_value=None).tolist()
        case ".pdf" | ".docx":
            return document_lines(path)
        case _:
            return list(csv.reader(io.StringIO(path.read_bytes().decode("latin-1"), newline="")))


@pytest.mark.parametrize("name", FILES)
def test_the_files_hold_what_the_content_says(name: str, tmp_path: Path) -> None:
    build(tmp_path)
    assert rows(SAMPLE / name) == rows(tmp_path / name), REMEDY


def test_the_sample_folder_holds_nothing_else() -> None:
    assert {path.name for path in SAMPLE.iterdir()} == set(FILES)


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in build(tmp_path / "one")]
    assert first == [path.read_bytes() for path in build(tmp_path / "two")]


def test_about_150_texts_to_three_states_over_three_cycles_and_mechanisms() -> None:
    known = entries()
    assert 130 <= len({(item.state["iso3"], item.session, item.text) for item in known}) <= 170
    assert {item.state["iso3"] for item in known} == {"XAA", "XBB", "XCC"}
    assert {item.mechanism for item in known} == {"upr", "treaty_body", "special_procedure"}
    sessions = load_sessions(ROOT / "configs" / "sessions.csv")
    assert {number: sessions[number].cycle for number in CYCLES} == CYCLES


def test_only_the_names_meant_to_be_unknown_are_unknown(states: States) -> None:
    unknown = {name for item in entries() for name in item.states if states.find(name) is None}
    assert unknown == {"Dunmark Iles", "&#40;Unknown&#41;"}


def test_what_the_addendum_says_in_sentences_is_what_its_list_of_positions_says() -> None:
    changed = {one.number for one in listed() if one.before != one.after}
    assert {number for numbers in described()["addendum"]["after"].values() for number in numbers} == changed
    assert {one.number for one in listed() if one.before == "pending"} <= changed
    assert {number for numbers in described()["matrix"]["sections"].values() for number in numbers} == {
        one.number for one in listed()
    }


def test_the_awkward_cases_are_there() -> None:
    texts = [item.text for item in entries()]
    assert any(text.startswith("=") for text in texts)
    assert any(text == "" for text in texts)
    assert any("<script>" in text for text in texts)
    assert any("OP-CAT" in text for text in texts)
    assert any(item.clauses for item in entries())
    assert {item.position for item in entries()} >= {"supported", "noted", "partially_supported", "pending"}


@pytest.mark.reference
@pytest.mark.slow
def test_no_sentence_is_taken_from_the_reference_data(reference_data: Path) -> None:
    real = set()
    for path in sorted((reference_data / "upr_info").glob("*.csv")):
        text = path.read_bytes().decode("mac_roman").replace("\r", "\n")
        real |= {fold(row["Text"] or "") for row in csv.DictReader(io.StringIO(text))}
    real |= {fold(row["Text"]) for row in json.loads((reference_data / "uhri" / "export-sample-en.json").read_bytes())}
    known = sorted(real)
    for text in sorted({fold(item.text) for item in entries() if item.text}):
        assert process.extractOne(text, known, scorer=fuzz.ratio, score_cutoff=93) is None, text
