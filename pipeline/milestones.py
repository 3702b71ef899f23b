"""When a review is adopted, half way and due again: estimates from the day its session ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple


class Milestones(NamedTuple):
    """Estimated days; None where the session's days are not known."""

    adoption: date | None
    mid_term: date | None
    next_review: date | None


@dataclass(frozen=True, slots=True)
class Spans:
    """What lies between the days."""

    adoption_days: int
    """From the last day of the Working Group session to the adoption by the Council."""
    mid_term_months: int
    """From the adoption to the mid-term report."""
    next_review_months: int
    """From the adoption to the next review."""


def milestones(session: int | None, ends: Mapping[int, date], spans: Spans) -> Milestones:
    """Return the estimated days of the review of `session`.

    Rule: adoption = end of the session + `adoption_days`; mid-term and next review = adoption + so many months. Real
    days are set by the Council's calendar and differ by weeks, in some cycles by a year.

    Args:
        session: of the UPR Working Group; None if not known.
        ends: session -> its last day.
        spans: what lies between.
    """
    if session is None or session not in ends:
        return Milestones(None, None, None)
    adoption = ends[session] + timedelta(days=spans.adoption_days)
    return Milestones(
        adoption, months_later(adoption, spans.mid_term_months), months_later(adoption, spans.next_review_months)
    )


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), following - timedelta(days=1))
