"""Grouping the recommendations to one State to asks, and asks to families, by average linkage on pair scores.

Average linkage joins two groups while the mean score over all pairs between them stays high; a pair that was not a
candidate counts 0. Unlike connected components it does not chain: one doubtful pair cannot join two large groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from pipeline.text import content_id

Pairs: TypeAlias = NDArray[np.int64]
Scores: TypeAlias = NDArray[np.float64]
Labels: TypeAlias = NDArray[np.int64]

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Grouping:
    """The asks of one block, one entry a recommendation in the order given."""

    ask_ids: list[str]
    family_ids: list[str]
    representative: NDArray[np.bool_]


def average_linkage(size: int, pairs: Pairs, scores: Scores, min_score: float) -> Labels:
    """Return a group number for each of `size` items; groups are joined while their mean score is at least `min_score`.

    Exact, though done for each connected component of the pairs alone: groups of two components have mean score 0.
    Numbers count the groups by their first item.
    """
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    count, component = connected_components(graph, directed=False)
    labels = np.zeros(size, dtype=np.int64)
    place = np.zeros(size, dtype=np.int64)
    members = np.split(np.argsort(component, kind="stable"), np.cumsum(np.bincount(component, minlength=count))[:-1])
    of_pair = component[pairs[:, 0]] if len(pairs) else np.zeros(0, dtype=np.int64)
    order = np.argsort(of_pair, kind="stable")
    edges = np.split(order, np.cumsum(np.bincount(of_pair, minlength=count))[:-1])
    used = 0
    for items, inside in zip(members, edges, strict=True):
        place[items] = np.arange(len(items))
        found = _linked(len(items), place[pairs[inside]], scores[inside], min_score)
        labels[items] = found + used
        used += int(found.max()) + 1
    _, first, numbers = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[numbers].astype(np.int64)


def _linked(size: int, pairs: Pairs, scores: Scores, min_score: float) -> Labels:
    """Return the groups within one component."""
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    distances = np.ones(size * (size - 1) // 2)
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    distances[size * low - low * (low + 1) // 2 + high - low - 1] = 1 - scores
    tree = linkage(distances, method="average")
    return np.asarray(fcluster(tree, 1 - min_score + _ROUNDING, criterion="distance"), dtype=np.int64) - 1


def group_block(
    ids: Sequence[str],
    founding: Sequence[tuple[int, str]],
    pairs: Pairs,
    ask_scores: Scores,
    family_scores: Scores,
    *,
    state: str | None,
    min_ask_score: float,
    min_family_score: float,
) -> Grouping:
    """Return the asks and families of one block of recommendations.

    `founding` orders the recommendations by age, (year, id): the eldest of an ask gives it its id, so that an ask that
    later sessions add to keeps its id. The order of `ids` and `pairs` changes nothing.
    """
    size = len(ids)
    rank = np.empty(size, dtype=np.int64)
    rank[sorted(range(size), key=lambda item: founding[item])] = np.arange(size)
    by_rank = np.argsort(rank)
    ranked = np.sort(rank[pairs], axis=1) if len(pairs) else np.zeros((0, 2), dtype=np.int64)
    asks = average_linkage(size, ranked, ask_scores, min_ask_score)
    families = _families(asks, ranked, family_scores, min_family_score)
    chosen = _representatives(asks, ranked, ask_scores)
    prefix = state or "UNKNOWN"
    ask_ids = (
        [f"{prefix}-{content_id(prefix, ids[by_rank[np.argmax(asks == ask)]])}" for ask in range(asks.max() + 1)]
        if size
        else []
    )
    family_ids = (
        [f"{ask_ids[int(np.argmax(families == family))]}-F" for family in range(families.max() + 1)] if size else []
    )
    return Grouping(
        [ask_ids[asks[rank[item]]] for item in range(size)],
        [family_ids[families[asks[rank[item]]]] for item in range(size)],
        np.array([chosen[rank[item]] for item in range(size)], dtype=bool),
    )


def _families(asks: Labels, pairs: Pairs, scores: Scores, min_score: float) -> Labels:
    """Return a family number for each ask: average linkage on the mean score between the members of two asks."""
    count = int(asks.max()) + 1 if len(asks) else 0
    sizes = np.bincount(asks, minlength=count)
    ends = np.sort(asks[pairs], axis=1) if len(pairs) else np.zeros((0, 2), dtype=np.int64)
    between = ends[:, 0] != ends[:, 1]
    code = ends[between, 0] * max(count, 1) + ends[between, 1]
    unique, place = np.unique(code, return_inverse=True)
    ask_pairs = np.stack([unique // max(count, 1), unique % max(count, 1)], axis=1)
    total = np.bincount(place, weights=scores[between], minlength=len(unique))
    means = total / (sizes[ask_pairs[:, 0]] * sizes[ask_pairs[:, 1]])
    return average_linkage(count, ask_pairs, np.clip(means, 0, 1), min_score)


def _representatives(asks: Labels, pairs: Pairs, scores: Scores) -> NDArray[np.bool_]:
    """Return which item stands for its ask: the one nearest to the others, the eldest among equals."""
    inside = asks[pairs[:, 0]] == asks[pairs[:, 1]] if len(pairs) else np.zeros(0, dtype=bool)
    closeness = np.zeros(len(asks))
    for side in (0, 1):
        np.add.at(closeness, pairs[inside, side], scores[inside])
    best = np.lexsort((np.arange(len(asks)), -np.round(closeness, 9), asks))
    _, first = np.unique(asks[best], return_index=True)
    chosen = np.zeros(len(asks), dtype=bool)
    chosen[best[first]] = True
    return chosen
