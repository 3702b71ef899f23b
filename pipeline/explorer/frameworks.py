"""Cooperation Frameworks of one State: what each outcome carries, which asks nothing carries, who is left behind."""

from typing import Any

import pandas as pd

from pipeline.explorer.payload import plain
from pipeline.explorer.rows import Tables

NOT_COVERED = "none"
_ITEM = ["item_id", "level", "parent_id", "code", "text", "agencies"]
_COVERED = ["item_id", "n_recommendations", "n_supported", "n_noted", "n_asks", "n_repeated_asks", "groups", "sdgs"]
_GAP = ["kind", "ask_id", "item_id", "code", "text", "n_recommendations", "latest_position", "nearest_text"]
_LNOB = ["group", "item_id", "n_recommendations", "n_asks", "n_supported", "item_names_group", "example"]
_MAPPED = ["item_id", "level", "rank", "score", "decision", "evidence"]


def frameworks_of(rows: pd.DataFrame, tables: Tables) -> list[dict[str, Any]] | None:
    """Return the frameworks of one State; None where the run had no frameworks at all.

    Args:
        rows: its recommendations.
        tables: the tables, of this State.
    """
    items = tables.get("framework_items")
    if items is None:
        return None
    found = []
    for framework in latest_first(items):
        part = items[items["framework_id"] == framework]
        plan = part.iloc[0]
        found.append({
            "id": framework,
            "plan": plan["plan_name"],
            "years": None if pd.isna(plan["years"]) else plan["years"],
            "items": _records(part, _ITEM),
            "coverage": _records(_of(tables, "framework_coverage", framework), _COVERED),
            "gaps": _records(_of(tables, "framework_gaps", framework), _GAP),
            "left_behind": _records(_of(tables, "lnob_matrix", framework), _LNOB),
            "mapped": mapped(rows, _of(tables, "framework_map", framework)),
        })  # fmt: skip
    return found


def latest_first(items: pd.DataFrame) -> list[str]:
    """Return the frameworks among `items`, the one that ends last first; one whose years are not known comes last."""
    plans = items.drop_duplicates("framework_id")
    years = plans["years"].fillna("").astype("str").str.findall(r"\d{4}").map(lambda found: max(found, default=""))
    order = plans.assign(end=years).sort_values(["end", "framework_id"], ascending=[False, True])
    return [str(framework) for framework in order["framework_id"]]


def carrying(tables: Tables) -> dict[str, list[Any]]:
    """Return ask -> what carries it first in its State's latest framework: item, its code, its wording, decision.

    The item is `NOT_COVERED` if nothing does. From the map of asks where there is one, else from the first outcome of
    the ask's representative. The tables must be of one State.
    """
    if "framework_items" not in tables or "framework_map" not in tables or tables["framework_items"].empty:
        return {}
    if "framework_ask_map" in tables:
        first = tables["framework_ask_map"]
    else:
        central = tables["asks"][tables["asks"]["is_representative"].astype(bool)]
        first = tables["framework_map"].merge(central[["recommendation_id", "ask_id"]], on="recommendation_id")
    latest = latest_first(tables["framework_items"])[0]
    first = first[(first["level"] == "outcome") & (first["rank"] == 1) & (first["framework_id"] == latest)]
    items = tables["framework_items"]
    words = items[items["framework_id"] == latest].set_index("item_id")[["code", "text"]]
    told = first.join(words, on="item_id")
    return {
        row["ask_id"]: plain([row["item_id"], row["code"], row["text"], row["decision"]])
        for row in told.to_dict("records")
    }


def mapped(rows: pd.DataFrame, framework_map: pd.DataFrame) -> dict[str, list[list[Any]]]:
    """Return the items proposed for each recommendation, by its place among the State's, best first."""
    at = {key: place for place, key in enumerate(rows["recommendation_id"])}
    told: dict[str, list[list[Any]]] = {}
    ranked = framework_map.sort_values(["recommendation_id", "level", "rank"])
    for row in ranked.to_dict("records"):
        if row["recommendation_id"] in at:
            told.setdefault(str(at[row["recommendation_id"]]), []).append(plain([row.get(name) for name in _MAPPED]))
    return told


def _of(tables: Tables, name: str, framework: object) -> pd.DataFrame:
    frame = tables.get(name)
    return pd.DataFrame({"recommendation_id": []}) if frame is None else frame[frame["framework_id"] == framework]


def _records(frame: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    """Return the rows as records of those of `columns` that the frame has; missing is None."""
    kept = [name for name in columns if name in frame]
    return [dict(zip(kept, plain(row), strict=True)) for row in frame[kept].itertuples(index=False, name=None)]
