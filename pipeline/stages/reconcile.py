"""Bring the sources of each review together to one set of recommendations, and list what they disagree on."""

from typing import Any

import pandas as pd

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.reconcile import Reconciled, reconcile
from pipeline.schemas import (
    SCHEMES,
    IngestReport,
    PositionChanges,
    Recommendations,
    RecommendationSources,
    RecommendingStates,
    Records,
    SourceConflicts,
    SourceTags,
    Table,
)
from pipeline.states import load_states
from pipeline.tables import TableError, read_table, write_table
from pipeline.taxonomy import load_taxonomy


def run(workspace: Workspace, params: Params) -> None:
    """Write `recommendations` and the tables of their sources.

    Raises:
        TableError: no file holds any recommendation; says what became of each.
    """
    ingested = read_table(workspace.table("ingested/records"))
    report = read_table(workspace.table("ingested/report"))
    states = load_states(workspace.configs / "states.csv")
    labels = {scheme: load_taxonomy(workspace.taxonomy(scheme)).by_label() for scheme in SCHEMES.values()}
    found = reconcile(ingested, states, labels, params.reconcile.min_text_similarity)
    if not found.recommendations:
        raise TableError("no recommendation could be read:\n" + _problems(report))
    records = records_of(ingested, found)
    tables: dict[type[Table], tuple[str, Any]] = {
        Records: ("records", records),
        Recommendations: ("recommendations", found.recommendations),
        RecommendingStates: ("recommending_states", found.recommending_states),
        RecommendationSources: ("recommendation_sources", found.recommendation_sources),
        SourceTags: ("source_tags", found.source_tags),
        SourceConflicts: ("source_conflicts", found.source_conflicts),
        PositionChanges: ("position_changes", found.position_changes),
        IngestReport: ("ingest_report", counted(report, records, found)),
    }
    for schema, (name, rows) in tables.items():
        frame = (
            rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows, columns=None if rows else _columns(schema))
        )
        write_table(frame, workspace.table(name), schema)


def _columns(schema: type[Table]) -> list[str]:
    return list(schema.to_schema().columns)


def _problems(report: pd.DataFrame) -> str:
    lines = zip(report["source_file"], report["message"].fillna("no rows"), strict=True)
    return "\n".join(f"- {file}: {message}" for file, message in lines)


def records_of(ingested: pd.DataFrame, found: Reconciled) -> pd.DataFrame:
    """Return one row for every row read: the first recommendation it became, or why it became none."""
    rows = ingested.drop_duplicates(["source_file", "source_row"])[
        ["source", "source_file", "source_row", "skip_reason"]
    ]
    order = {item["recommendation_id"]: item["clause"] for item in found.recommendations}
    first: dict[tuple[str, int], str] = {}
    for link in sorted(
        found.recommendation_sources, key=lambda k: (order[k["recommendation_id"]], k["recommendation_id"])
    ):
        first.setdefault((link["source_file"], link["source_row"]), link["recommendation_id"])
    keys = list(zip(rows["source_file"], rows["source_row"], strict=True))
    reasons = [found.skipped.get(key, reason) for key, reason in zip(keys, rows["skip_reason"], strict=True)]
    ids = [first.get(key) for key in keys]
    kept = [None if identity else reason for identity, reason in zip(ids, reasons, strict=True)]
    return rows.assign(recommendation_id=pd.Series(ids, rows.index), skip_reason=pd.Series(kept, rows.index))


def counted(report: pd.DataFrame, records: pd.DataFrame, found: Reconciled) -> pd.DataFrame:
    """Return the ingest report with the recommendations and skipped rows of each file."""
    links = pd.DataFrame(found.recommendation_sources).groupby("source_file")["recommendation_id"].nunique()
    skipped = records["recommendation_id"].isna().groupby(records["source_file"]).sum()
    names = report["source_file"]
    return report.assign(
        recommendations=names.map(links).fillna(0).astype(int), skipped=names.map(skipped).fillna(0).astype(int)
    )
