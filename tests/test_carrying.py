"""The outcome that carries a recommendation, in words."""

import pandas as pd

from pipeline.carrying import carried_by


def items(*rows, years=(None,)):
    frame = pd.DataFrame(rows, columns=["framework_id", "item_id", "state", "plan_name", "code", "text"])
    return frame.assign(years=pd.Series([*years] * len(rows))[: len(rows)].astype(object))


def mapped(*rows):
    return pd.DataFrame(rows, columns=["recommendation_id", "framework_id", "item_id", "level", "rank", "decision"])


ONE = items(("f", "o1", "XAA", "Plan", "2.1", "All children learn"), ("f", "o2", "XAA", "Plan", None, "Clean water"))


def test_the_first_outcome_is_named_with_its_code_and_what_is_unsure_says_so():
    rows = mapped(
        ("r1", "f", "o1", "outcome", 1, "auto"), ("r1", "f", "o2", "outcome", 2, "review"),
        ("r1", "f", "x", "output", 1, "auto"), ("r2", "f", "o2", "outcome", 1, "review"),
    )  # fmt: skip
    assert carried_by(rows, ONE) == {"r1": "Outcome 2.1: All children learn", "r2": "Outcome: Clean water (for review)"}


def test_none_is_said_only_of_what_was_mapped():
    assert carried_by(mapped(("r1", "f", "none", "outcome", 1, "auto")), ONE) == {"r1": "none"}
    assert carried_by(mapped(), ONE) == {}
    assert carried_by(pd.DataFrame(), pd.DataFrame()) == {}


def test_two_plans_of_a_state_are_told_apart():
    plans = items(("f", "o", "XAA", "Plan A", "1", "Learn"), ("g", "p", "XAA", "Plan B", "7", "Teach"))
    rows = mapped(("r", "g", "p", "outcome", 1, "auto"), ("r", "f", "o", "outcome", 1, "auto"))
    assert carried_by(rows, plans) == {"r": "Outcome 1: Learn, Plan A; Outcome 7: Teach, Plan B"}


def test_of_two_dated_plans_the_later_counts():
    plans = items(
        ("f", "o", "XAA", "Plan 2016-2020", "1", "Learn"), ("g", "p", "XAA", "Plan 2021-2025", "7", "Teach"),
        years=("2016-2020", "2021-2025"),
    )  # fmt: skip
    rows = mapped(("r", "g", "none", "outcome", 1, "review"), ("r", "f", "o", "outcome", 1, "auto"))
    assert carried_by(rows, plans) == {"r": "none (for review)"}


def test_of_undated_plans_what_carries_comes_before_none():
    plans = items(("f", "o", "XAA", "Plan A", "1", "Learn"), ("g", "p", "XAA", "Plan B", "7", "Teach"))
    rows = mapped(("r", "f", "none", "outcome", 1, "auto"), ("r", "g", "p", "outcome", 1, "auto"))
    assert carried_by(rows, plans) == {"r": "Outcome 7: Teach, Plan B; none, Plan A"}


def test_a_number_that_the_text_repeats_is_told_once():
    plans = items(("f", "o", "XAA", "Plan", "1.1", "Outcome 1.1 - Outcome 1:1 By 2030, people learn"), ("f", "q", "XAA", "Plan", "2", "Outcomes improve"))  # fmt: skip
    rows = mapped(("r", "f", "o", "outcome", 1, "auto"), ("s", "f", "q", "outcome", 1, "auto"))
    assert carried_by(rows, plans) == {"r": "Outcome 1.1: By 2030, people learn", "s": "Outcome 2: Outcomes improve"}


def test_what_a_person_judged_says_so():
    rows = mapped(("r", "f", "o1", "outcome", 1, "auto"), ("s", "f", "none", "outcome", 1, "review"), ("t", "f", "o1", "outcome", 1, "review"))  # fmt: skip
    found = carried_by(rows.assign(origin=["human", "human", "auto"]), ONE)
    assert [found[rid].rsplit(" (")[-1] for rid in "rst"] == ["judged)", "judged)", "for review)"]
    assert found["s"] == "none (judged)"
