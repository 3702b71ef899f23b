"""Gaps both ways: asks that no outcome names, and outcomes that no recommendation speaks of."""

from typing import Any

import pandas as pd

from pipeline.frameworks.coverage import Carried
from pipeline.schemas.frameworks import GAP_KINDS, NOT_COVERED, FrameworkGaps

_ASK, _OUTCOME = GAP_KINDS


def gaps_table(of: Carried, ask_rows: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `FrameworkGaps` for one framework: asks, the most repeated first, then outcomes in their order.

    `ask_rows` are the rows of `framework_ask_map` of that framework. An ask made of voluntary pledges alone is no gap.
    """
    items = of.items.set_index("item_id")
    state, framework_id = of.items["state"].iloc[0], of.items["framework_id"].iloc[0]
    outcomes = ask_rows[(ask_rows["level"] == "outcome") & ask_rows["ask_id"].isin(of.recommendations["ask_id"])]
    lines = ledger.set_index("ask_id")
    rows = [
        *_uncovered_asks(outcomes, lines, items), *_unmentioned_outcomes(of, outcomes, lines),
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=[name for name in FrameworkGaps.to_schema().columns])
    return made.assign(framework_id=framework_id, state=state)


def _uncovered_asks(outcomes: pd.DataFrame, lines: pd.DataFrame, items: pd.DataFrame) -> list[dict[str, Any]]:
    first = outcomes[(outcomes["rank"] == 1) & (outcomes["item_id"] == NOT_COVERED)]
    others = outcomes[outcomes["item_id"] != NOT_COVERED].sort_values("rank").drop_duplicates("ask_id")
    nearest = others.set_index("ask_id")["item_id"].to_dict()
    rows = []
    for row in first.to_dict("records"):
        line = lines.loc[row["ask_id"]]
        near = nearest.get(row["ask_id"])
        rows.append({
            "gap_id": row["ask_id"], "kind": _ASK, "ask_id": row["ask_id"], "text": line["representative_text"],
            "n_recommendations": line["n_recommendations"], "n_recommending_states": line["n_recommending_states"],
            **{name: line[name] for name in ("cycles", "latest_position", "groups", "sdgs")}, "score": row["score"],
            "decision": row["decision"], "nearest_item_id": near, "nearest_text": items["text"].get(near),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (-row["n_recommendations"], -row["n_recommending_states"], row["gap_id"]))


def _unmentioned_outcomes(of: Carried, outcomes: pd.DataFrame, lines: pd.DataFrame) -> list[dict[str, Any]]:
    mentioned = set(of.recommendations["item_id"])
    best = (
        outcomes.sort_values("score", ascending=False)
        .drop_duplicates("item_id")
        .set_index("item_id")["ask_id"]
        .to_dict()
    )
    rows = []
    for item in of.items[of.items["level"] == "outcome"].to_dict("records"):
        if item["item_id"] in mentioned:
            continue
        near = best.get(item["item_id"])
        rows.append({
            "gap_id": item["item_id"], "kind": _OUTCOME, "item_id": item["item_id"], "code": item["code"], "text": item["text"],
            "n_recommendations": 0, "n_recommending_states": 0, "decision": "review", "sdgs": item["named_sdgs"],
            "groups": item["named_groups"], "nearest_item_id": near,
            "nearest_text": lines["representative_text"].get(near) if near else None,
        })  # fmt: skip
    return rows
