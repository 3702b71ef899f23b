"""The sample's report, addendum and matrix: nothing of them is lost, and what the State said last stands."""

import shutil

import pandas as pd
import pytest

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.stages import run_stage
from pipeline.tables import read_table
from tests.sample.build import SAMPLE
from tests.sample.documents import ADDENDUM, MATRIX, REPORT, described, document_items, listed, review

PLEDGE = str(described()["report"]["pledge"]["number"])


@pytest.fixture(scope="module", params=["documents", "whole sample"])
def space(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, params: Params) -> Workspace:
    """Return a workspace with the reconciled tables: of the documents alone, or among the other files."""
    folder = tmp_path_factory.mktemp("documents")
    alone = request.param == "documents"
    (folder / "sources").mkdir()
    for path in [SAMPLE / name for name in (REPORT, ADDENDUM, MATRIX)] if alone else SAMPLE.iterdir():
        shutil.copy(path, folder / "sources")
    space = Workspace.elsewhere(folder / "sources", folder / "out")
    for stage in ("ingest", "reconcile"):
        run_stage(stage, space, params)
    return space


def of_review(space: Workspace) -> pd.DataFrame:
    """Return the recommendations of the review the documents belong to."""
    found = read_table(space.table("recommendations"))
    return found[found["document_symbol"] == review()[1]["symbol"]].sort_values(["paragraph", "clause"])


def test_every_request_and_the_pledge_are_read_and_nothing_else(space: Workspace) -> None:
    found = of_review(space)
    expected = sorted((item.paragraph or PLEDGE, item.text) for item in document_items())
    assert sorted(zip(found["paragraph"], found["text"], strict=True)) == expected
    assert set(found.loc[found["is_pledge"], "paragraph"]) == {PLEDGE}


def test_recommending_states_are_those_of_the_report(space: Workspace) -> None:
    named = of_review(space).merge(read_table(space.table("recommending_states")), on="recommendation_id")
    found = named.groupby(["paragraph", "clause"])["state_raw"].agg(set).tolist()
    asked = sorted((item.paragraph, at, set(item.states)) for at, item in enumerate(document_items()) if item.paragraph)
    assert found == [states for _, _, states in asked]


def test_positions_are_those_after_the_addendum(space: Workspace) -> None:
    found = of_review(space).set_index("paragraph")["position"]
    assert found.drop(PLEDGE).groupby(level=0).agg(set).to_dict() == {one.number: {one.after} for one in listed()}
    assert found[PLEDGE] == "unknown"


def test_each_change_is_told_even_where_the_matrix_holds_its_outcome(space: Workspace) -> None:
    found = read_table(space.table("position_changes")).merge(
        of_review(space)[["recommendation_id", "paragraph"]], on="recommendation_id", suffixes=("_of_addendum", "")
    )
    assert {row.paragraph: (row.old, row.new) for row in found.itertuples()} == {
        one.number: (one.before, one.after) for one in listed() if one.before != one.after
    }
    assert set(found["document_symbol"]) == {f"{review()[1]['symbol']}/Add.1"}


def test_labels_of_the_matrix_are_kept_those_of_all_themes_it_stands_under(space: Workspace) -> None:
    tags = read_table(space.table("source_tags")).merge(of_review(space), on="recommendation_id")
    sections = described()["matrix"]["sections"]
    for one in listed():
        themes = {theme for theme, numbers in sections.items() if one.number in numbers}
        labels = themes | {*one.item.themes, *one.item.persons, *one.item.sdgs}
        found = tags[tags["paragraph"] == one.number]
        assert labels == set(found["label_raw"]), one.number
        assert found["concept_id"].notna().all(), one.number


def test_no_row_of_the_documents_is_skipped(space: Workspace) -> None:
    report = read_table(space.table("ingest_report"))
    report = report[report["source_file"].isin([REPORT, ADDENDUM, MATRIX])].set_index("source_file")
    assert report["detected_format"].to_dict() == {
        REPORT: "working_group_report", ADDENDUM: "addendum", MATRIX: "ohchr_matrix",
    }  # fmt: skip
    assert set(report["status"]) == {"ok"}
    assert report[["skipped", "number_gaps", "duplicate_numbers", "unknown_states"]].to_numpy().sum() == 0


def test_the_only_conflict_is_the_state_that_uhri_lost(space: Workspace) -> None:
    conflicts = read_table(space.table("source_conflicts")).merge(of_review(space), on="recommendation_id")
    others = read_table(space.table("ingest_report"))["source_file"].nunique() > 3
    expected = [("133.8", "recommending_states", "uhri_xlsx")] if others else []
    assert list(zip(conflicts["paragraph"], conflicts["field"], conflicts["source_b"], strict=True)) == expected
