"""Which texts train and which measure: split in time by session, never at random."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.text import content_id, fold

Flags = NDArray[np.bool_]


class SplitError(ValueError):
    """The sessions at hand cannot be split as asked: says which are there."""


@dataclass(frozen=True)
class Split:
    """Rows that train, rows that set thresholds, and later rows that do neither."""

    train: Flags
    validation: Flags
    later: Flags


def by_session(sessions: Sequence[int], *, last_train: int, last_validation: int) -> Split:
    """Return the split of rows by their `sessions`: up to `last_train`, then up to `last_validation`, then the rest.

    Raises:
        SplitError: no row trains, or none validates.
    """
    numbers = np.asarray(sessions, dtype=np.int64)
    split = Split(
        numbers <= last_train,
        (numbers > last_train) & (numbers <= last_validation),
        numbers > last_validation,
    )
    for name, rows in (("train on", split.train), ("validate with", split.validation)):
        if not rows.any():
            raise SplitError(
                f"No labelled row to {name}: the sessions found are {sorted(set(numbers.tolist()))}; "
                f"params say train.last_train_session = {last_train} and "
                f"train.last_validation_session = {last_validation}"
            )
    return split


def folds(groups: Iterable[str], count: int) -> NDArray[np.int64]:
    """Return a fold 0..count-1 for each row; rows of one group (a State) share it, whatever else is in the data."""
    return np.array([int(content_id("fold", group), 16) % count for group in groups], dtype=np.int64)


def twins(texts: Iterable[str], training: Iterable[str]) -> Flags:
    """Return which `texts` occur, folded, among the `training` texts."""
    known = {fold(text) for text in training}
    return np.array([fold(text) in known for text in texts], dtype=bool)
