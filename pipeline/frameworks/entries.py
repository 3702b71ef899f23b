"""What a file of a framework says, row by row, and how its cells are read: levels, years, SDG targets, lists, broken characters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import ftfy

from pipeline.text import clean, fold

LEVEL_WORDS = {
    "priority": ("priority", "strategicpriority", "pillar", "priorite", "axe", "axestrategique", "prioridad", "prioridade",
                 "prioridadestrategica", "eje", "eixo", "area", "areatematica"),
    "outcome": ("outcome", "effet", "resultat", "resultado", "efecto", "efectodirecto", "efeito", "effetdirect"),
    "output": ("output", "produit", "extrant", "producto", "produto", "intermediateoutcome"),
}  # fmt: skip
_LEVELS = {word: level for level, words in LEVEL_WORDS.items() for word in words}
_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:-|–|—|/|\bto\b|\bau?\b|\ba\b|\bal\b|\bà\b)\s*((?:20)?\d\d)(?!\d)", re.IGNORECASE
)
_TARGET = re.compile(r"(?<![\d.])(\d{1,2}\.(?:\d{1,2}|[a-f]))(?![\w.])", re.IGNORECASE)
_TARGET_AT = re.compile(
    r"(?:^|[,;|\n])\s*(?:sdg\s*)?(?:target\s*)?(\d{1,2}\.(?:\d{1,2}|[a-f]))(?=[\s,;|:.\-]|$)", re.IGNORECASE
)
_LIST = re.compile(r"[;|\n]")
_NOTHING = {"", "-", "n/a", "na", "none", "null"}
_CODE = re.compile(
    r"^[\W_]*(?:(?:[^\W\d_]+[\s.:]*){0,2}?(?P<dotted>\d+(?:[.:]\d+){1,4})|"
    r"(?:strategic\s+)?(?:priority|pillar|outcome|output|effet|produit|r[eé]sultat\w*|resultado|efecto|producto|eje|axe)\s*"
    r"(?P<plain>\d{1,2})|(?P<bare>\d{1,2})\s*[-.:)])(?![\w%])",
    re.IGNORECASE,
)
_GOALS = 17


@dataclass(frozen=True, slots=True)
class Entry:
    """One priority, outcome or output as a row of a file gives it; names of States are not resolved yet.

    `above` are the texts of the items above it, the priority first; `parent_code` is the code typed for the item above.
    """

    row: int
    state: str
    plan: str
    years: str | None
    level: str
    text: str
    code: str | None = None
    parent_code: str | None = None
    above: tuple[str, ...] = ()
    sdg_targets: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    lnob_groups: tuple[str, ...] = ()


def level_of(value: str) -> str | None:
    """Return priority, outcome or output for a word that names the level, in four languages, numbered or not; else None."""
    word = re.sub(r"[\d\s]", "", fold(value))
    return _LEVELS.get(word) or _LEVELS.get(word.removesuffix("s"))


def years_of(plan: str, columns: Mapping[str, str]) -> str | None:
    """Return `2021-2025` from columns that say so, or from the name of the plan; None if neither does."""
    start, end = (columns.get(name, "").strip()[:4] for name in ("start_year", "end_year"))
    for text in (columns.get("years", ""), f"{start}-{end}", plan):
        if match := _YEARS.search(text):
            last = match[2] if len(match[2]) == 4 else match[1][:2] + match[2]
            if int(match[1]) <= int(last):
                return f"{match[1]}-{last}"
    return None


def targets_of(value: str) -> tuple[str, ...]:
    """Return the SDG targets a cell begins its parts with: codes alone, or full texts joined by commas."""
    whole = re.sub(r"[\d\s.,;|a-f]", "", value.lower())
    found = _TARGET.findall(value) if not whole else _TARGET_AT.findall(value)
    valid = [code.lower() for code in found if 1 <= int(code.split(".")[0]) <= _GOALS]
    return tuple(sorted(set(valid), key=target_order))


def target_order(code: str) -> tuple[int, int, str]:
    """Return a key that puts 5.2 before 5.10 and 5.a, and goal 5 before 16."""
    goal, _, target = code.partition(".")
    return int(goal) if goal.isdigit() else 99, int(target) if target.isdigit() else 99 * bool(target), target


def list_of(value: str) -> tuple[str, ...]:
    """Return the parts of a cell that lists names."""
    parts = [clean(part) for part in _LIST.split(value)]
    return tuple(dict.fromkeys(part for part in parts if part.lower() not in _NOTHING))


def code_in(text: str) -> str | None:
    """Return the number a text begins with, after at most two words: "Outcome 1.2 - ..." gives 1.2; None without one."""
    match = _CODE.match(text)
    return (match["dotted"] or match["plain"] or match["bare"]).replace(":", ".") if match else None


def mended(value: str) -> str:
    """Return the text with characters that were decoded wrongly once (mojibake) read rightly, markup and blanks cleaned."""
    return clean(ftfy.fix_encoding(value))


def is_broken(value: str) -> bool:
    """Return whether `mended` changes characters, not only blanks."""
    return not value.isascii() and ftfy.fix_encoding(value) != value
