"""explore: the tables as a page that opens from a disk, with its figures as files for reports."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.explorer import StateCounts, write_explorer, write_states
from pipeline.explorer.figures import figure_files
from pipeline.explorer.quality import released_metrics
from pipeline.explorer.strings import load_strings
from pipeline.parallel import processes, run_every
from pipeline.params import Explore, Params
from pipeline.paths import Workspace
from pipeline.tables import read_table

log = logging.getLogger(__name__)

NEEDED = [
    "records", "recommendations", "recommending_states", "recommendation_sources", "source_tags", "source_conflicts",
    "position_changes", "ingest_report", "tags", "labels", "review_queue", "pairs", "asks", "ask_links", "ask_ledger",
]  # fmt: skip
IF_THERE = [
    "framework_items", "framework_map", "framework_ask_map", "framework_coverage", "framework_gaps", "lnob_matrix",
    "translations",
]  # fmt: skip
_FEW = 8
"""States below which starting other processes costs more than it saves."""


def run(workspace: Workspace, params: Params) -> None:
    """Write `report/index.html`, `report/explorer/` and, a State and kind, the files of `report/charts/`."""
    tables = {name: read_table(workspace.table(name)) for name in NEEDED}
    tables |= _frameworks(workspace)
    settings = params.explore.model_dump(exclude={"charts", "max_chart_states", "chart_language"})
    states = write_states(
        tables, workspace.report, **{name: settings.pop(name) for name in ("themes", "groups", "nearest")}
    )
    wanted = _wanted(states, params.explore)
    _charts(wanted, workspace.charts, load_strings()[params.explore.chart_language])
    figures = {
        path.name: folder.name for folder in (workspace.figures, workspace.charts) for path in folder.glob("*_*.*")
    }
    write_explorer(
        tables, workspace.report, metrics=released_metrics(workspace.released), run=_run_facts(workspace),
        figures=figures, **settings,
    )  # fmt: skip


def _wanted(states: Mapping[str, StateCounts], explore: Explore) -> Mapping[str, StateCounts]:
    """Return the States whose charts become files: all, or none where they are more than the parameters allow."""
    if not explore.charts:
        return {}
    if len(states) > explore.max_chart_states:
        log.warning(
            "no chart files: %d States are more than explore.max_chart_states (%d); the page draws them all the same. "
            "Raise it to have the files; a State takes about two seconds",
            len(states), explore.max_chart_states,
        )  # fmt: skip
        return {}
    return states


def _frameworks(workspace: Workspace) -> dict[str, pd.DataFrame]:
    """Return what the run made of frameworks and translations; nothing of frameworks where it was given none."""
    found = {name: read_table(workspace.table(name)) for name in IF_THERE if workspace.table(name).exists()}
    if "framework_items" in found and found["framework_items"].empty:
        return {name: frame for name, frame in found.items() if name == "translations"}
    return found


def _charts(states: Mapping[str, StateCounts], folder: Path, words: Mapping[str, str]) -> None:
    """Draw the charts of each State that was asked something; remove those of others."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs = {state: (*counted, words, folder / state) for state, counted in states.items()}
    drawn: set[Path] = set()
    workers = processes(len(jobs), _FEW)
    for _, paths in run_every(figure_files, jobs, workers, lambda state: f"the charts of {state} could not be drawn"):
        drawn.update(paths)
    for path in folder.glob("*_*.*"):
        if path not in drawn:
            path.unlink()


def _run_facts(workspace: Workspace) -> dict[str, Any]:
    """Return version, commit and day of the run, from the manifest."""
    manifest = json.loads(workspace.manifest.read_text(encoding="utf-8"))
    git = manifest["package"]["git"]
    return {"version": manifest["package"]["version"], "commit": git.get("commit"), "written": manifest["written"]}
