"""The whole way, from the sample to the tables, as `upr run` goes it."""

import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.paths import ROOT, Workspace
from pipeline.schemas import TABLES
from pipeline.stages import ORDER, run_stage
from pipeline.tables import conform, read_table

GOLDEN = ROOT / "tests" / "golden"
SAMPLE = ROOT / "data" / "raw" / "sources" / "sample"
EXACT = {
    "records": None,
    "recommendations": ["recommendation_id", "state_under_review", "mechanism", "paragraph", "clause", "cycle", "position",
                        "is_pledge", "language", "text"],
    "recommending_states": None,
    "source_conflicts": None,
    "ingest_report": ["source_file", "detected_format", "records_read", "recommendations", "skipped", "unknown_states",
                      "status"],
    "asks": ["recommendation_id", "ask_id", "family_id", "is_representative"],
    "ask_ledger": ["ask_id", "n_recommendations", "recommending_states", "position_by_cycle", "position_change"],
    "state_history": ["ask_id", "standing", "is_open_repeated", "asked_by_cycle", "supported_cycles"],
    "pending": ["recommendation_id", "is_latest_review", "prior_positions", "co_recommending_states", "follow_up_rule"],
    "state_briefs": ["state_under_review", "recommending_state", "recommendation_id", "position", "first_asked", "follow_up_rule"],
    "translations": ["recommendation_id", "language", "kind", "translation", "is_current", "is_shown"],
}  # fmt: skip
"""Tables compared with tests/golden/*.csv, and the columns compared (None: all)."""


def test_the_run_ends_well_and_says_what_became_of_each_file(ran):
    result, _ = ran
    assert result.exit_code == 0, result.output
    for path in SAMPLE.iterdir():
        assert f"sample/{path.name}" in result.output


def test_every_table_of_the_contract_is_there_and_keeps_its_schema(ran):
    _, space = ran
    for name, schema in TABLES.items():
        conform(read_table(space.table(name)), schema)
        assert (space.csv_tables / f"{name}.csv").exists()
    assert space.workbook.exists()


