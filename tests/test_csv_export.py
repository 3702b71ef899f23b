"""CSV files open right in a spreadsheet, run nothing, and are swapped as a whole."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline import csv_export
from pipeline.csv_export import neutralised, write_csv_tables

HOSTILE = ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", "\r=1", "\n=1", "＝1+1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_could_run_gets_an_apostrophe(text: str) -> None:
    frame = pd.DataFrame({"text": [text, "Ratify OP-CAT = soon", None]})
    assert neutralised(frame)["text"].tolist()[:2] == ["'" + text, "Ratify OP-CAT = soon"]
    assert neutralised(frame)["text"].isna().tolist() == [False, False, True]


def test_numbers_stay_numbers_and_the_table_given_is_untouched() -> None:
    frame = pd.DataFrame({"score": [-0.5], "count": pd.array([-3], dtype="Int64"), "text": ["=A1"]})
    assert neutralised(frame)["score"].tolist() == [-0.5]
    assert neutralised(frame)["count"].tolist() == [-3]
    assert frame["text"].tolist() == ["=A1"]


def test_a_spreadsheet_reads_accents_and_line_breaks(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["Protéger les défenseurs", "two\nlines, and a comma"], "year": [2015, None]})
    write_csv_tables({"recommendations": frame}, tmp_path / "tables")
    path = tmp_path / "tables" / "recommendations.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(path, encoding="utf-8-sig")
    assert back["text"].tolist() == frame["text"].tolist()


def test_the_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    write_csv_tables({"old": pd.DataFrame({"a": [1]})}, folder)
    write_csv_tables({"new": pd.DataFrame({"a": [2]})}, folder)
    assert [path.name for path in folder.iterdir()] == ["new.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_a_failing_run_leaves_the_earlier_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tables"
    write_csv_tables({"recommendations": pd.DataFrame({"a": [1]})}, folder)

    def broken(frame: pd.DataFrame) -> pd.DataFrame:
        raise OSError("no space left on device")

    monkeypatch.setattr(csv_export, "neutralised", broken)
    with pytest.raises(OSError, match="no space"):
        write_csv_tables({"recommendations": pd.DataFrame({"a": [2]})}, folder)
    assert pd.read_csv(folder / "recommendations.csv")["a"].tolist() == [1]
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_a_folder_left_aside_by_a_kill_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_csv_tables({"recommendations": pd.DataFrame({"a": [1]})}, tmp_path / "tables")
    (tmp_path / "tables").rename(tmp_path / ".tables.earlier")
    monkeypatch.setattr(csv_export, "neutralised", lambda frame: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_csv_tables({"recommendations": pd.DataFrame({"a": [2]})}, tmp_path / "tables")
    assert pd.read_csv(tmp_path / "tables" / "recommendations.csv")["a"].tolist() == [1]
