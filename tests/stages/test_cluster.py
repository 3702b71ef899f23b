"""Asks of one State after the other: ids that last, what a review changed, and the word of people."""

import itertools
import random

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ask_changes import changes
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import Pairs, Recommendations
from pipeline.stages import cluster
from pipeline.tables import empty, read_table, write_table

YEARS = {1: 2009, 2: 2013, 3: 2018}


def fill(
    space: Workspace, rows: list[tuple[str, int]], scores: dict[tuple[str, str], float], state: str | None = "XAA",
    apart: tuple[tuple[str, str], ...] = (), mechanism: str = "upr",
) -> None:  # fmt: skip
    """Write recommendations (id, cycle) and their scored pairs; a pair in `apart` can never be one ask."""
    table = pd.DataFrame(rows, columns=["recommendation_id", "cycle"])
    table = table.assign(
        mechanism=mechanism, state_under_review=state, year=table["cycle"].map(YEARS), session=table["cycle"] * 10,
        is_pledge=False, is_provisional=False, clause=1, position="noted",
        text="text " + table["recommendation_id"], text_original="",
    )  # fmt: skip
    table = table.reindex(columns=list(Recommendations.to_schema().columns))
    write_table(table, space.table("recommendations"), Recommendations)
    here = {name for name, _ in rows}
    pairs = pd.DataFrame(
        [(left, right, score) for (left, right), score in scores.items() if {left, right} <= here],
        columns=["left_id", "right_id", "score_same_ask"],
    )
    pairs = pairs.assign(
        score_same_family=pairs["score_same_ask"], same_ask=True, same_family=True, cosine=0.9, reason="alike"
    )
    pairs["cannot_link"] = [
        "never" if pair in apart else None for pair in zip(pairs["left_id"], pairs["right_id"], strict=True)
    ]
    write_table(pairs if len(pairs) else empty(Pairs), space.table("pairs"), Pairs)


def judge(space: Workspace, *lines: str) -> None:
    head = "left_id,right_id,verdict,reviewer,date\n"
    (space.judgements / "pairs.csv").write_text(head + "".join(f"{line}\n" for line in lines))


def asks(space: Workspace, params: Params) -> dict[str, str]:
    cluster.run(space, params)
    table = read_table(space.table("asks"))
    return dict(zip(table["recommendation_id"], table["ask_id"], strict=True))


def groups(found: dict[str, str]) -> set[str]:
    return {"".join(sorted(name for name in found if found[name] == ask)) for ask in found.values()}


def test_an_ask_that_grows_keeps_its_id_and_the_table_says_so(workspace: Workspace, params: Params) -> None:
    scores = {("a", "b"): 0.9, ("a", "c"): 0.9, ("b", "c"): 0.9}
    fill(workspace, [("b", 1), ("c", 1)], scores)
    before = asks(workspace, params)
    assert read_table(workspace.table("ask_changes")).empty
    fill(workspace, [("b", 1), ("c", 1), ("a", 2)], scores)
    after = asks(workspace, params)
    assert set(after.values()) == set(before.values())
    row = read_table(workspace.table("ask_changes")).iloc[0]
    assert (row["kind"], row["year"], row["session"], row["n_before"], row["n_now"]) == ("grew", 2013, 20, 2, 3)
    assert row["previous_ask_id"] == row["ask_id"] == after["a"]


def test_an_older_document_of_another_mechanism_takes_no_id_away(workspace: Workspace, params: Params) -> None:
    fill(workspace, [("b", 2)], {})
    before = asks(workspace, params)["b"]
    fill(workspace, [("b", 2), ("a", 1)], {("a", "b"): 0.9})
    table = read_table(workspace.table("recommendations"))
    table["mechanism"] = table["mechanism"].mask(table["recommendation_id"] == "a", "treaty_body")
    table.to_parquet(workspace.table("recommendations"))
    assert set(asks(workspace, params).values()) == {before}


names = [f"r{number}" for number in range(8)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([1, 2, 3]), min_size=3, max_size=8),
    st.integers(0, 10**6),
    st.randoms(use_true_random=False),
)
def test_what_a_review_changed_is_what_two_runs_differ_in(
    workspace: Workspace, params: Params, cycles: list[int], seed: int, shuffler: random.Random
) -> None:
    rows = list(zip(names, cycles, strict=False))
    scores = {pair: random.Random(f"{seed} {pair}").random() for pair in itertools.combinations(names, 2)}
    runs = []
    for last in (1, 2, 3):
        there = [row for row in rows if row[1] <= last]
        shuffler.shuffle(there)
        fill(workspace, there, scores)
        runs.append(asks(workspace, params))
    found = read_table(workspace.table("ask_changes"))
    for (before, after), cycle in zip(itertools.pairwise(runs), (2, 3), strict=True):
        expected = changes(before, after) if cycle in cycles else changes(after, after)
        here = found[found["year"] == YEARS[cycle]]
        assert here[list(expected.columns)].to_dict("records") == expected.to_dict("records")
        grown = here[here["kind"] == "grew"]
        assert (grown["previous_ask_id"] == grown["ask_id"]).all()


def test_texts_that_can_never_be_one_ask_stay_apart_and_a_person_may_join_them(
    workspace: Workspace, params: Params
) -> None:
    fill(workspace, [("a", 1), ("b", 1), ("c", 1)], {("a", "b"): 0.9}, apart=(("a", "b"),))
    assert groups(asks(workspace, params)) == {"a", "b", "c"}
    judge(workspace, "b,a,yes,ada,2026-02-01", "c,a,yes,ada,2026-02-01")
    assert groups(asks(workspace, params)) == {"abc"}
    reasons = read_table(workspace.table("asks")).set_index("recommendation_id")["reason"]
    assert reasons["c"] == "as a: judged one ask by ada on 2026-02-01"


def test_a_person_keeps_apart_what_scores_would_join(workspace: Workspace, params: Params) -> None:
    fill(workspace, [("a", 1), ("b", 2)], {("a", "b"): 0.95})
    assert groups(asks(workspace, params)) == {"ab"}
    judge(workspace, "a,b,no,ada,2026-02-01")
    assert groups(asks(workspace, params)) == {"a", "b"}


def test_judgements_of_other_data_do_nothing(workspace: Workspace, params: Params) -> None:
    fill(workspace, [("a", 1)], {})
    judge(workspace, "a,elsewhere,yes,ada,2026-02-01")
    assert groups(asks(workspace, params)) == {"a"}


def test_recommendations_to_an_unknown_state_are_asks_of_their_own(workspace: Workspace, params: Params) -> None:
    fill(workspace, [("a", 1), ("b", 1)], {}, state=None)
    found = asks(workspace, params)
    assert len(set(found.values())) == 2
    assert all(ask.startswith("UNKNOWN-") for ask in found.values())
