"""Which outcome of a Cooperation Framework carries a recommendation, in words."""

import textwrap

import pandas as pd

from pipeline.same_ask import Coverage

_LENGTH = 140


def carried(framework_map: pd.DataFrame, framework_items: pd.DataFrame) -> Coverage:
    """Return the first outcome of each recommendation in words, one a framework, and the States that have a framework.

    A mapping that a person should look at ends with "(for review)"; "none" stands only where every framework of the
    State was mapped and carries nothing.

    Args:
        framework_map: the table of that name, possibly without rows.
        framework_items: the table of that name, possibly without rows.
    """
    if framework_items.empty:
        return Coverage({}, frozenset())
    outcomes = framework_map[(framework_map["level"] == "outcome") & (framework_map["rank"] == 1)]
    items = framework_items[["framework_id", "item_id", "code", "text", "plan_name"]]
    rows = outcomes.merge(items, on=["framework_id", "item_id"])
    rows = rows.sort_values(["recommendation_id", "framework_id"])
    several = framework_items.groupby("state")["framework_id"].nunique() > 1
    state_of = framework_items.drop_duplicates("framework_id").set_index("framework_id")["state"]
    named = rows["framework_id"].map(state_of).map(several).fillna(False).astype(bool)
    told = [
        _told(*parts)
        for parts in zip(rows["code"], rows["text"], rows["plan_name"], rows["decision"], named, strict=True)
    ]
    lines = pd.Series(told, index=rows.index, dtype=object).groupby(rows["recommendation_id"]).agg("; ".join)
    return Coverage(lines.to_dict(), frozenset(framework_items["state"].dropna()))


def _told(code: object, text: object, plan: object, decision: str, named: bool) -> str:
    """Return "Outcome 2.1: People ... (for review)", with the plan's name where a State has several."""
    head = f"Outcome {code}" if pd.notna(code) else "Outcome"  # type: ignore[call-overload]
    words = textwrap.shorten(str(text), _LENGTH, placeholder=" …")
    where = f", {plan}" if named and pd.notna(plan) else ""  # type: ignore[call-overload]
    return f"{head}: {words}{where}{' (for review)' if decision == 'review' else ''}"
