"""What the heads learn: the labelled texts of each task, and the loss of a batch over all tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

_SMOOTHING = 0.05
"""Share of the certainty of an exclusive label that is dealt out to the other concepts."""


@dataclass(frozen=True)
class Task:
    """What one head learns: `rows` (places among the texts) that were read for it, and rows x concepts of labels.

    `exclusive` tasks have one right concept a text. `weight` is what its loss counts beside the others'.
    """

    name: str
    rows: Places
    labels: Flags
    exclusive: bool = False
    weight: float = 1.0

    def places(self, texts: int) -> Places:
        """Return for each of all `texts` its place among `rows`; -1 where it was not read for this task."""
        found = np.full(texts, -1)
        found[self.rows] = np.arange(len(self.rows))
        return found


def loss_of(
    margins: Mapping[str, Tensor], tasks: Sequence[Task], places: Mapping[str, Places], batch: Places
) -> Tensor:
    """Return the loss of the texts `batch`, a mean over them: of each task the texts that were read for it."""
    total = torch.zeros(())
    for task in tasks:
        at = places[task.name][batch]
        known = np.flatnonzero(at >= 0)
        if not len(known):
            continue
        labels = torch.from_numpy(task.labels[at[known]]).float()
        found = margins[task.name][torch.from_numpy(known)].float()
        if task.exclusive:
            loss = functional.cross_entropy(found, labels.argmax(1), label_smoothing=_SMOOTHING, reduction="sum")
        else:
            loss = functional.binary_cross_entropy_with_logits(found, labels, reduction="sum")
        total = total + task.weight * loss / len(batch)
    return total
