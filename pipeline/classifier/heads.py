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


def fit_heads(
    features: NDArray[np.float32], truth: NDArray[np.bool_], *, scale: float, cost: float, seed: int
) -> Heads:
    """Return one linear SVM a concept over frozen `features` (texts x features), learnt on features times `scale`.

    `truth` is texts x concepts. `cost` is the C of the SVM. A concept that no text carries is never near.
    """
    from sklearn.svm import LinearSVC

    weights = np.zeros((features.shape[1], truth.shape[1]), dtype=np.float32)
    bias = np.where(truth.all(axis=0), 1.0, -1.0).astype(np.float32)
    scaled = features.astype(np.float64) * scale
    for column in np.flatnonzero(truth.any(axis=0) & ~truth.all(axis=0)).tolist():
        svm = LinearSVC(C=cost, dual=True, random_state=seed).fit(scaled, truth[:, column])
        weights[:, column], bias[column] = svm.coef_[0] * scale, svm.intercept_[0]
    return Heads(weights, bias)
