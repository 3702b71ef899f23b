"""The history of each ask: how often it was made, by whom, in which cycles, and which position was taken."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

_TAKEN = ("supported", "partially_supported", "noted")
"""Positions that a State has taken; `pending` and `unknown` are none."""


def ask_ledger(
    recommendations: pd.DataFrame, recommending_states: pd.DataFrame, asks: pd.DataFrame, labels: pd.DataFrame
) -> pd.DataFrame:
    """Return one row an ask, with the columns of the schema `AskLedger`.

    Counts are of recommendations; `n_recommending_states` counts distinct States. Cycles are the UPR's alone: what
    treaty bodies and special procedures add stands in their two columns.
    """
    made = asks.merge(recommendations, on="recommendation_id", validate="one_to_one")
    made = made.sort_values(["ask_id", "year", "recommendation_id"], ignore_index=True)
    groups = made.groupby("ask_id", sort=True)
    ledger = groups.agg(
        state_under_review=("state_under_review", "first"),
        family_id=("family_id", "first"),
        n_recommendations=("recommendation_id", "size"),
        first_year=("year", "min"),
        last_year=("year", "max"),
    )
    ledger["mechanisms"] = _joined(made, "mechanism")
    ledger["representative_text"] = (
        made[made["is_representative"]].drop_duplicates("ask_id").set_index("ask_id")["text"]
    )
    for column, mechanism in (("treaty_body_items", "treaty_body"), ("special_procedure_items", "special_procedure")):
        ledger[column] = (made["mechanism"] == mechanism).groupby(made["ask_id"]).sum()
    ledger = ledger.join(_positions(made)).join(_recommending(made, recommending_states)).join(_labels(made, labels))
    ledger["n_recommending_states"] = ledger["n_recommending_states"].fillna(0).astype(int)
    ledger["position_change"] = ledger["position_change"].fillna("none")
    return ledger.reset_index()


def _joined(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return ask_id -> the distinct known values of `column` in order, joined by "; "."""
    known = frame[["ask_id", column]].dropna().drop_duplicates().sort_values(["ask_id", column])
    return known.groupby("ask_id")[column].agg("; ".join)


def _positions(made: pd.DataFrame) -> pd.DataFrame:
    """Return cycles, position_by_cycle, position_change and latest_position of each ask."""
    upr = made[(made["mechanism"] == "upr") & made["cycle"].notna()]
    counts: dict[str, dict[int, Counter[str]]] = {}
    for ask, cycle, position in zip(upr["ask_id"], upr["cycle"], upr["position"], strict=True):
        counts.setdefault(ask, {}).setdefault(int(cycle), Counter())[position] += 1
    rows = {ask: _history([by_cycle[cycle] for cycle in sorted(by_cycle)], sorted(by_cycle))
            for ask, by_cycle in counts.items()}  # fmt: skip
    columns = ["cycles", "position_by_cycle", "position_change", "latest_position"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)


def _history(counts: Sequence[Counter[str]], cycles: Sequence[int]) -> tuple[str, str, str, str]:
    """Return the four columns of `_positions` for one ask."""
    taken = [position for found in counts if (position := _shared(found, _TAKEN))]
    changed = len(taken) > 1 and taken[-1] != taken[-2]
    return (
        "; ".join(map(str, cycles)),
        "; ".join(f"{cycle}: {_counted(found)}" for cycle, found in zip(cycles, counts, strict=True)),
        f"{taken[-2]}_to_{taken[-1]}" if changed else "none",
        _shared(counts[-1], (*_TAKEN, "pending")) or "unknown",
    )


def _shared(found: Counter[str], among: tuple[str, ...]) -> str | None:
    """Return the position all share, "mixed" if they differ, None if none of `among` was taken."""
    positions = [position for position in among if found[position]]
    return None if not positions else positions[0] if len(positions) == 1 else "mixed"


def _counted(found: Counter[str]) -> str:
    """Return positions, the commonest first, with their number where the cycle has more than one recommendation."""
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} ({number})" if found.total() > 1 else name for name, number in ordered)


def _recommending(made: pd.DataFrame, recommending_states: pd.DataFrame) -> pd.DataFrame:
    """Return who made each ask, and who joined in its last cycle."""
    who = recommending_states.merge(made[["recommendation_id", "ask_id", "cycle"]], on="recommendation_id")
    who["name"] = who["state_name"].fillna(who["state_raw"])
    span = who.groupby("ask_id")["cycle"]
    last = (who["cycle"] == span.transform("max")).fillna(False)
    repeated = (span.transform("min") < span.transform("max")).fillna(False)
    before = pd.MultiIndex.from_frame(who.loc[~last, ["ask_id", "name"]])
    new = who[last & repeated & ~pd.MultiIndex.from_frame(who[["ask_id", "name"]]).isin(before)]
    return pd.DataFrame({
        "n_recommending_states": who.groupby("ask_id")["name"].nunique(),
        "recommending_states": _joined(who, "name"),
        "new_recommending_states": _joined(new, "name"),
    })  # fmt: skip


def _labels(made: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Return themes, groups, SDG codes and the strongest action category of each ask."""
    tagged = labels.merge(made[["recommendation_id", "ask_id"]], on="recommendation_id")
    tagged["code"] = tagged["concept_id"].str.split(":").str[-1]
    part = dict(iter(tagged.groupby("dimension")))
    none = tagged.iloc[:0]
    found = pd.DataFrame(index=pd.Index(made["ask_id"].unique(), name="ask_id"))
    for column, value in (("themes", "label"), ("groups", "label"), ("sdgs", "code")):
        found[column] = _joined(part.get(column, none), value)
    found["action"] = part.get("action", none).groupby("ask_id")["code"].max()
    return found.astype(object).replace({np.nan: None})
