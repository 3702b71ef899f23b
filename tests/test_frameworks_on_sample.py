"""The whole way on the sample's frameworks, and on files named with --framework."""

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.judgements import text_hash
from pipeline.params import Params
from pipeline.paths import ROOT, Workspace
from pipeline.schemas import NOT_COVERED
from pipeline.stages import run_stage
from pipeline.tables import read_table
from tests.sample.frameworks import FRAMEWORKS, content, contents

Ran = tuple[Result, Workspace]


def table(ran: Ran, name: str) -> pd.DataFrame:
    return read_table(ran[1].table(name))


def first_codes(ran: Ran, words: str) -> dict[str, str]:
    """Return for each plan the code of the first outcome of the recommendation whose text begins with `words`."""
    texts = table(ran, "recommendations")
    (recommendation,) = texts[texts["text"].str.startswith(words)]["recommendation_id"]
    items = table(ran, "framework_items").set_index("item_id")
    rows = table(ran, "framework_map")
    mine = rows[(rows["recommendation_id"] == recommendation) & (rows["level"] == "outcome") & (rows["rank"] == 1)]
    return {
        items["years"][items["framework_id"] == row["framework_id"]].iloc[0]: items["code"].get(row["item_id"], NOT_COVERED)
        for row in mine.to_dict("records")
    }  # fmt: skip


@pytest.mark.parametrize("file", contents(), ids=lambda file: file["file"])
def test_the_files_in_the_project_are_those_of_the_content(file: dict[str, object]) -> None:
    written = (FRAMEWORKS / str(file["file"])).read_bytes()
    assert written == content(file), "run: python -m tests.sample.frameworks"


def test_every_file_is_read_and_told(ran: Ran) -> None:
    report = table(ran, "framework_report")
    assert report["status"].tolist() == ["ok"] * 3
    assert report["frameworks"].tolist() == [2, 1, 1]
    assert "sample/arvandia_un_info.xlsx: 14 items of 2 frameworks" in ran[0].output


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Sign and ratify OP-CAT", {"2019-2023": "1.1", "2024-2028": NOT_COVERED}),
        ("Punish violence against women", {"2019-2023": "1.2", "2024-2028": NOT_COVERED}),
        ("Dig wells in the dry provinces", {"2020-2024": "O2"}),
        ("Make female genital mutilation a crime", {"2020-2024": "O1"}),
        ("Abolish military jurisdiction", {"2022-2026": "1.1"}),
    ],
)
def test_recommendations_go_to_the_outcome_that_names_their_matter(ran: Ran, words: str, codes: dict[str, str]) -> None:
    assert first_codes(ran, words) == codes


def test_every_recommendation_of_a_state_is_ranked_in_each_of_its_plans(ran: Ran) -> None:
    rows, texts = table(ran, "framework_map"), table(ran, "recommendations")
    plans = table(ran, "framework_items").groupby("state")["framework_id"].nunique()
    firsts = rows[(rows["level"] == "outcome") & (rows["rank"] == 1)]
    assert len(firsts) == sum((texts["state_under_review"] == state).sum() * count for state, count in plans.items())
    assert firsts.groupby("framework_id")["score"].max().le(1).all()


def test_what_people_did_not_measure_is_for_review(ran: Ran) -> None:
    rows = table(ran, "framework_map").merge(table(ran, "recommendations"), on="recommendation_id")
    unread = rows[(rows["language"] != "en") | (rows["mechanism"] != "upr") | (rows["level"] == "output")]
    assert len(unread) and set(unread["decision"]) == {"review"}


def test_counts_agree_between_map_coverage_and_gaps(ran: Ran) -> None:
    counts, rows = table(ran, "framework_coverage"), table(ran, "framework_map")
    pledges = table(ran, "recommendations").set_index("recommendation_id")["is_pledge"]
    first = rows[(rows["level"] == "outcome") & (rows["rank"] == 1) & ~rows["recommendation_id"].map(pledges)]
    per_item = first.groupby(["framework_id", "item_id"]).size()
    outcomes = counts[counts["level"] == "outcome"].set_index(["framework_id", "item_id"])["n_recommendations"]
    assert outcomes[outcomes > 0].sort_index().to_dict() == per_item.sort_index().to_dict()
    gaps = table(ran, "framework_gaps")
    untold = gaps[gaps["kind"] == "outcome_without_recommendation"].set_index(["framework_id", "item_id"])
    empty = outcomes[(outcomes == 0)]
    assert set(untold.index) == {key for key in empty.index if key[1] != NOT_COVERED}


