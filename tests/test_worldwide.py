"""Asks of all States that request the same."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipeline.schemas import WorldwideLedger
from pipeline.tables import conform
from pipeline.worldwide import led_groups, neighbours, worldwide_ledger


def circle(*degrees: float) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def led(vectors: np.ndarray, weights: list[int], least: float) -> list[int]:
    near = neighbours(vectors, 0.9)
    return led_groups(near, np.array(weights), lambda leader, others, cosines: cosines.astype(float), least)[0].tolist()


def test_neighbours_are_all_rows_near_one_another_without_their_own() -> None:
    near = neighbours(circle(0, 20, 40), 0.9)
    assert [near.indices[near.indptr[row] : near.indptr[row + 1]].tolist() for row in range(3)] == [[1], [0, 2], [1]]


def test_a_chain_is_not_one_group() -> None:
    assert len(set(led(circle(*range(0, 180, 20)), [1] * 9, 0.9))) >= 3


def test_the_densest_place_leads() -> None:
    assert led(circle(0, 20, 40), [1, 1, 1], 0.9) == [1, 1, 1]
    assert led(circle(0, 20, 40), [9, 1, 9], 0.99) == [0, 1, 2]


def test_who_does_not_request_the_same_as_the_leader_stays_out() -> None:
    near = neighbours(circle(0, 10, 20), 0.9)
    leader, scores = led_groups(
        near, np.ones(3, dtype=np.int64), lambda first, others, _: np.where(others == 2, 0.2, 0.8), 0.5
    )
    assert leader.tolist() == [1, 1, 2]
    assert scores.tolist() == [0.8, 1.0, 1.0]


@given(st.lists(st.integers(0, 179), min_size=1, max_size=15, unique=True), st.floats(0.9, 0.999))
def test_everybody_was_compared_with_his_leader(degrees: list[int], least: float) -> None:
    vectors = circle(*degrees)
    leader = led(vectors, [1] * len(degrees), least)
    for row, first in enumerate(leader):
        assert leader[first] == first
        assert row == first or float(vectors[row] @ vectors[first]) >= least - 1e-6


def test_who_makes_and_who_supports_a_request() -> None:
    families = pd.DataFrame({
        "ask_id": ["XAA-1", "XBB-1", "XCC-1", "XAA-2"],
        "worldwide_family_id": ["XAA-1-W"] * 3 + ["XAA-2-W"],
        "state_under_review": ["XAA", "XBB", "XCC", "XAA"],
        "is_leader": [True, False, False, True],
        "score": [1.0, 0.8, 0.7, 1.0],
        "latest_position": ["supported", "noted", "mixed", "noted"],
    })  # fmt: skip
    ledger = pd.DataFrame({
        "ask_id": families["ask_id"], "representative_text": ["Abolish tolls", "End tolls", "No tolls", "Open schools"],
        "n_recommendations": [3, 1, 1, 5],
    })  # fmt: skip
    states = pd.DataFrame(
        {"state_under_review": ["XAA", "XBB", "XCC"], "state_name": ["Arvandia", "Belmora", "Costaverda"]}
    )
    made_by = pd.DataFrame({
        "ask_id": ["XBB-1", "XCC-1", "XAA-1", "XAA-1", "XAA-2"],
        "name": ["Arvandia", "Arvandia", "Belmora", "Fiji", "Fiji"],
    })  # fmt: skip
    table = conform(worldwide_ledger(families, ledger, states, made_by), WorldwideLedger)
    assert len(table) == 1
    line = table.iloc[0]
    assert (line["representative_text"], line["n_asks"], line["n_states"], line["n_recommendations"]) == (
        "Abolish tolls",
        3,
        3,
        5,
    )
    assert (line["supported_by"], line["noted_by"], line["others"]) == ("Arvandia", "Belmora", "Costaverda")
    assert line["recommending_states"] == "Arvandia; Belmora; Fiji"
    assert (line["make_and_support"], line["make_and_note"]) == ("Arvandia", "Belmora")
