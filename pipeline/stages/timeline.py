"""timeline: for each State a figure of the asks that came back and of the answers they got."""

from pathlib import Path

import pandas as pd

from pipeline.parallel import processes, run_every
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.tables import read_table
from pipeline.timeline import draw, timeline

_FEW = 20
"""States below which starting other processes costs more than it saves."""


def run(workspace: Workspace, params: Params) -> None:
    """Write `report/figures/<ISO3>_timeline.svg` and `.png` of each State whose asks came back; remove those of others.

    A figure that shows the same as before is left as it is.
    """
    workspace.figures.mkdir(parents=True, exist_ok=True)
    recommendations = read_table(workspace.table("recommendations"))
    recommendations = recommendations[~recommendations["is_pledge"]]
    asks = read_table(workspace.table("asks"))[["recommendation_id", "ask_id"]]
    ledger = read_table(workspace.table("ask_ledger"))
    by_state = {str(state): part for state, part in recommendations.groupby("state_under_review")}
    lines = dict(iter(ledger.groupby("state_under_review")))
    jobs = {
        state: (part, asks[asks["recommendation_id"].isin(part["recommendation_id"])], lines[state],
                params.timeline.max_asks, workspace.figures / f"{state}_timeline")
        for state, part in by_state.items() if state in lines
    }  # fmt: skip
    drawn: set[Path] = set()
    workers = processes(len(jobs), _FEW)
    for _, paths in run_every(figure, jobs, workers, lambda state: f"the timeline of {state} could not be drawn"):
        drawn.update(paths)
    for path in workspace.figures.glob("*_timeline.*"):
        if path not in drawn:
            path.unlink()


def figure(
    recommendations: pd.DataFrame, asks: pd.DataFrame, ledger: pd.DataFrame, max_asks: int, stem: Path
) -> list[Path]:
    """Return the files of one State's figure, none if no ask was made twice."""
    shown = timeline(recommendations, asks, ledger, max_asks)
    return draw(shown, stem) if shown else []
