"""Write what people open: CSV of every table, one Excel workbook, and the manifest of the run."""

import json
from collections.abc import Mapping

import pandas as pd

from pipeline.agreement import agreeing, by_concept
from pipeline.codebook import codebook
from pipeline.csv_export import write_csv_tables
from pipeline.manifest import build_manifest
from pipeline.params import Params
from pipeline.paths import ROOT, Workspace
from pipeline.schemas import EXPORTED, SCHEMES, TABLES
from pipeline.tables import conform, read_table, replacing
from pipeline.taxonomy import load_taxonomy
from pipeline.workbook import write_workbook


def run(workspace: Workspace, params: Params) -> None:
    """Write `tables/*.csv`, `report/recommendations.xlsx` and `run_manifest.json`."""
    tables = {name: read_table(workspace.table(name)) for name in TABLES if workspace.table(name).exists()}
    if {"source_tags", "labels"} <= tables.keys():
        tables |= _beside_ours(tables, workspace)
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


def _beside_ours(tables: Mapping[str, pd.DataFrame], workspace: Workspace) -> dict[str, pd.DataFrame]:
    """Return the sources' tags with whether ours agree, and how often they do by concept."""
    concepts = [c for scheme in SCHEMES.values() for c in load_taxonomy(workspace.taxonomy(scheme)).concepts]
    broader = {concept.id: concept.broader for concept in concepts}
    compared = agreeing(tables["source_tags"], tables["labels"], broader)
    summary = by_concept(compared, tables["labels"], broader, {concept.id: concept.label for concept in concepts})
    made = {"source_tags": compared, "source_agreement": summary}
    return {name: conform(frame, EXPORTED[name]) for name, frame in made.items()}
