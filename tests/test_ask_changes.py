"""What became of asks from one time to the next."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ask_changes import arrivals, changes


def told(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    found = changes(before, after)
    return list(found[["previous_ask_id", "kind", "ask_id"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a:A b:A", "a:A b:A", []),
        ("a:A", "a:A b:B", []),
        ("a:A b:A", "a:A b:A c:A", [("A", "grew", "A")]),
        ("a:A b:B", "a:A b:A", [("A", "merged", "A"), ("B", "merged", "A")]),
        ("a:A b:A", "a:A b:B", [("A", "split", "A"), ("A", "split", "B")]),
        ("a:A b:A c:C", "a:A b:C c:C", [("A", "split", "A"), ("A", "moved", "C"), ("C", "merged", "C")]),
        ("a:A b:A", "b:B", [("A", "renamed", "B")]),
        ("a:A", "b:B", []),
    ],
)
def test_each_kind_of_change(before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    pairs = [dict(item.split(":") for item in text.split()) for text in (before, after)]
    assert told(*pairs) == sorted(expected, key=lambda row: (row[0], row[2]))


def test_counts_are_of_recommendations() -> None:
    row = changes({"a": "A", "b": "A", "c": "A"}, {"a": "A", "b": "A", "c": "C", "d": "A"}).iloc[0]
    assert (row["ask_id"], row["n_before"], row["n_shared"], row["n_now"]) == ("A", 3, 2, 3)


asks = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("ABC"))


@given(asks, asks)
def test_every_recommendation_of_a_changed_ask_is_accounted_for(before: dict[str, str], after: dict[str, str]) -> None:
    found = changes(before, after)
    assert not found.duplicated(["previous_ask_id", "ask_id"]).any()
    for ask, part in found.groupby("previous_ask_id"):
        stayed = [name for name, earlier in before.items() if earlier == ask and name in after]
        assert part["n_shared"].sum() == len(stayed)
        assert (part["kind"] == "split").sum() + (part["kind"] == "moved").sum() != 1


@given(asks, asks)
def test_changes_back_mirror_changes_forth(before: dict[str, str], after: dict[str, str]) -> None:
    forth, back = changes(before, after), changes(after, before)
    unsplit = lambda frame, one, other: {  # noqa: E731
        (row[one], row[other]) for row in frame.to_dict("records") if row["kind"] in {"split", "moved", "merged"}
    }
    assert unsplit(forth, "previous_ask_id", "ask_id") == unsplit(back, "ask_id", "previous_ask_id")


def test_reviews_are_steps_and_other_documents_arrive_with_the_next() -> None:
    years = pd.Series([2009, 2013, 2011, 2013, 2016, None], dtype="Int64")
    upr = pd.Series([True, True, False, False, False, False])
    steps, ends = arrivals(years, upr)
    assert steps.tolist() == [0, 1, 1, 1, 2, 0]
    assert ends == [2009, 2013, 2016]


def test_a_state_without_reviews_has_one_step() -> None:
    steps, ends = arrivals(pd.Series([2011, 2013], dtype="Int64"), pd.Series([False, False]))
    assert (steps.tolist(), ends) == ([0, 0], [2013])
