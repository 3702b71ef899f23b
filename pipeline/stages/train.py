"""Train the candidate of one dimension, and keep what it said about texts it had not seen."""

import numpy as np
import pandas as pd

from pipeline import held_out, model_folder
from pipeline.classifier import linear
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.classifier.training import train
from pipeline.labelled import READINGS, ROWS, Truth, data_hash, truth_of
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import SCHEMES
from pipeline.splits import by_session, folds, twins
from pipeline.stages import rule_training
from pipeline.stages.fitting import fitting
from pipeline.tables import read_table
from pipeline.taxonomy import load_taxonomy

LINEAR = ("themes", "action")
"""Dimensions tagged by a model of their own; the others follow from rules and crosswalks of measured precision."""


def run(workspace: Workspace, params: Params, dimension: str) -> None:
    """Write candidates/<dimension>: the model, and its held-out predictions."""
    rows, readings = (read_table(workspace.candidates / name) for name in (ROWS, READINGS))
    made: dict[str, object] = {
        "dimension": dimension,
        "scheme": SCHEMES[dimension],
        "languages": ["en"],
        "versions": model_folder.versions(),
        "data_sha256": data_hash(rows, readings),
    }
    if dimension not in LINEAR:
        rule_training.run(workspace, params, dimension, rows=rows, readings=readings, made=made)
        return
    taxonomy = load_taxonomy(workspace.taxonomy(SCHEMES[dimension]))
    known = set(readings.loc[readings["dimension"] == dimension, "concept_id"].dropna())
    concepts = [concept.id for concept in taxonomy.concepts if concept.id in known]
    truth = truth_of(rows, readings, dimension, "upr_info", concepts)
    _train(workspace, params, dimension, concepts=concepts, truth=truth, made=made)


def _train(
    workspace: Workspace, params: Params, dimension: str, *, concepts: list[str], truth: Truth, made: dict[str, object]
) -> None:
    texts, sessions, options = truth.rows["text"].tolist(), truth.rows["session"], params.train
    split = by_session(
        sessions.tolist(), last_train=options.last_train_session, last_validation=options.last_validation_session
    )
    measured = truth.rows[split.validation]
    trained = train(
        texts, truth.right, training=split.train, validation=split.validation, exclusive=dimension == "action",
        folds=folds(measured["state"], options.folds), fit=fitting(params, concepts, opening=dimension == "action"),
    )  # fmt: skip
    right = truth.right[split.validation]
    curve = PrecisionCurve.of(trained.probabilities[trained.predicted], right[trained.predicted])
    description = {
        **made, "kind": "linear", **trained.tagger.describe(), "precision_curve": vars(curve),
        "training": _counts(truth.rows[split.train | split.validation]), "validation": _counts(measured),
        "measured_after_training_on": _counts(truth.rows[split.train]), "features": len(trained.tagger.model.ngrams),
        "params": options.model_dump(),
    }  # fmt: skip
    folder = workspace.candidates / dimension
    model_folder.write(folder, description, arrays=linear.to_arrays(trained.tagger.model))
    seen = twins(measured["text"], truth.rows.loc[split.train, "text"])
    held_out.save(
        held_out.HeldOut(measured["row_id"].tolist(), concepts, trained.probabilities, trained.predicted, right,
                         np.zeros_like(right), seen),
        folder,
    )  # fmt: skip


def _counts(rows: pd.DataFrame) -> dict[str, object]:
    return {
        "rows": len(rows),
        "distinct_texts": int(rows["text"].nunique()),
        "states": int(rows["state"].nunique()),
        "sessions": [int(rows["session"].min()), int(rows["session"].max())],
    }
