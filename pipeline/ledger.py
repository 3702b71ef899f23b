"""The history of each ask: how often it was made, by whom, in which cycles, and which position was taken."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from pipeline.text import paragraph_order

TAKEN = ("supported", "partially_supported", "noted")
"""Positions that a State has taken; `pending` and `unknown` are none."""


def ask_ledger(
    recommendations: pd.DataFrame,
    recommending_states: pd.DataFrame,
    asks: pd.DataFrame,
    links: pd.DataFrame,
    labels: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row an ask, with the columns of the schema `AskLedger`.

    Counts are of recommendations; `n_recommending_states` counts distinct States. Cycles, positions and States are those
    of the recommendations in the ask; `links`, which request it in one of their clauses, are counted apart, save that
    treaty-body and special-procedure items are both. Cycles are the UPR's alone.
    """
    made = asks.merge(recommendations, on="recommendation_id", validate="one_to_one")
    made = made.sort_values(["ask_id", "year", "recommendation_id"], ignore_index=True)
    linked = links[["recommendation_id", "ask_id"]].merge(recommendations, on="recommendation_id")
    ledger = made.groupby("ask_id", sort=True).agg(
        state_under_review=("state_under_review", "first"),
        family_id=("family_id", "first"),
        n_recommendations=("recommendation_id", "size"),
        first_year=("year", "min"),
        last_year=("year", "max"),
    )
    ledger["mechanisms"] = _joined(made, "mechanism")
    ledger["representative_text"] = made[made["is_representative"]].set_index("ask_id")["text"]
    ledger["n_linked"] = linked.groupby("ask_id").size()
    both = pd.concat([made, linked])
    for column, mechanism in (("treaty_body_items", "treaty_body"), ("special_procedure_items", "special_procedure")):
        ledger[column] = (both["mechanism"] == mechanism).groupby(both["ask_id"]).sum()
    ledger["paragraphs"], ledger["linked_paragraphs"] = paragraphs(made), paragraphs(linked)
    ledger = ledger.join(_positions(made)).join(_recommending(made, recommending_states)).join(_labels(made, labels))
    for column in ("n_linked", "n_recommending_states"):
        ledger[column] = ledger[column].fillna(0).astype(int)
    ledger["position_change"] = ledger["position_change"].fillna("none")
    ledger["pending_again"] = ledger["pending_again"].fillna(False).astype(bool)
    return ledger.reset_index()


def _joined(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return ask_id -> the distinct known values of `column` in order, joined by "; "."""
    known = frame[["ask_id", column]].dropna().drop_duplicates().sort_values(["ask_id", column])
    return known.groupby("ask_id")[column].agg("; ".join)


def paragraphs(rows: pd.DataFrame) -> pd.Series:
    """Return ask_id -> where its recommendations stand, the oldest first: "A/HRC/14/15: 100.2, 100.7; UPR session 22".

    A source without document symbols is told by its session, or by its body and year.
    """
    found: dict[str, dict[str, list[str]]] = {}
    columns = ["ask_id", "mechanism", "body", "session", "year", "document_symbol", "paragraph"]
    ordered = rows.sort_values(["ask_id", "year", "document_symbol"], kind="stable")[columns].astype(object)
    for ask, *place, symbol, paragraph in ordered.where(ordered.notna(), None).itertuples(index=False):
        numbers = found.setdefault(ask, {}).setdefault(symbol or _undocumented(*place), [])
        if paragraph and paragraph not in numbers:
            numbers.append(paragraph)
    lines = {ask: "; ".join(_numbered(*place) for place in places.items()) for ask, places in found.items()}
    return pd.Series(lines, dtype=object)


def _undocumented(mechanism: str, body: str | None, session: int | None, year: int | None) -> str:
    """Return how to name a place without document symbol."""
    if mechanism == "upr" and session is not None:
        return f"UPR session {session}"
    return " ".join(str(part) for part in (body, year) if part is not None) or mechanism


def _numbered(place: str, numbers: Sequence[str]) -> str:
    return f"{place}: {', '.join(sorted(numbers, key=paragraph_order))}" if numbers else place


def _positions(made: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of `_history` of each ask."""
    counts: dict[str, dict[int, Counter[str]]] = {}
    upr = made[(made["mechanism"] == "upr") & made["cycle"].notna()]
    for ask, cycle, position in zip(upr["ask_id"], upr["cycle"], upr["position"], strict=True):
        counts.setdefault(ask, {}).setdefault(int(cycle), Counter())[position] += 1
    rows = {ask: _history(dict(sorted(by_cycle.items()))) for ask, by_cycle in counts.items()}
    columns = ["cycles", "position_by_cycle", "position_change", "position_changes", "latest_position",
               "supported_before", "pending_again"]  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)


