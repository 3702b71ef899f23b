"""Which texts are prose on development, and what the model of their goals reads of them.

It reads a sentence vector and what the SDG tagger of recommendations says without the encoder: neither has seen the
labels of the texts it learns from.
"""

import re

import numpy as np
from numpy.typing import NDArray

from pipeline.clauses import Verbs, clauses

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

GOALS = tuple(f"sdg:{number}" for number in range(1, 18))

_VECTOR_LENGTH = 8.0
"""Length of a sentence vector beside the opinions' log-odds."""
_LEAST = 0.02
"""The tagger's candidates end at a floor: what is below says no more than this probability."""

_ASKING = re.compile(r"^\W*that\b|^[^.;]{0,60}\b(?:recommend\w*|should|must|urge[sd]?|call(?:s|ed)? (?:up)?on)\b")
"""Further on in a sentence these words tell of rules and duties ("..., and members must live in the district")."""
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


def inputs_of(vectors: NDArray[np.float32], opinions: Floats) -> Floats:
    """Return texts x inputs of sentence `vectors` at unit length and the tagger's `opinions`, probabilities texts x goals."""
    sure = np.clip(opinions, _LEAST, 1 - _LEAST)
    return np.hstack([vectors.astype(np.float64) * _VECTOR_LENGTH, np.log(sure / (1 - sure))])
