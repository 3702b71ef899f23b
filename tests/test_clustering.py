import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clustering import average_linkage, group_block


def naive_average_linkage(size: int, scores: dict[tuple[int, int], float], least: float) -> set[frozenset[int]]:
    """Join the two groups with the highest mean score, again and again."""
    groups = [frozenset([item]) for item in range(size)]
    mean = lambda a, b: sum(scores.get((min(i, j), max(i, j)), 0.0) for i in a for j in b) / (len(a) * len(b))  # noqa: E731
    while len(groups) > 1:
        best = max(itertools.combinations(groups, 2), key=lambda pair: mean(*pair))
        if mean(*best) < least:
            break
        groups = [group for group in groups if group not in best] + [best[0] | best[1]]
    return set(groups)


def as_sets(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)}


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, dict[tuple[int, int], float]]:
    size = draw(st.integers(1, 9))
    ends = list(itertools.combinations(range(size), 2))
    chosen = draw(st.lists(st.sampled_from(ends), unique=True)) if ends else []
    seed = draw(st.integers(0, 10**6))
    return size, {pair: random.Random(f"{seed} {pair}").random() for pair in chosen}


@settings(deadline=None, max_examples=200)
@given(graphs(), st.floats(0.05, 0.95))
def test_average_linkage_is_that_of_a_naive_reference(
    graph: tuple[int, dict[tuple[int, int], float]], least: float
) -> None:
    size, scores = graph
    pairs = np.array(list(scores), dtype=np.int64).reshape(-1, 2)
    labels = average_linkage(size, pairs, np.array(list(scores.values())), least)
    assert as_sets(labels) == naive_average_linkage(size, scores, least)


def test_a_chain_is_not_one_group() -> None:
    chain = np.array([[i, i + 1] for i in range(9)], dtype=np.int64)
    labels = average_linkage(10, chain, np.full(9, 0.9), 0.5)
    assert len(np.unique(labels)) == 5


@settings(deadline=None)
@given(graphs(), st.permutations(range(9)))
def test_input_order_never_changes_the_asks(
    graph: tuple[int, dict[tuple[int, int], float]], shuffled: list[int]
) -> None:
    size, scores = graph
    order = [item for item in shuffled if item < size]
    names = [f"r{item}" for item in range(size)]

    def grouped(order: list[int]) -> dict[str, tuple[str, str, bool]]:
        place = {item: row for row, item in enumerate(order)}
        pairs = np.array([[place[i], place[j]] for i, j in scores], dtype=np.int64).reshape(-1, 2)
        values = np.array(list(scores.values()))
        founding = [(2010 + item % 3, names[item]) for item in order]
        made = group_block([names[item] for item in order], founding, pairs, values, values, state="XAA",
                           min_ask_score=0.5, min_family_score=0.3)  # fmt: skip
        return {
            names[item]: (made.ask_ids[row], made.family_ids[row], bool(made.representative[row]))
            for row, item in enumerate(order)
        }

    found = grouped(list(range(size)))
    assert found == grouped(order)
    assert len(found) == size
    asks = {ask for ask, _, _ in found.values()}
    assert all(sum(one for ask, _, one in found.values() if ask == name) == 1 for name in asks)
    assert all(len({family for ask, family, _ in found.values() if ask == name}) == 1 for name in asks)


def test_an_ask_keeps_its_id_when_a_later_recommendation_joins() -> None:
    first = group_block(["b", "c"], [(2010, "b"), (2012, "c")], np.array([[0, 1]]), np.array([0.9]), np.array([0.9]),
                        state="XAA", min_ask_score=0.5, min_family_score=0.5)  # fmt: skip
    pairs = np.array([[0, 1], [0, 2], [1, 2]])
    later = group_block(["a", "b", "c"], [(2016, "a"), (2010, "b"), (2012, "c")], pairs, np.full(3, 0.9),
                        np.full(3, 0.9), state="XAA", min_ask_score=0.5, min_family_score=0.5)  # fmt: skip
    assert set(later.ask_ids) == set(first.ask_ids)
    assert first.ask_ids[0].startswith("XAA-")


@pytest.mark.parametrize("size", [0, 1])
def test_blocks_without_pairs(size: int) -> None:
    made = group_block(["a"][:size], [(2010, "a")][:size], np.zeros((0, 2), dtype=np.int64), np.zeros(0), np.zeros(0),
                       state=None, min_ask_score=0.5, min_family_score=0.5)  # fmt: skip
    assert len(made.ask_ids) == size
