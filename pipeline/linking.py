"""The clauses of texts that request several acts, and the asks of the same State that these clauses request.

A block is one State. Each clause is compared with the representatives of the asks that its recommendation does not
stand in; the best that is good enough becomes its link.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.clauses import Verbs
from pipeline.instruments import Instruments
from pipeline.request_clauses import any_of, request_clauses

Vectors: TypeAlias = NDArray[np.float32]
Pairs: TypeAlias = NDArray[np.int64]


def clause_table(texts: pd.DataFrame, verbs: Verbs, instruments: Instruments) -> pd.DataFrame:
    """Return the clauses of texts that have several, or one within other words.

    Args:
        texts: recommendation_id and text, in canonical wording.
        verbs: that open a request.
        instruments: whose canonical names, listed one after the other, are one request each.

    Returns:
        recommendation_id, number (from 1), clause; no rows for a text that is one request and nothing else.
    """
    names = any_of(entry.name for entry in instruments.entries)
    clauses = {text: request_clauses(text, verbs, names) for text in texts["text"].unique()}
    rows = [
        (name, number, clause)
        for name, text in zip(texts["recommendation_id"], texts["text"], strict=True)
        if clauses[text] != [text]
        for number, clause in enumerate(clauses[text], start=1)
    ]
    return pd.DataFrame(rows, columns=["recommendation_id", "number", "clause"])


def near_asks(
    clauses: Vectors, own: Sequence[str], representatives: Vectors, asks: Sequence[str], *, min_cosine: float,
    max_neighbours: int,
) -> tuple[Pairs, NDArray[np.float32]]:  # fmt: skip
    """Return the pairs (clause, ask) worth a comparison, and their cosines.

    Of each clause the `max_neighbours` nearest asks from `min_cosine` on, without the ask in `own` that its
    recommendation stands in. Vectors have unit length.
    """
    cosines = clauses @ representatives.T
    cosines[np.asarray(own)[:, None] == np.asarray(asks)[None, :]] = -1
    if max_neighbours < len(asks):
        floor = np.partition(cosines, -max_neighbours, axis=1)[:, -max_neighbours]
        cosines[cosines < floor[:, None]] = -1
    left, right = np.nonzero(cosines >= min_cosine)
    return np.stack([left, right], axis=1), np.minimum(cosines[left, right], 1.0).astype(np.float32)


def best_links(links: pd.DataFrame, min_score: float) -> pd.DataFrame:
    """Return the link of each clause: the ask with the highest score, at least `min_score`; one row for each ask.

    Args:
        links: recommendation_id, clause, ask_id, score, and whatever else; each scored pair of a clause and an ask.
        min_score: probability from which a clause counts as requesting the ask.
    """
    good = links[links["score"] >= min_score].sort_values(["score", "ask_id", "clause"], ascending=[False, True, True])
    return good.drop_duplicates(["recommendation_id", "clause"]).drop_duplicates(["recommendation_id", "ask_id"])
