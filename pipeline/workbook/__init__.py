"""One Excel workbook of all that an analyst reads, most useful first."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from xlsxwriter import Workbook

from pipeline.schemas import EXPORTED
from pipeline.tables import replacing
from pipeline.workbook import framework_views, views
from pipeline.workbook.formats import formats
from pipeline.workbook.sheet import Cut, heading, write_sheet
from pipeline.workbook.summary import Listed, write_summary

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class _View:
    """One sheet: the table it shows and how."""

    table: str
    rows: Callable[[Tables], pd.DataFrame]
    wrap: bool = True
    frozen: int = 0
    printed: int | None = None


def _plain(name: str) -> Callable[[Tables], pd.DataFrame]:
    """Return what reads the table as it is."""
    return lambda tables: views.table(tables, name)


_VIEWS = {
    "Recommendations": _View("recommendations", views.recommendations, frozen=1, printed=14),
    "Asks": _View("ask_ledger", views.ask_ledger, frozen=1, printed=11),
    "Framework map": _View("framework_map", framework_views.framework_map, frozen=1, printed=10),
    "Framework coverage": _View("framework_coverage", framework_views.coverage, printed=12),
    "Framework gaps": _View("framework_gaps", framework_views.gaps, printed=10),
    "Groups by outcome": _View("lnob_matrix", framework_views.lnob, printed=10),
    "UN INFO columns": _View("un_info_ready", framework_views.un_info, printed=10),
    "State history": _View("state_history", _plain("state_history"), printed=13),
    "Pending": _View("pending", _plain("pending")),
    "Tags": _View("tags", views.tags, wrap=False, printed=9),
    "Review queue": _View("review_queue", _plain("review_queue")),
    "Source tags": _View("source_tags", views.source_tags, wrap=False, printed=6),
    "Source agreement": _View("source_agreement", views.source_agreement, wrap=False),
    "Conflicts": _View("source_conflicts", views.conflicts),
    "Ingest report": _View("ingest_report", _plain("ingest_report"), frozen=1),
    "Skipped rows": _View("records", views.skipped_rows),
}
_HOLDS = {
    "Tags": ("recommendation x concept", "What machines proposed, with evidence, and what stands after judgements."),
    "Framework map": (
        "recommendation x framework",
        "The outcome that carries each recommendation, or none: proposals of a machine.",
    ),
    "Skipped rows": ("row of a source file", "Rows that became no recommendation, and why."),
    "Codebook": ("column of a table", "What each table and column means."),
}
"""Sheet -> its unit and what it holds, where the schema's words do not fit."""
_FILES = ["source_file", "detected_format", "records_read", "recommendations", "skipped", "unknown_states", "status",
          "message"]  # fmt: skip


def _wanted(tables: Tables, codebook: pd.DataFrame) -> dict[str, _View]:
    """Return sheet -> view: those an analyst reads first, tables without a view of their own, the codebook.

    Tables of frameworks without rows have no sheet: most runs have no framework.
    """
    without = {name for name in framework_views.TABLES if name not in tables or tables[name].empty}
    shown = {sheet: view for sheet, view in _VIEWS.items() if view.table not in without}
    covered = {view.table for view in _VIEWS.values()} | views.PROGRAM_ONLY | without
    others = {heading(name)[:31]: _View(name, _plain(name), wrap=False) for name in tables if name not in covered}
    return {**shown, **others, "Codebook": _View("codebook", lambda _: _with_sheet(codebook))}


def _listed(sheet: str, name: str, frame: pd.DataFrame) -> Listed:
    """Return a sheet's line for the summary."""
    if sheet in _HOLDS:
        return Listed(sheet, len(frame), *_HOLDS[sheet])
    schema = EXPORTED.get(name)
    if schema is None:
        return Listed(sheet, len(frame), "see the CSV file", f"Table {name}.")
    return Listed(sheet, len(frame), schema.unit(), (schema.__doc__ or "").strip().splitlines()[0])


def _with_sheet(codebook: pd.DataFrame) -> pd.DataFrame:
    """Return the codebook, columns of the sheet Recommendations first: it joins several tables."""
    sheet = pd.DataFrame({"column": list(views.WIDE), "meaning": list(views.WIDE.values())}).assign(
        table="sheet Recommendations", meaning_of_table="The tables joined for reading.", unit="recommendation"
    )
    return pd.concat([sheet.reindex(columns=codebook.columns), codebook], ignore_index=True)


def _written(manifest: Mapping[str, Any]) -> datetime:
    """Return when the run was written, without zone as Excel wants it."""
    moment = manifest.get("written")
    return datetime.fromisoformat(moment).replace(tzinfo=None) if moment else datetime(2000, 1, 1)


def write_workbook(
    tables: Mapping[str, pd.DataFrame],
    path: Path,
    *,
    codebook: pd.DataFrame,
    manifest: Mapping[str, Any],
    max_column_width: int,
    max_sheet_rows: int,
) -> None:
    """Write the workbook to `path` in one step; memory stays that of the tables.

    Args:
        tables: table name -> rows; what a run did not make is shown empty.
        path: the .xlsx file.
        codebook: one row a column of the tables, for the last sheet.
        manifest: as `build_manifest` returns it; its time, version and commit stand on the summary.
        max_column_width: characters; longer texts wrap.
        max_sheet_rows: a longer table is left to its CSV file, and the summary says so.
    """
    with replacing(path) as temporary, tempfile.TemporaryDirectory() as scratch:
        options = {"constant_memory": True, "tmpdir": scratch, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(str(temporary), options) as book:
            book.set_properties({"title": "Recommendations", "created": _written(manifest)})
            look = formats(book)
            summary = book.add_worksheet("Summary")
            listed: list[Listed] = []
            cuts: list[Cut] = []
            for sheet, view in _wanted(tables, codebook).items():
                rows = view.rows(tables)
                listed.append(_listed(sheet, view.table, rows))
                page = book.add_worksheet(sheet)
                cut = write_sheet(
                    page, rows, look, max_width=max_column_width, max_rows=max_sheet_rows, wrap=view.wrap,
                    frozen=view.frozen, printed=view.printed,
                )  # fmt: skip
                cuts.append(cut)
            write_summary(
                summary,
                sheets=listed,
                states=views.states(tables),
                files=views.table(tables, "ingest_report")[_FILES],
                cuts=cuts,
                documents=views.documents(tables),
                manifest=manifest,
                look=look,
            )
