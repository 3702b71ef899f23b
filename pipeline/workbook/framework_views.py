"""The tables of frameworks as an analyst reads them: with the plan's name, the outcome's wording and the request's text."""

from collections.abc import Mapping

import pandas as pd

from pipeline.schemas import EXPORTED, NOT_COVERED
from pipeline.tables import empty

Tables = Mapping[str, pd.DataFrame]
TABLES = ("framework_report", "framework_items", "framework_map", "framework_coverage", "framework_gaps", "lnob_matrix",
          "un_info_ready")  # fmt: skip
"""Tables that have a sheet only if they have rows."""
_NONE = "(no outcome names the matter)"


def _table(tables: Tables, name: str) -> pd.DataFrame:
    return tables[name] if name in tables else empty(EXPORTED[name])


def _with_items(frame: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return `frame` with state_name, plan_name, code and item_text of each item."""
    items = _table(tables, "framework_items")
    plans = items.drop_duplicates("framework_id").set_index("framework_id")
    of = items.drop_duplicates("item_id").set_index("item_id")
    text = frame["item_id"].map(of["text"]).where(frame["item_id"] != NOT_COVERED, _NONE)
    return frame.assign(
        state_name=frame["framework_id"].map(plans["state_name"]), plan_name=frame["framework_id"].map(plans["plan_name"]),
        code=frame["item_id"].map(of["code"]), item_text=text,
    )  # fmt: skip


def framework_map(tables: Tables) -> pd.DataFrame:
    """Return one row a recommendation and plan: the first outcome with its words, the second and third, the best output."""
    rows = _with_items(_table(tables, "framework_map"), tables)
    columns = ["state_name", "plan_name", "text", "position", "code", "item_text", "score", "decision", "evidence",
               "other_outcomes", "best_output", "recommendation_id"]  # fmt: skip
    if rows.empty:
        return pd.DataFrame(columns=columns)
    key = ["recommendation_id", "framework_id"]
    outcomes, outputs = rows[rows["level"] == "outcome"], rows[rows["level"] == "output"]
    first = outcomes[outcomes["rank"] == 1].set_index(key)
    others = outcomes[outcomes["rank"] > 1].sort_values("rank")
    shown = others["code"].fillna(others["item_text"]).str.slice(0, 40) + others["score"].map(" ({:.2f})".format)
    other = shown.groupby([others[name] for name in key]).agg("; ".join)
    best = outputs[outputs["rank"] == 1].set_index(key)["item_text"]
    wide = first.assign(other_outcomes=other.reindex(first.index), best_output=best.reindex(first.index)).reset_index()
    known = _table(tables, "recommendations").set_index("recommendation_id")
    wide["text"] = wide["recommendation_id"].map(known["text"])
    wide["position"] = wide["recommendation_id"].map(known["position"])
    return wide.sort_values(["state_name", "plan_name", "code", "score"], ascending=[True, True, True, False])[columns]


def coverage(tables: Tables) -> pd.DataFrame:
    """Return the coverage of each item, by plan, priorities above outcomes above outputs."""
    found = _with_items(_table(tables, "framework_coverage"), tables)
    order = found["level"].map({"priority": 0, "outcome": 1, "output": 2})
    found = found.assign(_order=order).sort_values(["state_name", "plan_name", "_order", "code"], kind="stable")
    counts = [name for name in found.columns if name.startswith("n_")]
    return found[["state_name", "plan_name", "level", "code", "text", *counts, "groups", "sdgs", "item_id"]]


def gaps(tables: Tables) -> pd.DataFrame:
    """Return the gaps both ways, asks first, the most repeated first."""
    found = _with_items(_table(tables, "framework_gaps"), tables)
    columns = ["state_name", "plan_name", "kind", "text", "n_recommendations", "n_recommending_states", "cycles",
               "latest_position", "score", "decision", "nearest_text", "groups", "sdgs", "gap_id"]  # fmt: skip
    return found[columns]


def lnob(tables: Tables) -> pd.DataFrame:
    """Return the groups by outcome, with the outcome's wording."""
    found = _with_items(_table(tables, "lnob_matrix"), tables)
    columns = ["state_name", "plan_name", "group", "code", "item_text", "n_recommendations", "n_asks", "n_supported",
               "item_names_group", "example"]  # fmt: skip
    order = ["state_name", "plan_name", "group", "n_recommendations"]
    return found.sort_values(order, ascending=[True, True, True, False], kind="stable")[columns]


def un_info(tables: Tables) -> pd.DataFrame:
    """Return the columns to copy into UN INFO, ids last."""
    found = _table(tables, "un_info_ready")
    last = ["framework_id", "item_id"]
    return found[[*(name for name in found.columns if name not in last), *last]].sort_values(
        ["state", "plan_name", "level", "code"], kind="stable"
    )
