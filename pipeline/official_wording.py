"""The official wording of the indicators of the Sustainable Development Goals, from a table of goals, targets and indicators."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from pipeline.text import clean

_COLUMNS = frozenset({"lang", "kind", "key", "code", "text"})


def holds_wording(path: Path) -> bool:
    """Return whether the file is a table of the official wording of goals, targets and indicators."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return set(next(csv.reader(file), [])) >= _COLUMNS


def indicator_texts(paths: Iterable[Path]) -> list[tuple[str, list[str]]]:
    """Return the English wording of each indicator in the tables of official wording, with its targets' codes ("3.1")."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if holds_wording(path):
            table = pd.read_csv(path, dtype=str, keep_default_na=False)
            table = table[(table["lang"] == "en") & (table["kind"] == "indicators") & (table["text"] != "")]
            for text, code in zip(table["text"], table["code"], strict=True):
                found.setdefault(clean(str(text)), []).append(str(code))
    return [(text, sorted(set(codes))) for text, codes in sorted(found.items())]
