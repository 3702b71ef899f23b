"""How time and memory grow with the recommendations, beside community_detection and SemHash. `upr measure-scaling` calls it."""

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.instruments import canonicalise, load_instruments
from pipeline.model_card.markdown import table
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.rewriting import Rewriter, grown
from pipeline.slots import load_verbs
from pipeline.stages.encoding import matching_encoder
from pipeline.stages.scaled_methods import METHODS, OURS, ROWS, VECTORS, Options, measure
from pipeline.tables import read_table, replacing

log = logging.getLogger(__name__)

RUNS, RATIOS, CARD = "scaling_runs.csv", "scaling.csv", "scaling.md"
_MEASURES = {"wall_s": "wall", "cpu_s": "cpu", "peak_mb": "memory"}


def run(
    workspace: Workspace, params: Params, out: Path, *, sizes: Sequence[int], repeats: int, min_cosine: float
) -> None:
    """Write every measurement, the ratios and both in Markdown to `out`; grown texts live in a temporary folder alone.

    All methods take their turn `repeats` times, one after the other: what else the machine does then meets all of them.
    """
    recommendations = read_table(workspace.table("recommendations"))
    asking = recommendations[~recommendations["is_pledge"] & recommendations["state_under_review"].notna()]
    if asking.empty:
        raise ValueError(
            f"{workspace.table('recommendations')} holds no recommendation to a known State: run the pipeline first"
        )
    options = Options(workspace, params, min_cosine)
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            states = _prepare(asking, size, folder, workspace, params)
            for repeat in range(repeats):
                for method in METHODS:
                    found = measure(method, folder, options)
                    log.info("%s recommendations, %s: %s", size, method, found)
                    rows.append(
                        {"recommendations": size, "states": states, "run": repeat + 1, "method": method, **found}
                    )
                    _write(pd.DataFrame(rows), out)


def _prepare(asking: pd.DataFrame, size: int, folder: Path, workspace: Workspace, params: Params) -> int:
    """Write grown recommendations and their vectors to `folder`; return how many States they address."""
    instruments = load_instruments(workspace.configs / "instruments.yaml")
    rewriter = Rewriter(instruments, load_verbs(workspace.configs / "slots.yaml"))
    rows = grown(asking.sort_values("recommendation_id"), size, rewriter, seed=params.train.seed)
    canonical = {text: canonicalise(text, instruments) for text in rows["text"].unique()}
    rows["text"] = rows["text"].map(canonical)
    distinct = sorted(rows["text"].unique())
    log.info("%d recommendations of %d wordings: their vectors are made", size, len(distinct))
    row_of = {text: row for row, text in enumerate(distinct)}
    rows = rows.assign(row=rows["text"].map(row_of), recommendation_id=[f"{number:08d}" for number in range(size)])
    rows.to_parquet(folder / ROWS)
    np.save(folder / VECTORS, matching_encoder(workspace, params).encode(distinct).astype(np.float16))
    return int(rows["state_under_review"].nunique())


def ratios(runs: pd.DataFrame) -> pd.DataFrame:
    """Return for each size and other method what this project takes of its time and memory, 2.0 is twice as much.

    The median over the runs, each compared within itself; `cpu_least` and `cpu_most` are the extremes of them.
    """
    keys = ["recommendations", "run"]
    ours = runs[runs["method"] == OURS].set_index(keys)
    rows = []
    for (size, method), part in runs[runs["method"] != OURS].groupby(["recommendations", "method"], sort=False):
        other = part.set_index(keys)
        each = ours.loc[other.index, list(_MEASURES)] / other[list(_MEASURES)]
        rows.append({
            "recommendations": size, "beside": method, **each.median().round(3).rename(_MEASURES),
            "cpu_least": round(each["cpu_s"].min(), 3), "cpu_most": round(each["cpu_s"].max(), 3), "runs": len(part),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _write(runs: pd.DataFrame, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    whole = runs.groupby(["recommendations", "run"])["method"].transform("size") == len(METHODS)
    found = ratios(runs[whole]) if whole.any() else pd.DataFrame()
    for name, frame in ((RUNS, runs), (RATIOS, found)):
        with replacing(out / name) as temporary:
            frame.to_csv(temporary, index=False)
    with replacing(out / CARD) as temporary:
        parts = ["What this project takes, as a multiple of what the other takes; medians of the runs.", "",
                 table(list(found.columns), found.to_numpy().tolist()), "",
                 "Every run, each in a process of its own on one core:", "",
                 table(list(runs.columns), runs.to_numpy().tolist()), ""]  # fmt: skip
        temporary.write_text("\n".join(parts), encoding="utf-8")
