"""train_sdg_prose: learn the main goal of development prose from activities of country teams, countries held out in turn."""

from typing import Any

import numpy as np
import pandas as pd

from pipeline import main_goal, model_folder
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.labelled import READINGS, ROWS
from pipeline.main_goal import GOALS, Flags, Floats, Scale
from pipeline.metrics import Draws, calibration_error, interval
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.splits import folds, twins
from pipeline.stages import main_goals
from pipeline.tables import read_table, replacing
from pipeline.taxonomy import load_taxonomy

_COST = 1.0
"""Inverse strength of the pull towards zero; 0.5 and 3 were worse in countries held out."""
_OFFICIAL = 5.0
"""Activities that one official text of a goal or target counts for: they are few, and labelled without doubt."""


def run(workspace: Workspace, params: Params) -> None:
    """Write candidates/sdg_prose: the model of all texts, its figures in countries held out, and its card.

    Raises:
        ValueError: there are no activities, or too few for each goal.
    """
    rows, right = _activities(workspace)
    taxonomy = load_taxonomy(workspace.taxonomy("sdg"))
    official = [(one.definition or one.label, one.id.split(".")[0]) for one in taxonomy.concepts]
    texts = rows["text"].tolist() + [text for text, _ in official]
    truth = np.vstack([right, [[goal == name for name in GOALS] for _, goal in official]])
    inputs = main_goals.inputs(texts, workspace, params)
    weights = np.where(np.arange(len(texts)) < len(rows), 1.0, _OFFICIAL)
    fold = np.concatenate([folds(rows["state"], params.train.folds), np.full(len(official), -1)])
    probabilities = np.zeros((len(rows), len(GOALS)))
    for held in np.unique(fold[: len(rows)]):
        # An activity that two countries share word by word would be known: it does not teach where its twin measures.
        known = twins(texts, rows.loc[fold[: len(rows)] == held, "text"])
        rest = (fold != held) & ~known
        model = main_goal.fit(inputs[rest], truth[rest], weights[rest], cost=_COST)
        probabilities[fold[: len(rows)] == held] = model.probabilities(inputs[fold == held])
    found, plain = probabilities.argmax(axis=1), inputs[: len(rows), -len(GOALS) :].argmax(axis=1)
    hits = right[np.arange(len(rows)), found]
    surest = probabilities.max(axis=1)
    scores = np.zeros(len(rows))
    for held in np.unique(fold[: len(rows)]):
        own = fold[: len(rows)] == held
        scores[own] = Scale.of(surest[~own], hits[~own])(surest[own])
    curve = PrecisionCurve.of(scores, hits)
    final = main_goal.fit(inputs, truth, weights, cost=_COST)
    folder = workspace.candidates / main_goals.FOLDER
    model_folder.write(
        folder,
        {"kind": "main_goal", "concepts": list(GOALS), "scheme": "sdg", "languages": ["en"], "activities": len(rows),
         "countries": int(rows["state"].nunique()), "official_texts": len(official), "versions": model_folder.versions(),
         "precision_curve": vars(curve), "scale": vars(Scale.of(surest, hits))},
        arrays=final.arrays(),
    )  # fmt: skip
    draws = Draws.of(rows["state"].tolist(), seed=params.train.seed)
    single = right.sum(axis=1) == 1
    metrics = {
        "activities": len(rows), "countries": int(rows["state"].nunique()),
        "main_goal": _share(hits, np.ones(len(rows), dtype=bool), draws),
        "main_goal_where_one_is_labelled": _share(hits, single, draws),
        "tagger_without_encoder": _share(right[np.arange(len(rows)), plain], np.ones(len(rows), dtype=bool), draws),
        "by_goal": {goal: {"texts": int((found == at).sum()), "precision": round(float(hits[found == at].mean()), 4)}
                    for at, goal in enumerate(GOALS) if (found == at).any()},
        "auto_from": curve.auto_from(params.tag.sdgs.auto_precision),
        "calibration_error": round(calibration_error(scores, hits), 4),
        "model_sha256": model_folder.fingerprint(folder),
    }  # fmt: skip
    model_folder.write_json(folder / model_folder.METRICS, metrics)
    with replacing(folder / model_folder.CARD) as temporary:
        temporary.write_text(card(metrics), encoding="utf-8")


def _activities(workspace: Workspace) -> tuple[pd.DataFrame, Flags]:
    """Return the activities, ordered by row id, and activities x goals of those their teams gave."""
    rows, readings = (read_table(workspace.candidates / name) for name in (ROWS, READINGS))
    read = readings[(readings["origin"] == "un_info") & (readings["dimension"] == "sdgs")].dropna(subset="concept_id")
    if read.empty:
        raise ValueError("no activities to learn from: put a joint work plan of UN INFO in data/raw/labelled")
    goals = read["concept_id"].str.split(".").str[0].groupby(read["row_id"]).agg(set)
    chosen = rows[rows["row_id"].isin(goals.index)].sort_values("row_id", ignore_index=True)
    right = np.array([[goal in goals[row_id] for goal in GOALS] for row_id in chosen["row_id"]], dtype=bool)
    return chosen, right


def _share(hits: Flags, counted: Flags, draws: Draws) -> dict[str, Any]:
    """Return the share of right goals among the `counted` texts, with its interval over draws of countries."""
    totals: Floats = draws.total(np.column_stack([hits & counted, counted]).astype(np.float64))
    drawn = totals[:, 0] / totals[:, 1].clip(min=1)
    low, high = interval(drawn)
    return {"value": round(float(drawn[0]), 4), "interval_95": [round(low, 4), round(high, 4)], "texts": int(counted.sum())}  # fmt: skip


def card(metrics: dict[str, Any]) -> str:
    """Return the model card in Markdown."""

    def told(name: str) -> str:
        low, high = metrics[name]["interval_95"]
        return f"{metrics[name]['value']:.3f} [{low:.3f}-{high:.3f}] ({metrics[name]['texts']:,} texts)"

    start = metrics["auto_from"]
    weak = sorted((one["precision"], goal) for goal, one in metrics["by_goal"].items())[:4]
    least = ", ".join(f"{goal} {precision:.2f}" for precision, goal in weak)
    auto = "never, no score was precise enough" if start is None else f"from a score of {start}"
    return "\n".join([
        "# Which goal is this text mainly about?", "",
        "A multinomial logit over the plain MiniLM's vector and the SDG tagger's opinion without the fine-tuned encoder, for texts that "
        "request nothing (`upr tag`, column `sdg_main_goal`). It holds weights only, no word of a text.", "",
        f"Learnt from {metrics['activities']:,} activities of UN country teams in {metrics['countries']} countries and the official texts of "
        "goals and targets. Each country is measured by a model learnt without it; intervals are over countries. Right is a goal among those "
        "the team gave.", "",
        "| | share right [95%] |", "|---|---|",
        f"| this model | {told('main_goal')} |",
        f"| where the team gave one goal | {told('main_goal_where_one_is_labelled')} |",
        f"| the tagger's surest goal, without encoder | {told('tagger_without_encoder')} |", "",
        f"`auto`: {auto}; expected calibration error "
        f"{metrics['calibration_error']:.3f}. Least precise: {least}.", "",
        "Limits: teams label by plan and mandate as much as by text, so that the aim of 0.85 is not met on them. English only. The tags of "
        "the column `sdgs` are not touched: several goals of a text stand there.", "",
    ])  # fmt: skip
