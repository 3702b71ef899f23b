"""Measure, on labelled texts, what each rule and each link of a crosswalk is worth."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import crosswalking, held_out, model_folder
from pipeline.classifier.calibration import PrecisionCurve, best_threshold
from pipeline.classifier.tagger import Tagger, restore
from pipeline.labelled import Truth, truth_of
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.splits import folds, twins
from pipeline.stages.fitting import fitting
from pipeline.stages.tag import CROSSWALKS, found_by_rules
from pipeline.taxonomy import load_taxonomy

ORIGIN = {"groups": "gold", "sdgs": "gold", "uhri_themes": "uhri"}
"""Whose readings measure a dimension."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def run(
    workspace: Workspace, params: Params, dimension: str, *, rows: pd.DataFrame, readings: pd.DataFrame,
    made: Mapping[str, Any],
) -> None:  # fmt: skip
    """Write candidates/<dimension> for a dimension of rules and crosswalks."""
    taxonomy = load_taxonomy(workspace.taxonomy(made["scheme"]))
    concepts = [concept.id for concept in taxonomy.concepts]
    broader = {concept.id: concept.broader for concept in taxonomy.concepts}
    truth = _with_broader(truth_of(rows, readings, dimension, ORIGIN[dimension], concepts), concepts, broader)
    texts = truth.rows["text"].tolist()
    themes = _unseen_themes(workspace, params, truth.rows, rows, readings) if dimension in CROSSWALKS else None
    found = found_by_rules(texts, dimension, taxonomy, workspace, themes)
    level = np.array([broader[concept] is not None for concept in concepts])
    groups = truth.rows["state"] if truth.rows["state"].nunique() >= params.train.folds else truth.rows["row_id"]
    fold = folds(groups, params.train.folds)
    strength = params.train.precision_strength
    probabilities, predicted = np.zeros(truth.right.shape), np.zeros(truth.right.shape, dtype=bool)
    for held in np.unique(fold):
        scores, thresholds, _ = _fit(found, truth, fold != held, level=level, concepts=concepts, strength=strength)
        probabilities[fold == held] = scores[fold == held]
        predicted[fold == held] = (scores >= thresholds)[fold == held] & (scores[fold == held] > 0)
    _, thresholds, precisions = _fit(
        found, truth, np.ones(len(texts), dtype=bool), level=level, concepts=concepts, strength=strength
    )
    counted = predicted & ~truth.uncertain
    curve = PrecisionCurve.of(probabilities[counted], truth.right[counted])
    description = {
        **made, "kind": "rules", "concepts": concepts, "thresholds": thresholds.tolist(),
        "precision_curve": vars(curve), "params": params.train.model_dump(), "measured_on": ORIGIN[dimension],
        "training": {"rows": len(texts), "states": int(truth.rows["state"].nunique()),
                     "sessions": [int(truth.rows["session"].min()), int(truth.rows["session"].max())]},
    }  # fmt: skip
    folder = workspace.candidates / dimension
    model_folder.write(folder, description, rules={"precisions": precisions})
    seen = np.zeros(len(texts), dtype=bool)
    for held in np.unique(fold):
        seen[fold == held] = twins(truth.rows.loc[fold == held, "text"], truth.rows.loc[fold != held, "text"])
    held_out.save(
        held_out.HeldOut(truth.rows["row_id"].tolist(), concepts, probabilities, predicted, truth.right,
                         truth.uncertain, seen),
        folder,
    )  # fmt: skip


def _fit(
    found: pd.DataFrame, truth: Truth, chosen: Flags, *, level: Flags, concepts: list[str], strength: float
) -> tuple[Floats, Floats, crosswalking.Precisions]:
    """Return scores of all texts, thresholds by level and precisions, measured on the `chosen` texts."""
    right, unsure = _pairs(truth.right, concepts), _pairs(truth.uncertain, concepts)
    precisions = crosswalking.measure(found[chosen[found["row"]]], right, unsure, strength=strength)
    tags = crosswalking.scored(found, precisions)
    column = {concept: at for at, concept in enumerate(concepts)}
    scores = np.zeros(truth.right.shape)
    scores[tags["row"].to_numpy(dtype=int), tags["concept_id"].map(column).to_numpy(dtype=int)] = tags["score"]
    thresholds = np.ones(len(concepts))
    for which in np.unique(level):
        part = np.ix_(chosen, level == which)
        counted = (scores[part] > 0) & ~truth.uncertain[part]
        thresholds[level == which] = best_threshold(
            scores[part][counted], truth.right[part][counted], int(truth.right[part].sum())
        )
    return scores, thresholds, precisions


def _pairs(flags: Flags, concepts: list[str]) -> set[tuple[int, str]]:
    return {(int(row), concepts[column]) for row, column in np.argwhere(flags)}


def _with_broader(truth: Truth, concepts: list[str], broader: Mapping[str, str | None]) -> Truth:
    """Return the truth in which a text that carries a target carries its goal."""
    column = {concept: at for at, concept in enumerate(concepts)}
    right, unsure = truth.right.copy(), truth.uncertain.copy()
    for concept, above in broader.items():
        if above:
            right[:, column[above]] |= truth.right[:, column[concept]]
            unsure[:, column[above]] |= truth.uncertain[:, column[concept]]
    return Truth(truth.rows, right, unsure & ~right)


def _unseen_themes(
    workspace: Workspace, params: Params, chosen: pd.DataFrame, rows: pd.DataFrame, readings: pd.DataFrame
) -> pd.DataFrame:
    """Return the theme tags of the `chosen` texts by a model that has not seen them.

    The candidate of the dimension themes if it has not; else a model fitted on all other texts, with its calibration.
    """

    folder = workspace.candidates / "themes"
    description = model_folder.read(folder)
    concepts = description["concepts"]
    truth = truth_of(rows, readings, "themes", "upr_info", concepts)
    others = ~twins(truth.rows["text"], chosen["text"])
    tagger = restore(description, model_folder.read_arrays(folder))
    if not others.all():
        fit = fitting(params, concepts, opening=False)
        model = fit(truth.rows.loc[others, "text"].tolist(), truth.right[others])
        tagger = Tagger(model, tagger.alone)
    tags = tagger.propose(chosen["text"].tolist(), floor=1.0)
    return tags[tags["proposed"]].assign(evidence=None)