def _history(counts: Mapping[int, Counter[str]]) -> tuple[str, str, str, str | None, str, str | None, bool]:
    """Return the columns that tell the positions of one ask, given how often each was taken in each cycle, in order."""
    taken = [(cycle, position) for cycle, found in counts.items() if (position := shared(found, TAKEN))]
    changes = [
        (f"{earlier}-{later}", f"{before}_to_{after}")
        for (earlier, before), (later, after) in pairwise(taken)
        if before != after
    ]
    last = max(counts)
    moved_last = bool(changes) and changes[-1][0].endswith(f"-{taken[-1][0]}")
    latest = shared(counts[last], (*TAKEN, "pending")) or "unknown"
    supported = [
        cycle for cycle, found in counts.items() if cycle < last and (found["supported"] + found["partially_supported"])
    ]
    return (
        "; ".join(map(str, counts)),
        "; ".join(f"{cycle}: {_counted(found)}" for cycle, found in counts.items()),
        changes[-1][1] if moved_last else "none",
        "; ".join(f"{between}: {change}" for between, change in changes) or None,
        latest,
        "; ".join(map(str, supported)) or None,
        bool(supported) and counts[last]["pending"] > 0,
    )


def shared(found: Counter[str], among: Sequence[str]) -> str | None:
    """Return the position all share, "mixed" if they differ, None if none of `among` was taken."""
    positions = [position for position in among if found[position]]
    return None if not positions else positions[0] if len(positions) == 1 else "mixed"


def _counted(found: Counter[str]) -> str:
    """Return positions, the commonest first, with their number where the cycle has more than one recommendation."""
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} ({number})" if found.total() > 1 else name for name, number in ordered)


def _recommending(made: pd.DataFrame, recommending_states: pd.DataFrame) -> pd.DataFrame:
    """Return who made each ask, who joined in each cycle after its first, and who in its last."""
    who = recommending_states.merge(made[["recommendation_id", "ask_id", "cycle"]], on="recommendation_id")
    who["name"] = who["state_name"].fillna(who["state_raw"])
    joined = who.dropna(subset="cycle").groupby(["ask_id", "name"], as_index=False)["cycle"].min()
    joined = joined.merge(who.groupby("ask_id")["cycle"].agg(["min", "max"]).reset_index(), on="ask_id")
    joined = joined[joined["cycle"] > joined["min"]]
    lines: dict[str, list[str]] = {}
    in_order = joined.sort_values(["ask_id", "cycle", "name"])
    for (ask, cycle), names in in_order.groupby(["ask_id", "cycle"])["name"]:
        lines.setdefault(str(ask), []).append(f"{cycle}: {', '.join(names)}")
    return pd.DataFrame({
        "n_recommending_states": who.groupby("ask_id")["name"].nunique(),
        "recommending_states": _joined(who, "name"),
        "new_recommending_states": _joined(joined[joined["cycle"] == joined["max"]], "name"),
        "new_states_by_cycle": pd.Series({ask: "; ".join(parts) for ask, parts in lines.items()}, dtype=object),
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
