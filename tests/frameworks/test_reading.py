"""Files of frameworks: told by content, read row by row; a bad one says where and what to do."""

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.frameworks.opening import framework_files
from pipeline.frameworks.reading import FrameworkFile, read_framework_file
from pipeline.sources import Limits
from tests.sample.frameworks import build

LIMITS = Limits(max_cell_characters=2000, max_uncompressed_bytes=50 << 20)
MATRIX = ["state", "plan_name", "code", "level", "parent_code", "strategic_priority", "text", "sdg_targets", "agencies"]


def written(path: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    """Write the rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read(path: Path, default_state: str = "") -> FrameworkFile:
    return read_framework_file(path, path.name, LIMITS, default_state=default_state)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FrameworkFile]:
    """Return the sample's files, read."""
    return {path.name: read(path) for path in build(tmp_path_factory.mktemp("frameworks"))}


def test_un_info_s_export_gives_priority_outcome_and_output_of_each_activity(sample: dict[str, FrameworkFile]) -> None:
    file = sample["arvandia_un_info.xlsx"]
    assert file.format == "un_info" and not file.damaged
    outputs = [entry for entry in file.entries if entry.level == "output"]
    assert len(outputs) == file.rows == 6
    first = outputs[0]
    assert first.code == "1.1.1" and first.sdg_targets == ("16.3", "16.6") and first.agencies == ("OHCHR", "UNDP")
    assert [text[:13] for text in first.above] == ["Strategic Pri", "Outcome 1.1 -"]


def test_its_broken_characters_are_mended_and_counted(sample: dict[str, FrameworkFile]) -> None:
    file = sample["arvandia_un_info.xlsx"]
    assert any(entry.text.endswith("monitor places of detention – unannounced") for entry in file.entries)
    assert not any("‚Ä" in entry.text for entry in file.entries)
    assert file.repaired > 0 and any("mended" in note for note in file.notes)


def test_a_typed_matrix_keeps_its_codes(sample: dict[str, FrameworkFile]) -> None:
    entries = sample["belmora_results_matrix.csv"].entries
    assert [entry.code for entry in entries if entry.level == "outcome"] == ["O1", "O2", "O3", "O4"]
    assert next(entry for entry in entries if entry.code == "O1.1").parent_code == "O1"


def test_spanish_headers_and_levels_are_known(sample: dict[str, FrameworkFile]) -> None:
    file = sample["costaverda_matriz_de_resultados.xlsx"]
    assert file.format == "results_matrix"
    assert [entry.level for entry in file.entries if entry.level != "priority"].count("outcome") == 3
    assert {entry.years for entry in file.entries} == {"2022-2026"}


def test_an_output_without_a_code_belongs_to_the_outcome_above_it(tmp_path: Path) -> None:
    path = written(
        tmp_path / "typed.csv", ["State", "Level", "Text"], ["Arvandia", "Outcome", "Schools teach"],
        ["Arvandia", "Output", "Teachers are paid"], ["Arvandia", "Outcome", "Clinics heal"], ["Arvandia", "Output", "Nurses stay"],
    )  # fmt: skip
    outputs = [entry for entry in read(path).entries if entry.level == "output"]
    assert [entry.above[-1] for entry in outputs] == ["Schools teach", "Clinics heal"]


def test_the_state_of_rows_that_name_none_is_that_of_the_file_s_name(tmp_path: Path) -> None:
    path = written(tmp_path / "arvandia.csv", ["level", "text"], ["outcome", "Schools teach"])
    assert [entry.state for entry in read(path, "Arvandia").entries] == ["Arvandia"]


def test_titles_above_the_header_and_other_sheets_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["read me first"])
        page = book.add_worksheet("Results")
        for number, row in enumerate(
            [["Our framework"], [], MATRIX, ["Arvandia", "P", "O1", "outcome", "", "", "Schools", "4.1", ""]]
        ):
            page.write_row(number, 0, row)
    file = read(path)
    assert [entry.text for entry in file.entries] == ["Schools"]
    assert any("Notes" in note for note in file.notes)


def test_rows_of_another_level_are_left_out_and_counted(tmp_path: Path) -> None:
    path = written(
        tmp_path / "typed.csv",
        ["state", "level", "text"],
        ["Arvandia", "outcome", "Schools"],
        ["Arvandia", "indicator", "Share"],
    )
    file = read(path)
    assert file.skipped == 1 and any("row 2: level 'indicator'" in note for note in file.notes)


def bad_files(folder: Path) -> dict[str, Path]:
    """Write one file of each kind of damage."""
    made = {
        "empty.csv": b"", "report.pdf": b"%PDF-1.7 ...", "letter.txt": b"Dear colleague\nhere is our framework\n",
        "other.csv": b"To,From,Text\nA,B,C\n", "cut.xlsx": b"PK\x03\x04 not a workbook", "noise.bin": bytes(range(32)) * 40,
        "misspelt.csv": b"state,lvel,text\nArvandia,outcome,Schools\n",
    }  # fmt: skip
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in made}


@pytest.mark.parametrize(
    ("name", "problem", "remedy"),
    [
        ("empty.csv", "is empty", "Download"), ("report.pdf", "is a PDF", "Type its outcomes"),
        ("letter.txt", "without columns", "Type its outcomes"), ("other.csv", "not that of a framework", "Rename the columns"),
        ("cut.xlsx", "archive", "download it again"), ("noise.bin", "neither text nor a spreadsheet", "Type its outcomes"),
        ("misspelt.csv", "'lvel' may be meant for 'level'", "Rename the columns"),
    ],
)  # fmt: skip
def test_a_bad_file_names_itself_the_problem_and_the_remedy(
    name: str, problem: str, remedy: str, tmp_path: Path
) -> None:
    file = read(bad_files(tmp_path)[name])
    message = " ".join(file.notes)
    assert file.damaged and not file.entries
    assert name in message and problem in message and remedy in message


def test_what_comes_before_the_damage_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_bytes(b'state,level,text,code\nArvandia,outcome,Schools,1\nArvandia,outcome,"Clinics')
    file = read(path)
    assert [entry.text for entry in file.entries] == ["Schools"] and file.damaged


def test_the_sample_is_read_only_where_there_is_nothing_else(tmp_path: Path) -> None:
    build(tmp_path / "sample")
    (tmp_path / "README.md").write_text("no framework")
    assert framework_files(tmp_path, ())[0][1] == "sample/arvandia_un_info.xlsx"
    own = written(tmp_path / "own.csv", MATRIX)
    assert framework_files(tmp_path, ()) == [(own, "own.csv")]
    assert framework_files(tmp_path / "nowhere", [own]) == [(own, "own.csv")]
