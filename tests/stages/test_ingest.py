"""Every file is read or its failure told; one bad file stops nothing."""

import json
import re
import shutil
from pathlib import Path

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
        (
            "nan.json",
            b'[{"Text": "1.1 Dig wells", "Countries": ["Arvandia"], "UprSession": NaN}]',
            "NaN and Infinity are no JSON",
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


def test_a_link_to_what_is_not_there_is_told_and_stops_nothing(workspace, params):
    put(workspace, "own.csv", GOOD)
    (workspace.sources / "moved.xlsx").symlink_to(workspace.sources / "elsewhere.xlsx")
    report = report_of(workspace, params)
    assert report["status"].to_dict() == {"moved.xlsx": "failed", "own.csv": "ok"}
    assert "moved.xlsx is not there any more, or a link" in report.loc["moved.xlsx", "message"]


def test_a_file_this_user_may_not_read_is_told_and_stops_nothing(workspace, params, monkeypatch):
    put(workspace, "own.csv", GOOD)
    put(workspace, "locked.csv", GOOD)
    opened = Path.open

    def refusing(path, *args, **kwargs):
        if path.name == "locked.csv":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refusing)
    monkeypatch.setattr(
        "pipeline.stages.ingest.run_all", lambda work, jobs, *_: ((key, work(*job)) for key, job in jobs.items())
    )
    report = report_of(workspace, params)
    assert report["status"].to_dict() == {"locked.csv": "failed", "own.csv": "ok"}
    assert "locked.csv may not be read by this user; change its permissions" in report.loc["locked.csv", "message"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Arvandia,Peru,Plant trees, and soon,Noted,19\n", "6 cells where the header has 5"),
        ('Arvandia,Peru,"Plant trees,Noted,19\nArvandia,Peru,Dig wells,Noted,19\nArvandia,Peru,Mend,"Noted,19\n', "quotation mark"),
        (f"Arvandia,Peru,{'Plant trees. ' * 9_000},Noted,19\n", "was cut there"),
    ],
)  # fmt: skip
def test_what_stands_in_a_file_and_was_not_read_makes_it_partial(workspace, params, line, told):
    put(workspace, "own.csv", GOOD + line)
    row = report_of(workspace, params).loc["own.csv"]
    assert row["status"] == "partial"
    assert told in row["message"]


def test_the_sample_is_skipped_with_a_line_once_the_user_has_a_file(workspace, params):
    put(workspace, "sample/theirs.csv", GOOD)
    assert report_of(workspace, params).index.tolist() == ["sample/theirs.csv"]
    put(workspace, "own.csv", GOOD)
    report = report_of(workspace, params)
    assert report.index.tolist() == ["own.csv", "sample/"]
    assert "your own files" in report.loc["sample/", "message"]


def test_hidden_files_and_the_readme_are_no_sources(workspace, params):
    for name in (".DS_Store", "~$own.xlsx", "README.md", "Thumbs.db", "sub/Desktop.ini"):
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
