"""Train the candidate of one dimension, and keep what it said about texts it had not seen."""

from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from pipeline import held_out, model_folder
from pipeline.classifier.heads import Heads
from pipeline.classifier.training import EncoderHeads, Trained, train
from pipeline.labelled import READINGS, ROWS, Truth, data_hash, truth_of
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import SCHEMES
from pipeline.splits import Split, by_session, folds, twins
from pipeline.stages import learning, rule_training
from pipeline.stages.encoding import features_by, task_encoder
from pipeline.stages.fitting import fitting
from pipeline.stages.run_log import log_candidate
from pipeline.tables import read_table
from pipeline.taxonomy import load_taxonomy

MODELS = ("themes", "action")
"""Dimensions tagged by a model of their own; the others follow from rules and crosswalks too."""


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
    if dimension not in MODELS:
        rule_training.run(workspace, params, dimension, rows=rows, readings=readings, made=made)
        learning.write(workspace.candidates / dimension)
        log_candidate(workspace, "train", dimension)
        return
    taxonomy = load_taxonomy(workspace.taxonomy(SCHEMES[dimension]))
    known = set(readings.loc[readings["dimension"] == dimension, "concept_id"].dropna())
    concepts = [concept.id for concept in taxonomy.concepts if concept.id in known]
    truth = truth_of(rows, readings, dimension, "upr_info", concepts)
    options = params.train
    split = by_session(
        truth.rows["session"].tolist(), last_train=options.last_train_session,
        last_validation=options.last_validation_session,
    )  # fmt: skip
    heads, encoder = _heads(workspace, params, dimension, concepts=concepts, measured=truth.rows[split.validation])
    trained = train(
        truth.rows["text"].tolist(), truth.right, training=split.train, validation=split.validation,
        exclusive=dimension == "action", folds=folds(truth.rows.loc[split.validation, "state"], options.folds),
        fit=fitting(params, concepts, opening=dimension == "action"), heads=heads,
    )  # fmt: skip
    _write(workspace, params, trained, truth, split, made={**made, "encoder": encoder})
    curve = learning.of_linear(
        params, truth, split, concepts, exclusive=dimension == "action", opening=dimension == "action",
        whole={name: system.predicted for name, system in trained.systems.items()},
    )  # fmt: skip
    learning.write(workspace.candidates / dimension, curve)
    log_candidate(workspace, "train", dimension)


def _heads(
    workspace: Workspace, params: Params, dimension: str, *, concepts: list[str], measured: pd.DataFrame
) -> tuple[EncoderHeads | None, str | None]:
    """Return what the encoder brings to `dimension`, and its hash; nothing, and a line that says why, if it cannot help."""
    encoder = task_encoder(workspace, params.train.last_train_session)
    if encoder.measure is None or encoder.release is None:
        tqdm.write(f"{dimension}: {encoder.why}")
        return None, None
    known = model_folder.read(encoder.release)["tasks"].get(dimension, [])
    if unknown := sorted(set(concepts) - set(known)):
        tqdm.write(
            f"{dimension}: the encoder in {encoder.release} does not know {', '.join(unknown)}: the linear model is "
            "trained alone. `upr train encoder` teaches them"
        )
        return None, None
    features = features_by(workspace, params, encoder.measure, measured["text"].tolist())
    return (
        EncoderHeads(
            _heads_of(encoder.measure, dimension, concepts).margins(features),
            _heads_of(encoder.release, dimension, concepts),
        ),
        model_folder.read(encoder.release)["sha256"][model_folder.ENCODER],
    )


def _heads_of(folder: Any, dimension: str, concepts: list[str]) -> Heads:
    """Return the heads of `dimension` that were learnt with the encoder in `folder`, in the order of `concepts`."""
    learnt = model_folder.read(folder)["tasks"][dimension]
    arrays = model_folder.read_arrays(folder)
    order = [learnt.index(concept) for concept in concepts]
    weights, bias = (np.asarray(arrays[f"{dimension}_{name}"], dtype=np.float32) for name in ("weights", "bias"))
    return Heads(weights[:, order], bias[order])


def _write(
    workspace: Workspace, params: Params, trained: Trained, truth: Truth, split: Split, *, made: dict[str, object]
) -> None:
    """Write the model and its held-out predictions."""
    measured, training = truth.rows[split.validation], truth.rows[split.train]
    description = {
        **made, **trained.tagger.describe(), "training": _counts(truth.rows[split.train | split.validation]),
        "validation": _counts(measured), "measured_after_training_on": _counts(training),
        "features": len(trained.tagger.model.ngrams), "params": params.train.model_dump(),
    }  # fmt: skip
    folder = workspace.candidates / str(made["dimension"])
    model_folder.write(folder, description, arrays=trained.tagger.arrays())
    best, right = trained.systems[trained.best], truth.right[split.validation]
    held_out.save(
        held_out.HeldOut(
            measured["row_id"].tolist(), list(trained.tagger.model.concepts), best.probabilities, best.predicted, right,
            np.zeros_like(right), twins(measured["text"], training["text"]),
            systems={name: system.predicted for name, system in trained.systems.items()},
        ),
        folder,
    )  # fmt: skip


def _counts(rows: pd.DataFrame) -> dict[str, object]:
    return {
        "rows": len(rows),
        "distinct_texts": int(rows["text"].nunique()),
        "states": int(rows["state"].nunique()),
        "sessions": [int(rows["session"].min()), int(rows["session"].max())],
    }
