"""Asks of all States that request the same: each group is one leading ask and those that request the same as it.

Nothing chains: whoever joins was compared with the leader, not with another that joined before. The ask in the densest
place leads first.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

Vectors: TypeAlias = NDArray[np.float32]
Scores: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]
Cosines: TypeAlias = NDArray[np.float32]

_SEARCH_ROWS = 1024
_SHARPNESS = 8
"""Power of the cosines in the density: nearer neighbours count for more."""


def neighbours(vectors: Vectors, min_cosine: float) -> csr_array:
    """Return the cosines from `min_cosine` on between all rows (one at least) of unit length, without a row's own; exact."""
    rows, columns, found = [], [], []
    for start in range(0, len(vectors), _SEARCH_ROWS):
        cosines = vectors[start : start + _SEARCH_ROWS] @ vectors.T
        own = np.arange(len(cosines))
        cosines[own, own + start] = -1
        left, right = np.nonzero(cosines >= min_cosine)
        rows.append(left + start)
        columns.append(right)
        found.append(cosines[left, right])
    ends = np.concatenate(rows), np.concatenate(columns)
    return csr_array((np.concatenate(found), ends), shape=(len(vectors), len(vectors)))


def led_groups(
    near: csr_array, weights: NDArray[np.int64], compare: Callable[[int, Places, Cosines], Scores], min_score: float
) -> tuple[Places, Scores]:
    """Return for each row its leader (its own place if it leads), and the score with which it joined it (1 if it leads).

    Args:
        near: cosines of rows near one another, as `neighbours` gives them.
        weights: how many asks have the text of each row.
        compare: takes a leader, rows near it and their cosines; returns the probability that each requests the same.
        min_score: probability from which a row joins.
    """
    density = weights + csr_array((near.data**_SHARPNESS, near.indices, near.indptr), shape=near.shape) @ weights
    leader = np.full(near.shape[0], -1, dtype=np.int64)
    scores = np.ones(near.shape[0])
    for row in np.argsort(-np.round(density, 6), kind="stable").tolist():
        if leader[row] >= 0:
            continue
        leader[row] = row
        inside = slice(near.indptr[row], near.indptr[row + 1])
        free = leader[near.indices[inside]] < 0
        others = near.indices[inside][free].astype(np.int64)
        if len(others):
            found = compare(row, others, near.data[inside][free])
            joins = found >= min_score
            leader[others[joins]], scores[others[joins]] = row, found[joins]
    return leader, scores


def worldwide_ledger(
    families: pd.DataFrame, ledger: pd.DataFrame, recommendations: pd.DataFrame, made_by: pd.DataFrame
) -> pd.DataFrame:
    """Return one row a family with asks to several States, with the columns of the schema `WorldwideLedger`.

    Args:
        families: table `WorldwideFamilies`.
        ledger: of the asks.
        recommendations: for the names of States.
        made_by: ask_id and name, one row for each State that made a recommendation of the ask.
    """
    names = recommendations.dropna(subset="state_under_review").drop_duplicates("state_under_review")
    name_of = names.set_index("state_under_review")["state_name"]
    lines = families.merge(ledger[["ask_id", "representative_text", "n_recommendations"]], on="ask_id")
    lines["name"] = lines["state_under_review"].map(name_of)
    home = lines.groupby(["worldwide_family_id", "name"])["latest_position"].agg(_one).reset_index()
    made = made_by.merge(families[["ask_id", "worldwide_family_id"]], on="ask_id").drop_duplicates(
        ["worldwide_family_id", "name"]
    )
    both = home.merge(made[["worldwide_family_id", "name"]], on=["worldwide_family_id", "name"])
    groups = lines.groupby("worldwide_family_id")
    found = groups.agg(
        n_asks=("ask_id", "size"), n_states=("name", "nunique"), n_recommendations=("n_recommendations", "sum")
    )
    found["representative_text"] = lines[lines["is_leader"]].set_index("worldwide_family_id")["representative_text"]
    for column, rows in (
        ("supported_by", home[home["latest_position"] == "supported"]),
        ("noted_by", home[home["latest_position"] == "noted"]),
        ("others", home[~home["latest_position"].isin(["supported", "noted"])]),
        ("recommending_states", made),
        ("make_and_support", both[both["latest_position"] == "supported"]),
        ("make_and_note", both[both["latest_position"] == "noted"]),
    ):
        found[column] = rows.sort_values("name").groupby("worldwide_family_id")["name"].agg("; ".join)
    return found[found["n_states"] > 1].reset_index()


def _one(positions: "pd.Series[str]") -> str:
    """Return the position of all asks of one State in a family, "mixed" if they differ."""
    known = set(positions.dropna())
    return known.pop() if len(known) == 1 else "mixed"