@pytest.mark.parametrize("name", EXACT)
def test_tables_are_those_of_the_last_reviewed_run(ran, name):
    _, space = ran
    columns = EXACT[name]
    found = read_table(space.table(name))
    found = found[columns] if columns else found
    path = GOLDEN / f"{name}.csv"
    if os.environ.get("UPR_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        found.to_csv(path, index=False)
    expected = pd.read_csv(path, dtype="str", keep_default_na=False)
    actual = found.astype("str").where(found.notna(), "")
    pd.testing.assert_frame_equal(actual, expected, check_dtype=False)


def test_every_input_row_has_a_recommendation_or_a_reason(ran):
    records = read_table(ran[1].table("records"))
    assert (records["recommendation_id"].isna() == records["skip_reason"].notna()).all()


def test_every_recommendation_has_one_action_and_one_ask(ran):
    space = ran[1]
    recommendations = read_table(space.table("recommendations"))
    tags = read_table(space.table("tags"))
    actions = tags[tags["dimension"] == "action"]["recommendation_id"]
    assert sorted(actions) == sorted(recommendations["recommendation_id"])
    asks = read_table(space.table("asks"))
    asking = recommendations[~recommendations["is_pledge"]]["recommendation_id"]
    assert sorted(asks["recommendation_id"]) == sorted(asking)


def test_evidence_is_words_of_the_text(ran):
    space = ran[1]
    texts = read_table(space.table("recommendations")).set_index("recommendation_id")["text"]
    tags = read_table(space.table("tags"))
    spans = [(texts[row.recommendation_id], part) for row in tags.dropna(subset="evidence").itertuples()
             for part in row.evidence.split(" … ")]  # fmt: skip
    assert len(spans) > 100
    assert [span for text, span in spans if span.casefold() not in text.casefold()] == []


def test_a_tag_in_another_language_is_for_review(ran):
    space = ran[1]
    recommendations = read_table(space.table("recommendations"))
    foreign = recommendations[recommendations["language"] != "en"]["recommendation_id"]
    tags = read_table(space.table("tags"))
    decisions = tags[tags["recommendation_id"].isin(foreign)]["decision"]
    assert len(foreign) >= 2
    assert set(decisions) <= {"review"}


def test_a_tag_of_a_mechanism_the_taggers_were_not_measured_on_is_for_review(ran):
    space = ran[1]
    recommendations = read_table(space.table("recommendations"))
    other = recommendations[recommendations["mechanism"] != "upr"]["recommendation_id"]
    tags = read_table(space.table("tags"))
    assert len(other) >= 10
    assert set(tags[tags["recommendation_id"].isin(other)]["decision"]) == {"review"}
    assert "auto" in set(tags[~tags["recommendation_id"].isin(other)]["decision"])


def test_the_manifest_counts_the_rows_of_every_table(ran):
    manifest = json.loads(ran[1].manifest.read_text())
    assert set(manifest["tables"]) >= set(TABLES)
    assert [entry["stage"] for entry in manifest["stages"]]


def test_a_second_run_gives_the_same_tables_whatever_the_files_are_called(ran, tmp_path, params):
    (tmp_path / "sources").mkdir()
    for number, path in enumerate(sorted(SAMPLE.iterdir(), reverse=True)):
        shutil.copy(path, tmp_path / "sources" / f"{number}{path.suffix}")
    space = Workspace.elsewhere(tmp_path / "sources", tmp_path / "out")
    for stage in ORDER:
        if stage not in {"export", "explore"}:  # they write what people open, of the same tables
            run_stage(stage, space, params)
    for name in ("recommendations", "recommending_states", "source_conflicts", "tags", "asks", "ask_ledger", "pairs"):
        pd.testing.assert_frame_equal(read_table(space.table(name)), read_table(ran[1].table(name)), obj=name)


def test_explain_tells_reasons_sources_and_ask(ran):
    space = ran[1]
    ledger = read_table(space.table("ask_ledger")).sort_values("n_recommendations").iloc[-1]
    asks = read_table(space.table("asks"))
    wanted = asks[asks["ask_id"] == ledger["ask_id"]].iloc[0]["recommendation_id"]
    result = CliRunner().invoke(app, ["explain", wanted, "--processed", str(space.processed)])
    assert result.exit_code == 0, result.output
    for expected in ("Recommending States", "Read from", "Tags, with their reasons", ledger["ask_id"], "same ask"):
        assert expected in result.output


def test_explain_of_an_unknown_id_says_so(ran):
    result = CliRunner().invoke(app, ["explain", "nowhere", "--processed", str(ran[1].processed)])
    assert result.exit_code == 1
    assert "no recommendation 'nowhere'" in result.output


def test_states_check_lists_the_unknown_names_with_the_nearest(ran):
    result = CliRunner().invoke(app, ["states", "check", "--processed", str(ran[1].processed)])
    assert result.exit_code == 1
    assert "nearest:" in result.output


def test_a_bad_file_among_good_ones_gives_exit_code_3(ran, tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    shutil.copy(next(SAMPLE.glob("*.csv")), sources)
    (sources / "broken.json").write_text('[{"Text": "1.1 Ra')
    result = CliRunner().invoke(app, ["run", "--sources", str(sources), "--out", str(tmp_path / "out"), "--quiet"])
    assert result.exit_code == 3, result.output
    assert "broken.json" in result.output


def test_a_file_that_is_no_framework_is_refused(tmp_path):
    framework = tmp_path / "plan.csv"
    framework.write_text("x")
    args = ["run", "--sources", str(tmp_path), "--out", str(tmp_path / "out"), "--framework", str(framework)]
    assert CliRunner().invoke(app, args).exit_code == 1


def test_tag_keeps_rows_order_and_names(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text(
        "no,themes,Recommendation\n1,mine,Abolish the death penalty\n2,,\n3,x,=Ratify the CRPD\n"
        "4,y,Abolish the death penalty\n",
        encoding="utf-8",
    )
    for name in ("out.csv", "out.xlsx"):
        result = CliRunner().invoke(app, ["tag", str(table), "-o", str(tmp_path / name)])
        assert result.exit_code == 0, result.output
    csv, xlsx = pd.read_csv(tmp_path / "out.csv", dtype="str"), pd.read_excel(tmp_path / "out.xlsx", dtype="str")
    for frame in (csv, xlsx):
        assert frame["no"].tolist() == ["1", "2", "3", "4"]
        assert frame["themes"].iloc[0] == "mine"
        assert "Death penalty" in frame["upr_themes"].iloc[0] == frame["upr_themes"].iloc[3]
        assert frame["upr_themes"].isna().iloc[1]
        assert "16.1" in frame["sdgs"].iloc[0].split("; ")
        assert frame["action"].iloc[0] == "5"
        assert set(frame["action_decision"].dropna()) <= {"auto", "review"}
        assert 0 <= float(frame["action_score"].iloc[0]) <= 1
        assert "Persons with disabilities" in frame["groups"].iloc[2]
    assert csv["Recommendation"].iloc[2] == "'=Ratify the CRPD"
    assert xlsx["Recommendation"].iloc[2] == "=Ratify the CRPD"


def test_tag_without_a_column_of_texts_says_what_to_do(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text("a,b\n1,2\n")
    result = CliRunner().invoke(app, ["tag", str(table), "-o", str(tmp_path / "o.csv")])
    assert result.exit_code == 1
    assert "--column" in result.output
    result = CliRunner().invoke(app, ["tag", str(table), "-o", str(tmp_path / "o.csv"), "--column", "b"])
    assert result.exit_code == 0, result.output


def test_doctor_finds_the_project_whole(monkeypatch):
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0, result.output
    assert Path("configs/states.csv").name in result.output


def test_doctor_says_how_to_mend(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    (tmp_path / "configs" / "params.yaml").write_text("match: {min_cosin: 1}\n")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "did you mean 'min_cosine'" in result.output


def test_doctor_says_when_the_scorer_knows_another_encoder(tmp_path, monkeypatch):
    for name in ("configs", "models"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("candidates"))
    path = tmp_path / "configs" / "params.yaml"
    path.write_text(path.read_text().replace("  model: released ", "  model: offline-minilm ", 1))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "train and promote same_ask anew" in " ".join(result.output.split())


def test_help_needs_no_heavy_import():
    import subprocess
    import sys

    code = "import sys, pipeline.cli; print([m for m in ('torch', 'spacy', 'mlflow', 'pandas') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
