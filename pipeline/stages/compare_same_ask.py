"""compare_same_ask: common methods measured on the labelled pairs and groups, beside the scorer's figures."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import model_folder
from pipeline.clustering import average_linkage
from pipeline.instruments import canonicalise, load_instruments
from pipeline.labelled_pairs import LabelledPairs, f1, read_labelled_pairs
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.reference_methods import communities, cosine, density_groups, minhash, semhash_groups, token_set
from pipeline.stages.encoding import matching_encoder
from pipeline.stages.evaluate_same_ask import figures_of, nested_thresholds, pairwise_figures
from pipeline.stages.train_same_ask import LEVELS
from pipeline.tables import replacing

_TRIED = np.round(np.arange(0.5, 0.96, 0.025), 3)
"""Cosines tried as the threshold of a grouping."""
_Labels = NDArray[np.int64]


def run(workspace: Workspace, params: Params) -> None:
    """Write references.csv beside the candidate: one row a method and what it was measured on.

    Thresholds come from the other States everywhere: of pairs from the other folds, of groups from the other nine.
    """
    labelled = read_labelled_pairs(workspace.labelled)
    labelled = labelled.of(~labelled.grouped)
    instruments = load_instruments(workspace.configs / "instruments.yaml")
    canonical = [canonicalise(text, instruments) for text in labelled.texts]
    encoder = matching_encoder(workspace, params)
    plain, vectors = encoder.encode(labelled.texts), encoder.encode(canonical)
    scores = {
        "cosine": cosine(plain, labelled.pairs),
        "cosine, instruments in one wording": cosine(vectors, labelled.pairs),
        "token_set": token_set(labelled.texts, labelled.pairs),
        "MinHash": minhash(labelled.texts, labelled.pairs, seed=params.train.seed),
    }
    rows = [
        {"method": name, "what": f"pairs, {target.replace('_', ' ')}",
         **_of_pairs(labelled, values, LEVELS[target], params)}
        for target in LEVELS for name, values in scores.items()
    ]  # fmt: skip
    groupings: dict[str, Callable[[NDArray[np.float32], float], _Labels]] = {
        "SemHash": semhash_groups,
        "community_detection": communities,
        "average linkage on the cosine": _linked,
        "HDBSCAN": lambda block, _: density_groups(block),
    }
    rows += [
        {"method": name, "what": what, **_of_groups(labelled, vectors, group, column, params)}
        for column, what in (("ask", "asks, pairwise"), ("family", "families, pairwise"))
        for name, group in groupings.items()
    ]
    metrics = json.loads((workspace.candidates / "same_ask" / model_folder.METRICS).read_text(encoding="utf-8"))
    rows += [{"method": "this project", "what": what, **found} for what, found in metrics["headlines"].items()]
    with replacing(workspace.candidates / "same_ask" / "references.csv") as temporary:
        pd.DataFrame(rows).sort_values(["what", "f1"], kind="stable").to_csv(temporary, index=False)


def _of_pairs(labelled: LabelledPairs, scores: NDArray[np.float64], level: int, params: Params) -> dict[str, Any]:
    truth = labelled.levels >= level
    found = scores >= nested_thresholds(truth, scores, labelled.states)
    return figures_of(truth, found, labelled.states, "threshold from the other States", params)


def _of_groups(
    labelled: LabelledPairs, vectors: NDArray[np.float32], group: Callable[[NDArray[np.float32], float], _Labels],
    column: str, params: Params,
) -> dict[str, Any]:  # fmt: skip
    """Return the figures of a way of grouping, the threshold of each State chosen on the other ones."""
    parts = {str(state): part for state, part in labelled.groups.groupby("state")}
    made = {
        state: [group(vectors[part["text"].to_numpy(dtype=int)], float(value)) for value in _TRIED]
        for state, part in parts.items()
    }
    truth = {state: _together(part[column].to_numpy()) for state, part in parts.items()}
    found = labelled.groups[["state"]].assign(ask="", family="")
    for state, part in parts.items():
        others = [other for other in parts if other != state]
        reached = [_reached(others, truth, made, place) for place in range(len(_TRIED))]
        found.loc[part.index, column] = [f"{state}/{label}" for label in made[state][int(np.argmax(reached))]]
    return pairwise_figures(labelled.groups, found, column, params)


def _reached(
    states: Sequence[str], truth: dict[str, NDArray[np.bool_]], made: dict[str, list[_Labels]], place: int
) -> float:
    """Return the pairwise F1 over `states` with the threshold at `place`."""
    return f1(
        np.concatenate([truth[state] for state in states]),
        np.concatenate([_together(made[state][place]) for state in states]),
    )


def _together(labels: NDArray[Any]) -> NDArray[np.bool_]:
    left, right = np.triu_indices(len(labels), 1)
    return np.asarray(labels[left] == labels[right])


def _linked(vectors: NDArray[np.float32], min_cosine: float) -> _Labels:
    left, right = np.triu_indices(len(vectors), 1)
    pairs = np.stack([left, right], axis=1).astype(np.int64)
    return average_linkage(len(vectors), pairs, np.clip(cosine(vectors, pairs), 0, 1), min_cosine)
