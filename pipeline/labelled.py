"""Labelled texts: what the rows of an export, or of a gold set, say about each text.

A training row is a distinct (State under review, session, folded text). The rows of several recommending States, or of two
files with the same session, are one row with the union of their issues: the same request is not learnt from five times
over. The same text in another review (a twin) stays a row of its own, for its labels are another reading;
measures are reported with and without twins.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.schemas import Table, col
from pipeline.sources.record import Record
from pipeline.text import clean, content_id, fold

ORIGINS = ["upr_info", "uhri", "gold"]
_GOLD_COLUMNS = {"state", "session", "text", "sdg", "sdg_either", "groups", "groups_either", "readers"}
SCHEMES = {
    "themes": "upr-info",
    "uhri_themes": "uhri-theme",
    "groups": "uhri-person",
    "sdgs": "sdg",
    "action": "upr-action",
}
"""The vocabulary of each dimension."""

_DIMENSION = {scheme: dimension for dimension, scheme in SCHEMES.items() if scheme != "sdg"}
"""Schemes of exports whose labels people gave. UHRI's SDGs are machine-made: they train nothing."""


class LabelledRows(Table, unit="State under review x session x text", key="row_id"):
    """Texts to train and measure on."""

    row_id: str = col("hash of State, session and folded text")
    source_file: str = col("file it was first met in")
    state: str = col("State under review, ISO3 or the name as written")
    session: int = col("UPR session; 0 if the source names none", ge=0)
    text: str = col("the request, cleaned")


class Readings(Table, unit="labelled row x dimension x concept", key="row_id origin dimension concept_id"):
    """What a source says about each text; a text read and found without concept has one row"""

    row_id: str = col("the labelled row")
    origin: str = col("kind of source", isin=ORIGINS)
    dimension: str = col("which question")
    concept_id: str = col("concept; null says that the text was read and none applies", null=True)
    certain: bool = col("false where only one of two readers gave it")


