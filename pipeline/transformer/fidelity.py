"""How near the compressed encoder keeps to the network it was made from."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from pipeline.transformer.batches import padded, tokenised
from pipeline.transformer.network import TaskNetwork
from pipeline.transformer.tasks import Task

Floats = NDArray[np.float32]
Probabilities = NDArray[np.float64]


def full_features(
    network: TaskNetwork, texts: Sequence[str], folder: Path, *, max_tokens: int, batch_size: int
) -> Floats:
    """Return texts x features of the network itself in float32, with the tokenizer of the model `folder`."""
    tokens = tokenised(texts, folder, max_tokens)
    order = np.argsort([len(ids) for ids in tokens], kind="stable")
    parts = []
    with torch.inference_mode():
        for start in range(0, len(order), batch_size):
            batch = padded([tokens[at] for at in order[start : start + batch_size]])
            parts.append(network.features(*batch).numpy())
    found = np.concatenate(parts)
    return np.asarray(found[np.argsort(order)])


def closeness(full: Floats, compressed: Floats) -> dict[str, float | int]:
    """Return the cosines between the `compressed` features of texts and the `full` ones: their median and 1st percentile."""
    cosines = (full * compressed).sum(axis=1) / np.linalg.norm(full, axis=1) / np.linalg.norm(compressed, axis=1)
    return {
        "texts": len(full),
        "cosine_median": round(float(np.median(cosines)), 5),
        "cosine_1st_percentile": round(float(np.quantile(cosines, 0.01)), 5),
    }


def fidelity(
    full: Floats, compressed: Floats, heads: Mapping[str, Floats], tasks: Sequence[Task]
) -> dict[str, float | int]:
    """Return how the `compressed` features of texts differ from the `full` ones, and the probabilities made of each.

    `heads` are those of `compression.head_arrays`. Of each text the largest difference over all concepts counts, and
    over all texts the mean over all concepts; `decisions_changed` is the share of tags, by either at probability .5,
    that only one of the two gives.
    """
    one, other = (
        np.hstack([probabilities(features, heads, task.name, exclusive=task.exclusive) for task in tasks])
        for features in (full, compressed)
    )
    apart = np.abs(one - other)
    either, changed = (one > 0.5) | (other > 0.5), (one > 0.5) != (other > 0.5)
    return {
        **closeness(full, compressed),
        "probability_difference_mean": round(float(apart.mean()), 5),
        "probability_difference_largest_median": round(float(np.median(apart.max(axis=1))), 4),
        "probability_difference_largest_99th_percentile": round(float(np.quantile(apart.max(axis=1), 0.99)), 4),
        "decisions_changed": round(float(changed.sum() / max(either.sum(), 1)), 4),
    }


def probabilities(features: Floats, heads: Mapping[str, Floats], task: str, *, exclusive: bool) -> Probabilities:
    """Return texts x concepts: what the head of `task` makes of the features, uncalibrated."""
    margins = (features @ heads[f"{task}_weights"] + heads[f"{task}_bias"]).astype(np.float64)
    if not exclusive:
        return np.asarray(1 / (1 + np.exp(-margins)))
    raised = np.exp(margins - margins.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
