"""A reviewer's last word, then the majority; a tie is nobody's."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.judgements import contested, verdicts
from pipeline.judgements.forms import SAID


def said(*rows):
    columns = ("recommendation_id", "dimension", "concept_id", "verdict", "reviewer", "date")
    frame = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], columns=list(SAID), dtype="str")
    return frame.fillna("")


def one(*words):
    """Return what stands for one tag after these (verdict, reviewer, day of January)."""
    found = verdicts(said(*(("r1", "sdgs", "sdg:5", verdict, who, f"2026-01-{day:02}") for verdict, who, day in words)))
    return found.iloc[0]


def test_the_last_word_of_a_reviewer_stands():
    row = one(("accept", "ada", 2), ("reject", "ada", 3))
    assert row[["stands", "reviewer", "date", "said_yes"]].tolist() == ["no", "ada", "2026-01-03", ""]


def test_of_one_day_the_later_line_stands():
    assert one(("accept", "ada", 2), ("reject", "ada", 2))["stands"] == "no"


def test_a_name_in_other_letters_is_no_second_vote():
    assert one(("accept", "Ada", 2), ("reject", "ben", 2), ("accept", "ada ", 3))["stands"] == "open"


def test_the_majority_of_reviewers_decides_not_the_latest():
    row = one(("accept", "ada", 2), ("add", "ben", 3), ("reject", "cleo", 9))
    assert row[["stands", "reviewer", "date"]].tolist() == ["yes", "ada; ben", "2026-01-03"]
    assert row["said_no"] == "cleo (2026-01-09)"


def test_a_tie_stays_open_and_names_both():
    row = one(("accept", "ada", 2), ("reject", "ben", 3))
    assert row[["stands", "reviewer"]].tolist() == ["open", "ada; ben"]


def test_unsure_is_no_vote_and_withdraws_an_earlier_one():
    assert one(("accept", "ada", 2), ("reject", "ben", 3), ("unsure", "ada", 4))["stands"] == "no"
    assert one(("accept", "ada", 2), ("unsure", "ada", 4))["stands"] == "unsure"


def test_who_chose_another_action_says_no_to_the_first():
    rows = said(
        ("r1", "action", "upr-action:4", "accept", "ada", "2026-01-02"),
        ("r1", "action", "upr-action:2", "add", "ada", "2026-01-03"),
    )
    assert dict(verdicts(rows)[["concept_id", "stands"]].to_numpy()) == {"upr-action:2": "yes", "upr-action:4": "no"}


def test_two_reviewers_with_different_actions_leave_both_open():
    rows = said(
        ("r1", "action", "upr-action:4", "accept", "ada", "2026-01-02"),
        ("r1", "action", "upr-action:2", "add", "ben", "2026-01-03"),
    )
    assert verdicts(rows)["stands"].tolist() == ["open", "open"]


def test_a_settled_difference_is_a_conflict_too_and_agreement_is_none():
    rows = said(
        *(("r1", "sdgs", "sdg:5", verdict, who, "2026-01-02")
          for verdict, who in (("accept", "ada"), ("accept", "ben"), ("reject", "cleo"))),
        ("r2", "sdgs", "sdg:5", "accept", "ada", "2026-01-02"),
    )  # fmt: skip
    assert contested(verdicts(rows))["recommendation_id"].tolist() == ["r1"]


WORDS = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "unsure"]), st.sampled_from("abcd"), st.integers(1, 28)),
    min_size=1, max_size=8, unique_by=lambda word: word[1:],
)  # fmt: skip


@settings(max_examples=40)
@given(WORDS, st.randoms())
def test_the_order_of_the_files_does_not_matter_where_days_differ(words, random):
    shuffled = list(words)
    random.shuffle(shuffled)
    by_day = [sorted(one_order, key=lambda word: word[2]) for one_order in (words, shuffled)]
    pd.testing.assert_series_equal(one(*by_day[0]), one(*by_day[1]))


@settings(max_examples=40)
@given(WORDS)
def test_no_and_yes_are_treated_alike(words):
    turned = {"accept": "reject", "reject": "accept", "unsure": "unsure"}
    answers = {"yes": "no", "no": "yes"}
    words = sorted(words, key=lambda word: word[2])
    stands = one(*words)["stands"]
    assert one(*((turned[verdict], who, day) for verdict, who, day in words))["stands"] == answers.get(stands, stands)


def test_nothing_said_is_nothing_found():
    assert verdicts(said()).empty
