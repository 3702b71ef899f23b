"""Measure the candidate of the encoder: its heads alone on later sessions, how near int8 keeps, how fast it is."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline import model_folder
from pipeline.encoder import model_folder as base_folder
from pipeline.features import load_features
from pipeline.labelled import READINGS, ROWS, truth_of
from pipeline.measuring.headlines import scored
from pipeline.metrics import Draws, Outcomes
from pipeline.model_card.encoder import render
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.splits import SplitError, by_session, twins
from pipeline.stages.encoder_speed import speed
from pipeline.stages.encoding import MEASURED
from pipeline.stages.run_log import log_candidate
from pipeline.stages.train_encoder import FIDELITY, sample
from pipeline.tables import read_table, replacing
from pipeline.transformer.compression import compress
from pipeline.transformer.fidelity import closeness, full_features, probabilities
from pipeline.transformer.learning_set import ORIGINS
from pipeline.transformer.network import TaskNetwork

BASE = "base"
"""Names, among the figures of fidelity, those of the encoder before it was fine-tuned."""

_EXCLUSIVE = "action"
_BATCH = 32


def run(workspace: Workspace, params: Params) -> None:
    """Write metrics.json and card.md beside the candidate; log the run."""
    folder = workspace.candidates / "encoder"
    description, measured = model_folder.read(folder), model_folder.read(folder / MEASURED)
    rows, readings = (read_table(workspace.candidates / name) for name in (ROWS, READINGS))
    options, compared = params.train.encoder, sample(rows)
    base, max_tokens = base_folder(options.base), description["max_tokens"]
    metrics = {
        "headlines": _heads_alone(workspace, params, rows, readings, measured),
        "fidelity": _fidelities(folder, base, compared, max_tokens),
        "speed": speed(folder, base, compared, batch_size=options.batch_size, max_tokens=max_tokens),
        "megabytes": round(sum((folder / name).stat().st_size for name in description["sha256"]) / 1e6, 1),
        "model_sha256": model_folder.fingerprint(folder),
    }  # fmt: skip
    model_folder.write_json(folder / model_folder.METRICS, metrics)
    with replacing(folder / model_folder.CARD) as temporary:
        temporary.write_text(render(description, measured, metrics), encoding="utf-8")
    log_candidate(workspace, "evaluate", "encoder")


def _fidelities(folder: Path, base: Path, texts: Sequence[str], max_tokens: int) -> dict[str, Any]:
    """Return how near int8 keeps, as training noted it; of an encoder whose network was not kept, the base's in its place."""
    places = {"released": folder, MEASURED: folder / MEASURED}
    found = {name: json.loads((at / FIDELITY).read_text(encoding="utf-8")) for name, at in places.items()}
    return {name: of for name, of in found.items() if of} or {BASE: _closeness_of_base(base, texts, max_tokens)}


def _closeness_of_base(base: Path, texts: Sequence[str], max_tokens: int) -> dict[str, float | int]:
    network = TaskNetwork(base, {}).eval()
    full = full_features(network, texts, base, max_tokens=max_tokens, batch_size=_BATCH)
    with tempfile.TemporaryDirectory() as folder:
        files = {
            model_folder.ENCODER: compress(network, max_tokens),
            model_folder.TOKENIZER: (base / model_folder.TOKENIZER).read_bytes(),
        }
        described = {"kind": "encoder", "max_tokens": max_tokens, "features": full.shape[1]}
        model_folder.write(Path(folder), described, files=files)
        return closeness(full, load_features(Path(folder), batch_size=_BATCH).features(texts))


def _heads_alone(
    workspace: Workspace, params: Params, rows: pd.DataFrame, readings: pd.DataFrame, description: dict[str, Any]
) -> dict[str, Any]:
    """Return the figures of the heads on validation sessions; nothing where there are none, or they were learnt."""
    if description["training"]["sessions"][1] > params.train.last_train_session:
        return {}
    folder = workspace.candidates / "encoder" / MEASURED
    heads = {name: np.asarray(array, dtype=np.float32) for name, array in model_folder.read_arrays(folder).items()}
    encoder = load_features(folder, batch_size=params.train.encoder.batch_size)
    found: dict[str, Any] = {}
    for task in (name for name, origin in ORIGINS.items() if origin == "upr_info" and name in description["tasks"]):
        truth = truth_of(rows, readings, task, ORIGINS[task], description["tasks"][task])
        try:
            split = by_session(truth.rows["session"].tolist(), last_train=params.train.last_train_session,
                               last_validation=params.train.last_validation_session)  # fmt: skip
        except SplitError:
            continue
        late = truth.rows[split.validation]
        likely = probabilities(encoder.features(late["text"].tolist()), heads, task, exclusive=task == _EXCLUSIVE)
        predicted = likely > 0.5
        if task == _EXCLUSIVE:
            predicted = np.arange(likely.shape[1]) == likely.argmax(axis=1)[:, None]
        outcomes = Outcomes.of(truth.right[split.validation], predicted)
        new = ~twins(late["text"], truth.rows.loc[split.train, "text"])
        seed = params.train.seed
        found[f"{task}, heads alone"] = _figures(outcomes, late, seed)
        if new.any():
            found[f"{task}, heads alone, without repeated texts"] = _figures(outcomes.rows(new), late[new], seed)
    return found


def _figures(outcomes: Outcomes, rows: pd.DataFrame, seed: int) -> dict[str, Any]:
    """Return micro-F1 (of action: accuracy) and macro-F1 with intervals, reviews drawn."""
    reviews = (rows["state"] + " " + rows["session"].astype(str)).tolist()
    figures = scored(outcomes, Draws.of(reviews, seed=seed))
    first, last = int(rows["session"].min()), int(rows["session"].max())
    return {
        "f1": figures["micro_f1"], "f1_95": figures["micro_f1_95"], "macro_f1": figures["macro_f1"],
        "macro_f1_95": figures["macro_f1_95"], "measured_on": f"{len(rows):,} texts of sessions {first}-{last}",
    }  # fmt: skip
