"""What a single cell says: lists of labels and of States, sessions, cycles, dates."""

import re
from datetime import date, timedelta
from functools import lru_cache

from pipeline.sources.clauses import names_of
from pipeline.states import States
from pipeline.text import clean, fold

_DASH = re.compile(r"^\s*[-–•]\s+")
_NO_VALUE = {"", "not provided", "none", "null", "nan", "n a", "na"}
_NO_STATE = {"unknown", "not specified", "inconnu", "desconocido"}
_SEPARATOR = re.compile(r"[;|\n]")
_NUMBER = re.compile(r"(?<![\w/.])(\d{1,2})(?:\.0)?(?:st|nd|rd|th|er?|[eè]me|ª|º|°)?(?![\w/]|\.\d)", re.IGNORECASE)
_CYCLES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}")
_DAY_FIRST = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})")
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of the 1900 date system of spreadsheets, its leap-year error included


@lru_cache(maxsize=1 << 14)  # exports repeat the same few hundred
def label(value: str) -> str:
    """Return a label without the "- " before it and without white space that is not a plain space."""
    return clean(_DASH.sub("", clean(value)))


@lru_cache(maxsize=1 << 14)
def is_missing(value: str) -> bool:
    """Return whether a value only says that there is none: "", "not provided", "n/a"."""
    return fold(value) in _NO_VALUE


def lines(value: str) -> list[str]:
    """Return the labels in a cell with one label a line, each after "- "; a line without it continues the last."""
    parts = [part for part in value.splitlines() if part.strip()]
    if any(_DASH.match(part) for part in parts):
        joined: list[str] = []
        for part in parts:
            if joined and not _DASH.match(part):
                joined[-1] += f" {part}"
            else:
                joined.append(part)
        parts = joined
    return labels(parts)


def labels(values: list[str]) -> list[str]:
    """Return the labels that say something, cleaned, each once."""
    return list(dict.fromkeys(name for name in map(label, values) if not is_missing(name)))


def listed(value: str) -> list[str]:
    """Return the labels of a cell separated by ";", "|" or lines: a comma can be part of a label."""
    return labels(_SEPARATOR.split(value))


def issues(value: str) -> list[str]:
    """Return the labels of a comma-joined cell; "Economic, social and cultural rights" stays one label.

    Every label of the scheme begins with a capital, so a piece that does not continues the label before it.
    """
    if _SEPARATOR.search(value):
        return listed(value)
    parts: list[str] = []
    for part in value.split(","):
        if parts and part.strip()[:1].islower():
            parts[-1] += f",{part}"
        else:
            parts.append(part)
    return labels(parts)


def state_names(value: str, states: States) -> tuple[str, ...]:
    """Return the names in a cell of one or several States, as written.

    Separators are ";", "|" and lines; a comma or "and" only where what stands between them are States, so that
    "Bolivia, Plurinational State of" stays one. A name that says the State is unknown is left out.
    """
    found: list[str] = []
    for part in _SEPARATOR.split(value):
        name = label(part)
        if is_missing(name) or fold(name) in _NO_STATE:
            continue
        found.extend([name] if states.find(name) else names_of(name, states) or [name])
    return rejoined(found, states)


def rejoined(names: list[str], states: States) -> tuple[str, ...]:
    """Return the names with the halves of a State brought together: ["Bosnia", "Herzegovina"] is one name."""
    whole: list[str] = []
    for name in names:
        both = f"{whole[-1]} and {name}" if whole else ""
        state = states.find(both)
        if state and states.find(whole[-1]) in (None, state) and states.find(name) in (None, state):
            whole[-1] = both
        else:
            whole.append(name)
    return tuple(dict.fromkeys(whole))


def session_number(value: str) -> int | None:
    """Return the session written as "5", "5.0", "5th session", "Session 5" or "36th Session (Nov 2020)"."""
    match = _NUMBER.search(value)
    return int(match[1]) or None if match else None


def cycle_number(value: str) -> int | None:
    """Return the cycle written as "2", "2nd cycle", "Cycle II" or "second cycle"."""
    spelt = next((_CYCLES[word] for word in fold(value).split() if word in _CYCLES), None)
    number = spelt or session_number(value)
    return number if number and number <= 9 else None


def iso_date(value: str) -> str | None:
    """Return a date as ISO 8601 where its form is certain (ISO, a spreadsheet's serial number), else as written."""
    plain = label(value)
    if _ISO_DATE.match(plain):
        return plain[:10]
    if re.fullmatch(r"\d{5}(\.\d+)?", plain):
        return (_SERIAL_ZERO + timedelta(days=int(float(plain)))).isoformat()
    if (match := _DAY_FIRST.match(plain)) and int(match[1]) > 12:
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return None if is_missing(plain) else plain