@dataclass
class Labelled:
    """Rows and readings as they are gathered, with what was left out and why."""

    rows: dict[str, tuple[str, str, int, str]] = field(default_factory=dict)
    readings: dict[tuple[str, str, str], Counter[str]] = field(default_factory=dict)
    uncertain: set[tuple[str, str, str, str]] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)

    def _row(self, file: str, state: str, session: int, text: str) -> str:
        row_id = content_id(state, session, fold(text))
        self.rows.setdefault(row_id, (file, state, session, clean(text)))
        return row_id

    def _read(self, row_id: str, origin: str, dimension: str, concept_id: str) -> None:
        self.readings.setdefault((row_id, origin, dimension), Counter())[concept_id] += 1

    def add_records(
        self, file: str, records: Iterable[Record], concepts: Mapping[str, Mapping[str, str]],
        state_of: Callable[[str], str],
    ) -> None:  # fmt: skip
        """Add the labelled rows of an export.

        `concepts` gives for each scheme its folded labels and their concept ids; `state_of` the State of a name.
        """
        for record in records:
            if record.skip_reason or record.is_pledge or not record.text or not fold(record.text):
                self.left_out["pledge" if record.is_pledge else record.skip_reason or "no text"] += 1
                continue
            row_id = self._row(file, state_of(record.state_raw or ""), record.session or 0, record.text)
            for scheme, label in record.source_tags:
                if scheme not in _DIMENSION:
                    continue
                concept_id = concepts[scheme].get(fold(label))
                if concept_id is None:
                    self.left_out[f"label '{label}' is not in the taxonomy {scheme}"] += 1
                    continue
                origin = "upr_info" if scheme.startswith("upr") else "uhri"
                self._read(row_id, origin, _DIMENSION[scheme], concept_id)

    def add_gold(
        self, path: Path, concepts: Mapping[str, Mapping[str, str]], state_of: Callable[[str], str]
    ) -> None:
        """Add a set read by annotators for SDGs and groups; form: column names of `is_gold`, codes joined by ";"."""
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                row_id = self._row(path.name, state_of(line["state"]), int(line["session"]), line["text"])
                for dimension, column, scheme in (("sdgs", "sdg", "sdg"), ("groups", "groups", "uhri-person")):
                    sure = _concepts(line[column], concepts[scheme], self.left_out)
                    either = _concepts(line[f"{column}_either"], concepts[scheme], self.left_out)
                    for concept_id in [*sure, *either] or [""]:
                        self._read(row_id, "gold", dimension, concept_id)
                    self.uncertain.update((row_id, "gold", dimension, concept_id) for concept_id in either)

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the tables LabelledRows and Readings; of several action categories the commonest, then the lowest."""
        rows = [(row_id, *values) for row_id, values in self.rows.items()]
        readings = [
            (*key, concept_id or None, (*key, concept_id) not in self.uncertain)
            for key, counts in self.readings.items()
            for concept_id in _settled(key[2], counts)
        ]
        return (
            pd.DataFrame(rows, columns=list(LabelledRows.to_schema().columns)),
            pd.DataFrame(readings, columns=list(Readings.to_schema().columns)),
        )


def _settled(dimension: str, counts: Counter[str]) -> list[str]:
    if dimension != "action":
        return sorted(counts)
    return [min(counts, key=lambda concept_id: (-counts[concept_id], concept_id))]


def _concepts(codes: str, known: Mapping[str, str], left_out: Counter[str]) -> list[str]:
    found = []
    for code in filter(None, (part.strip() for part in codes.split(";"))):
        concept_id = known.get(fold(code))
        if concept_id:
            found.append(concept_id)
        elif code != "none":
            left_out[f"code '{code}' is not in the taxonomy"] += 1
    return found


def is_gold(path: Path) -> bool:
    """Return whether `path` is a CSV file with the columns of a gold set for SDGs and groups."""
    if path.suffix.lower() != ".csv":
        return False
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return _GOLD_COLUMNS <= set(next(csv.reader(file), []))


@dataclass(frozen=True)
class Truth:
    """The labels of one dimension as arrays: the rows read, and texts x concepts of right and of uncertain concepts."""

    rows: pd.DataFrame
    right: NDArray[np.bool_]
    uncertain: NDArray[np.bool_]


def truth_of(
    rows: pd.DataFrame, readings: pd.DataFrame, dimension: str, origin: str, concepts: Sequence[str]
) -> Truth:
    """Return the rows that `origin` read for `dimension`, ordered by row id, and their labels."""
    read = readings[(readings["dimension"] == dimension) & (readings["origin"] == origin)]
    chosen = rows[rows["row_id"].isin(read["row_id"])].sort_values("row_id", ignore_index=True)
    place = {row_id: at for at, row_id in enumerate(chosen["row_id"])}
    column = {concept_id: at for at, concept_id in enumerate(concepts)}
    right = np.zeros((len(chosen), len(concepts)), dtype=bool)
    uncertain = np.zeros_like(right)
    found = read[read["concept_id"].isin(column.keys())]
    at = found["row_id"].map(place).to_numpy(dtype=np.int64), found["concept_id"].map(column).to_numpy(dtype=np.int64)
    certain = found["certain"].to_numpy(dtype=bool)
    right[at[0][certain], at[1][certain]] = True
    uncertain[at[0][~certain], at[1][~certain]] = True
    return Truth(chosen, right, uncertain & ~right)


def data_hash(rows: pd.DataFrame, readings: pd.DataFrame) -> str:
    """Return the SHA-256 of the labelled texts and their labels, whatever order they were read in."""
    digest = hashlib.sha256()
    for frame, key in ((rows, LabelledRows.key()), (readings, Readings.key())):
        ordered = frame.drop(columns="source_file", errors="ignore").sort_values(key, kind="stable")
        digest.update(ordered.to_csv(index=False).encode())
    return digest.hexdigest()
