"""What a candidate said about texts it was not trained on: kept beside it for measuring, never released."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.tables import replacing

FILE = "held_out.npz"


@dataclass(frozen=True)
class HeldOut:
    """Probabilities and tags of texts x concepts beside the truth.

    `ignored` marks concepts on which readers of a gold set differ; `twin` texts that occur, folded, in training.
    """

    row_ids: Sequence[str]
    concepts: Sequence[str]
    probabilities: NDArray[np.float64]
    predicted: NDArray[np.bool_]
    truth: NDArray[np.bool_]
    ignored: NDArray[np.bool_]
    twin: NDArray[np.bool_]


def save(held_out: HeldOut, folder: Path) -> None:
    """Write `held_out` to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder / FILE) as temporary, temporary.open("wb") as file:
        np.savez_compressed(
            file,
            row_ids=np.array(held_out.row_ids, dtype=str),
            concepts=np.array(held_out.concepts, dtype=str),
            probabilities=held_out.probabilities.astype(np.float32),
            predicted=held_out.predicted,
            truth=held_out.truth,
            ignored=held_out.ignored,
            twin=held_out.twin,
        )


def load(folder: Path) -> HeldOut:
    """Return what `save` wrote to `folder`."""
    with np.load(folder / FILE, allow_pickle=False) as stored:
        return HeldOut(
            stored["row_ids"].tolist(),
            stored["concepts"].tolist(),
            stored["probabilities"].astype(np.float64),
            stored["predicted"],
            stored["truth"],
            stored["ignored"],
            stored["twin"],
        )
