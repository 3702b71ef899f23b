"""Fine-tune the encoder: on early sessions, to be measured with; then on all, to be released. Both as int8 files."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from pipeline import model_folder
from pipeline.encoder import fingerprint
from pipeline.encoder import model_folder as base_folder
from pipeline.features import load_features
from pipeline.labelled import READINGS, ROWS, data_hash
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import SCHEMES
from pipeline.splits import twins
from pipeline.stages.encoding import MEASURED
from pipeline.tables import read_table, replacing
from pipeline.taxonomy import load_taxonomy
from pipeline.transformer.compression import compress, head_arrays
from pipeline.transformer.fidelity import fidelity, full_features
from pipeline.transformer.fine_tuning import fine_tune
from pipeline.transformer.learning_set import ORIGINS, LearningSet, concepts_of, learning_set
from pipeline.transformer.network import TaskNetwork
from pipeline.transformer.recipe import Recipe

FIDELITY = "fidelity.json"

_COMPARED = 1000
"""Texts on which the compressed encoder is compared with the network it was made from."""
_SMOOTHING = 0.98
"""Share of the loss shown so far that is kept at each step."""


@dataclass(frozen=True)
class _Data:
    """What is the same for both trainings: the hash of the labelled texts, and texts to compare encoders on."""

    sha256: str
    compared: list[str]


def run(workspace: Workspace, params: Params, *, resume: bool = False) -> None:
    """Write candidates/encoder and, below it, the encoder to measure with; `resume` goes on where a run was stopped.

    Where the parameters say not to fine-tune, both are the released encoder.

    Raises:
        ModelError: the released encoder is to be kept, and is missing or changed.
        LearningSetError: no labelled recommendation has themes.
        CheckpointError: what is to be gone on with is a training of other data or another recipe.
    """
    options, folder = params.train.encoder, workspace.candidates / "encoder"
    if not options.fine_tune:
        _keep(workspace.released / "encoder", folder)
        return
    rows, readings = (read_table(workspace.candidates / name) for name in (ROWS, READINGS))
    taxonomies = {name: load_taxonomy(workspace.taxonomy(SCHEMES[name])) for name in ORIGINS}
    early = early_rows(rows, readings, params.train.last_train_session)
    data = _Data(data_hash(rows, readings), sample(rows[~early] if (~early).any() else rows))
    concepts = concepts_of(readings, taxonomies)
    kept = workspace.cache / "encoder"
    start: Mapping[str, Tensor] | None = None
    for name, chosen, epochs, to in (
        (MEASURED, early, options.epochs, folder / MEASURED),
        ("released", np.ones(len(rows), dtype=bool), options.final_epochs, folder),
    ):
        learnt = learning_set(rows[chosen], readings, taxonomies, options.weights.model_dump(), concepts)
        network = _train(name, learnt, params, epochs, start, checkpoint=kept / f"{name}.safetensors", resume=resume)
        _write(to, network, learnt, data, params)
        start = network.state_dict()
    for checkpoint in kept.glob("*.safetensors"):
        checkpoint.unlink()


def _keep(released: Path, folder: Path) -> None:
    """Take the released encoder as candidate, and to measure with; how near it keeps to its network stands in its figures."""
    model_folder.read(released)
    metrics = released / model_folder.METRICS
    known = json.loads(metrics.read_text(encoding="utf-8")) if metrics.exists() else {}
    for to in (folder, folder / MEASURED):
        to.mkdir(parents=True, exist_ok=True)
        for name in model_folder.ENCODER_FILES:
            with replacing(to / name) as temporary:
                shutil.copyfile(released / name, temporary)
        model_folder.write_json(to / FIDELITY, known.get("fidelity", {}).get("released", {}))


def early_rows(rows: pd.DataFrame, readings: pd.DataFrame, last_session: int) -> NDArray[np.bool_]:
    """Return which rows are of sessions up to `last_session` (0: none named) and neither of a gold set nor worded alike."""
    gold = rows[rows["row_id"].isin(readings.loc[readings["origin"] == "gold", "row_id"])]
    return np.asarray((rows["session"] <= last_session).to_numpy() & ~twins(rows["text"], gold["text"]))


def sample(rows: pd.DataFrame) -> list[str]:
    """Return distinct texts spread evenly over the rows by their ids."""
    texts = rows.sort_values("row_id")["text"].drop_duplicates().tolist()
    return texts[:: max(1, -(-len(texts) // _COMPARED))]


def _train(
    name: str, learnt: LearningSet, params: Params, epochs: int, start: Mapping[str, Tensor] | None, *,
    checkpoint: Path, resume: bool,
) -> TaskNetwork:  # fmt: skip
    """Return the trained network, with a progress bar meanwhile."""
    options = params.train.encoder.model_dump(exclude={"base", "fine_tune", "final_epochs", "weights", "epochs"})
    recipe = Recipe(**options, epochs=epochs, seed=params.train.seed)
    with tqdm(desc=f"training the {name} encoder", unit="step", disable=None, smoothing=0.05) as bar:
        shown: list[float] = []

        def advance(step: int, steps: int, loss: float) -> None:
            if bar.total is None:
                bar.total, bar.initial, bar.n = steps, step - 1, step - 1
            shown[:] = [_SMOOTHING * shown[0] + (1 - _SMOOTHING) * loss if shown else loss]
            bar.set_postfix(loss=f"{shown[0]:.3f}", refresh=False)
            bar.update()

        return fine_tune(
            learnt.texts, learnt.tasks, base_folder(params.train.encoder.base), recipe, start=start,
            checkpoint=checkpoint, resume=resume, progress=advance,
        )  # fmt: skip


def _write(folder: Path, network: TaskNetwork, learnt: LearningSet, data: _Data, params: Params) -> None:
    """Write the compressed network to `folder`, and beside it how near it keeps to the network."""
    options = params.train.encoder
    base = base_folder(options.base)
    heads = head_arrays(network)
    description = {
        "dimension": "encoder", "kind": "encoder", "languages": ["en"], "tasks": learnt.concepts,
        "max_tokens": options.max_tokens, "features": len(heads[f"{learnt.tasks[0].name}_weights"]),
        "base": f"{Path(options.base).name}@{fingerprint(base)}", "training": _counts(learnt),
        "data_sha256": data.sha256, "params": {**options.model_dump(), "seed": params.train.seed},
        "versions": {name: metadata.version(name) for name in ("torch", "transformers", "tokenizers", "onnxruntime")},
    }  # fmt: skip
    files = {
        model_folder.ENCODER: compress(network, options.max_tokens),
        model_folder.TOKENIZER: (base / "tokenizer.json").read_bytes(),
    }
    model_folder.write(folder, description, arrays=heads, files=files)
    full = full_features(network, data.compared, base, max_tokens=options.max_tokens, batch_size=options.batch_size)
    compressed = load_features(folder, batch_size=options.batch_size).features(data.compared)
    model_folder.write_json(folder / FIDELITY, fidelity(full, compressed, heads, learnt.tasks))


def _counts(learnt: LearningSet) -> dict[str, object]:
    sessions = learnt.rows.loc[learnt.rows["session"] > 0, "session"]
    return {
        "texts": len(learnt.texts),
        "rows": len(learnt.rows),
        "states": int(learnt.rows["state"].nunique()),
        "sessions": [int(sessions.min()), int(sessions.max())] if len(sessions) else [0, 0],
        "texts_by_task": {task.name: len(task.rows) for task in learnt.tasks},
    }
