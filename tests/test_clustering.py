import itertools
import random
from collections.abc import Collection

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clustering import average_linkage, group_block

Ends = tuple[int, int]


def naive_average_linkage(
    size: int,
    scores: dict[Ends, float],
    least: float,
    must: Collection[Ends] = (),
    cannot: Collection[Ends] = (),
) -> set[frozenset[int]]:
    """Join what must stand together, then the two groups with the highest mean score, again and again."""
    groups = [frozenset([item]) for item in range(size)]
    for ends in must:
        touched = [group for group in groups if group & set(ends)]
        groups = [group for group in groups if group not in touched] + [frozenset().union(*touched)]
    mean = lambda a, b: sum(scores.get((min(i, j), max(i, j)), 0.0) for i in a for j in b) / (len(a) * len(b))  # noqa: E731
    apart = lambda a, b: any((min(i, j), max(i, j)) in cannot for i in a for j in b)  # noqa: E731
    while joinable := [pair for pair in itertools.combinations(groups, 2) if not apart(*pair)]:
        best = max(joinable, key=lambda pair: mean(*pair))
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


def ends(size: int) -> st.SearchStrategy[list[Ends]]:
    pairs = list(itertools.combinations(range(size), 2))
    return st.lists(st.sampled_from(pairs), unique=True, max_size=3) if pairs else st.just([])


def as_pairs(chosen: Collection[Ends]) -> np.ndarray:
    return np.array(sorted(chosen), dtype=np.int64).reshape(-1, 2)


@settings(deadline=None, max_examples=200)
@given(graphs(), st.floats(0.05, 0.95), st.data())
def test_what_must_and_what_cannot_stand_together_is_that_of_a_naive_reference(
    graph: tuple[int, dict[Ends, float]], least: float, data: st.DataObject
) -> None:
    size, scores = graph
    must, cannot = data.draw(ends(size)), data.draw(ends(size))
    values = np.array([scores[pair] for pair in sorted(scores)])
    labels = average_linkage(size, as_pairs(scores), values, least, must=as_pairs(must), cannot=as_pairs(cannot))
    assert as_sets(labels) == naive_average_linkage(size, scores, least, must, cannot)


def test_one_pair_that_must_stand_apart_keeps_two_groups_apart() -> None:
    everyone = as_pairs(list(itertools.combinations(range(6), 2)))
    labels = average_linkage(6, everyone, np.full(15, 0.9), 0.5, cannot=np.array([[0, 5]]))
    assert labels[0] != labels[5]
    assert len(np.unique(labels)) == 2


def test_a_person_joins_what_no_score_speaks_for_and_what_a_rule_keeps_apart() -> None:
    chain = np.array([[0, 1], [1, 2]])
    labels = average_linkage(
        4, np.zeros((0, 2), dtype=np.int64), np.zeros(0), 0.5, must=chain, cannot=np.array([[0, 2]])
    )
    assert labels.tolist() == [0, 0, 0, 1]


def test_a_chain_is_not_one_group() -> None:
    chain = np.array([[i, i + 1] for i in range(9)], dtype=np.int64)
    labels = average_linkage(10, chain, np.full(9, 0.9), 0.5)
    assert len(np.unique(labels)) == 5


@settings(deadline=None)
@given(graphs(), st.permutations(range(9)), st.data())
def test_input_order_never_changes_the_asks(
    graph: tuple[int, dict[tuple[int, int], float]], shuffled: list[int], data: st.DataObject
) -> None:
    size, scores = graph
    must, cannot = data.draw(ends(size)), data.draw(ends(size))
    order = [item for item in shuffled if item < size]
    names = [f"r{item}" for item in range(size)]

    def grouped(order: list[int]) -> dict[str, tuple[str, str, bool]]:
        place = {item: row for row, item in enumerate(order)}
        placed = lambda pairs: np.array([[place[i], place[j]] for i, j in pairs], dtype=np.int64).reshape(-1, 2)  # noqa: E731
        values = np.array(list(scores.values()))
        founding = [(2010 + item % 3, names[item]) for item in order]
        made = group_block([names[item] for item in order], founding, placed(scores), values, values, state="XAA",
                           min_ask_score=0.5, min_family_score=0.3, must=placed(must), cannot=placed(cannot))  # fmt: skip
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
