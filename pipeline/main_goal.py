"""The one Sustainable Development Goal that a text on development is mainly about.

A multinomial logit over a sentence vector and what the SDG tagger of recommendations says without the encoder: neither
has seen the labels of the texts it learns from. Its numbers are weights alone: no word of a text is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.clauses import Verbs, clauses

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

GOALS = tuple(f"sdg:{number}" for number in range(1, 18))

_VECTOR_LENGTH = 1.5
"""Length of a sentence vector beside the opinions; 1 and 2 were alike."""
_LEAST = 0.02
"""The tagger's candidates end at a floor: what is below says no more than this probability."""
_OPINION = 4.0
"""Log-odds are divided by this, so that they weigh about what the vector does."""

_ASKING = re.compile(r"^\W*that\b|^[^.]*\b(?:recommend\w*|should|must|urge[sd]?|call(?:s|ed)? (?:up)?on)\b")
_BEFORE = re.compile(
    r"\W*(?:(?:[a-z]+ly|also|further|then|to|and)\b[\s,]*"
    r"|(?:with|in|along|through|noting|welcoming|prior to|whilst|while)\b[^,.]*,\s*)*"
)
_WORD = re.compile(r"[a-z]+(?!\w|\s+of\b)")
"""A word that may be a verb: before "of" it is a noun ("share of households", "support of donors")."""


def is_request(text: str, verbs: Verbs) -> bool:
    """Return whether `text` asks somebody to act: a clause opens with the base form of a verb, or its beginning says so."""
    lower = text.lower()
    before = _BEFORE.match(lower)
    openings = [lower[before.end() :] if before else lower]
    openings += [clause.parts[0].words for clause in clauses(text, verbs) if clause.parts]
    first = (_WORD.match(words) for words in openings)
    return any(word is not None and word[0] in verbs.bases for word in first) or bool(_ASKING.match(lower))


@dataclass(frozen=True)
class MainGoal:
    """`weights` is inputs x goals, `bias` has one value a goal."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, inputs: Floats) -> Floats:
        """Return texts x goals, each row summing to one, of what `inputs_of` gives."""
        scores = inputs @ self.weights.astype(np.float64) + self.bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float64)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the numbers of the model as plain arrays."""
        return {"weights": self.weights, "bias": self.bias}


def restore(arrays: Mapping[str, NDArray[np.generic]]) -> MainGoal:
    """Return the model that `arrays` took apart."""
    weights, bias = (np.asarray(arrays[name], dtype=np.float32) for name in ("weights", "bias"))
    return MainGoal(weights, bias)


def inputs_of(vectors: NDArray[np.float32], opinions: Floats) -> Floats:
    """Return texts x inputs of sentence `vectors` at unit length and the tagger's `opinions`, probabilities texts x goals."""
    sure = np.clip(opinions, _LEAST, 1 - _LEAST)
    return np.hstack([vectors.astype(np.float64) * _VECTOR_LENGTH, np.log(sure / (1 - sure)) / _OPINION])


def fit(inputs: Floats, right: Flags, weights: Floats, *, cost: float) -> MainGoal:
    """Return the model of labelled texts; a text with several `right` goals (texts x goals) counts for each by a share.

    `weights` says what each text counts, `cost` is the inverse strength of the pull towards zero. Every goal must be
    right for some text.

    Raises:
        ValueError: a goal is right for no text.
    """
    from sklearn.linear_model import LogisticRegression

    if missing := [goal for goal, there in zip(GOALS, right.sum(axis=0).tolist(), strict=True) if not there]:
        raise ValueError(f"no labelled text carries {', '.join(missing)}: the main goal cannot be learnt without")
    rows, goals = np.nonzero(right)
    share = (weights / right.sum(axis=1).clip(min=1))[rows]
    model = LogisticRegression(C=cost, max_iter=500, tol=1e-3).fit(inputs[rows], goals, sample_weight=share)
    return MainGoal(model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))


@dataclass(frozen=True)
class Scale:
    """Rising points `probabilities` -> `right`: how often the surest goal of that probability was right."""

    probabilities: list[float]
    right: list[float]

    @classmethod
    def of(cls, probabilities: Floats, hits: Flags) -> "Scale":
        """Return the isotonic regression of `hits` on the probabilities of surest goals."""
        from sklearn.isotonic import IsotonicRegression

        found = IsotonicRegression(y_min=0, y_max=1).fit(probabilities, hits.astype(np.float64))
        return cls(found.X_thresholds_.round(5).tolist(), found.y_thresholds_.round(5).tolist())

    def __call__(self, probabilities: Floats) -> Floats:
        """Return the calibrated probabilities; beyond the points those at their ends."""
        return np.asarray(np.interp(probabilities, self.probabilities, self.right), dtype=np.float64)
