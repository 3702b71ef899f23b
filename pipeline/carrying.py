"""Which outcome of a Cooperation Framework carries a recommendation, in words."""

import re
import textwrap

import pandas as pd

_LENGTH = 140
_SAID_TWICE = re.compile(r"^(?:(?:\w+\s)?outcome\s*\d[\d.:]*\s*[-–:.]*\s*)+", re.IGNORECASE)
"""The number that UN INFO writes into an outcome's text too, once or twice."""

SAYS = {"review": " (for review)", "human": " (judged)", "contested": " (contested)"}
"""Who says so -> how the words end; a machine that is sure says nothing more."""


def carried_by(framework_map: pd.DataFrame, framework_items: pd.DataFrame) -> dict[str, str]:
    """Return recommendation id -> the first outcome of its State's latest framework in words.

    "none" where an outcome was looked for and nothing covers the recommendation; one that was not mapped is left out. What a
    person should look at ends with "(for review)", what one judged with "(judged)", and "(contested)" where reviewers differ. Where the State's plans do not all say their years, each is told, those
    that carry something first.

    Args:
        framework_map: the table of that name, possibly without rows.
        framework_items: the table of that name, possibly without rows.
    """
    if framework_map.empty or framework_items.empty:
        return {}
    plans = _latest(framework_items.drop_duplicates("framework_id"))
    first = framework_map[(framework_map["level"] == "outcome") & (framework_map["rank"] == 1)]
    first = first[first["framework_id"].isin(plans.index)]
    items = framework_items[["framework_id", "item_id", "code", "text"]]
    rows = first.merge(items, on=["framework_id", "item_id"], how="left")
    several = plans.groupby("state")["plan_name"].transform("size") > 1
    rows["plan"] = rows["framework_id"].map(plans["plan_name"].where(several))
    rows["nothing"] = rows["text"].isna()
    rows = rows.sort_values(["recommendation_id", "nothing", "plan", "framework_id"])
    rows["says"] = (
        rows["decision"].mask(rows["origin"] != "auto", rows["origin"]) if "origin" in rows else rows["decision"]
    )
    told = [_told(*parts) for parts in rows[["code", "text", "plan", "says"]].itertuples(index=False)]
    lines = pd.Series(told, index=rows.index, dtype=object).groupby(rows["recommendation_id"]).agg("; ".join)
    return {str(rid): line for rid, line in lines.items()}


def _latest(plans: pd.DataFrame) -> pd.DataFrame:
    """Return the plans by framework id: of each State the one that ends last, all where one does not say when."""
    ends = plans["years"].str.extract(r"(\d{4})\D*$")[0].astype("Float64")
    last = ends.groupby(plans["state"]).transform("max")
    undated = ends.isna().groupby(plans["state"]).transform("any")
    return plans[undated | (ends == last).fillna(False)].set_index("framework_id")


def _told(code: str | None, text: str | None, plan: str | None, says: str) -> str:
    """Return "Outcome 2.1: People ... (for review)", with the plan's name where the State has several."""
    if pd.isna(text):
        words = "none"
    else:
        words = f"Outcome {code}: " if pd.notna(code) else "Outcome: "
        words += textwrap.shorten(_SAID_TWICE.sub("", str(text)) or str(text), _LENGTH, placeholder=" …")
    where = f", {plan}" if pd.notna(plan) else ""
    return f"{words}{where}{SAYS.get(says, '')}"
