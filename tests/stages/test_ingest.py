"""Every file is read or its failure told; one bad file stops nothing."""

import json
import re
import shutil

import pytest

from pipeline.paths import ROOT
from pipeline.stages import ingest, reconcile
from pipeline.tables import TableError, read_table

GOOD = (
    "State under review,Recommending State,Recommendation,Position,Session\n"
    "Arvandia,Chile,Ratify OP-CAT,Supported,19\n"
    "Arvandia,France,Ratify OP-CAT,Supported,19\n"
    "Arvandia,Frence,Protect journalists,,19\n"
    "Arvandia,Peru,,Noted,19\n"
)


def put(workspace, name, content):
    path = workspace.sources / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def report_of(workspace, params):
    ingest.run(workspace, params)
    return read_table(workspace.table("ingested/report")).set_index("source_file")


def test_every_row_is_read_and_the_unknown_name_is_told(workspace, params):
    put(workspace, "own.csv", GOOD)
    line = report_of(workspace, params).loc["own.csv"]
    assert (line["status"], line["records_read"], line["unknown_states"]) == ("ok", 4, 1)
    assert "'Frence' (1x; nearest: France" in line["message"]


def test_every_row_ends_in_records_with_a_recommendation_or_a_reason(workspace, params):
    put(workspace, "own.csv", GOOD)
    ingest.run(workspace, params)
    reconcile.run(workspace, params)
    records = read_table(workspace.table("records"))
    assert records["source_row"].tolist() == [1, 2, 3, 4]
    assert (
        records["skip_reason"].isna().tolist()
        == records["recommendation_id"].notna().tolist()
        == [True, True, True, False]
    )
    assert records["recommendation_id"].nunique() == 2
    report = read_table(workspace.table("ingest_report")).iloc[0]
    assert (report["recommendations"], report["skipped"]) == (2, 1)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "empty"),
        (
            "truncated.json",
            b'[{"Text": "1.1 Ratify OP-CAT", "Body": "- UPR", "Countries": ["Arvan',
            "truncated|incomplete|breaks off",
        ),
        ("other.csv", b"name,price\nbread,2\n", "header|columns"),
        ("noise.bin", bytes(range(256)) * 9, "noise"),
    ],
)
def test_a_bad_file_is_told_with_its_remedy_and_stops_nothing(workspace, params, name, content, told):
    put(workspace, "own.csv", GOOD)
    put(workspace, name, content)
    report = report_of(workspace, params)
    assert report.loc["own.csv", "status"] == "ok"
    assert report.loc[name, "status"] != "ok"
    assert re.search(told, report.loc[name, "message"], re.IGNORECASE)
    assert name in report.loc[name, "message"]


def test_half_a_character_in_a_damaged_export_loses_no_row_before_it(workspace, params):
    row = {
        "Text": "1.1 Ratify OP-CAT (Chile)",
        "Body": "- UPR",
        "Countries": ["Arvandia"],
        "UprSession": ["19 Session"],
    }
    put(workspace, "uhri.json", json.dumps([row, row | {"Text": "1.2 Protect judges (Peru)", "Themes": ["A\udc00"]}]))
    report = report_of(workspace, params).loc["uhri.json"]
    assert report["status"] == "partial"
    assert "after record 1" in report["message"]
    reconcile.run(workspace, params)
    assert read_table(workspace.table("recommendations"))["text"].tolist() == ["Ratify OP-CAT"]


def test_a_second_upload_of_one_file_counts_once(workspace, params):
    put(workspace, "own.csv", GOOD)
    put(workspace, "own (1).csv", GOOD)
    report = report_of(workspace, params)
    assert sorted(report["message"].str.contains("counted once").tolist()) == [False, True]
    reconcile.run(workspace, params)
    assert len(read_table(workspace.table("recommendations"))) == 2


def test_the_sample_is_skipped_with_a_line_once_the_user_has_a_file(workspace, params):
    put(workspace, "sample/theirs.csv", GOOD)
    assert report_of(workspace, params).index.tolist() == ["sample/theirs.csv"]
    put(workspace, "own.csv", GOOD)
    report = report_of(workspace, params)
    assert report.index.tolist() == ["own.csv", "sample/"]
    assert "your own files" in report.loc["sample/", "message"]


def test_hidden_files_and_the_readme_are_no_sources(workspace, params):
    for name in (".DS_Store", "~$own.xlsx", "README.md"):
        put(workspace, name, "x")
    with pytest.raises(TableError, match="holds no files"):
        ingest.run(workspace, params)


def test_nothing_readable_is_an_error_that_says_what_became_of_each_file(workspace, params):
    put(workspace, "empty.csv", b"")
    ingest.run(workspace, params)
    with pytest.raises(TableError, match=r"no recommendation could be read:\n- empty.csv"):
        reconcile.run(workspace, params)


def test_a_reader_that_breaks_is_reported_and_the_earlier_tables_stay(workspace, params, monkeypatch):
    put(workspace, "own.csv", GOOD)
    ingest.run(workspace, params)
    before = workspace.table("ingested/records").read_bytes()

    def broken(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.reading.open_source", broken)
    with pytest.raises(KeyboardInterrupt):
        ingest.run(workspace, params)
    assert workspace.table("ingested/records").read_bytes() == before


def test_sample_of_the_project_reads_without_failure(workspace, params):
    shutil.copytree(ROOT / "data" / "raw" / "sources" / "sample", workspace.sources / "sample")
    report = report_of(workspace, params)
    assert set(report["status"]) == {"ok"}
