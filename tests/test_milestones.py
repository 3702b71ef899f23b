"""The days of a review are estimates from the day its session ended."""

from datetime import date

import pytest

from pipeline.milestones import Spans, milestones, months_later
from pipeline.paths import ROOT
from pipeline.sessions import load_sessions

SPANS = Spans(adoption_days=135, mid_term_months=27, next_review_months=54)


def test_adoption_half_way_and_next_review_follow_from_the_session():
    found = milestones(34, {34: date(2019, 11, 15)}, SPANS)
    assert found == (date(2020, 3, 29), date(2022, 6, 29), date(2024, 9, 29))


@pytest.mark.parametrize("session", [None, 99])
def test_without_the_days_of_the_session_nothing_is_estimated(session):
    assert milestones(session, {34: date(2019, 11, 15)}, SPANS) == (None, None, None)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 12, 31), 12, date(2024, 12, 31)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2020, 5, 15), 54, date(2024, 11, 15)),
    ],
)
def test_months_later_stays_in_the_month(day, months, expected):
    assert months_later(day, months) == expected


def test_a_session_without_its_end_counts_from_its_beginning():
    sessions = load_sessions(ROOT / "configs" / "sessions.csv")
    assert sessions[34].last_day == date(2019, 11, 15)
    assert sessions[40].last_day == date(2022, 1, 24)
    assert sessions[54].last_day is None
