"""One file -> the entries of its frameworks, and what became of it; a bad file never stops the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.frameworks.entries import Entry, code_in, is_broken, level_of, list_of, mended, targets_of, years_of
from pipeline.frameworks.layouts import UN_INFO, recognised, unknown_header
from pipeline.frameworks.opening import open_sheets
from pipeline.sources.grid import BLANK, Grid, below, first_rows, read_rows
from pipeline.sources.record import Limits, SourceError
from pipeline.sources.tally import Tally

Cells = Mapping[str, str]
_NO_PLAN = "Cooperation Framework"
_EMPTY = {"", "-"}


@dataclass(slots=True)
class FrameworkFile:
    """What was read from one file, with the counts of its line in the report."""

    name: str
    format: str | None = None
    encoding: str | None = None
    entries: list[Entry] = field(default_factory=list)
    rows: int = 0
    skipped: int = 0
    repaired: int = 0
    damaged: bool = False
    notes: list[str] = field(default_factory=list)


def read_framework_file(path: Path, name: str, limits: Limits, *, default_state: str = "") -> FrameworkFile:
    """Return what the file at `path` says; it never raises.

    `name` is shown in the report; `default_state` is the State of rows that name none.
    """
    found = FrameworkFile(name)
    tally = Tally()
    try:
        grids, found.encoding = open_sheets(path, limits, tally)
        _read_sheets(path, grids, found, limits, tally, default_state)
    except SourceError as error:
        found.damaged = True
        found.notes.append(str(error))
    except Exception as error:  # whatever a parser raises on one file must not stop the others
        found.damaged = True
        found.notes.append(f"{name} broke the reader ({type(error).__name__}: {error}); please report this file")
    found.notes += tally.lines()
    return found


def _read_sheets(
    path: Path, grids: Iterator[Grid], found: FrameworkFile, limits: Limits, tally: Tally, default_state: str
) -> None:
    unknown: SourceError | None = None
    for grid in grids:
        rows = first_rows(grid)
        header = recognised(rows)
        if header is None:
            unknown = unknown or unknown_header(path, rows)
            if grid.place and any(any(row) for row in rows):
                found.notes.append(f"{grid.place} is no table of a framework and was not read")
            continue
        layout, row, columns = header
        found.format = found.format or layout.name
        below(grid, row)
        read = _wide if layout.name == UN_INFO else _Long(found, tally).entries
        for number, cells, reason in read_rows(
            grid, row, columns, first=found.rows + 1, max_characters=limits.max_cell_characters, tally=tally
        ):
            found.rows = number
            if reason:
                found.skipped += reason != BLANK
                continue
            broken = sum(map(is_broken, cells.values()))
            found.repaired += broken
            clean_cells = {
                name: mended(value) if name not in ("sdg_targets",) else value for name, value in cells.items()
            }
            entries = read(number, {"state": "", **clean_cells}, default_state)
            found.entries += entries
            if not entries:
                found.skipped += 1
    if found.format is None and unknown is not None:
        raise unknown
    if found.repaired:
        found.notes.append(f"{found.repaired} cells held characters that were decoded wrongly once; they were mended")


def _shared(cells: Cells, default_state: str) -> dict[str, Any]:
    plan = cells.get("plan", "")
    return {
        "state": cells["state"] or default_state,
        "plan": plan if plan not in _EMPTY else _NO_PLAN,
        "years": years_of(plan, cells),
    }


def _details(cells: Cells) -> dict[str, Any]:
    return {
        "sdg_targets": targets_of(cells.get("sdg_targets", "")),
        "agencies": list_of(cells.get("agencies", "")),
        "lnob_groups": list_of(cells.get("lnob", "")),
    }


def _wide(row: int, cells: Cells, default_state: str) -> list[Entry]:
    """Return the priority, outcome and output of one row of UN INFO's layout; details belong to outcome and output."""
    shared, details = _shared(cells, default_state), _details(cells)
    above: tuple[str, ...] = ()
    codes: list[str] = []
    entries = []
    for level in ("priority", "outcome", "output"):
        text = cells.get(level, "")
        if text in _EMPTY:
            continue
        code = cells.get(f"{level}_code", "").removesuffix(".0").strip(" .")
        codes.append(code)
        given = ".".join(codes) if code and "." not in code and all(codes) else code
        entries.append(Entry(row, **shared, level=level, text=text, code=code_in(text) or given or None, above=above,
                             **(details if level != "priority" else {})))  # fmt: skip
        above = (*above, text)
    return entries if any(entry.level != "priority" for entry in entries) else []


@dataclass(slots=True)
class _Long:
    """Reads one row an item; an output without the code of its outcome belongs to the outcome above it."""

    found: FrameworkFile
    tally: Tally
    _last: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def entries(self, row: int, cells: Cells, default_state: str) -> list[Entry]:
        """Return the item of one row and, where it names one, the priority above it; nothing if level or text is missing."""
        level, text = level_of(cells["level"]), cells["text"]
        if level is None or text in _EMPTY:
            shown = cells["level"][:30]
            self.tally.add(
                "no text" if level else f"level '{shown}' is none of priority, outcome, output; left out", row
            )
            return []
        shared = _shared(cells, default_state)
        last = self._last.setdefault((shared["state"], shared["plan"]), {})
        priority = cells.get("priority", "")
        entries = []
        if level == "priority":
            last.clear()
        elif level == "outcome" and priority not in _EMPTY:
            last["priority"] = priority
            entries.append(Entry(row, **shared, level="priority", text=priority, code=code_in(priority)))
        last[level] = text
        above = tuple(last[name] for name in ("priority", "outcome") if name in last and name != level)
        above = above if level == "output" else above[:1] if level == "outcome" else ()
        code = cells.get("code", "").removesuffix(".0").strip() or None
        parent = cells.get("parent_code", "").removesuffix(".0").strip() or None
        return [*entries, Entry(row, **shared, level=level, text=text, code=code or code_in(text), parent_code=parent,
                                above=above, **_details(cells))]  # fmt: skip
