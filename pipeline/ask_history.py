"""The whole history of one ask as lines of text: each cycle with who asked and what was answered, and what came beside."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pipeline.text import paragraph_order

Tables = Mapping[str, pd.DataFrame]
Rows = list[dict[str, Any]]
Sections = tuple[tuple[str, list[str]], ...]

_MECHANISMS = {"treaty_body": "Treaty bodies", "special_procedure": "Special procedures"}


def ask_history(ask_id: str, tables: Tables) -> Sections:
    """Return title and lines of each section on the ask; a section without lines has nothing to say.

    Args:
        ask_id: one of `ask_ledger`.
        tables: recommendations, recommending_states, asks, ask_links, ask_changes, ask_ledger, and the two world-wide
            tables, which may be without rows.
    """
    line = _rows(_of(tables["ask_ledger"], "ask_id", ask_id))[0]
    asks = tables["asks"]
    made = _of(asks, "ask_id", ask_id).merge(tables["recommendations"], on="recommendation_id")
    made = made.assign(by=made["recommendation_id"].map(_states(tables["recommending_states"], made)))
    upr = made[made["mechanism"] == "upr"]
    return (
        ("", list(_headline(line))),
        *((_cycle_title(cycle, part, line), _made(part)) for cycle, part in upr.groupby("cycle", dropna=False)),
        *((title, _made(made[made["mechanism"] == name])) for name, title in _MECHANISMS.items()),
        ("Requested in a clause of", list(_linked(ask_id, tables))),
        ("What reviews changed", list(_changed(ask_id, tables["ask_changes"]))),
        ("Other asks of its family", list(_family(line, tables["ask_ledger"]))),
        ("The same request to other States", list(_worldwide(ask_id, tables))),
    )


def _rows(frame: pd.DataFrame) -> Rows:
    """Return the rows as dictionaries, null as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _of(frame: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    return frame[frame[column] == value]


def _states(recommending_states: pd.DataFrame, made: pd.DataFrame) -> pd.Series:
    """Return recommendation id -> who made it, joined by ", "."""
    part = recommending_states[recommending_states["recommendation_id"].isin(made["recommendation_id"])]
    names = part["state_name"].fillna(part["state_raw"])
    return names.groupby(part["recommendation_id"]).agg(lambda found: ", ".join(sorted(found)))


def _headline(line: dict[str, Any]) -> Iterator[str]:
    yield f"{line['representative_text']}"
    yield f"{line['ask_id']}, to {line['state_under_review'] or 'a State not known'}, family {line['family_id']}"
    states = f" by {line['n_recommending_states']} State(s)" if line["n_recommending_states"] else ""
    years = " to ".join(dict.fromkeys(str(line[year]) for year in ("first_year", "last_year") if line[year]))
    yield f"Made in {line['n_recommendations']} recommendation(s){states}, {years or 'undated'}"
    yield f"Position by cycle: {line['position_by_cycle'] or 'none: not of the UPR'}"
    if line["position_changes"]:
        yield f"Changes of position: {line['position_changes']}"
    if line["pending_again"]:
        yield f"Pending now; supported in cycle {line['supported_before']}"
    labels = [f"{name}: {line[name]}" for name in ("themes", "groups", "sdgs", "action") if line[name]]
    if labels:
        yield "; ".join(labels)


def _cycle_title(cycle: Any, part: pd.DataFrame, line: dict[str, Any]) -> str:
    """Return what heads a cycle: its number, its years and who joined in it."""
    years = " and ".join(str(year) for year in sorted(part["year"].dropna().unique()))
    joined = dict(entry.split(": ", 1) for entry in (line["new_states_by_cycle"] or "").split("; ") if entry)
    new = f"; new: {joined[str(cycle)]}" if str(cycle) in joined else ""
    return f"Cycle {cycle if pd.notna(cycle) else 'not known'}{f' ({years})' if years else ''}{new}"


def _made(part: pd.DataFrame) -> list[str]:
    """Return two lines a recommendation: its words, and where it stands, who made it and what was answered."""
    rows = sorted(
        _rows(part), key=lambda row: (row["year"] or 0, paragraph_order(row["paragraph"]), row["recommendation_id"])
    )
    return [line for row in rows for line in _recommendation(row)]


def _recommendation(row: dict[str, Any]) -> Iterator[str]:
    mark = "*" if row.get("is_representative") else "-"
    answered = row["position"] if row["mechanism"] == "upr" else row["body"]
    yield f"{mark} {answered}: {row['text']}"
    place = " ".join(str(part) for part in (row["document_symbol"], row["paragraph"]) if part)
    session = f"session {row['session']}" if row["session"] is not None and not place else ""
    known = [
        part
        for part in (place or session, row.get("by"), str(row["year"] or ""), f"[{row['recommendation_id']}]")
        if part
    ]
    yield f"    {'; '.join(known)}"


def _linked(ask_id: str, tables: Tables) -> Iterator[str]:
    links = _of(tables["ask_links"], "ask_id", ask_id).merge(tables["recommendations"], on="recommendation_id")
    for row in _rows(links.sort_values(["year", "recommendation_id"])):
        place = " ".join(
            str(part) for part in (row["document_symbol"], row["paragraph"], row["body"], row["year"]) if part
        )
        yield f"- “{row['clause']}” {row['score']:.0%}, {row['position']}; {place} [{row['recommendation_id']}]"


def _changed(ask_id: str, changes: pd.DataFrame) -> Iterator[str]:
    part = changes[(changes["ask_id"] == ask_id) | (changes["previous_ask_id"] == ask_id)]
    for row in _rows(part.sort_values(["year", "previous_ask_id", "ask_id"])):
        counts = f"{row['n_shared']} of {row['n_before']} recommendations"
        other = (
            ""
            if row["previous_ask_id"] == row["ask_id"]
            else f": {counts} of {row['previous_ask_id']} went to {row['ask_id']}"
        )
        grown = f": {row['n_before']} became {row['n_now']}" if row["kind"] == "grew" else ""
        yield f"{row['year']}: {row['kind']}{other}{grown}"


def _family(line: dict[str, Any], ledger: pd.DataFrame) -> Iterator[str]:
    part = ledger[(ledger["family_id"] == line["family_id"]) & (ledger["ask_id"] != line["ask_id"])]
    for row in _rows(part.sort_values(["n_recommendations", "ask_id"], ascending=[False, True])):
        yield f"{row['ask_id']} ({row['n_recommendations']}; {row['position_by_cycle'] or row['mechanisms']}): {row['representative_text']}"


def _worldwide(ask_id: str, tables: Tables) -> Iterator[str]:
    family = _of(tables["worldwide_families"], "ask_id", ask_id)["worldwide_family_id"]
    ledger = tables["worldwide_ledger"]
    for row in _rows(ledger[ledger["worldwide_family_id"].isin(family)]):
        yield f"{row['n_asks']} ask(s) to {row['n_states']} State(s): {row['representative_text']} [{row['worldwide_family_id']}]"
        for title, column in (
            ("supported at home by", "supported_by"),
            ("noted by", "noted_by"),
            ("made by", "recommending_states"),
        ):
            if row[column]:
                yield f"{title}: {row[column]}"
