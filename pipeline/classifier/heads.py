"""Linear heads over the features of an encoder: one hyperplane a concept, learnt together with the encoder."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Heads:
    """The heads of one task: `weights` is features x concepts, `bias` has one value a concept."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def margins(self, features: NDArray[np.float32]) -> Floats:
        """Return texts x concepts: the log-odds before calibration, of texts x `features`."""
        return np.asarray(features.astype(np.float32) @ self.weights + self.bias, dtype=np.float64)
