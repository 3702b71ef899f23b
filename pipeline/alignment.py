"""Two requests side by side: which words of one have no counterpart in the other, and what part of it they stand in.

Rule R3 of the annotation rules is about such words: an extra act, group, treaty or sub-target makes another request; a
purpose, a manner or a ground does not. All pairs of a block are laid side by side at once, in arrays.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipeline.request_words import AIM, AROUND, CORE, INSTRUMENT, SIDE, THING, RequestWords, stem

Pairs: TypeAlias = NDArray[np.int64]
Matrix: TypeAlias = NDArray[np.float64]

_LONGEST = 60
"""Words of a text that are laid side by side; the rest of a long paragraph is left out."""
_CLAUSES = 5
"""Clauses told apart; further ones count as the last of these."""
_ALIKE = 0.85
"""How near two words are that mean nearly the same."""
_MISSING = 0.6
"""Nearness below which a word counts as without counterpart."""
_COVERED = 0.55
"""Share of a clause's words from which it counts as requested by the other text too."""
_THING_WEIGHT, _INSTRUMENT_WEIGHT = 2.5, 3.0
_CHUNK = 512
_RANK = {"consider": 0, "continue": 1, "specific": 2}
_PLACES = ("core", "side", "aim", "around")
_SETS = ("core_acts", "telling_acts", "core_instruments", "all_instruments", "core_things", "core_groups")

_SIDES = (
    *(f"{place}_{kind}" for place in _PLACES for kind in ("unmatched", "rarest_unmatched", "unmatched_share")),
    "request_unmatched", "rarest_request_unmatched", "request_unmatched_share", "core_words_missing",
    "request_words_missing",
)  # fmt: skip
_TEXTS = (
    "least_covered_clause", "best_least_covered_clause", "clauses_missing", "best_covered_clause", "largest_clause_gap",
    "clause_count_differs", "most_clauses", "fewest_clauses", "first_strength_differs", "strength_sum",
    "same_strengths", "strongest_differs", "weakest_differs",
    *(f"{name}_{kind}" for name in _SETS for kind in ("overlap", "differing", "disjoint", "same", "one_in_other")),
    "acts_missing", "or_differs", "against_differs", "same_first_verb", "fewer_words", "more_words", "word_ratio",
)  # fmt: skip
ALIGNED = (*(f"{which}_{name}" for which in ("most", "least") for name in _SIDES), *_TEXTS)
"""Names of the features, in order."""


def alignment_features(read: Sequence[RequestWords], pairs: Pairs, rarity: Mapping[str, float]) -> Matrix:
    """Return one row of `ALIGNED` for each pair; the order of its two texts does not matter.

    Args:
        read: the texts of the block.
        pairs: rows of places in `read`.
        rarity: how rare each stem is; one that is not in it counts as the rarest.
    """
    found = np.empty((len(pairs), len(ALIGNED)))
    if not len(pairs):
        return found
    tables = _tables(read, rarity)
    size = tables[0].argmin(axis=1)
    shortest_first = np.argsort(size[pairs].max(axis=1), kind="stable")
    for start in range(0, len(pairs), _CHUNK):
        rows = shortest_first[start : start + _CHUNK]
        left, right = pairs[rows, 0], pairs[rows, 1]
        length = max(1, int(size[pairs[rows]].max()))
        one, other = ([table[side, :length] for table in tables] for side in (left, right))
        width = 2 * len(_SIDES)
        found[rows, :width], found[rows, width : width + 5] = _laid(one, other)
    found[:, 2 * len(_SIDES) + 5 :] = _compared(read, pairs)
    return found


def _tables(read: Sequence[RequestWords], rarity: Mapping[str, float]) -> tuple[NDArray[np.int64] | Matrix, ...]:
    """Return texts x words: stems by number, classes of like words by number, weights, parts, clauses; -1 where no word is."""
    usual = max(rarity.values(), default=1.0)
    stems: dict[str, int] = {}
    kinds: dict[str, int] = {"": -1}
    shape = (len(read), min(_LONGEST, max((len(text.words) for text in read), default=0)) + 1)
    stem_of, kind_of, part_of, clause_of = (np.full(shape, -1, dtype=np.int64) for _ in range(4))
    weights = np.zeros(shape)
    for row, text in enumerate(read):
        for place, word in enumerate(text.words[: shape[1] - 1]):
            root = word if word.startswith((THING, INSTRUMENT)) else stem(word)
            stem_of[row, place] = stems.setdefault(root, len(stems))
            kind_of[row, place] = kinds.setdefault(text.kinds[place], len(kinds))
            part_of[row, place] = text.parts[place]
            clause_of[row, place] = min(text.clauses[place], _CLAUSES - 1)
            weights[row, place] = _weight(root, rarity, usual)
    return stem_of, kind_of, weights, part_of, clause_of


def _weight(root: str, rarity: Mapping[str, float], usual: float) -> float:
    if root.startswith(INSTRUMENT):
        return _INSTRUMENT_WEIGHT
    return _THING_WEIGHT if root.startswith(THING) else rarity.get(root, usual)


