"""Write what people open: CSV of every table, one Excel workbook, and the manifest of the run."""

import json

from pipeline.codebook import codebook
from pipeline.csv_export import write_csv_tables
from pipeline.manifest import build_manifest
from pipeline.params import Params
from pipeline.paths import ROOT, Workspace
from pipeline.schemas import TABLES
from pipeline.tables import read_table, replacing
from pipeline.workbook import write_workbook


def run(workspace: Workspace, params: Params) -> None:
    """Write `tables/*.csv`, `report/recommendations.xlsx` and `run_manifest.json`."""
    tables = {name: read_table(workspace.table(name)) for name in TABLES if workspace.table(name).exists()}
    inputs = {
        "sources": workspace.sources,
        "frameworks": workspace.frameworks,
        "judgements": workspace.judgements,
        "configs": workspace.configs,
    }
    manifest = build_manifest(
        project=ROOT,
        inputs=inputs,
        released=workspace.released,
        processed=workspace.processed,
        timings=workspace.timings,
        params=params.model_dump(mode="json"),
    )
    write_csv_tables(tables, workspace.csv_tables)
    write_workbook(
        tables,
        workspace.workbook,
        codebook=codebook(),
        manifest=manifest,
        max_column_width=params.export.max_column_width,
        max_sheet_rows=params.export.max_sheet_rows,
    )
    with replacing(workspace.manifest) as path:
        path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
