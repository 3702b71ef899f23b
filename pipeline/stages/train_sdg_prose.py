"""train_sdg_prose: learn which goals prose on development treats, and measure it on texts and countries held out."""

from typing import Any

import numpy as np

from pipeline import model_folder
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.goal_network import GoalNetwork
from pipeline.main_goal import GOALS, Flags, Floats
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.prose_card import card
from pipeline.prose_learning import calibrated, cross_calibrated, held_out_margins, learn
from pipeline.stages import main_goals
from pipeline.stages.prose_figures import by_goal, figures_of, targets_of_rules
from pipeline.stages.prose_material import Material, labelled_prose
from pipeline.tables import replacing

_TRAININGS = 4
"""Networks side by side; their mean is better than one by what another dozen of written texts would bring."""


def run(workspace: Workspace, params: Params) -> None:
    """Write candidates/sdg_prose: the model of all texts, its figures on those held out, and its card.

    Raises:
        ValueError: there are no activities, a file of readings is wrong, or a goal has no text.
    """
    material = labelled_prose(workspace, params)
    inputs = main_goals.inputs(material.texts, workspace, params)
    network, margins = _learnt(material, inputs, [params.train.seed + number for number in range(_TRAININGS)])
    written = material.of("written")
    calibration, at = calibrated(margins[written], material.right[written])
    probabilities, thresholds = calibration.probabilities(margins), np.tile(at, (len(margins), 1))
    probabilities[written], thresholds[written] = cross_calibrated(
        margins[written], material.right[written], material.fold[written]
    )
    found = probabilities >= thresholds
    curves = _curves(probabilities[written], found[written], material.right[written])
    folder = workspace.candidates / main_goals.FOLDER
    counts = {name: int(material.of(name).sum()) for name in np.unique(material.source).tolist()}
    model_folder.write(
        folder,
        {"kind": "goals_of_prose", "concepts": list(GOALS), "scheme": "sdg", "languages": ["en"], "texts": counts,
         "versions": model_folder.versions(), **{name: vars(curve) for name, curve in curves.items()}},
        arrays={**network.arrays(), "slopes": calibration.weights, "offset": calibration.offset,
                "curve": calibration.curve, "thresholds": at},
    )  # fmt: skip
    auto = {name: curve.auto_from(params.tag.sdgs.auto_precision) for name, curve in curves.items()}
    metrics: dict[str, Any] = {
        "texts": counts, "countries": len(np.unique(material.group[material.of("activities")])), "auto_from": auto,
        "thresholds": dict(zip(GOALS, at.round(2).tolist(), strict=True)),
        "sources": figures_of(material, probabilities, thresholds, inputs, auto["tags_curve"], params),
        "by_goal": by_goal(material, found),
        "targets_of_rules": targets_of_rules(material, found, workspace, params),
        "model_sha256": model_folder.fingerprint(folder),
    }  # fmt: skip
    model_folder.write_json(folder / model_folder.METRICS, metrics)
    with replacing(folder / model_folder.CARD) as temporary:
        temporary.write_text(card(metrics), encoding="utf-8")


def _learnt(material: Material, inputs: Floats, seeds: list[int]) -> tuple[GoalNetwork, Floats]:
    """Return the network of all that teaches, and margins of each text by a network that did not learn it."""
    taught, trusted = ~material.of("read"), ~material.of("activities")
    part = inputs[taught], material.right[taught], trusted[taught]
    keys = np.array(material.keys)[taught].tolist()
    network = learn(*part, seeds)
    margins = network.margins(inputs)
    held = held_out_margins(*part, material.fold[taught], keys, seeds)
    margins[taught] = np.where(material.fold[taught][:, None] >= 0, held, margins[taught])
    return network, margins


def _curves(probabilities: Floats, found: Flags, right: Flags) -> dict[str, PrecisionCurve]:
    """Return how right the goals of written texts are from each score on: all that were `found`, and the surest of them."""
    kinds = {"tags_curve": found, "main_curve": main_goals.surest(probabilities, found)}
    return {name: PrecisionCurve.of(probabilities[chosen], right[chosen]) for name, chosen in kinds.items()}
