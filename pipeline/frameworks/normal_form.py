"""Entries of many files -> the frameworks in one form: priority > outcome > output, each item once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline.frameworks.entries import Entry, target_order
from pipeline.frameworks.reading import FrameworkFile
from pipeline.schemas.frameworks import LEVELS, FrameworkItems
from pipeline.states import State, States
from pipeline.text import content_id, fold

_LISTS = ("sdg_targets", "agencies", "lnob_groups")
_LATER = ("language", "named_sdgs", "named_groups", "named_subjects")
"""Columns that tell what the texts say; filled in by `pipeline.frameworks.naming`."""


@dataclass(slots=True)
class _Plan:
    """One plan of one State while its entries come in."""

    id: str
    state: State
    name: str
    years: str | None
    entries: list[tuple[str, Entry]] = field(default_factory=list)


def normal_form(files: Sequence[FrameworkFile], states: States) -> tuple[pd.DataFrame, dict[str, dict[str, int]]]:
    """Return the items (columns of `FrameworkItems`) and, for each file, its unknown spellings of States with their rows.

    Rows of a State that is not known become no item: a framework of nobody cannot be mapped.
    """
    plans: dict[tuple[str, str, str | None], _Plan] = {}
    unknown: dict[str, dict[str, int]] = defaultdict(dict)
    for file in files:
        for entry in file.entries:
            state = states.find(entry.state)
            if state is None:
                unknown[file.name].setdefault(entry.state, entry.row)
                continue
            key = (state.iso3, fold(entry.plan), entry.years)
            if key not in plans:
                plans[key] = _Plan(f"{state.iso3}-{content_id(*key, length=8)}", state, entry.plan, entry.years)
            plans[key].entries.append((file.name, entry))
    rows = [row for plan in plans.values() for row in _items(plan)]
    columns = list(FrameworkItems.to_schema().columns)
    return pd.DataFrame(rows, columns=columns), dict(unknown)


def _items(plan: _Plan) -> Iterable[dict[str, Any]]:
    """Yield the items of one plan, in the order of its first mention."""
    outcomes = [entry for _, entry in plan.entries if entry.level == "outcome"]
    by_code: dict[str, str] = {}
    ids: dict[tuple[str, str], str] = {}
    for entry in outcomes:
        if entry.code:
            by_code.setdefault(entry.code, entry.text)
    texts = {entry.text: entry for entry in outcomes}
    items: dict[str, dict[str, Any]] = {}
    for level in LEVELS:
        for file, entry in plan.entries:
            if entry.level != level:
                continue
            parent = _parent(entry, by_code, texts, ids)
            item_id = f"{level}-{content_id(plan.id, level, parent, fold(entry.text), length=8)}"
            ids.setdefault((level, fold(entry.text)), item_id)
            item = items.setdefault(item_id, _row(plan, entry, level, parent, item_id, file))
            for name in _LISTS:
                item[name].update(dict.fromkeys(getattr(entry, name)))
    for item in items.values():
        item["sdg_targets"] = dict.fromkeys(sorted(item["sdg_targets"], key=target_order))
        yield item | {name: "; ".join(item[name]) or None for name in _LISTS}


def _row(plan: _Plan, entry: Entry, level: str, parent: str | None, item_id: str, file: str) -> dict[str, Any]:
    return {
        "framework_id": plan.id, "item_id": item_id, "state": plan.state.iso3, "state_name": plan.state.name,
        "plan_name": plan.name, "years": plan.years, "level": level, "parent_id": parent, "code": entry.code,
        "text": entry.text, **dict.fromkeys(_LATER), **{name: {} for name in _LISTS}, "source_file": file,
    }  # fmt: skip


def _parent(
    entry: Entry, by_code: Mapping[str, str], outcomes: Mapping[str, Entry], ids: Mapping[tuple[str, str], str]
) -> str | None:
    """Return the item above: by the code typed for it, by the beginning of its own code, or as the row stands."""
    if entry.level == "output":
        text = by_code.get(entry.parent_code or "")
        if text is None and not entry.above and entry.code:
            text = _by_beginning(entry.code, by_code)
        text = text or next((above for above in reversed(entry.above) if above in outcomes), None)
        return ids.get(("outcome", fold(text))) if text else None
    if entry.level == "outcome" and entry.above:
        return ids.get(("priority", fold(entry.above[0])))
    return None


def _by_beginning(code: str, by_code: Mapping[str, str]) -> str | None:
    """Return the outcome with the longest code that `code` continues: 1.2 for 1.2.3."""
    fitting = [other for other in by_code if code.startswith((f"{other}.", f"{other}-", f"{other} "))]
    return by_code[max(fitting, key=len)] if fitting else None


def report_line(file: FrameworkFile, items: pd.DataFrame, unknown: Mapping[str, int], states: States) -> dict[str, Any]:
    """Return the file's line of `FrameworkReport`, the messages with their remedies."""
    own = items[items["source_file"] == file.name]
    several = {"pacific", "caribbean", "the caribbean", "multi country"}
    messages = list(file.notes)
    for name, row in unknown.items():
        if fold(name) in several:
            messages.append(f"row {row}: '{name}' is a plan of several States, which cannot be mapped")
        elif not name:
            messages.append(f"row {row}: no State; add a column 'state', or name the file after it")
        else:
            near = ", ".join(states.nearest(name))
            messages.append(
                f"row {row}: unknown State '{name}'; nearest: {near}. Add the spelling to configs/states.csv"
            )
    lost = own[(own["level"] == "output") & own["parent_id"].isna()]
    if len(lost):
        messages.append(f"{len(lost)} outputs belong to no outcome and cannot be mapped, e.g. '{lost['text'].iloc[0][:60]}'; "
                        "give the code of their outcome in a column parent_code")  # fmt: skip
    if file.format and not len(own[own["level"] == "outcome"]) and not file.damaged:
        messages.append("no outcome was read; each needs a row with level 'outcome' and its text")
    found = bool((items["source_file"] == file.name).any())
    whole = found and not file.damaged and not unknown and not len(lost)
    return {
        "source_file": file.name, "detected_format": file.format, "encoding": file.encoding, "rows_read": file.rows,
        "frameworks": own["framework_id"].nunique(), "items": len(own), "skipped": file.skipped, "repaired": file.repaired,
        "unknown_states": len(unknown), "status": "ok" if whole else "partial" if found else "failed",
        "message": " | ".join(messages) or None,
    }  # fmt: skip
