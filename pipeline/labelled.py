"""Labelled texts: what the rows of an export, or of a gold set, say about each text.

A training row is a distinct (State under review, session, folded text). The rows of several recommending States, or of
two files with the same session, are one row with the union of their issues: the same request is not learnt from five
times over. The same text in another review (a twin) stays a row of its own, for its labels are another reading;
measures are reported with and without twins.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.schemas import Table, col

ROWS = "labelled/rows.parquet"
READINGS = "labelled/readings.parquet"
"""Where the two tables are, below the folder of candidates."""

JUDGED = "judgement"
OWN = "own_reading"
"""Origin of what was read for this project (models/readings): it teaches and never measures."""
ORIGINS = ["upr_info", "uhri", "gold", "un_info", OWN, JUDGED]


class LabelledRows(Table, unit="State under review x session x text", key="row_id"):
    """Texts to train and measure on."""

    row_id: str = col("hash of State, session and folded text")
    source_file: str = col("file it was first met in")
    state: str = col("State under review, ISO3 or the name as written")
    session: int = col("UPR session; 0 if the source names none", ge=0)
    text: str = col("the request, cleaned")


class Readings(Table, unit="labelled row x dimension x concept", key="row_id origin dimension concept_id"):
    """What a source says about each text; a text read and found without concept has one row without concept."""

    row_id: str = col("the labelled row")
    origin: str = col("kind of source", isin=ORIGINS)
    dimension: str = col("which question")
    concept_id: str = col("concept; null says that the text was read and none applies", null=True)
    certain: bool = col("false where only one of two readers gave it")


@dataclass(frozen=True)
class Truth:
    """The labels of one dimension as arrays: the rows read, and texts x concepts of right and of uncertain concepts."""

    rows: pd.DataFrame
    right: NDArray[np.bool_]
    uncertain: NDArray[np.bool_]


def truth_of(rows: pd.DataFrame, readings: pd.DataFrame, dimension: str, origin: str, concepts: Sequence[str]) -> Truth:
    """Return the rows that `origin` or reviewers read for `dimension`, ordered by row id, and their labels.

    What reviewers settled stands over what `origin` says of the same text; of concepts they left open its word stands. A
    text that reviewers alone read counts once they settled all that was proposed for it.
    """
    read = readings[readings["dimension"] == dimension]
    own, judged = (_read_by(rows, read[read["origin"] == name], concepts) for name in (origin, JUDGED))
    whole = ~judged.uncertain.any(axis=1)
    known = judged.rows["row_id"].isin(own.rows["row_id"]).to_numpy()
    extra = judged.rows[whole & ~known]
    chosen = pd.concat([own.rows, extra]).sort_values("row_id", ignore_index=True)
    right = np.zeros((len(chosen), len(concepts)), dtype=bool)
    uncertain = np.zeros_like(right)
    place = pd.Series(chosen.index, index=chosen["row_id"])
    at = place.reindex(own.rows["row_id"]).to_numpy(dtype=np.int64)
    right[at], uncertain[at] = own.right, own.uncertain
    there = place.reindex(judged.rows["row_id"]).notna().to_numpy()
    at, said, left = (
        place.reindex(judged.rows["row_id"][there]).to_numpy(dtype=np.int64),
        *(part[there] for part in (judged.right, judged.uncertain)),
    )
    right[at], uncertain[at] = said | (right[at] & left), uncertain[at] & left
    return Truth(chosen, right, uncertain & ~right)


def _read_by(rows: pd.DataFrame, read: pd.DataFrame, concepts: Sequence[str]) -> Truth:
    """Return the rows of these readings and their labels."""
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
