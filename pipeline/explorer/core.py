"""What the page reads first: columns to filter by, as codes, and the lists the codes point into."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipeline.explorer.payload import codes, plain
from pipeline.explorer.rows import Tables, places
from pipeline.schemas import MECHANISMS, POSITIONS

STATUSES = ["human", "auto", "review"]
CONCEPTS = ["themes", "uhri_themes", "groups", "sdgs"]
"""Dimensions in which a recommendation may have several concepts."""


def core(rows: pd.DataFrame, tables: Tables, tags: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of all recommendations.

    Args:
        rows: the recommendations in their order.
        tables: the tables by name.
        tags: from `told_tags`.
    """
    at = places(rows)
    names = _states(rows)
    asks = _asks(rows, tables["asks"], at)
    lists: dict[str, Any] = {
        "states": [[state, *rest] for state, *rest in names],
        "bodies": _distinct(rows["body"]),
        "symbols": _distinct(rows["document_symbol"]),
        "languages": _distinct(rows["language"]),
        "mechanisms": MECHANISMS,
        "positions": POSITIONS,
        "statuses": STATUSES,
    }
    columns: dict[str, list[Any]] = {
        "id": rows["recommendation_id"].tolist(),
        "state": codes(rows["state"], [state for state, *_ in names]),
        "mechanism": codes(rows["mechanism"], MECHANISMS),
        "body": codes(rows["body"], lists["bodies"]),
        "symbol": codes(rows["document_symbol"], lists["symbols"]),
        "language": codes(rows["language"], lists["languages"]),
        "position": codes(rows["position"], POSITIONS),
        "paragraph": plain(rows["paragraph"]),
        "pledge": rows["is_pledge"].astype(int).tolist(),
        "ask": asks.pop("of"),
        "action": _action(rows, tags, at),
        **{name: rows[name].fillna(0).astype(int).tolist() for name in ("cycle", "session", "year", "clause")},
    }
    several: dict[str, Any] = {}
    several["from"], lists["from"] = _askers(rows, tables["recommending_states"], at)
    lists["regions"] = _distinct(tables["recommending_states"]["region"])
    several["region"] = _regions(rows, tables["recommending_states"], at, lists["regions"])
    for dimension in CONCEPTS:
        told = tags[tags["dimension"] == dimension]
        lists[dimension] = _concepts(told)
        several[dimension] = ragged(len(rows), told["recommendation_id"].map(at), told["concept_id"],
                                    [concept for concept, _ in lists[dimension]])  # fmt: skip
    status = tags.drop_duplicates(["recommendation_id", "status"])
    several["status"] = ragged(len(rows), status["recommendation_id"].map(at), status["status"], STATUSES)
    several["item"], lists["items"] = _items(rows, tables, at)
    return {"n": len(rows), "lists": lists, "columns": columns, "several": several, "asks": asks}


def ragged(length: int, at: pd.Series, values: pd.Series, known: Sequence[Any]) -> dict[str, list[int]]:
    """Return the codes of several values a row: `n` of them for each of `length` rows, and `v`, all in a line."""
    pairs = pd.DataFrame({"at": at.to_numpy(), "code": codes(values, known)}).dropna()
    pairs = pairs[pairs["code"] >= 0].astype("int64").sort_values(["at", "code"])
    counts = pairs["at"].value_counts().reindex(range(length), fill_value=0)
    return {"n": [int(count) for count in counts], "v": pairs["code"].tolist()}


def _distinct(values: pd.Series) -> list[str]:
    return sorted(values.dropna().unique().tolist())


