"""A table on disk is valid and whole, or it is the earlier one."""

import pandas as pd
import pytest

from pipeline.schemas import RecommendingStates
from pipeline.tables import TableError, conform, read_table, replacing, replacing_folders, write_table

ROW = {"recommendation_id": "b", "state_raw": "Belmora", "state_iso3": "XBB", "state_name": None, "region": None}


def test_rows_are_sorted_by_key_and_unknown_values_stay_null(tmp_path):
    frame = pd.DataFrame([ROW, ROW | {"recommendation_id": "a", "state_iso3": None}])
    write_table(frame, tmp_path / "t.parquet", RecommendingStates)
    table = read_table(tmp_path / "t.parquet")
    assert table["recommendation_id"].tolist() == ["a", "b"]
    assert table["state_iso3"].isna().tolist() == [True, False]


def test_a_key_that_occurs_twice_is_refused_with_its_value():
    with pytest.raises(TableError, match="occurs twice.*Belmora"):
        conform(pd.DataFrame([ROW, ROW]), RecommendingStates)


def test_a_missing_column_is_named():
    with pytest.raises(TableError, match="lacks the columns region"):
        conform(pd.DataFrame([ROW]).drop(columns="region"), RecommendingStates)


def test_a_null_where_a_value_is_due_is_refused():
    with pytest.raises(TableError, match="state_raw"):
        conform(pd.DataFrame([ROW | {"state_raw": None}]), RecommendingStates)


def test_more_columns_than_declared_are_kept():
    assert "note" in conform(pd.DataFrame([ROW | {"note": 1}]), RecommendingStates).columns


def test_a_write_that_breaks_off_leaves_the_earlier_table(tmp_path):
    path = tmp_path / "t.parquet"
    write_table(pd.DataFrame([ROW]), path, RecommendingStates)
    with pytest.raises(KeyboardInterrupt), replacing(path) as temporary:
        temporary.write_bytes(b"half a table")
        raise KeyboardInterrupt
    assert len(read_table(path)) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_table_that_is_not_there_names_the_remedy(tmp_path):
    with pytest.raises(TableError, match="dvc repro"):
        read_table(tmp_path / "none.parquet")


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_folders_are_replaced_together_and_each_as_a_whole(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        (folder / "old.txt").write_text("old")
    with replacing_folders(one, two) as fresh:
        (fresh / "one").mkdir()
        (fresh / "one" / "new.txt").write_text("new")
        assert files(one) == {"old.txt": "old"}, "until the end the earlier ones stand"
    assert files(tmp_path) == {"one/new.txt": "new"}
    assert two.is_dir(), "what was not written is empty, not missing"


def test_a_failure_leaves_the_earlier_folders(tmp_path):
    one = tmp_path / "one"
    one.mkdir()
    (one / "old.txt").write_text("old")
    with pytest.raises(RuntimeError), replacing_folders(one) as fresh:
        (fresh / "one").mkdir()
        raise RuntimeError("killed")
    assert files(tmp_path) == {"one/old.txt": "old"}


def test_a_run_killed_between_two_renames_is_mended_by_the_next(tmp_path):
    aside = tmp_path / ".one.earlier"
    aside.mkdir()
    (aside / "old.txt").write_text("old")
    with pytest.raises(RuntimeError), replacing_folders(tmp_path / "one"):
        raise RuntimeError("stopped again")
    assert files(tmp_path) == {"one/old.txt": "old"}
