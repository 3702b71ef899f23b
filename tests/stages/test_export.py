"""The stage export writes all that people open."""

import json

import openpyxl
import pandas as pd

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import TABLES
from pipeline.stages.export import run
from pipeline.tables import write_table


def test_export_writes_csv_workbook_and_manifest(workspace: Workspace, params: Params) -> None:
    for name, schema in TABLES.items():
        write_table(schema.empty(), workspace.table(name), schema)
    (workspace.sources / "a.csv").write_text("To,Text\n", encoding="utf-8")
    run(workspace, params)
    assert {path.stem for path in workspace.csv_tables.iterdir()} == set(TABLES)
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
