"""The stage export writes all that people open."""

import json

import openpyxl
import pandas as pd

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import EXPORTED, TABLES
from pipeline.stages.export import run
from pipeline.tables import write_table


def test_export_writes_csv_workbook_and_manifest(workspace: Workspace, params: Params) -> None:
    for name, schema in TABLES.items():
        write_table(schema.empty(), workspace.table(name), schema)
    (workspace.sources / "a.csv").write_text("To,Text\n", encoding="utf-8")
    run(workspace, params)
    assert {path.stem for path in workspace.csv_tables.iterdir()} == set(EXPORTED)
    assert openpyxl.load_workbook(workspace.workbook).sheetnames[0] == "Summary"
    manifest = json.loads(workspace.manifest.read_text(encoding="utf-8"))
    assert manifest["tables"]["recommendations"] == 0
    assert [entry["file"] for entry in manifest["inputs"]["sources"]] == ["a.csv"]
    assert manifest["params"]["export"]["max_column_width"] == params.export.max_column_width


def test_a_table_a_run_did_not_make_is_left_out(workspace: Workspace, params: Params) -> None:
    write_table(TABLES["recommendations"].empty(), workspace.table("recommendations"), TABLES["recommendations"])
    run(workspace, params)
    assert [path.name for path in workspace.csv_tables.iterdir()] == ["recommendations.csv"]
    assert pd.read_csv(workspace.csv_tables / "recommendations.csv", encoding="utf-8-sig").empty


def test_the_sources_tags_stand_beside_ours(workspace: Workspace, params: Params) -> None:
    tags = [("r1", "sdg", "5.2 - Violence", "sdg:5.2"), ("r1", "sdg", "=16", "sdg:16"), ("r1", "sdg", "77 - ?", None)]
    labels = [
        ("r1", "sdgs", "sdg:5", "Goal 5", 0.9, "auto", None, None),
        ("r1", "sdgs", "sdg:16", "16", None, "human", "X", None),
    ]
    for name, rows in (("source_tags", tags), ("labels", labels)):
        frame = pd.DataFrame(rows, columns=list(TABLES[name].empty().columns))
        write_table(frame, workspace.table(name), TABLES[name])
    run(workspace, params)
    written = pd.read_csv(workspace.csv_tables / "source_tags.csv", encoding="utf-8-sig").set_index("label_raw")[
        "agrees"
    ]
    assert written.dropna().to_dict() == {"5.2 - Violence": "broader", "'=16": "yes"}
    counted = pd.read_csv(workspace.csv_tables / "source_agreement.csv", encoding="utf-8-sig").set_index("concept_id")
    assert counted["n_same"].to_dict() == {"sdg:16": 1, "sdg:5.2": 0}
    assert "agrees" not in pd.read_parquet(workspace.table("source_tags")).columns, (
        "what the sources say stays as it was"
    )