def _states(rows: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return code, name and region of each State under review, by name."""
    first = rows.drop_duplicates("state")
    return [tuple(plain(row)) for row in first[["state", "state_name", "region"]].itertuples(index=False)]


def _asks(rows: pd.DataFrame, asks: pd.DataFrame, at: pd.Series) -> dict[str, list[Any]]:
    """Return the asks in the order of their first recommendation: id, size, representative; and each row's ask."""
    placed = asks.assign(at=asks["recommendation_id"].map(at)).dropna(subset=["at"]).sort_values("at")
    names = placed["ask_id"].drop_duplicates().tolist()
    chosen = placed[placed["is_representative"].astype(bool)].drop_duplicates("ask_id").set_index("ask_id")["at"]
    representative = chosen.reindex(names).fillna(placed.drop_duplicates("ask_id").set_index("ask_id")["at"])
    of = pd.Series(placed["ask_id"].to_numpy(), index=placed["at"].astype("int64")).reindex(rows.index)
    sizes = placed["ask_id"].value_counts().reindex(names)
    return {
        "of": codes(of, names),
        "id": names,
        "n": [int(size) for size in sizes],
        "representative": [int(place) for place in representative],
    }


def _action(rows: pd.DataFrame, tags: pd.DataFrame, at: pd.Series) -> list[int]:
    """Return the category of action of each row, the strongest if there are two; 0: none told."""
    told = tags[tags["dimension"] == "action"]
    digit = pd.to_numeric(told["label"], errors="coerce").fillna(0).astype(int)
    strongest = digit.groupby(told["recommendation_id"].map(at)).max()
    return [int(value) for value in strongest.reindex(rows.index, fill_value=0)]


def _askers(rows: pd.DataFrame, asking: pd.DataFrame, at: pd.Series) -> tuple[dict[str, list[int]], list[list[Any]]]:
    """Return who made each recommendation, and the recommending States: code, name, region."""
    named = asking.assign(
        name=asking["state_name"].fillna(asking["state_raw"]), at=asking["recommendation_id"].map(at)
    ).drop_duplicates(["at", "name"])
    known = named.drop_duplicates("name").sort_values("name")[["state_iso3", "name", "region"]]
    listed = [plain(row) for row in known.itertuples(index=False)]
    return ragged(len(rows), named["at"], named["name"], [name for _, name, _ in listed]), listed


def _regions(rows: pd.DataFrame, asking: pd.DataFrame, at: pd.Series, regions: Sequence[str]) -> dict[str, list[int]]:
    """Return the regional groups among those who made each recommendation."""
    once = asking.drop_duplicates(["recommendation_id", "region"])
    return ragged(len(rows), once["recommendation_id"].map(at), once["region"], regions)


def _concepts(told: pd.DataFrame) -> list[tuple[str, str]]:
    """Return id and label of the concepts used, by label; SDGs by number."""
    used = told.drop_duplicates("concept_id")[["concept_id", "label"]].itertuples(index=False, name=None)
    return sorted(used, key=lambda one: (_sdg(one[0]), one[1].casefold(), one[0]))


def _sdg(concept: str) -> tuple[int, str]:
    goal, _, target = concept.removeprefix("sdg:").partition(".") if concept.startswith("sdg:") else ("0", "", "")
    return int(goal), target.zfill(3) if target else ""


def _items(rows: pd.DataFrame, tables: Tables, at: pd.Series) -> tuple[dict[str, list[int]], list[list[Any]]]:
    """Return the outcome or output first named for each row, and the items of the frameworks: id, State, level, words."""
    if "framework_map" not in tables or "framework_items" not in tables:
        return {"n": [0] * len(rows), "v": []}, []
    first = tables["framework_map"]
    first = first[first["rank"] == 1]
    key = first["framework_id"] + "/" + first["item_id"].astype("str")
    items = tables["framework_items"]
    items = items.assign(key=items["framework_id"] + "/" + items["item_id"].astype("str"))
    used = items[items["key"].isin(key)]
    plans = items.drop_duplicates("framework_id")
    carried_by_none = plans.assign(key=plans["framework_id"] + "/none", level="none", code=None, text=None)
    used = pd.concat([used, carried_by_none[carried_by_none["key"].isin(key)]])
    listed = [plain(row) for row in used[["key", "state", "level", "code", "text"]].itertuples(index=False)]
    return ragged(len(rows), first["recommendation_id"].map(at), key, [item[0] for item in listed]), listed
