"""What each State recommended, what was answered, and what to do next: the table `state_briefs`."""

from collections.abc import Mapping

import pandas as pd

from pipeline.follow_up import Rule, followed_up
from pipeline.same_ask import actions, is_latest, names_of, who_else
from pipeline.schemas import StateBriefs

ByCycle = dict[int, dict[str, str]]
"""Cycle -> code -> name of the States that made an ask in it."""


def state_briefs(
    context: pd.DataFrame,
    recommending_states: pd.DataFrame,
    labels: pd.DataFrame,
    rules: tuple[Rule, ...],
    carried: Mapping[str, str],
) -> pd.DataFrame:
    """Return one row for each recommendation and State that made it.

    Args:
        context: as `same_ask` returns it.
        recommending_states: the table of that name.
        labels: with the origins of `with_review`.
        rules: what to suggest when.
        carried: recommendation id -> the outcome that carries it in words, as `carried_by` returns it.
    """
    made_by = names_of(recommending_states)
    together = who_else(context, made_by)
    by_ask: dict[str, ByCycle] = {}
    for (ask, cycle), states in together.items():
        by_ask.setdefault(ask, {})[cycle] = states
    years: dict[str, dict[int, int]] = {}
    dated = context.dropna(subset=["cycle", "year"]).sort_values("year", ascending=False)
    for state, cycle, year in dated[["state_under_review", "cycle", "year"]].itertuples(index=False):
        years.setdefault(state, {})[int(cycle)] = int(year)
    rows = context.merge(made_by, on="recommendation_id").rename(
        columns={"code": "recommending_state", "name": "recommending_state_name"}
    )
    told = [
        _told(by_ask.get(ask, {}), code, cycle, years.get(state, {}))
        for ask, code, cycle, state in zip(
            rows["ask_id"], rows["recommending_state"], rows["cycle"], rows["state_under_review"], strict=True
        )
    ]
    columns = ["cycles_asked", "first_asked", "co_recommending_states", "earlier_recommending_states"]
    rows = rows.join(pd.DataFrame(told, columns=columns, index=rows.index, dtype=object))
    rows["is_latest_review"] = is_latest(rows, context)
    rows = rows.join(actions(labels), on="recommendation_id")
    return followed_up(rows, rules, carried)[list(StateBriefs.to_schema().columns)]


def _told(by_cycle: ByCycle, code: str, cycle: object, years: Mapping[int, int]) -> tuple[str | None, ...]:
    """Return when State `code` made the ask, since when, and who else makes it now and made it before."""
    own = sorted(number for number, states in by_cycle.items() if code in states)
    if pd.isna(cycle):  # type: ignore[call-overload]
        return "; ".join(map(str, own)) or None, None, None, None
    now = int(cycle)  # type: ignore[call-overload]
    first = own[0] if own else now
    since = f"cycle {first} ({years[first]})" if first in years else f"cycle {first}"
    others = {name for other, name in by_cycle.get(now, {}).items() if other != code}
    before = {
        name for number, states in by_cycle.items() if number < now for other, name in states.items() if other != code
    }
    return (
        "; ".join(map(str, own)) or str(now),
        since,
        "; ".join(sorted(others)) or None,
        "; ".join(sorted(before)) or None,
    )
