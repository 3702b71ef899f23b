"""The released map: a ranker, what the UPR usually asks, and how far its scores hold."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline import model_folder
from pipeline.frameworks.candidates import FEATURES, NONE_FEATURES
from pipeline.frameworks.ranker import Array, Ranker
from pipeline.frameworks.subjects import Subjects
from pipeline.model_folder import ModelError


@dataclass(frozen=True)
class MapModel:
    """A ranker with the profiles its features need, and the scores and outcomes that say from where a map is `auto`."""

    ranker: Ranker
    profiles: Array
    languages: frozenset[str]
    held_scores: Array
    held_right: Array

    def auto_from(self, precision: float) -> float:
        """Return the score from which a first outcome is `auto`; see the function `auto_from`."""
        return auto_from(self.held_scores, self.held_right, precision)


def auto_from(scores: Array, right: Array | NDArray[np.bool_], precision: float, *, least: int = 50) -> float:
    """Return the lowest score from which at least `precision` of the first outcomes were `right`.

    Infinity if fewer than `least` speak for any such score: then nothing is mapped unread.
    """
    order = np.argsort(-scores, kind="stable")
    share = np.cumsum(right[order], dtype=np.float64) / np.arange(1, len(order) + 1)
    good = np.flatnonzero((share >= precision) & (np.arange(1, len(order) + 1) >= least))
    return float(scores[order[good[-1]]]) if len(good) else float("inf")


def load_map_model(folder: Path, subjects: Subjects) -> MapModel:
    """Return the model in `folder`.

    Raises:
        ModelError: it is missing or changed, or was made with other features or subjects.
    """
    description = model_folder.read(folder)
    arrays = model_folder.read_arrays(folder)
    for name, expected in (("features", FEATURES), ("none_features", NONE_FEATURES), ("subjects", subjects.ids)):
        if list(description[name]) != list(expected):
            raise ModelError(
                f"{folder} was made with other {name} than this version has (configs/framework_subjects.yaml): "
                "train it again with `dvc repro models/dvc.yaml:evaluate_framework_map` and promote it"
            )
    numbers = {name: np.asarray(arrays[name], dtype=np.float64) for name in arrays}
    return MapModel(Ranker(numbers["weights"], numbers["none_weights"]), numbers["profiles"],
                    frozenset(description["languages"]), numbers["held_scores"], numbers["held_right"])  # fmt: skip
