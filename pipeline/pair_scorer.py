"""The model that scores pairs: two forests of randomised trees kept as plain arrays, and their calibration.

Trained with scikit-learn, kept and run without it: the released files are arrays and JSON, and a score is the mean of
the leaves a pair falls in, made a probability by a logistic curve (Platt 1999).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipeline import model_folder

Matrix: TypeAlias = NDArray[np.float64]

TARGETS = ("same_ask", "same_family")
_ARRAYS = ("feature", "threshold", "left", "right", "value", "roots")
_CHUNK = 4096
_EDGE = 1e-4


@dataclass(frozen=True)
class Forest:
    """The nodes of all trees one after the other; a leaf has feature -1 and leads to itself."""

    feature: NDArray[Any]
    threshold: NDArray[Any]
    left: NDArray[Any]
    right: NDArray[Any]
    value: NDArray[Any]
    roots: NDArray[Any]
    slope: float = 1.0
    shift: float = 0.0

    def raw(self, features: Matrix) -> Matrix:
        """Return the mean of the leaves for each row of `features`, before calibration."""
        found = np.empty(len(features))
        for start in range(0, len(features), _CHUNK):
            rows = features[start : start + _CHUNK].astype(np.float32)
            place = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
            lines = np.arange(len(rows))[:, None]
            while True:
                feature = self.feature[place]
                if (feature < 0).all():
                    break
                goes_left = rows[lines, feature] <= self.threshold[place]
                place = np.where(goes_left, self.left[place], self.right[place])
            found[start : start + len(rows)] = self.value[place].mean(axis=1)
        return found

    def calibrated(self, slope: float, shift: float) -> "Forest":
        """Return this forest with the curve of `calibration`."""
        return replace(self, slope=slope, shift=shift)

    def score(self, features: Matrix) -> Matrix:
        """Return the calibrated probability for each row of `features`."""
        return probability(self.raw(features), self.slope, self.shift)


@dataclass(frozen=True)
class PairScorer:
    """A released model: a forest a target, the features it reads in order, and how rare words are."""

    features: tuple[str, ...]
    rarity: dict[str, float]
    forests: dict[str, Forest]

    def scores(self, features: Matrix) -> dict[str, Matrix]:
        """Return target -> probabilities; a pair asks the same only if it is of one family."""
        found = {target: forest.score(features) for target, forest in self.forests.items()}
        found["same_family"] = np.maximum(found["same_family"], found["same_ask"])
        return found


def fit_forest(
    features: Matrix, labels: NDArray[np.bool_], weights: Matrix, *, trees: int, leaf: int, seed: int
) -> Forest:
    """Return a forest of `trees` trees with at least `leaf` pairs in a leaf, not calibrated yet."""
    from sklearn.ensemble import ExtraTreesClassifier

    model = ExtraTreesClassifier(
        trees, min_samples_leaf=leaf, max_features=0.2, class_weight="balanced", random_state=seed, n_jobs=-1
    )
    model.fit(features, labels, sample_weight=weights)
    parts: dict[str, list[Any]] = {name: [] for name in _ARRAYS}
    offset = 0
    for tree in (estimator.tree_ for estimator in model.estimators_):
        nodes = np.arange(tree.node_count)
        leafs = tree.children_left < 0
        parts["feature"].append(np.where(leafs, -1, tree.feature).astype(np.int16))
        parts["threshold"].append(_rounded_down(tree.threshold))
        parts["left"].append(np.where(leafs, nodes, tree.children_left).astype(np.int32) + offset)
        parts["right"].append(np.where(leafs, nodes, tree.children_right).astype(np.int32) + offset)
        shares = tree.value[:, 0, :] / tree.value[:, 0, :].sum(axis=1, keepdims=True)
        parts["value"].append(shares[:, 1].astype(np.float32))
        parts["roots"].append(np.array([offset], dtype=np.int32))
        offset += tree.node_count
    return _forest({name: np.concatenate(arrays) for name, arrays in parts.items()})


def calibration(raw: Matrix, labels: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and shift of the logistic curve that makes held-out raw scores probabilities (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    curve = LogisticRegression(C=1e6).fit(_logit(raw)[:, None], labels)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def save_scorer(scorer: PairScorer, folder: Path, facts: Mapping[str, Any]) -> None:
    """Write the model to `folder`, with `facts` on how it was made."""
    arrays = {
        f"{target}_{name}": getattr(forest, name) for target, forest in scorer.forests.items() for name in _ARRAYS
    }
    description = {
        **facts,
        "features": list(scorer.features),
        "calibration": {target: [forest.slope, forest.shift] for target, forest in scorer.forests.items()},
        "rarity": {word: round(weight, 3) for word, weight in sorted(scorer.rarity.items())},
    }
    model_folder.write(folder, description, arrays=arrays)


def load_scorer(folder: Path, features: Sequence[str]) -> PairScorer:
    """Return the model in `folder`.

    Raises:
        ModelError: it is missing or damaged, or was trained on other features than `features`.
    """
    description = model_folder.read(folder)
    if description["features"] != list(features):
        raise model_folder.ModelError(
            f"{folder}: the model reads other features than this version makes; train it again with "
            "`upr stage train_same_ask`, or take both from one commit"
        )
    arrays = model_folder.read_arrays(folder)
    forests = {
        target: _forest({name: arrays[f"{target}_{name}"] for name in _ARRAYS}).calibrated(*curve)
        for target, curve in description["calibration"].items()
    }
    return PairScorer(tuple(features), description["rarity"], forests)


def _forest(arrays: Mapping[str, NDArray[Any]]) -> Forest:
    """Return a forest of its arrays by name, not calibrated."""
    feature, threshold, left, right, value, roots = (arrays[name] for name in _ARRAYS)
    return Forest(feature, threshold, left, right, value, roots)


def probability(raw: Matrix, slope: float, shift: float) -> Matrix:
    """Return raw scores on the logistic curve of `calibration`."""
    return np.asarray(1 / (1 + np.exp(-(slope * _logit(raw) + shift))))


def _logit(scores: Matrix) -> Matrix:
    held = np.clip(scores, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(held / (1 - held)))


def _rounded_down(thresholds: Matrix) -> NDArray[np.float32]:
    """Return thresholds in single precision that divide single-precision values as the double ones do."""
    single = thresholds.astype(np.float32)
    return np.where(single > thresholds, np.nextafter(single, np.float32(-np.inf)), single).astype(np.float32)
