"""The asks of one State as its page shows them: cycle by cycle with their answers, the most repeated first."""

from collections import Counter
from typing import Any

import pandas as pd

from pipeline.explorer.payload import plain
from pipeline.explorer.rows import Tables, asked_by_states

_LEDGER = [
    "ask_id", "representative_text", "family_id", "n_recommendations", "n_linked", "n_recommending_states", "mechanisms",
    "first_year", "last_year", "position_change", "latest_position", "supported_before", "pending_again",
    "new_recommending_states", "themes", "groups", "sdgs", "action", "treaty_body_items", "special_procedure_items",
]  # fmt: skip


def asks_of(rows: pd.DataFrame, tables: Tables, carried: dict[str, list[Any]], nearest: int) -> dict[str, Any]:
    """Return the asks of one State, column by column; most cycles first, then most recommendations.

    Args:
        rows: its recommendations.
        tables: the tables, of this State.
        carried: ask -> the outcome that carries it, from `frameworks.carrying`.
        nearest: asks told for each that look alike and were kept apart.
    """
    answers = positions_by_cycle(asked_by_states(rows), tables["asks"])
    ledger = tables["ask_ledger"].copy()
    ledger["cycles"] = [len(answers.get(ask, {})) for ask in ledger["ask_id"]]
    ledger = ledger.sort_values(["cycles", "n_recommendations", "n_recommending_states", "ask_id"],
                                ascending=[False, False, False, True], ignore_index=True)  # fmt: skip
    found: dict[str, Any] = {name: plain(ledger[name]) for name in _LEDGER if name in ledger}
    order = ledger["ask_id"].tolist()
    members = _members(rows, tables["asks"])
    found["answers"] = [answers.get(ask, {}) for ask in order]
    found["members"] = [members.get(ask, []) for ask in order]
    found["carried"] = [carried.get(ask) for ask in order]
    links = _links(rows, tables["ask_links"])
    found["links"] = [links.get(ask, []) for ask in order]
    apart = kept_apart(tables["pairs"], tables["asks"], nearest)
    found["apart"] = [apart.get(ask, []) for ask in order]
    return found


def positions_by_cycle(made: pd.DataFrame, asks: pd.DataFrame) -> dict[str, dict[str, dict[str, int]]]:
    """Return ask -> cycle -> position -> recommendations; "0" stands for a cycle that is not known."""
    counts: dict[str, dict[str, Counter[str]]] = {}
    joined = made.merge(asks[["recommendation_id", "ask_id"]], on="recommendation_id")
    cycles = joined["cycle"].fillna(0).astype(int).astype("str")
    for ask, cycle, position in zip(joined["ask_id"], cycles, joined["position"], strict=True):
        counts.setdefault(ask, {}).setdefault(cycle, Counter())[position] += 1
    return {ask: {cycle: dict(part) for cycle, part in sorted(found.items())} for ask, found in counts.items()}


def _members(rows: pd.DataFrame, asks: pd.DataFrame) -> dict[str, list[int]]:
    """Return ask -> the places of its recommendations, counted from the State's first, the earliest first."""
    placed = rows.assign(at=range(len(rows))).merge(asks[["recommendation_id", "ask_id"]], on="recommendation_id")
    placed = placed.sort_values(["year", "at"], kind="stable", na_position="first")
    found: dict[str, list[int]] = {}
    for ask, at in zip(placed["ask_id"], placed["at"].tolist(), strict=True):
        found.setdefault(ask, []).append(at)
    return found


def _links(rows: pd.DataFrame, links: pd.DataFrame) -> dict[str, list[list[Any]]]:
    """Return ask -> the clauses of other recommendations that request it: place, clause, score, reason."""
    at = {key: place for place, key in enumerate(rows["recommendation_id"])}
    found: dict[str, list[list[Any]]] = {}
    for row in links.sort_values("score", ascending=False).to_dict("records"):
        if row["recommendation_id"] in at:
            told = [at[row["recommendation_id"]], row["clause"], round(float(row["score"]), 3), row["reason"]]
            found.setdefault(row["ask_id"], []).append(told)
    return found


def kept_apart(pairs: pd.DataFrame, asks: pd.DataFrame, most: int) -> dict[str, list[list[Any]]]:
    """Return ask -> the asks most like it and yet not it: id, score, what differs; at most `most` for each."""
    ask_of = asks.set_index("recommendation_id")["ask_id"]
    near = pairs.assign(left=pairs["left_id"].map(ask_of), right=pairs["right_id"].map(ask_of)).dropna(
        subset=["left", "right"]
    )
    near = near[near["left"] != near["right"]].sort_values("score_same_ask", ascending=False, kind="stable")
    why = near["reason"].astype("object")
    if "cannot_link" in near:
        why = near["cannot_link"].where(near["cannot_link"].notna() & (near["cannot_link"] != ""), why)
    found: dict[str, list[list[Any]]] = {}
    for left, right, score, reason in zip(near["left"], near["right"], near["score_same_ask"], why, strict=True):
        for one, other in ((left, right), (right, left)):
            told = found.setdefault(one, [])
            if len(told) < most and all(other != entry[0] for entry in told):
                told.append([other, round(float(score), 3), reason])
    return found
