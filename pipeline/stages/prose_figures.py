"""The figures of the model of goals of prose. No stage of its own: train_sdg_prose writes them."""

from typing import Any

import numpy as np

from pipeline.main_goal import GOALS, Flags, Floats
from pipeline.metrics import Draws, interval, ratio
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.prose_measures import Source, measured
from pipeline.stages.prose_material import Material
from pipeline.stages.tag import tag_texts

_NEAREST = 3
"""Official texts of a goal whose mean cosine says how near the goal lies to a text."""


def figures_of(
    material: Material, probabilities: Floats, thresholds: Floats, inputs: Floats, auto: float | None, params: Params
) -> dict[str, Any]:
    """Return the figures of each source of the model, and of the tagger without encoder at a probability of a half."""
    vectors, said = inputs[:, : -len(GOALS)], inputs[:, -len(GOALS) :]
    official = np.isin(material.source, ["official", "indicators"])
    near = vectors @ vectors[official].T
    near[np.flatnonzero(official), np.arange(int(official.sum()))] = -np.inf
    goal = material.main[official]
    likeliest = np.column_stack(
        [np.sort(near[:, goal == at], axis=1)[:, -_NEAREST:].mean(axis=1) for at in range(len(GOALS))]
    )
    figures: dict[str, Any] = {}
    for name in ("read", "indicators", "written", "activities"):
        own = material.of(name)
        if not own.any():
            continue
        draws = Draws.of(material.group[own].tolist(), seed=params.train.seed)
        source = Source(material.right[own], material.unsure[own], material.main[own], likeliest[own], draws)
        figures[name] = measured(source, probabilities[own], thresholds[own], auto)
        figures[name]["tagger_without_encoder"] = measured(
            source, 1 / (1 + np.exp(-said[own])), np.full_like(said[own], 0.5), None
        )
    return figures


def by_goal(material: Material, found: Flags) -> dict[str, Any]:
    """Return for each goal the precision and recall on written texts and on those read."""
    figures: dict[str, Any] = {goal: {} for goal in GOALS}
    for name in ("written", "read"):
        own = material.of(name)
        right, said = material.right[own], found[own] & ~(material.unsure[own] & ~material.right[own])
        for at, goal in enumerate(GOALS):
            hits, true, tags = (int(part.sum()) for part in (right[:, at] & said[:, at], right[:, at], said[:, at]))
            figures[goal][name] = {
                "texts": true,
                "precision": round(hits / max(tags, 1), 3),
                "recall": round(hits / max(true, 1), 3),
            }
    return figures


def targets_of_rules(material: Material, found: Flags, workspace: Workspace, params: Params) -> dict[str, Any]:
    """Return how often targets that rules and links propose are right on written texts, kept with their goals, and without."""
    own = material.of("written")
    texts = [text for text, there in zip(material.texts, own, strict=True) if there]
    tags = tag_texts(texts, "sdgs", workspace, params, features=None)
    tags = tags[tags["proposed"] & tags["concept_id"].str.contains(".", regex=False)]
    column = {goal: place for place, goal in enumerate(GOALS)}
    goals = tags["concept_id"].str.split(".").str[0].map(column).to_numpy(dtype=np.int64)
    kept = found[own][tags["row"].to_numpy(dtype=np.int64), goals]
    right = [
        concept.removeprefix("sdg:") in material.targets[row]
        for row, concept in zip(tags["row"], tags["concept_id"], strict=True)
    ]
    draws = Draws.of(tags["row"].astype(str).tolist(), seed=params.train.seed)
    figures = {}
    for name, counted in (("kept", kept), ("all", np.ones(len(tags), dtype=bool))):
        totals = draws.total(np.column_stack([np.array(right) & counted, counted]).astype(np.float64))
        drawn = ratio(totals[:, 0], totals[:, 1])
        figures[name] = {"tags": int(counted.sum()), "precision": round(float(drawn[0]), 4),
                         "interval_95": [round(end, 4) for end in interval(drawn)]}  # fmt: skip
    return figures
