"""What a candidate said about texts it was not trained on: kept beside it for measuring.

The whole stays with the candidate. Released is the compact form alone, from which no text can be told: it lets the next
candidate be compared with the released model on the same texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.tables import replacing
from pipeline.text import content_id

FILE = "held_out.npz"
_SYSTEM = "system:"

Flags = NDArray[np.bool_]


class HeldOutError(ValueError):
    """A candidate has no held-out predictions: says how to make them."""


@dataclass(frozen=True)
class HeldOut:
    """Probabilities and tags of texts x concepts beside the truth.

    `ignored` marks concepts on which readers of a gold set differ; `twin` texts that occur, folded, in training.
    `systems` has what other ways of tagging say of the same texts (texts x concepts), by name: `rules`, `linear`,
    `encoder`, `fused`, `stacked`; the one in use may be among them. `reviews` names the review of each text where that
    is known: in the compact form.
    """

    row_ids: Sequence[str]
    concepts: Sequence[str]
    probabilities: NDArray[np.float64]
    predicted: Flags
    truth: Flags
    ignored: Flags
    twin: Flags
    systems: Mapping[str, Flags] = field(default_factory=dict)
    reviews: Sequence[str] = ()

    def rows(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> "HeldOut":
        """Return what was said of the `chosen` texts: flags, or places in the order wanted."""
        places = np.arange(len(self.row_ids))[chosen].tolist()
        return replace(
            self,
            row_ids=[self.row_ids[at] for at in places],
            probabilities=self.probabilities[chosen],
            predicted=self.predicted[chosen],
            truth=self.truth[chosen],
            ignored=self.ignored[chosen],
            twin=self.twin[chosen],
            systems={name: flags[chosen] for name, flags in self.systems.items()},
            reviews=[self.reviews[at] for at in places] if self.reviews else (),
        )

    def columns(self, chosen: Flags) -> "HeldOut":
        """Return what was said of the `chosen` concepts."""
        return replace(
            self,
            concepts=[concept for concept, wanted in zip(self.concepts, chosen.tolist(), strict=True) if wanted],
            probabilities=self.probabilities[:, chosen],
            predicted=self.predicted[:, chosen],
            truth=self.truth[:, chosen],
            ignored=self.ignored[:, chosen],
            systems={name: flags[:, chosen] for name, flags in self.systems.items()},
        )


def save(held_out: HeldOut, folder: Path, *, name: str = FILE) -> None:
    """Write `held_out` to the file `name` in `folder`.

    Raises:
        ValueError: a system's tags are not texts x concepts.
    """
    for system, flags in held_out.systems.items():
        if flags.shape != held_out.predicted.shape:
            raise ValueError(f"tags of the system '{system}' are {flags.shape}, not {held_out.predicted.shape}")
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder / name) as temporary, temporary.open("wb") as file:
        np.savez_compressed(
            file,
            row_ids=np.array(held_out.row_ids, dtype=str),
            concepts=np.array(held_out.concepts, dtype=str),
            probabilities=held_out.probabilities.astype(np.float32),
            predicted=held_out.predicted,
            truth=held_out.truth,
            ignored=held_out.ignored,
            twin=held_out.twin,
            reviews=np.array(held_out.reviews, dtype=str),
            **{f"{_SYSTEM}{system}": flags for system, flags in sorted(held_out.systems.items())},  # type: ignore[arg-type]
        )


def load(folder: Path, *, name: str = FILE) -> HeldOut:
    """Return what `save` wrote to `folder`.

    Raises:
        HeldOutError: there is no such file.
    """
    if not (folder / name).exists():
        raise HeldOutError(f"{folder / name} does not exist: run `upr train {folder.name}` first")
    with np.load(folder / name, allow_pickle=False) as stored:
        return HeldOut(
            stored["row_ids"].tolist(),
            stored["concepts"].tolist(),
            stored["probabilities"].astype(np.float64),
            stored["predicted"],
            stored["truth"],
            stored["ignored"],
            stored["twin"],
            {key.removeprefix(_SYSTEM): stored[key] for key in stored.files if key.startswith(_SYSTEM)},
            stored["reviews"].tolist() if "reviews" in stored.files else (),
        )


def compact(held_out: HeldOut, reviews: Sequence[str]) -> HeldOut:
    """Return what a later comparison needs: the probabilities of tags and of the best concept of each text alone.

    Row ids and `reviews` (one a text) are hashed; other systems are left out.
    """
    best = np.zeros_like(held_out.predicted)
    best[np.arange(len(best)), held_out.probabilities.argmax(axis=1)] = True
    return replace(
        held_out,
        row_ids=[content_id("text", row_id) for row_id in held_out.row_ids],
        probabilities=np.where(held_out.predicted | best, held_out.probabilities, 0.0),
        systems={},
        reviews=[content_id("review", review) for review in reviews],
    )
