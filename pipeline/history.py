"""What each State was asked, over cycles and mechanisms: the tables `state_history` and `history_counts`."""

import numpy as np
import pandas as pd

from pipeline.same_ask import actions, latest_session, upr_only
from pipeline.schemas import POSITIONS, HistoryCounts, StateHistory

_PERIODS = {"treaty_body": "treaty bodies", "special_procedure": "special procedures"}


def state_history(
    recommendations: pd.DataFrame, asks: pd.DataFrame, ledger: pd.DataFrame, labels: pd.DataFrame
) -> pd.DataFrame:
    """Return one row an ask to a known State: open repeated asks first, of these those of earlier cycles.

    Voluntary pledges are no requests: an ask of pledges alone has no row, and they count nowhere.

    Args:
        recommendations: the table of that name.
        asks: the table of that name.
        ledger: the table `ask_ledger`.
        labels: with the origins of `with_review`.
    """
    known = ledger[ledger["state_under_review"].notna()].set_index("ask_id")
    pledged = recommendations.loc[recommendations["is_pledge"].astype(bool), "recommendation_id"]
    real = asks[~asks["recommendation_id"].isin(pledged)]
    known = known[known.index.isin(real["ask_id"])]
    upr = upr_only(recommendations).merge(real[["recommendation_id", "ask_id"]], on="recommendation_id")
    latest = latest_session(recommendations)
    upr["_now"] = upr["session"] == upr["state_under_review"].map(latest)
    by_ask = upr.groupby("ask_id")
    rows = known.assign(
        n_upr=by_ask.size().reindex(known.index, fill_value=0),
        _now=by_ask["_now"].any().reindex(known.index, fill_value=False).astype(bool),
        asked_by_cycle=_by_cycle(upr),
        supported_cycles=_supported(upr),
    )
    rows = rows.join(_strength(real, labels)).assign(judged_labels=_judged(real, labels))
    earlier = by_ask["_now"].agg(lambda part: not part.all()).reindex(rows.index, fill_value=False).astype(bool)
    rows["standing"] = np.select(
        [rows["n_upr"] == 0, rows["_now"] & earlier, rows["_now"]],
        ["other_mechanisms_only", "asked_again", "asked_first_now"],
        "not_asked_again",
    )
    others = rows["treaty_body_items"] + rows["special_procedure_items"]
    rows["is_open_repeated"] = rows["_now"] & (rows["n_upr"] + others > 1)
    rows["_again"] = rows["standing"] == "asked_again"
    rows = rows.drop(columns="action").rename(columns={"representative_text": "text", "_action": "action"})
    order = ["state_under_review", "is_open_repeated", "_again", "n_upr", "last_year", "ask_id"]
    ascending = [True, False, False, False, False, True]
    rows = rows.reset_index().sort_values(order, ascending=ascending, ignore_index=True)
    return rows[list(StateHistory.to_schema().columns)]


def _by_cycle(upr: pd.DataFrame) -> pd.Series:
    """Return ask -> "1: 2; 3: 4", recommendations in each cycle."""
    sizes = upr.dropna(subset="cycle").groupby(["ask_id", "cycle"]).size().reset_index(name="n")
    told = sizes["cycle"].astype(int).astype(str) + ": " + sizes["n"].astype(str)
    return told.groupby(sizes["ask_id"]).agg("; ".join)


def _supported(upr: pd.DataFrame) -> pd.Series:
    """Return ask -> cycles with a position of support, whole or in part."""
    part = upr[upr["position"].isin(["supported", "partially_supported"])].dropna(subset="cycle")
    part = part[["ask_id", "cycle"]].drop_duplicates().sort_values(["ask_id", "cycle"])
    return part["cycle"].astype(int).astype(str).groupby(part["ask_id"]).agg("; ".join)


def _strength(asks: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Return the strongest action category of each ask, and who says so."""
    found = asks[["recommendation_id", "ask_id"]].join(actions(labels), on="recommendation_id", how="inner")
    rank = found["action_origin"].map({"human": 0, "auto": 1, "contested": 2, "review": 3})
    found = found.assign(_rank=rank).sort_values(["ask_id", "action", "_rank"], ascending=[True, False, True])
    found = found.drop_duplicates("ask_id").set_index("ask_id")
    return found[["action", "action_origin"]].rename(columns={"action": "_action"})


def _judged(asks: pd.DataFrame, labels: pd.DataFrame) -> pd.Series:
    """Return ask -> its themes and groups that a person judged."""
    part = labels[labels["dimension"].isin(["themes", "groups"]) & (labels["origin"] == "human")]
    found = part.merge(asks[["recommendation_id", "ask_id"]], on="recommendation_id")
    found = found[["ask_id", "label"]].drop_duplicates().sort_values(["ask_id", "label"])
    return found.groupby("ask_id")["label"].agg("; ".join)


def history_counts(recommendations: pd.DataFrame, asks: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Return counts of recommendations by State, review, theme and group, with answers and strength beside.

    Args:
        recommendations: the table of that name.
        asks: the table of that name.
        labels: the table of that name.
    """
    other = recommendations[
        recommendations["mechanism"].isin(list(_PERIODS)) & recommendations["state_under_review"].notna()
    ]
    rows = pd.concat([upr_only(recommendations), other])
    rows = rows.merge(asks[["recommendation_id", "ask_id"]], on="recommendation_id", how="left")
    cycle = rows["cycle"].astype("Int64").astype("str").replace("<NA>", "not known")
    rows["period"] = ("cycle " + cycle).where(rows["mechanism"] == "upr", rows["mechanism"].map(_PERIODS))
    first = rows[rows["mechanism"] == "upr"].groupby("ask_id")["cycle"].min()
    rows["_repeated"] = rows["ask_id"].where((rows["mechanism"] == "upr") & (rows["cycle"] > rows["ask_id"].map(first)))
    rows["_specific"] = rows["recommendation_id"].map(actions(labels)["action"]) == "5"
    parts = [rows.assign(dimension="all", concept_id="all", label="All recommendations")]
    for dimension in ("themes", "groups"):
        part = labels.loc[labels["dimension"] == dimension, ["recommendation_id", "concept_id", "label"]]
        tagged = rows.merge(part, on="recommendation_id", how="left").assign(dimension=dimension)
        tagged["concept_id"] = tagged["concept_id"].fillna("none")
        tagged["label"] = tagged["label"].fillna(f"(no tag of {dimension})")
        parts.append(tagged)
    return _counted(pd.concat(parts, ignore_index=True))[list(HistoryCounts.to_schema().columns)]


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    key = ["state_under_review", "dimension", "concept_id", "label", "mechanism", "period"]
    flags = {f"n_{position}": rows["position"] == position for position in POSITIONS}
    flags |= {
        "n_specific": rows["_specific"],
        "n_specific_supported": rows["_specific"] & (rows["position"] == "supported"),
        "n_provisional": rows["is_provisional"].astype(bool),
    }
    groups = rows.assign(**flags).groupby(key)
    found = groups[list(flags)].sum().astype(int)
    found["n_recommendations"] = groups.size()
    found["n_asks"], found["n_repeated_asks"] = groups["ask_id"].nunique(), groups["_repeated"].nunique()
    return found.reset_index()
