"""Two models on the same texts: in the same order, with the same concepts and one truth."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.held_out import HeldOut


def on_common_texts(new: HeldOut, old: HeldOut) -> tuple[HeldOut, HeldOut]:
    """Return both on the texts that both were measured on, over the concepts that either knows.

    Truth is that of `new`; for a concept that only `old` knows, it is that of `old`. A concept a model does not know is
    never tagged by it.
    """
    place = {row_id: at for at, row_id in enumerate(old.row_ids)}
    shared = [(at, place[row_id]) for at, row_id in enumerate(new.row_ids) if row_id in place]
    rows = np.array(shared, dtype=np.int64).reshape(-1, 2)
    one, other = new.rows(rows[:, 0]), old.rows(rows[:, 1])
    concepts = [*new.concepts, *(concept for concept in old.concepts if concept not in set(new.concepts))]
    truth, ignored = _widened(one.truth, one.concepts, concepts), _widened(one.ignored, one.concepts, concepts)
    only_old = [at for at, concept in enumerate(concepts) if concept not in set(new.concepts)]
    truth[:, only_old] = _widened(other.truth, other.concepts, concepts)[:, only_old]
    ignored[:, only_old] = _widened(other.ignored, other.concepts, concepts)[:, only_old]
    first, second = (
        replace(
            held, concepts=concepts, truth=truth, ignored=ignored, reviews=one.reviews, systems={},
            probabilities=_widened(held.probabilities, held.concepts, concepts),
            predicted=_widened(held.predicted, held.concepts, concepts),
        )
        for held in (one, other)
    )  # fmt: skip
    return first, second


def _widened(values: NDArray[Any], known: Sequence[str], concepts: Sequence[str]) -> NDArray[Any]:
    """Return `values` (texts x known concepts) as texts x `concepts`; nothing for those not known."""
    wide = np.zeros((len(values), len(concepts)), dtype=values.dtype)
    column = {concept: at for at, concept in enumerate(concepts)}
    wide[:, [column[concept] for concept in known]] = values
    return wide
