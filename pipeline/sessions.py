"""Sessions of the UPR Working Group: which cycle and year each belongs to. A table, not arithmetic."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Session:
    """One session of the Working Group."""

    session: int
    cycle: int
    year: int
    last_day: date | None = None
    """The day it ended, or began where the end is not known; None where neither is."""


def load_sessions(path: Path) -> dict[int, Session]:
    """Return session number -> Session, from `configs/sessions.csv`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            Session(int(row["session"]), int(row["cycle"]), int(row["year"]), _day(row["end"] or row["start"]))
            for row in csv.DictReader(file)
        ]
    return {row.session: row for row in rows}


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
