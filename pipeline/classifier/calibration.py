"""Margins of a linear model to probabilities, and the thresholds that are set on them.

Everything here is fitted on validation sessions, never on the rows the margins were trained on.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, softmax

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_GRID = np.round(np.arange(0.0, 1.0001, 0.01), 2)
_CLIP = 1e-4
_KNOTS = np.array([0.0, 0.01, 0.02, 0.05, *np.linspace(0.1, 0.9, 17), 0.95, 0.98, 0.99, 1.0])
_SLOPE = 0.01
"""Share of the straight line in the curve: it keeps the order of scores where isotonic regression is flat."""


@dataclass(frozen=True)
class Calibration:
    """A linear map of margins to log-odds, and a rising curve that mends what a sigmoid gets wrong.

    One concept per text if `exclusive`, else each on its own. Margins of several models stand side by side, so
    `weights` is (models x concepts) x concepts, each block diagonal unless exclusive; `offset` has one value a concept.
    `curve` holds probabilities before (first row) and after; straight lines join its points.
    """

    weights: Floats
    offset: Floats
    exclusive: bool
    curve: Floats = field(default_factory=lambda: np.array([[0.0, 1.0], [0.0, 1.0]]))

    def probabilities(self, margins: Floats) -> Floats:
        """Return texts x concepts with values between 0 and 1."""
        logits = margins @ self.weights + self.offset
        found = softmax(logits, axis=1) if self.exclusive else expit(logits)
        return np.asarray(np.clip(np.interp(found, *self.curve), _CLIP, 1 - _CLIP), dtype=np.float64)


def _platt(margins: Floats, truth: Flags, prior: Floats, strength: float) -> Floats:
    """Return the slopes and the offset of Platt's sigmoid, drawn to `prior` with `strength` as of so many texts.

    `margins` is texts x models.
    """
    sign = np.where(truth, 1.0, -1.0)
    inputs = np.column_stack([margins, np.ones(len(margins))])

    def loss(at: Floats) -> tuple[float, Floats]:
        reached = sign * (inputs @ at)
        value = np.logaddexp(0, -reached).sum() + strength * ((at - prior) ** 2).sum()
        return float(value), -(sign * expit(-reached)) @ inputs + 2 * strength * (at - prior)

    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x, dtype=np.float64)


def fit_independent(
    margins: Floats, truth: Flags, *, counted: Flags | None = None, strength: float = 1.0
) -> Calibration:
    """Return one sigmoid a concept (Platt 1999), each drawn to the sigmoid of all concepts together.

    `truth` is texts x concepts, `margins` texts x (models x concepts): of one model, or of several side by side. Rare
    concepts have too few texts for a sigmoid of their own. Only `counted` concepts of a text speak (None: all).
    """
    n, k = truth.shape
    models = margins.reshape(n, -1, k)
    count = models.shape[1]
    kept = np.ones_like(truth) if counted is None else counted
    start = np.append(np.full(count, 2.0 / count), 0.0)
    pooled = _platt(models.transpose(0, 2, 1)[kept], truth[kept], start, 0.0)
    fitted = np.array([_platt(models[kept[:, at], :, at], truth[kept[:, at], at], pooled, strength) for at in range(k)])
    weights = np.vstack([np.diag(fitted[:, model]) for model in range(count)])
    sigmoids = Calibration(weights, fitted[:, count], exclusive=False)
    return with_curve(sigmoids, margins, truth, kept)


def with_curve(sigmoids: Calibration, margins: Floats, truth: Flags, counted: Flags) -> Calibration:
    """Return the sigmoids with the curve that mends what they get wrong on the `counted` concepts of the texts."""
    straight = replace(sigmoids, curve=np.array([[0.0, 1.0], [0.0, 1.0]]))
    return replace(sigmoids, curve=_curve(straight.probabilities(margins)[counted], truth[counted]))


def _curve(probabilities: Floats, truth: Flags) -> Floats:
    """Return the isotonic regression of truth on probabilities over all concepts, at a few points, never quite flat."""
    from sklearn.isotonic import IsotonicRegression

    fitted = IsotonicRegression(out_of_bounds="clip").fit(probabilities, truth)
    return np.array([_KNOTS, (1 - _SLOPE) * fitted.predict(_KNOTS) + _SLOPE * _KNOTS])


def fit_exclusive(margins: Floats, truth: NDArray[np.int64], *, concepts: int, strength: float = 1.0) -> Calibration:
    """Return the multinomial map (matrix scaling) of margins to the one right concept, drawn to equal slopes.

    `truth` holds the column of the right concept of each text; `margins` is texts x (models x concepts).
    """
    n, width = margins.shape
    k = concepts
    slopes = np.vstack([np.eye(k) * (2.0 * k / width)] * (width // k))
    prior = np.concatenate([slopes.ravel(), np.zeros(k)])

    def loss(at: Floats) -> tuple[float, Floats]:
        logits = margins @ at[: width * k].reshape(width, k) + at[width * k :]
        error = softmax(logits, axis=1)
        value = -log_softmax(logits, axis=1)[np.arange(n), truth].sum()
        error[np.arange(n), truth] -= 1
        slope = np.concatenate([(margins.T @ error).ravel(), error.sum(axis=0)])
        return float(value + strength * ((at - prior) ** 2).sum()), slope + 2 * strength * (at - prior)

    at = np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x)
    return Calibration(at[: width * k].reshape(width, k), at[width * k :], exclusive=True)


def best_thresholds(
    probabilities: Floats, truth: Flags, *, counted: Flags | None = None, strength: float = 200.0
) -> Floats:
    """Return for each concept the probability from which tagging gives the best F1.

    A concept's own F1 is averaged with the F1 of all concepts together, which counts as `strength` decisions: few
    texts move a threshold little. Only `counted` concepts of a text speak (None: all).
    """
    grid = _GRID[(_GRID >= 0.15) & (_GRID <= 0.75)]
    kept = np.ones_like(truth) if counted is None else counted
    right = truth & kept
    hits = np.array([(right & (probabilities >= at)).sum(axis=0) for at in grid])
    total = np.array([(kept & (probabilities >= at)).sum(axis=0) for at in grid]) + right.sum(axis=0)
    pooled = 2 * hits.sum(axis=1) / np.maximum(total.sum(axis=1), 1)
    smooth = (2 * hits + strength * pooled[:, None]) / (total + strength)
    return np.asarray(grid[smooth.argmax(axis=0)], dtype=np.float64)


@dataclass(frozen=True)
class PrecisionCurve:
    """How many tags reach each score on validation, and what share of those is right."""

    scores: list[float]
    tags: list[int]
    precision: list[float]

    @classmethod
    def of(cls, scores: Floats, right: Flags) -> "PrecisionCurve":
        """Return the curve of tags with `scores`, of which `right` are true."""
        tags = [int((scores >= at).sum()) for at in _GRID]
        hits = [int(right[scores >= at].sum()) for at in _GRID]
        precision = [round(hit / n, 4) if n else 0.0 for hit, n in zip(hits, tags, strict=True)]
        return cls([float(at) for at in _GRID], tags, precision)

    def auto_from(self, precision: float, *, min_tags: int = 50) -> float | None:
        """Return the lowest score at and above which at least `precision` of the tags were right.

        None if fewer than `min_tags` validation tags speak for any such score: then nothing is tagged unread.
        """
        for score, n, found in zip(self.scores, self.tags, self.precision, strict=True):
            if found >= precision and n >= min_tags:
                return score
        return None
