"""The recommendations in the order in which pages show them, and what several pages need of them."""

import re
from collections.abc import Mapping

import pandas as pd

Tables = Mapping[str, pd.DataFrame]

UNKNOWN = "unknown"
"""Stands for the State where the sources name none that is known."""
_MECHANISMS = {"upr": 0, "treaty_body": 1, "special_procedure": 2}


def ordered(recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return the recommendations by State, the latest first, then as their paragraphs run; the index is their place.

    Adds `state`: the ISO3 code of the State under review, `UNKNOWN` where there is none.
    """
    rows = recommendations.assign(
        state=recommendations["state_under_review"].fillna(UNKNOWN),
        _name=recommendations["state_name"].fillna("~"),
        _mechanism=recommendations["mechanism"].map(_MECHANISMS),
        _latest=-recommendations["year"].fillna(0).astype("int64"),
        _paragraph=recommendations["paragraph"].fillna("").map(paragraph_key),
        _symbol=recommendations["document_symbol"].fillna(""),
    )
    by = ["_name", "state", "_mechanism", "_latest", "_symbol", "_paragraph", "clause", "recommendation_id"]
    # One State may bear two names where a source writes an unknown one: its rows must stay together all the same.
    rows["_name"] = rows.groupby("state")["_name"].transform("min")
    return rows.sort_values(by, kind="stable", ignore_index=True).drop(
        columns=[name for name in rows.columns if name.startswith("_")]
    )


def paragraph_key(paragraph: str) -> str:
    """Return a text that sorts paragraphs as integer pairs: 138.9 before 138.10."""
    return re.sub(r"\d+", lambda number: number.group().zfill(7), paragraph)


def places(rows: pd.DataFrame) -> pd.Series:
    """Return the place of each recommendation in `rows`, by id."""
    return pd.Series(rows.index, index=rows["recommendation_id"])


def asked_by_states(rows: pd.DataFrame) -> pd.DataFrame:
    """Return those made in the UPR by States: no voluntary pledges, no other mechanisms."""
    return rows[(rows["mechanism"] == "upr") & ~rows["is_pledge"].astype(bool)]


def told_tags(tables: Tables) -> pd.DataFrame:
    """Return the labels with how each came about: method, decision, evidence and second score of the tag behind it.

    `status` is `human` (a person said so), `auto` (precise enough to use unread) or `review` (a person should look).
    """
    behind = tables["tags"][
        ["recommendation_id", "dimension", "concept_id", "second_score", "decision", "method", "evidence"]
    ]
    told = tables["labels"].merge(behind, how="left", on=["recommendation_id", "dimension", "concept_id"])
    status = told["decision"].where(told["origin"] == "auto", "review")
    return told.assign(status=status.where(told["origin"] != "human", "human").fillna("review"))
