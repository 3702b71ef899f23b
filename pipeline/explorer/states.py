"""One line a State for the first page, and one file a State for its own pages."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pipeline.explorer.asks import asks_of
from pipeline.explorer.counts import by_cycle
from pipeline.explorer.details import recommendations
from pipeline.explorer.frameworks import carrying, frameworks_of
from pipeline.explorer.payload import plain
from pipeline.explorer.rows import Tables, asked_by_states

_BY_RECOMMENDATION = [
    "recommending_states", "asks", "recommendation_sources", "source_tags", "source_conflicts", "position_changes",
    "translations", "framework_map",
]  # fmt: skip
_BY_STATE = {
    "ask_ledger": "state_under_review",
    "framework_items": "state",
    "framework_coverage": "state",
    "framework_gaps": "state",
    "lnob_matrix": "state",
}
_BY_ASK = ["ask_links", "framework_ask_map"]


def of_each(rows: pd.DataFrame, tables: Tables, tags: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, Tables]]:
    """Yield each State's recommendations and its part of every table; its labels are under `told`."""
    state_of = rows.set_index("recommendation_id")["state"]
    parts: dict[str, Mapping[str, pd.DataFrame]] = {}

    def split(name: str, frame: pd.DataFrame, state: pd.Series) -> None:
        parts[name] = {str(key): part for key, part in frame.groupby(state.to_numpy())}

    for name in [name for name in _BY_RECOMMENDATION if name in tables]:
        split(name, tables[name], tables[name]["recommendation_id"].map(state_of))
    split("told", tags, tags["recommendation_id"].map(state_of))
    split("pairs", tables["pairs"], tables["pairs"]["left_id"].map(state_of))
    asks = tables["asks"].drop_duplicates("ask_id")
    state_of_ask = asks.set_index("ask_id")["recommendation_id"].map(state_of)
    for name in [name for name in _BY_ASK if name in tables]:
        split(name, tables[name], tables[name]["ask_id"].map(state_of_ask))
    for name, column in _BY_STATE.items():
        if name in tables:
            by = tables[name]["ask_id"].map(state_of_ask) if name == "ask_ledger" else tables[name][column]
            split(name, tables[name], by)
    blank = {"told": tags.head(0)} | {name: tables[name].head(0) for name in parts if name != "told"}
    for state, own in rows.groupby("state", sort=False):
        yield own, {name: part.get(str(state), blank[name]) for name, part in parts.items()}


def state_file(rows: pd.DataFrame, tables: Tables, *, themes: int, groups: int, nearest: int) -> dict[str, Any]:
    """Return everything the pages of one State show.

    Args:
        rows: its recommendations; the index is their place among all.
        tables: its part of the tables, from `of_each`.
        themes: most frequent themes of the heatmap.
        groups: most frequent groups of the heatmap.
        nearest: asks told for each that look alike and were kept apart.
    """
    first = rows.iloc[0]
    return {
        "state": first["state"],
        "name": plain([first["state_name"]])[0],
        "first": int(rows.index[0]),
        "counts": by_cycle(rows, tables["recommending_states"], tables["told"], tables["asks"],
                           themes=themes, groups=groups),
        "recommendations": recommendations(rows, tables, tables["told"]),
        "asks": asks_of(rows, tables, carrying(tables), nearest),
        "frameworks": frameworks_of(rows, tables),
        "bodies": bodies(rows, tables["asks"]),
    }  # fmt: skip


def bodies(rows: pd.DataFrame, asks: pd.DataFrame) -> list[list[Any]]:
    """Return the treaty bodies and special procedures: mechanism, body, items, years, asks, those the UPR made too."""
    ask_of = asks.set_index("recommendation_id")["ask_id"]
    in_upr = set(asked_by_states(rows)["recommendation_id"].map(ask_of).dropna())
    others = rows[rows["mechanism"] != "upr"]
    others = others.assign(ask=others["recommendation_id"].map(ask_of), body=others["body"].fillna("?"))
    return [
        [
            str(mechanism), str(body), len(part), sorted({int(year) for year in part["year"].dropna()}),
            int(part["ask"].nunique()), len(set(part["ask"].dropna()) & in_upr),
        ]
        for (mechanism, body), part in others.groupby(["mechanism", "body"])
    ]  # fmt: skip


def summary(rows: pd.DataFrame, tables: Tables) -> dict[str, Any]:
    """Return the line of one State on the first page."""
    made = asked_by_states(rows)
    ledger = tables["ask_ledger"]
    latest = made[made["cycle"] == made["cycle"].max()] if made["cycle"].notna().any() else made
    return {
        "state": rows["state"].iloc[0],
        "recommendations": len(made),
        "cycles": sorted(int(cycle) for cycle in made["cycle"].dropna().unique()),
        "latest_year": None if made["year"].dropna().empty else int(made["year"].max()),
        "positions": {str(name): int(n) for name, n in latest["position"].value_counts().items()},
        "asks": len(ledger),
        "repeated": int((ledger["n_recommendations"] > 1).sum()),
        "treaty_body": int((rows["mechanism"] == "treaty_body").sum()),
        "special_procedure": int((rows["mechanism"] == "special_procedure").sum()),
        "pledges": int(rows["is_pledge"].sum()),
        "framework": "framework_items" in tables and not tables["framework_items"].empty,
    }
