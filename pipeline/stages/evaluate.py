"""Measure the candidate of one dimension on texts it had not seen, and write its card."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipeline import held_out, model_folder
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.held_out import HeldOut
from pipeline.labelled import ROWS
from pipeline.metrics import Outcomes, at_score, calibration_error, f1, f1_intervals, per_label, reliability
from pipeline.model_card import render
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.sessions import load_sessions
from pipeline.tables import read_table, replacing
from pipeline.taxonomy import load_taxonomy
from pipeline.tracking import log_run


def run(workspace: Workspace, params: Params, dimension: str) -> None:
    """Write metrics.json, per_label.csv, precision_curve.csv and card.md beside the candidate; log the run."""
    folder = workspace.candidates / dimension
    description = model_folder.read(folder)
    held = held_out.load(folder)
    rows = read_table(workspace.candidates / ROWS).set_index("row_id").loc[list(held.row_ids)].reset_index()
    taxonomy = load_taxonomy(workspace.taxonomy(description["scheme"]))
    labels = {concept.id: concept.label for concept in taxonomy.concepts}
    cycles = {number: at.cycle for number, at in load_sessions(workspace.configs / "sessions.csv").items()}
    outcomes = Outcomes.of(held.truth, held.predicted, held.ignored)
    curve = PrecisionCurve(**description["precision_curve"])
    auto_precision: float = getattr(params.tag, dimension).auto_precision
    metrics = {
        "texts": len(rows),
        "all": _figures(outcomes, rows, params.train.seed),
        "without_twins": _figures(outcomes.rows(~held.twin), rows[~held.twin], params.train.seed),
        "twins": int(held.twin.sum()),
        "by_session": _by(outcomes, rows["session"]),
        "by_cycle": _by(outcomes, rows["session"].map(cycles).fillna(0).astype(int)),
        **_levels(outcomes, rows, held.concepts, {c.id: c.broader for c in taxonomy.concepts}, params.train.seed),
        **_probabilities(held, curve.auto_from(auto_precision), auto_precision),
    }
    table = per_label(outcomes, held.concepts, [labels[concept] for concept in held.concepts])
    model_folder.write_json(folder / model_folder.METRICS, metrics)
    for name, frame in ((model_folder.PER_LABEL, table), (model_folder.CURVE, pd.DataFrame(vars(curve)))):
        with replacing(folder / name) as temporary:
            frame.to_csv(temporary, index=False)
    with replacing(folder / model_folder.CARD) as temporary:
        temporary.write_text(render(description, metrics, table, taxonomy.title), encoding="utf-8")
    log_run(
        workspace.cache / "mlflow", experiment=dimension, params=description["params"],
        metrics={f"{part}_{name}": metrics[part][name]
                 for part in ("all", "without_twins") for name in ("micro_f1", "macro_f1")},
        tags={"data_sha256": description["data_sha256"]},
        files=[folder / model_folder.METRICS, folder / model_folder.PER_LABEL, folder / model_folder.CARD],
    )  # fmt: skip


def _figures(outcomes: Outcomes, rows: pd.DataFrame, seed: int) -> dict[str, Any]:
    micro, macro = f1(outcomes)
    reviews = (rows["state"] + " " + rows["session"].astype(str)).tolist()
    intervals = f1_intervals(outcomes, reviews, seed=seed)
    return {
        "micro_f1": round(micro, 4), "macro_f1": round(macro, 4), "texts": len(rows),
        "micro_f1_95": [round(end, 4) for end in intervals[0]], "macro_f1_95": [round(end, 4) for end in intervals[1]],
    }  # fmt: skip


def _by(outcomes: Outcomes, numbers: "pd.Series[int]") -> dict[str, Any]:
    """Return the figures of the texts of each number (session or cycle; 0: none named)."""
    found = {}
    for number in sorted(numbers.unique()):
        chosen = (numbers == number).to_numpy()
        micro, macro = f1(outcomes.rows(chosen))
        found[str(number)] = {"texts": int(chosen.sum()), "micro_f1": round(micro, 4), "macro_f1": round(macro, 4)}
    return found


def _levels(
    outcomes: Outcomes, rows: pd.DataFrame, concepts: Sequence[str], broader: dict[str, str | None], seed: int
) -> dict[str, Any]:
    """Return the figures of broad concepts (goals) and of those below them (targets), where there are both."""
    below = np.array([broader[concept] is not None for concept in concepts])
    if below.all() or not below.any():
        return {}
    return {
        name: _figures(outcomes.columns(chosen), rows, seed) for name, chosen in (("broad", ~below), ("narrow", below))
    }


def _probabilities(held: HeldOut, auto_from: float | None, auto_precision: float) -> dict[str, Any]:
    """Return calibration of the top tag and of all tags, and what `auto` would let through unread."""
    place = np.arange(len(held.truth)), held.probabilities.argmax(axis=1)
    top = (held.probabilities[place] > 0) & ~held.ignored[place]
    scores, right = held.probabilities[place][top], held.truth[place][top]
    counted = held.predicted & ~held.ignored
    precision, recall = at_score(
        held.probabilities[counted], held.truth[counted], int((held.truth & ~held.ignored).sum()), auto_from
    )
    return {
        "calibration_error_top": round(calibration_error(scores, right), 4),
        "calibration_error_tags": round(calibration_error(held.probabilities[counted], held.truth[counted]), 4),
        "reliability": reliability(scores, right).round(4).to_dict("records"),
        "auto": {
            "wanted": auto_precision,
            "from_score": auto_from,
            "precision": round(precision, 4),
            "recall": round(recall, 4),
        },
        "tags_per_text": round(float(held.predicted.sum(axis=1).mean()), 3),
        "texts_without_tag": int((~held.predicted.any(axis=1)).sum()),
    }
