"""Clauses and the asks they may request."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clauses import Verbs
from pipeline.instruments import Instrument, Instruments
from pipeline.linking import best_links, clause_table, near_asks


def test_only_texts_with_several_requests_have_clauses() -> None:
    verbs = Verbs(frozenset({"repair", "open", "ratify"}), frozenset({"open"}))
    instruments = Instruments.of(
        [
            Instrument(id="CAT", name="the Convention against Torture (CAT)"),
            Instrument(id="CRC", name="the Convention (CRC)"),
        ]
    )
    texts = pd.DataFrame({
        "recommendation_id": ["a", "b", "c"],
        "text": ["Repair the bridge and open a school", "Repair the bridge",
                 "Ratify the Convention against Torture (CAT) and the Convention (CRC)"],
    })  # fmt: skip
    found = clause_table(texts, verbs, instruments)
    assert list(found.itertuples(index=False, name=None)) == [
        ("a", 1, "Repair the bridge"),
        ("a", 2, "open a school"),
        ("c", 1, "Ratify the Convention against Torture (CAT)"),
        ("c", 2, "Ratify the Convention (CRC)"),
    ]


def unit(*rows: list[float]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_near_asks_are_those_from_the_least_cosine_on_without_the_own() -> None:
    clauses = unit([1, 0, 0], [0, 1, 0])
    asks = unit([1, 0.1, 0], [1, 0, 0], [0, 1, 0])
    pairs, cosines = near_asks(clauses, ["B", "A"], asks, ["A", "B", "C"], min_cosine=0.5, max_neighbours=5)
    assert pairs.tolist() == [[0, 0], [1, 2]]
    assert cosines == pytest.approx([0.995, 1.0], abs=1e-3)


@pytest.mark.parametrize(("most", "expected"), [(1, [[0, 1]]), (2, [[0, 0], [0, 1]]), (3, [[0, 0], [0, 1]])])
def test_no_more_asks_than_allowed_are_near(most: int, expected: list[list[int]]) -> None:
    asks = unit([1, 0.2, 0], [1, 0, 0], [0, 0, 1])
    pairs, _ = near_asks(unit([1, 0, 0]), ["own"], asks, ["A", "B", "C"], min_cosine=0.5, max_neighbours=most)
    assert pairs.tolist() == expected


scored = st.lists(st.tuples(st.sampled_from("rs"), st.sampled_from("xyz"), st.sampled_from("ABC"), st.sampled_from([0.2, 0.5, 0.9])),
                  unique_by=lambda row: row[:3])  # fmt: skip


@given(scored)
def test_each_clause_has_its_best_ask_and_each_ask_one_clause_of_a_recommendation(
    rows: list[tuple[str, str, str, float]],
) -> None:
    table = pd.DataFrame(rows, columns=["recommendation_id", "clause", "ask_id", "score"])
    found = best_links(table, 0.4)
    assert (found["score"] >= 0.4).all()
    assert not found.duplicated(["recommendation_id", "clause"]).any()
    assert not found.duplicated(["recommendation_id", "ask_id"]).any()
    for row in found.to_dict("records"):
        rivals = table[(table["recommendation_id"] == row["recommendation_id"]) & (table["clause"] == row["clause"])]
        assert row["score"] == rivals["score"].max()
    again = best_links(table.sample(frac=1, random_state=1), 0.4)
    key = ["recommendation_id", "ask_id"]
    assert found.sort_values(key).to_dict("records") == again.sort_values(key).to_dict("records")
