"""Which outcome of a Cooperation Framework carries a recommendation, in words."""

import textwrap

import pandas as pd

_LENGTH = 140


def carried_by(framework_map: pd.DataFrame, framework_items: pd.DataFrame) -> dict[str, str]:
    """Return recommendation id -> the first outcome of each of its State's frameworks in words, joined by "; ".

    "none" where an outcome was looked for and nothing covers the recommendation; one that was not mapped is left out. What a
    person should look at ends with "(for review)".

    Args:
        framework_map: the table of that name, possibly without rows.
        framework_items: the table of that name, possibly without rows.
    """
    if framework_map.empty or framework_items.empty:
        return {}
    first = framework_map[(framework_map["level"] == "outcome") & (framework_map["rank"] == 1)]
    items = framework_items[["framework_id", "item_id", "code", "text"]]
    rows = first.merge(items, on=["framework_id", "item_id"], how="left")
    plans = framework_items.drop_duplicates("framework_id").set_index("framework_id")
    several = plans.groupby("state")["plan_name"].transform("size") > 1
    rows["plan"] = rows["framework_id"].map(plans["plan_name"].where(several))
    rows = rows.sort_values(["recommendation_id", "plan", "framework_id"])
    told = [_told(*parts) for parts in rows[["code", "text", "plan", "decision"]].itertuples(index=False)]
    lines = pd.Series(told, index=rows.index, dtype=object).groupby(rows["recommendation_id"]).agg("; ".join)
    return {str(rid): line for rid, line in lines.items()}


def _told(code: str | None, text: str | None, plan: str | None, decision: str) -> str:
    """Return "Outcome 2.1: People ... (for review)", with the plan's name where the State has several."""
    if pd.isna(text):
        words = "none"
    else:
        words = f"Outcome {code}: " if pd.notna(code) else "Outcome: "
        words += textwrap.shorten(str(text), _LENGTH, placeholder=" …")
    where = f", {plan}" if pd.notna(plan) else ""
    return f"{words}{where}{' (for review)' if decision == 'review' else ''}"