def test_evidence_is_words_of_request_and_outcome(ran: Ran) -> None:
    rows = table(ran, "framework_map").merge(
        table(ran, "recommendations")[["recommendation_id", "text"]], on="recommendation_id"
    )
    items = table(ran, "framework_items")
    texts = items.set_index("item_id")["text"].to_dict()
    for part in items.dropna(subset="parent_id").to_dict("records"):
        texts[part["parent_id"]] += " " + part["text"]
    told = rows[rows["evidence"].str.contains(" by '", na=False) & (rows["rank"] == 1)]
    assert len(told) > 20
    for row in told.to_dict("records"):
        for said in row["evidence"].split("; '"):
            asked, named = (
                said.lstrip("'").removesuffix("'").split("' (", 1)[0],
                said.removesuffix("'").rsplit(" by '", 1)[1],
            )
            assert asked in row["text"] and named in texts[row["item_id"]]


def test_a_figure_stands_for_each_plan_with_recommendations(ran: Ran) -> None:
    plans = set(table(ran, "framework_map")["framework_id"])
    assert {path.name for path in ran[1].framework_figures.iterdir()} == {
        f"{plan}_groups.{end}" for plan in plans for end in ("svg", "png")
    }


def test_sheets_of_frameworks_are_in_the_workbook(ran: Ran) -> None:
    import openpyxl

    names = openpyxl.load_workbook(ran[1].workbook, read_only=True).sheetnames
    assert {
        "Framework map",
        "Framework coverage",
        "Framework gaps",
        "Groups by outcome",
        "UN INFO columns",
        "Framework report",
    } <= set(names)


def test_a_named_framework_that_cannot_be_read_is_told_and_gives_exit_code_3(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    shutil.copyfile(ROOT / "data" / "raw" / "sources" / "sample" / "generic_english.csv", sources / "one.csv")
    bad = tmp_path / "scan.pdf"
    bad.write_bytes(b"%PDF-1.4 scanned")
    good = tmp_path / "belmora.csv"
    shutil.copyfile(FRAMEWORKS / "belmora_results_matrix.csv", good)
    command = [
        "run",
        "--sources",
        str(sources),
        "--framework",
        str(bad),
        "--framework",
        str(good),
        "--out",
        str(tmp_path / "out"),
    ]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 3, result.output
    assert "scan.pdf, the whole file: is a PDF" in result.output and "ok       belmora.csv" in result.output
    report = read_table(tmp_path / "out" / "framework_report.parquet").set_index("source_file")["status"]
    assert report.to_dict() == {"scan.pdf": "failed", "belmora.csv": "ok"}


def test_the_sample_s_frameworks_stay_away_from_runs_on_other_states(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "own.csv").write_text(
        "State under review,Recommendation\nEstrovia,Open the dykes of the delta to inspectors\n"
    )
    result = CliRunner().invoke(app, ["run", "--sources", str(sources), "--out", str(tmp_path / "out")])
    assert result.exit_code in (0, 3), result.output
    assert read_table(tmp_path / "out" / "framework_items.parquet").empty
    assert read_table(tmp_path / "out" / "framework_map.parquet").empty


def test_a_person_s_word_stands_over_the_machine_s_in_map_and_counts(ran: Ran, tmp_path: Path, params: Params) -> None:
    space = replace(ran[1], processed=tmp_path / "out", judgements=tmp_path / "judgements")
    shutil.copytree(ran[1].processed, space.processed)
    space.judgements.mkdir()
    before = table(ran, "framework_map")
    items = table(ran, "framework_items")
    belmora = items[items["state"] == "XBB"]
    first = before[
        (before["framework_id"] == belmora["framework_id"].iloc[0])
        & (before["rank"] == 1)
        & (before["level"] == "outcome")
    ]
    said = first[first["item_id"] != NOT_COVERED].iloc[0]
    other = belmora[(belmora["level"] == "outcome") & (belmora["code"] == "O4")].iloc[0]
    text = table(ran, "recommendations").set_index("recommendation_id").at[said["recommendation_id"], "text"]
    pd.DataFrame([{
        "recommendation_id": said["recommendation_id"], "framework_id": other["framework_id"], "item_id": other["item_id"],
        "verdict": "yes", "reviewer": "Reader", "date": "2024-05-02", "note": "", "text_hash": text_hash("XBB", text),
    }]).to_csv(space.judgements / "framework_reader.csv", index=False)  # fmt: skip
    run_stage("map", space, params)
    run_stage("coverage", space, params)
    after = read_table(space.table("framework_map"))
    mine = after[(after["recommendation_id"] == said["recommendation_id"]) & (after["level"] == "outcome")].set_index(
        "rank"
    )
    assert (mine.at[1, "item_id"], mine.at[1, "origin"]) == (other["item_id"], "human")
    counts = read_table(space.table("framework_coverage")).set_index("item_id")["n_recommendations"]
    told = table(ran, "framework_coverage").set_index("item_id")["n_recommendations"]
    assert counts[other["item_id"]] == told[other["item_id"]] + 1
    assert counts[said["item_id"]] == told[said["item_id"]] - 1
