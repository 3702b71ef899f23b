"""Which ministry leads: looked up in a table the user writes, `configs/ministries.csv`; where it says nothing, nothing is said."""

import csv
import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

COLUMNS = ("state_under_review", "concept_id", "ministry", "note")


class MinistriesError(ValueError):
    """The table of ministries breaks its form: names the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: in this State this ministry leads on this concept."""

    state: str
    concept_id: str
    ministry: str


def load_ministries(path: Path, concepts: Collection[str], states: Collection[str]) -> tuple[Line, ...]:
    """Return the lines in their order; none where the file does not exist. Lines that begin with # are remarks.

    Args:
        path: configs/ministries.csv.
        concepts: the ids of all taxonomies.
        states: the ISO3 codes of all States.

    Raises:
        MinistriesError: a missing column, an unknown State or concept, or no ministry.
    """
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    kept = [(number, line) for number, line in enumerate(lines, start=1) if line.strip() and not line.startswith("#")]
    reader = csv.DictReader([line for _, line in kept])
    if missing := [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]:
        raise MinistriesError(f"{path.name} lacks the columns {', '.join(missing)}")
    found = []
    for (number, _), row in zip(kept[1:], reader, strict=True):
        state, concept, ministry = ((row[name] or "").strip() for name in COLUMNS[:3])
        if state not in states:
            raise MinistriesError(f"{path.name} line {number}: unknown State '{state}'; write its ISO3 code, e.g. KEN")
        if concept not in concepts:
            near = difflib.get_close_matches(concept, list(concepts), n=1, cutoff=0.6)
            hint = f"did you mean '{near[0]}'?" if near else "ids are in configs/taxonomies"
            raise MinistriesError(f"{path.name} line {number}: unknown concept '{concept}'; {hint}")
        if not ministry:
            raise MinistriesError(f"{path.name} line {number}: no ministry; delete the line where none leads")
        found.append(Line(state, concept, ministry))
    return tuple(found)


def lead_ministries(rows: pd.DataFrame, labels: pd.DataFrame, lines: Iterable[Line]) -> pd.DataFrame:
    """Return `rows` with lead_ministry, also_concerned and ministry_because; empty where no line speaks.

    The first line of the table that names the State and a concept of the recommendation gives the lead; ministries of
    further lines are also concerned. A concept that a machine proposed and is unsure of (origin "review") does not count.

    Args:
        rows: with recommendation_id and state_under_review.
        labels: with the origins of `with_review`.
        lines: as `load_ministries` returns them.
    """
    sure = labels[labels["origin"].isin(["human", "auto"])]
    concepts: Mapping[str, dict[str, str]] = {
        str(rid): dict(zip(part["concept_id"], part["label"], strict=True))
        for rid, part in sure.groupby("recommendation_id")
    }
    by_state: dict[str, list[Line]] = {}
    for line in lines:
        by_state.setdefault(line.state, []).append(line)
    told = [
        _lead(concepts.get(rid, {}), by_state.get(state, []))
        for rid, state in zip(rows["recommendation_id"], rows["state_under_review"], strict=True)
    ]
    columns = ["lead_ministry", "also_concerned", "ministry_because"]
    return rows.join(pd.DataFrame(told, columns=columns, index=rows.index, dtype=object))


def _lead(concepts: Mapping[str, str], lines: list[Line]) -> tuple[str | None, str | None, str | None]:
    speaking = [line for line in lines if line.concept_id in concepts]
    if not speaking:
        return None, None, None
    lead = speaking[0]
    others = dict.fromkeys(line.ministry for line in speaking if line.ministry != lead.ministry)
    return lead.ministry, "; ".join(others) or None, concepts[lead.concept_id]
