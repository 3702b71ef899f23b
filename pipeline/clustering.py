"""Grouping the recommendations to one State to asks, and asks to families, by average linkage on pair scores.

Average linkage joins two groups while the mean score over all pairs between them stays high; a pair that was not a
candidate counts 0. Unlike connected components it does not chain: one doubtful pair cannot join two large groups.
Two items that must stand apart keep their groups apart; two that must stand together are joined before all others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from pipeline.text import content_id

Pairs: TypeAlias = NDArray[np.int64]
Scores: TypeAlias = NDArray[np.float64]
Labels: TypeAlias = NDArray[np.int64]

NO_PAIRS: Pairs = np.zeros((0, 2), dtype=np.int64)
_ROUNDING = 1e-9
_APART = 1e9
"""Distance of two items that must stand apart: with one such pair the mean of two groups is far above any threshold."""
_SHIFT = 1.0
"""Added to every distance but that of items which must stand together, so that these, at 0, come first."""


@dataclass(frozen=True)
class Grouping:
    """The asks of one block, one entry a recommendation in the order given."""

    ask_ids: list[str]
    family_ids: list[str]
    representative: NDArray[np.bool_]


def average_linkage(
    size: int, pairs: Pairs, scores: Scores, min_score: float, *, must: Pairs = NO_PAIRS, cannot: Pairs = NO_PAIRS
) -> Labels:
    """Return a group number for each of `size` items; groups are joined while their mean score is at least `min_score`.

    The two of a `must` pair end in one group whatever their score, with all that this implies; groups with a `cannot`
    pair between them are never joined, unless a `must` pair says so.

    Exact, though done for each connected component of the pairs alone: groups of two components have mean score 0.
    Numbers count the groups by their first item.
    """
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    count, component = _components(size, np.concatenate([pairs, must]))
    together = _components(size, must)[1]
    apart = cannot[component[cannot[:, 0]] == component[cannot[:, 1]]]
    labels = np.zeros(size, dtype=np.int64)
    place = np.zeros(size, dtype=np.int64)
    used = 0
    for items, inside, kept_apart in zip(
        _by_number(component, count),
        _by_number(component[pairs[:, 0]], count),
        _by_number(component[apart[:, 0]], count),
        strict=True,
    ):
        place[items] = np.arange(len(items))
        labels[items] = used + _linked(
            place[pairs[inside]], scores[inside], min_score, place[apart[kept_apart]], together[items]
        )
        used += len(items)
    _, first, numbers = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[numbers].astype(np.int64)


def _components(size: int, pairs: Pairs) -> tuple[int, NDArray[Any]]:
    """Return how many connected components `pairs` make of `size` items, and the number of each item's."""
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    count, component = connected_components(graph, directed=False)
    return int(count), component


def _by_number(numbers: NDArray[Any], count: int) -> list[NDArray[np.intp]]:
    """Return for each number below `count` the places where it stands."""
    return np.split(np.argsort(numbers, kind="stable"), np.cumsum(np.bincount(numbers, minlength=count))[:-1])


def _linked(pairs: Pairs, scores: Scores, min_score: float, cannot: Pairs, together: NDArray[Any]) -> Labels:
    """Return the groups within one component; `together` has the same number for items that must stand together."""
    size = len(together)
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    distances = np.full(size * (size - 1) // 2, 1 + _SHIFT)
    distances[_condensed(pairs, size)] = 1 + _SHIFT - scores
    distances[_condensed(cannot, size)] = _APART
    if len(np.unique(together)) < size:
        low, high = np.triu_indices(size, 1)
        distances[together[low] == together[high]] = 0
    tree = linkage(distances, method="average")
    return np.asarray(fcluster(tree, 1 + _SHIFT - min_score + _ROUNDING, criterion="distance"), dtype=np.int64) - 1


def _condensed(pairs: Pairs, size: int) -> NDArray[np.int64]:
    """Return where `pairs` stand in the upper triangle of a square of `size`, row after row."""
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    return np.asarray(size * low - low * (low + 1) // 2 + high - low - 1)


def group_block(
    ids: Sequence[str],
    founding: Sequence[tuple[object, ...]],
    pairs: Pairs,
    ask_scores: Scores,
    family_scores: Scores,
    *,
    state: str | None,
    min_ask_score: float,
    min_family_score: float,
    must: Pairs = NO_PAIRS,
    cannot: Pairs = NO_PAIRS,
) -> Grouping:
    """Return the asks and families of one block of recommendations; `must` and `cannot` as in `average_linkage`.

    `founding` orders the recommendations by age: the eldest of an ask gives it its id, so that an ask that later
    sessions add to keeps its id. The order of `ids` and of pairs changes nothing.
    """
    size = len(ids)
    rank = np.empty(size, dtype=np.int64)
    rank[sorted(range(size), key=lambda item: founding[item])] = np.arange(size)
    by_rank = np.argsort(rank)
    ranked, must, cannot = (np.sort(rank[part], axis=1).reshape(-1, 2) for part in (pairs, must, cannot))
    asks = average_linkage(size, ranked, ask_scores, min_ask_score, must=must, cannot=cannot)
    families = _families(asks, ranked, family_scores, min_family_score)
    chosen = _representatives(asks, ranked, ask_scores)
    prefix = state or "UNKNOWN"
    eldest = np.unique(asks, return_index=True)[1]
    ask_ids = [f"{prefix}-{content_id(prefix, ids[by_rank[first]])}" for first in eldest]
    family_ids = [f"{ask_ids[first]}-F" for first in np.unique(families, return_index=True)[1]]
    return Grouping(
        [ask_ids[asks[rank[item]]] for item in range(size)],
        [family_ids[families[asks[rank[item]]]] for item in range(size)],
        np.array([chosen[rank[item]] for item in range(size)], dtype=bool),
    )


def _families(asks: Labels, pairs: Pairs, scores: Scores, min_score: float) -> Labels:
    """Return a family number for each ask: average linkage on the mean score between the members of two asks."""
    count = int(asks.max(initial=-1)) + 1
    sizes = np.bincount(asks, minlength=count)
    ends = np.sort(asks[pairs], axis=1)
    between = ends[:, 0] != ends[:, 1]
    code = ends[between, 0] * max(count, 1) + ends[between, 1]
    unique, place = np.unique(code, return_inverse=True)
    ask_pairs = np.stack([unique // max(count, 1), unique % max(count, 1)], axis=1)
    total = np.bincount(place, weights=scores[between], minlength=len(unique))
    means = total / (sizes[ask_pairs[:, 0]] * sizes[ask_pairs[:, 1]])
    return average_linkage(count, ask_pairs, np.clip(means, 0, 1), min_score)


def _representatives(asks: Labels, pairs: Pairs, scores: Scores) -> NDArray[np.bool_]:
    """Return which item stands for its ask: the most central one, nearest to the others; the eldest among equals."""
    inside = asks[pairs[:, 0]] == asks[pairs[:, 1]]
    closeness = np.zeros(len(asks))
    for side in (0, 1):
        np.add.at(closeness, pairs[inside, side], scores[inside])
    best = np.lexsort((np.arange(len(asks)), -np.round(closeness, 9), asks))
    _, first = np.unique(asks[best], return_index=True)
    chosen = np.zeros(len(asks), dtype=bool)
    chosen[best[first]] = True
    return chosen
