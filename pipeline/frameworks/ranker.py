"""Which outcome carries a recommendation, or none: a choice among all of a framework, with probabilities.

A conditional logit: each outcome gets a utility, `none` too, and the probability of each is its share of their
exponentials. Few weights, pulled towards a prior, because the frameworks that were read are few.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.frameworks.candidates import FEATURES, NONE_FEATURES

Array = NDArray[np.float64]

PRIOR = {"subjects": 4.0, "subjects_cubed": 3.0, "always": 3.0}
"""Weights before anything is learnt: subjects decide, and none is as likely as an outcome that carries about half."""
PULL = 0.05
"""How strongly weights are held to the prior, against the mean logarithmic loss over frameworks."""


@dataclass(frozen=True)
class Block:
    """One framework that was read: features of its recommendations, and what the reader named.

    `truth` is recommendations x (outcomes and `none` last): 1 for the primary one, less for those named beside it.
    """

    pairs: Array
    none: Array
    truth: Array
    weight: float = 1.0


@dataclass(frozen=True)
class Ranker:
    """The weights of `FEATURES` and of `NONE_FEATURES`."""

    weights: Array
    none_weights: Array

    def probabilities(self, pairs: Array, none: Array) -> Array:
        """Return recommendations x (outcomes and `none` last); each row adds to 1."""
        utilities = np.hstack([pairs @ self.weights, (none @ self.none_weights)[:, None]])
        raised = np.exp(utilities - utilities.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def fit_ranker(blocks: Sequence[Block]) -> Ranker:
    """Return the ranker under which what the readers named is likeliest, each framework counting alike (times its weight).

    Raises:
        ValueError: there is no block.
    """
    if not blocks:
        raise ValueError("no labelled framework to learn from")
    from scipy.optimize import minimize

    size = len(FEATURES)
    prior = np.array([PRIOR.get(name, 0.0) for name in (*FEATURES, *NONE_FEATURES)])

    def loss(values: Array) -> tuple[float, Array]:
        total, slope = PULL * float(((values - prior) ** 2).sum()), 2 * PULL * (values - prior)
        for block in blocks:
            probability = Ranker(values[:size], values[size:]).probabilities(block.pairs, block.none)
            named = (probability * block.truth).sum(axis=1) + 1e-12
            total -= block.weight * float(np.log(named).mean())
            # Slope of the logarithm: what was named, each by its share, less what was expected.
            pull = (probability * block.truth / named[:, None] - probability) * (block.weight / len(named))
            slope[:size] -= np.einsum("ij,ijk->k", pull[:, :-1], block.pairs)
            slope[size:] -= pull[:, -1] @ block.none
        return total, slope

    found = minimize(loss, prior, jac=True, method="L-BFGS-B")
    return Ranker(found.x[:size], found.x[size:])