def _laid(one: list[NDArray], other: list[NDArray]) -> tuple[Matrix, Matrix]:  # type: ignore[type-arg]
    """Return the features by side, the greater values first, and those of the clauses, for a chunk of pairs."""
    near = np.where((one[1][:, :, None] == other[1][:, None, :]) & (one[1] >= 0)[:, :, None], _ALIKE, 0.0)
    near[(one[0][:, :, None] == other[0][:, None, :]) & (one[0] >= 0)[:, :, None]] = 1.0
    sides, gaps = [], []
    for a, b, matrix in ((one, other, near), (other, one, near.transpose(0, 2, 1))):
        sides.append(_unmatched(a, b, matrix))
        gaps.append(_clause_gaps(a, b, matrix))
    first, second = sides
    (least, missing, best, gap), (other_least, other_missing, other_best, other_gap) = gaps
    clauses = np.stack([
        np.minimum(least, other_least), np.maximum(least, other_least), np.maximum(missing, other_missing),
        np.minimum(best, other_best), np.maximum(gap, other_gap),
    ], axis=1)  # fmt: skip
    return np.concatenate([np.maximum(first, second), np.minimum(first, second)], axis=1), clauses


def _unmatched(a: list[NDArray], b: list[NDArray], near: Matrix) -> Matrix:  # type: ignore[type-arg]
    """Return for each text `a` how much of it has no counterpart in its text `b`, in the order of `_SIDES`."""
    _, _, weight, part, _ = a
    anywhere = near.max(axis=2)
    requested = np.where(((b[3] == CORE) | (b[3] == SIDE))[:, None, :], near, 0.0).max(axis=2)
    request = (part == CORE) | (part == SIDE)
    columns = []
    masks = [(anywhere, part == place) for place in (CORE, SIDE, AIM, AROUND)]
    for nearness, inside in [*masks, (requested, request)]:
        open_weight = (1 - nearness) * weight * inside
        total, of_all = open_weight.sum(axis=1), (weight * inside).sum(axis=1)
        columns += [
            total,
            open_weight.max(axis=1),
            np.divide(total, of_all, out=np.zeros_like(total), where=of_all > 0),
        ]
    columns += [((anywhere < _MISSING) & (part == CORE)).sum(axis=1), ((requested < _MISSING) & request).sum(axis=1)]
    return np.stack(columns, axis=1)


def _clause_gaps(a: list[NDArray], b: list[NDArray], near: Matrix) -> tuple[Matrix, Matrix, Matrix, Matrix]:  # type: ignore[type-arg]
    """Return how far the clauses of each text `a` are requested by one clause of its text `b`.

    The share of the least covered clause, the number of clauses not covered, the share of the best covered one, and the
    largest weight left open in a clause.
    """
    request = (a[3] == CORE) | (a[3] == SIDE)
    count = len(near)
    least, best, missing, gap = np.ones(count), np.zeros(count), np.zeros(count), np.zeros(count)
    any_clause = np.zeros(count, dtype=bool)
    by_clause = [np.where((b[4] == other)[:, None, :], near, 0.0).max(axis=2) for other in range(int(b[4].max()) + 1)]
    for number in range(int(a[4].max()) + 1):
        weight = a[2] * (request & (a[4] == number))
        total = weight.sum(axis=1)
        there = total > 0
        covered = np.max([(nearness * weight).sum(axis=1) for nearness in by_clause], axis=0, initial=0.0)
        share = np.divide(covered, total, out=np.ones(count), where=there)
        least = np.minimum(least, share)
        best = np.where(there, np.maximum(best, share), best)
        missing += there & (share < _COVERED)
        gap = np.maximum(gap, total - covered)
        any_clause |= there
    return least, missing, np.where(any_clause, best, 1.0), gap


def _compared(read: Sequence[RequestWords], pairs: Pairs) -> list[list[float]]:
    """Return what the two texts of each pair have in common as wholes, in the order of `_TEXTS` behind the clauses."""
    sets = [
        (text.core_acts, text.telling_acts(), text.of(INSTRUMENT, CORE, SIDE), text.of(INSTRUMENT, CORE, SIDE, AIM, AROUND),
         text.of(THING, CORE, SIDE), text.core_groups)
        for text in read
    ]  # fmt: skip
    ranks = [[_RANK[strength] for strength in text.strengths] for text in read]
    rows = []
    for left, right in pairs.tolist():
        a, b, one, other = read[left], read[right], ranks[left], ranks[right]
        row = [
            abs(a.n_clauses - b.n_clauses), max(a.n_clauses, b.n_clauses), min(a.n_clauses, b.n_clauses),
            abs(one[0] - other[0]), one[0] + other[0], float(set(one) == set(other)), abs(max(one) - max(other)),
            abs(min(one) - min(other)),
        ]  # fmt: skip
        for mine, yours in zip(sets[left], sets[right], strict=True):
            row += _set_features(mine, yours)
        telling = sets[left][1], sets[right][1]
        missing = (telling[0] - b.core_acts - b.side_acts) | (telling[1] - a.core_acts - a.side_acts)
        same_verb = a.first_verb == b.first_verb or _same_kind(a, b)
        sizes = sorted((len(a.words), len(b.words)))
        row += [len(missing), float(a.alternatives != b.alternatives), float(a.against != b.against), float(same_verb),
                *sizes, sizes[0] / max(1, sizes[1])]  # fmt: skip
        rows.append(row)
    return rows


def _set_features(a: frozenset[str], b: frozenset[str]) -> list[float]:
    shared, either = len(a & b), len(a | b)
    return [
        shared / either if either else 1.0, float(either - shared), float(bool(a) and bool(b) and not shared),
        float(a == b), float(a <= b or b <= a),
    ]  # fmt: skip


def _same_kind(a: RequestWords, b: RequestWords) -> bool:
    """Return whether the first words of two texts mean nearly the same."""
    return bool(a.kinds and b.kinds and a.kinds[0] and a.kinds[0] == b.kinds[0])
