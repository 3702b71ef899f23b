"""Gather labelled texts from exports and gold sets."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from pipeline.labelled import JUDGED, OWN, LabelledRows, Readings
from pipeline.schemas import SCHEMES
from pipeline.sources.record import Record
from pipeline.text import clean, content_id, fold, text_key

_GOLD_COLUMNS = {"state", "session", "text", "sdg", "sdg_either", "groups", "groups_either", "readers"}

_READ = (("sdgs", "sdg", "sdg"), ("groups", "groups", "uhri-person"))
"""What annotators read texts for: dimension, column (a second one, of doubtful codes, ends in _either), scheme."""

_DIMENSION = {scheme: dimension for dimension, scheme in SCHEMES.items() if scheme != "sdg"}
"""Schemes of exports whose labels people gave. UHRI's SDGs are machine-made: they train nothing."""


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

    def add_gold(self, path: Path, concepts: Mapping[str, Mapping[str, str]], state_of: Callable[[str], str]) -> None:
        """Add a set read by annotators for SDGs and groups; form: column names of `is_gold`, codes joined by ";"."""
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                row_id = self._row(path.name, state_of(line["state"]), int(line["session"]), line["text"])
                self._add_line(row_id, "gold", line, concepts)

    def add_own(self, path: Path, concepts: Mapping[str, Mapping[str, str]]) -> None:
        """Add what was read for this project: the columns of a gold set, and `key` (`text_key`) in place of the text.

        Comes after all texts: a key is looked up among them. A text of several reviews is taken as the first State's, by
        name; one that a gold set holds stays with the gold set. Keys without a text are counted in `left_out`.
        """
        gold = {row_id for row_id, origin, _ in self.readings if origin == "gold"}
        known: dict[str, str | None] = {}
        for row_id, (_, _, session, text) in sorted(self.rows.items(), key=lambda item: (item[1][1:3], item[0])):
            key = text_key(text)
            if row_id in gold:
                known[key] = None
            elif session:
                known.setdefault(key, row_id)
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                if line["key"] not in known:
                    self.left_out[f"reading of {path.name} whose text is in no labelled file"] += 1
                elif found := known[line["key"]]:
                    self._add_line(found, OWN, line, concepts)
                else:
                    self.left_out[f"reading of {path.name} whose text a gold set holds"] += 1

    def _add_line(
        self, row_id: str, origin: str, line: Mapping[str, str], concepts: Mapping[str, Mapping[str, str]]
    ) -> None:
        for dimension, column, scheme in _READ:
            sure = _concepts(line[column].split(";"), concepts[scheme], self.left_out)
            either = _concepts(line[f"{column}_either"].split(";"), concepts[scheme], self.left_out)
            for concept_id in [*sure, *either] or [""]:
                self._read(row_id, origin, dimension, concept_id)
            self.uncertain.update((row_id, origin, dimension, concept_id) for concept_id in either)

    def add_activities(
        self, file: str, activities: Iterable[tuple[str, str, Iterable[str]]],
        concepts: Mapping[str, Mapping[str, str]], state_of: Callable[[str], str],
    ) -> None:  # fmt: skip
        """Add activities of a joint work plan (State, text, codes of SDG targets); they belong to no session."""
        for state, text, targets in activities:
            found = _concepts(targets, concepts["sdg"], self.left_out)
            if found:
                row_id = self._row(file, state_of(state), 0, text)
                for concept_id in found:
                    self._read(row_id, "un_info", "sdgs", concept_id)

    def add_judged(self, judged: pd.DataFrame) -> None:
        """Add what reviewers settled (table `JudgedTexts`)."""
        for line in judged.to_dict("records"):
            row_id = self._row("data/raw/judgements", line["state"], line["session"], line["text"])
            concept_id = line["concept_id"] if isinstance(line["concept_id"], str) else ""
            self._read(row_id, JUDGED, line["dimension"], concept_id)
            if not line["certain"]:
                self.uncertain.add((row_id, JUDGED, line["dimension"], concept_id))

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


def _concepts(codes: Iterable[str], known: Mapping[str, str], left_out: Counter[str]) -> list[str]:
    found = []
    for code in filter(None, (part.strip() for part in codes)):
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
        return set(next(csv.reader(file), [])) >= _GOLD_COLUMNS
