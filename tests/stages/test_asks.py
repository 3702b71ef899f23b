"""From recommendations to the ledger, through the stages that make asks."""

import pandas as pd
import pytest

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import Labels, Recommendations, RecommendingStates
from pipeline.stages import cluster, embed, ledger, link, match
from pipeline.tables import empty, read_table, write_table

ROWS = [
    ("a1", "XAA", 1, "noted", "Ratify OP-CAT", False),
    ("a2", "XAA", 2, "supported",
     "Accede to the Optional Protocol to the Convention against Torture and Other Cruel, Inhuman or Degrading "
     "Treatment or Punishment", False),
    ("a3", "XAA", 2, "supported", "Ratify CAT", False),
    ("a4", "XAA", 2, "supported", "Expand school meals in mountain districts", False),
    ("a5", "XAA", 2, "unknown", "Ratify OP-CAT", True),
    ("b1", "XBB", 1, "noted", "Ratify OP-CAT", False),
    ("c1", None, 1, "noted", "Ratify OP-CAT", False),
]  # fmt: skip


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    columns = ["recommendation_id", "state_under_review", "cycle", "position", "text", "is_pledge"]
    table = pd.DataFrame(ROWS, columns=columns)
    table = table.assign(
        mechanism="upr", year=2006 + 4 * table["cycle"], text_original=table["text"], is_provisional=False, clause=1
    )
    table = table.reindex(columns=[*table.columns, *(set(Recommendations.to_schema().columns) - set(table.columns))])
    write_table(table, workspace.table("recommendations"), Recommendations)
    who = pd.DataFrame({"recommendation_id": ["a1", "a2"], "state_raw": ["Peru", "Chad"], "region": None,
                        "state_name": ["Peru", "Chad"], "state_iso3": ["PER", "TCD"]})  # fmt: skip
    write_table(who, workspace.table("recommending_states"), RecommendingStates)
    write_table(empty(Labels), workspace.table("labels"), Labels)
    return workspace


def test_acronym_and_full_name_become_one_ask_with_a_history(filled: Workspace, params: Params) -> None:
    for stage in (embed, match, cluster, link, ledger):
        stage.run(filled, params)
    pairs = read_table(filled.table("pairs")).set_index(["left_id", "right_id"])
    assert pairs.loc[("a1", "a2"), "same_ask"]
    assert pairs.loc[("a1", "a2"), "reason"] == "same act: ratify; same instrument: OP-CAT; differs: -"
    assert not pairs.loc[("a1", "a3"), "same_ask"]
    assert set(pairs.index.get_level_values(0)) | set(pairs.index.get_level_values(1)) <= {"a1", "a2", "a3", "a4"}

    asks = read_table(filled.table("asks")).set_index("recommendation_id")
    assert sorted(asks.index) == ["a1", "a2", "a3", "a4", "b1", "c1"]
    assert asks.loc["a1", "ask_id"] == asks.loc["a2", "ask_id"]
    assert asks["ask_id"].nunique() == 5
    assert "same instrument: OP-CAT" in asks.loc["a1", "reason"]
    assert asks.loc["a4", "reason"] == "nothing else asks the same"

    lines = read_table(filled.table("ask_ledger")).set_index("ask_id")
    line = lines.loc[asks.loc["a1", "ask_id"]]
    assert line["position_change"] == "noted_to_supported"
    assert line["new_recommending_states"] == "Chad"
    assert lines["n_recommendations"].sum() == 6


def test_a_second_run_encodes_nothing_and_writes_the_same(
    filled: Workspace, params: Params, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = ("embeddings/texts", "pairs", "asks", "ask_ledger")
    stages = (embed, match, cluster, link, ledger)
    for stage in stages:
        stage.run(filled, params)
    first = [read_table(filled.table(name)) for name in tables]
    monkeypatch.setattr("pipeline.encoder.SentenceEncoder.encode", lambda self, texts: pytest.fail("encoded again"))
    shuffled = read_table(filled.table("recommendations")).iloc[::-1]
    shuffled.to_parquet(filled.table("recommendations"))
    for stage in stages:
        stage.run(filled, params)
    for before, name in zip(first, tables, strict=True):
        pd.testing.assert_frame_equal(before, read_table(filled.table(name)))


def test_the_texts_of_recommendations_stay_as_they_are(filled: Workspace, params: Params) -> None:
    before = read_table(filled.table("recommendations"))
    embed.run(filled, params)
    pd.testing.assert_frame_equal(before, read_table(filled.table("recommendations")))
    texts = read_table(filled.table("embeddings/texts")).set_index("recommendation_id")
    assert (
        texts.loc["a1", "text"]
        == texts.loc["a2", "text"]
        == "Ratify the Optional Protocol to the Convention against Torture (OP-CAT)"
    )
    assert texts.loc["a1", "row"] == texts.loc["b1", "row"]


def test_no_recommendations_make_empty_tables(workspace: Workspace, params: Params) -> None:
    write_table(empty(Recommendations), workspace.table("recommendations"), Recommendations)
    write_table(empty(RecommendingStates), workspace.table("recommending_states"), RecommendingStates)
    write_table(empty(Labels), workspace.table("labels"), Labels)
    for stage in (embed, match, cluster, link, ledger):
        stage.run(workspace, params)
    assert read_table(workspace.table("ask_ledger")).empty
