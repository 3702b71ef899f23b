"""Recommendations that wait for an answer, with all that bears on the answer: the table `pending`."""

from collections.abc import Mapping

import pandas as pd

from pipeline.follow_up import Rule, followed_up
from pipeline.same_ask import actions, is_latest, names_of, who_else
from pipeline.schemas import Pending


def pending(
    context: pd.DataFrame,
    recommending_states: pd.DataFrame,
    labels: pd.DataFrame,
    families: pd.DataFrame,
    rules: tuple[Rule, ...],
    carried: Mapping[str, str],
) -> pd.DataFrame:
    """Return one row a pending recommendation: by State, latest review first, those with most to lean on first.

    Args:
        context: as `same_ask` returns it.
        recommending_states: the table of that name.
        labels: with the origins of `with_review`.
        families: the table `worldwide_families`, which may be without rows.
        rules: what to suggest when.
        carried: recommendation id -> the outcome that carries it in words, as `carried_by` returns it.
    """
    rows = context[context["position"] == "pending"].copy()
    made_by = names_of(recommending_states)
    own = made_by[made_by["recommendation_id"].isin(rows["recommendation_id"])]
    by_id = {rid: dict(zip(part["code"], part["name"], strict=True)) for rid, part in own.groupby("recommendation_id")}
    together = who_else(context, made_by)
    keys = list(zip(rows["recommendation_id"], rows["ask_id"], rows["cycle"], strict=True))
    rows["recommending_states"] = [_names(by_id.get(rid, {})) for rid, _, _ in keys]
    rows["co_recommending_states"] = [
        _names({code: name for code, name in _asking(together, ask, cycle).items() if code not in by_id.get(rid, {})})
        for rid, ask, cycle in keys
    ]
    rows["is_latest_review"] = is_latest(rows, context)
    rows["n_supported_elsewhere"] = supported_elsewhere(rows, families)
    rows = rows.join(actions(labels), on="recommendation_id")
    rows = followed_up(rows, rules, carried)
    rows["_weight"] = rows["same_ask_in_treaty_bodies"] + rows["same_ask_in_special_procedures"]
    order = {"state_under_review": True, "is_latest_review": False, "prior_cycles": False, "_weight": False,
             "document_symbol": True, "recommendation_id": True}  # fmt: skip
    rows = rows.sort_values(list(order), ascending=list(order.values()), na_position="last", ignore_index=True)
    return rows[list(Pending.to_schema().columns)]


def _asking(together: dict[tuple[str, int], dict[str, str]], ask: object, cycle: object) -> dict[str, str]:
    """Return who makes the ask in the cycle; nobody is known where ask or cycle is not."""
    if pd.isna(ask) or pd.isna(cycle):  # type: ignore[call-overload]
        return {}
    return together.get((str(ask), int(cycle)), {})  # type: ignore[call-overload]


def _names(states: dict[str, str]) -> str | None:
    return "; ".join(sorted(states.values())) or None


def supported_elsewhere(rows: pd.DataFrame, families: pd.DataFrame) -> pd.Series:
    """Return how many other States supported the same ask at home; null where asks were not compared world-wide."""
    if families.empty:
        return pd.Series(pd.NA, index=rows.index, dtype="Int64")
    family = families.set_index("ask_id")["worldwide_family_id"]
    home = families[families["latest_position"] == "supported"]
    states = home.groupby("worldwide_family_id")["state_under_review"].agg(set).to_dict()
    of_ask = rows["ask_id"].map(family)
    numbers = [
        len(states.get(name, set()) - {state}) for name, state in zip(of_ask, rows["state_under_review"], strict=True)
    ]
    return pd.Series(numbers, index=rows.index, dtype="Int64")
