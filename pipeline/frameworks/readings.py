"""Frameworks whose map people or language models read: recommendations with the outcome that carries each, or none.

A file of readings has the columns country, text, primary, also (codes joined by ";"; `none` where nothing covers it);
a results matrix in the same folder (state, code, level, text) holds the outcomes the codes stand for. A file without texts
has `key` (SHA-256 of the text, first 12 digits) and `plan_key`; its texts are looked up among the recommendations given.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.text import fold

ALSO = 0.5
"""What an outcome named beside the primary one counts when learning."""
_COLUMNS = {"country", "key", "primary", "also"}
NONE = "none"


@dataclass(frozen=True)
class Reading:
    """What was read for one country: texts, and for each the code of the primary outcome and of those beside it."""

    country: str
    source: str
    texts: tuple[str, ...]
    primary: tuple[str, ...]
    also: tuple[tuple[str, ...], ...]

    def truth(self, codes: Sequence[str]) -> NDArray[np.float64]:
        """Return texts x (`codes` and none last): 1 for the primary, `ALSO` for those beside it."""
        columns = [*codes, NONE]
        return np.array([
            [1.0 if code == first else ALSO if code in beside else 0.0 for code in columns]
            for first, beside in zip(self.primary, self.also, strict=True)
        ])  # fmt: skip


def text_key(text: str) -> str:
    """Return the key of a text in files of readings: the first 12 digits of its SHA-256."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:12]


def read_readings(paths: Iterable[Path], texts: Mapping[str, str]) -> list[Reading]:
    """Return the readings in the files at `paths`, by country; files of other kinds are left alone.

    `texts` are recommendations by `text_key`, for files that hold no texts; a row whose text is not among them is left out.
    """
    found = []
    for path in sorted(paths):
        header = set(pd.read_csv(path, nrows=0, encoding_errors="replace").columns)
        if not header >= _COLUMNS:
            continue
        table = pd.read_csv(path, dtype=str)
        table["text"] = table["text"] if "text" in table else table["key"].map(texts)
        for country, part in table.dropna(subset="text").groupby("country", sort=True):
            also = tuple(tuple(filter(None, cell.split(";"))) for cell in part["also"].fillna(""))
            found.append(Reading(str(country), path.name, tuple(part["text"]), tuple(part["primary"]), also))
    return found


def outcome_key(text: str) -> str:
    """Return the key of an outcome in files of readings without texts."""
    return hashlib.sha256(fold(text).encode()).hexdigest()[:12]
