"""The manifest tells two runs apart, and is the same for the same run."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.manifest import build_manifest, git_state, hashed_files, row_counts, stage_times


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("sources/deep", "released/themes", "processed/tags", "timings"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "sources" / "deep" / "b.csv").write_bytes(b"two")
    (tmp_path / "sources" / "a.csv").write_bytes(b"one")
    (tmp_path / "sources" / ".hidden").write_bytes(b"no")
    (tmp_path / "released" / "themes" / "model.json").write_bytes(b"{}")
    pd.DataFrame({"a": [1, 2, 3]}).to_parquet(tmp_path / "processed" / "tags" / "themes.parquet")
    (tmp_path / "timings" / "ingest.json").write_text('{"stage": "ingest", "seconds": 1.5, "peak_mb": 90}')
    (tmp_path / "timings" / "torn.json").write_text('{"stage": "em')
    return tmp_path


def manifest(project: Path) -> dict[str, Any]:
    return build_manifest(
        project=project,
        inputs={"sources": project / "sources", "frameworks": project / "none"},
        released=project / "released",
        processed=project / "processed",
        timings=project / "timings",
        params={"match": {"min_cosine": 0.6}},
    )


def test_files_are_listed_in_order_with_their_hashes(project: Path) -> None:
    found = hashed_files(project / "sources")
    assert [entry["file"] for entry in found] == ["a.csv", "deep/b.csv"]
    assert found[0] == {"file": "a.csv", "bytes": 3, "sha256": hashlib.sha256(b"one").hexdigest()}


def test_tables_are_counted_and_torn_times_left_out(project: Path) -> None:
    assert row_counts(project / "processed") == {"tags/themes": 3}
    assert stage_times(project / "timings") == [{"stage": "ingest", "seconds": 1.5, "peak_mb": 90}]


def test_a_folder_outside_git_has_no_commit(tmp_path: Path) -> None:
    assert git_state(tmp_path) == {"commit": None, "uncommitted_changes": None}


def test_the_same_run_gives_the_same_manifest_but_for_times(project: Path) -> None:
    first, second = manifest(project), manifest(project)
    assert {**first, "written": ""} == {**second, "written": ""}
    assert json.loads(json.dumps(first)) == first
    assert first["inputs"]["frameworks"] == []
    assert first["libraries"]["pandas"]


def test_a_changed_input_shows(project: Path) -> None:
    first = manifest(project)
    (project / "sources" / "a.csv").write_bytes(b"One")
    assert manifest(project)["inputs"] != first["inputs"]
