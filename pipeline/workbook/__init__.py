"""One Excel workbook of all that an analyst reads, most useful first."""

import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from xlsxwriter import Workbook

from pipeline.codebook import codebook
from pipeline.schemas import TABLES
from pipeline.tables import replacing
from pipeline.workbook import views
from pipeline.workbook.formats import formats
from pipeline.workbook.sheet import Cut, heading, write_sheet
from pipeline.workbook.summary import Listed, write_summary

Tables = Mapping[str, pd.DataFrame]
_VIEWS: dict[str, tuple[str, Callable[[Tables], pd.DataFrame], bool, int]] = {
    "Recommendations": ("recommendations", views.recommendations, True, 1),
    "Asks": ("ask_ledger", views.ask_ledger, True, 1),
    "Tags": ("tags", views.tags, False, 0),
    "Review queue": ("review_queue", lambda tables: views.table(tables, "review_queue"), True, 0),
    "Conflicts": ("source_conflicts", lambda tables: views.table(tables, "source_conflicts"), True, 0),
    "Ingest report": ("ingest_report", lambda tables: views.table(tables, "ingest_report"), True, 1),
    "Skipped rows": ("records", views.skipped_rows, True, 0),
}
"""Sheet -> table it shows, how, whether texts wrap, columns frozen."""
_FILES = ["source_file", "detected_format", "records_read", "recommendations", "skipped", "unknown_states", "status",
          "message"]  # fmt: skip


def _sheet_frames(tables: Tables) -> list[tuple[Listed, pd.DataFrame, bool, int]]:
    """Return each sheet's line for the summary, its rows, whether texts wrap and columns frozen."""
    shown = []
    for sheet, (name, view, wrap, frozen) in _VIEWS.items():
        frame = view(tables)
        shown.append((_listed(sheet, name, frame), frame, wrap, frozen))
    covered = {name for name, *_ in _VIEWS.values()} | views.PROGRAM_ONLY
    for name, frame in tables.items():
        if name not in covered:
            sheet = heading(name)[:31]
            shown.append((_listed(sheet, name, frame), frame, False, 0))
    book = _codebook()
    listed = Listed("Codebook", len(book), "column of a table", "What each table and column means.")
    return [*shown, (listed, book, True, 0)]


def _listed(sheet: str, name: str, frame: pd.DataFrame) -> Listed:
    """Return a sheet's line for the summary."""
    if sheet == "Skipped rows":
        return Listed(sheet, len(frame), "row of a source file", "Rows that became no recommendation, and why.")
    schema = TABLES.get(name)
    if schema is None:
        return Listed(sheet, len(frame), "see the CSV file", f"Table {name}.")
    return Listed(sheet, len(frame), schema.unit(), (schema.__doc__ or "").strip().splitlines()[0])


def _codebook() -> pd.DataFrame:
    """Return the codebook, the sheet Recommendations first: it joins several tables."""
    book = codebook()
    sheet = pd.DataFrame({"column": list(views.WIDE), "meaning": list(views.WIDE.values())}).assign(
        table="sheet Recommendations", meaning_of_table="The tables joined for reading.", unit="recommendation"
    )
    return pd.concat([sheet.reindex(columns=book.columns), book], ignore_index=True)


def _written(manifest: Mapping[str, Any]) -> datetime:
    """Return when the run was written, without zone as Excel wants it."""
    moment = manifest.get("written")
    return datetime.fromisoformat(moment).replace(tzinfo=None) if moment else datetime(2000, 1, 1)


def write_workbook(
    tables: Mapping[str, pd.DataFrame], path: Path, *, manifest: Mapping[str, Any], max_column_width: int
) -> None:
    """Write the workbook to `path` in one step; memory stays that of the tables.

    Args:
        tables: table name -> rows; what a run did not make is shown empty.
        path: the .xlsx file.
        manifest: as `build_manifest` returns it; its time, version and commit stand on the summary.
        max_column_width: characters; longer texts wrap.
    """
    with replacing(path) as temporary, tempfile.TemporaryDirectory() as scratch:
        options = {"constant_memory": True, "tmpdir": scratch, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(str(temporary), options) as book:
            book.set_properties({"title": "Recommendations", "created": _written(manifest)})
            look = formats(book)
            summary = book.add_worksheet("Summary")
            shown = _sheet_frames(tables)
            cuts: list[Cut] = []
            for listed, frame, wrap, frozen in shown:
                page = book.add_worksheet(listed.sheet)
                cuts.append(write_sheet(page, frame, look, max_width=max_column_width, wrap=wrap, frozen=frozen))
            files = views.table(tables, "ingest_report")[_FILES]
            write_summary(
                summary, sheets=[listed for listed, *_ in shown], states=views.states(tables), files=files, cuts=cuts,
                manifest=manifest, look=look,
            )  # fmt: skip
