"""The words of a text that speak most for a concept, as a linear model weighs them."""

import functools
import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.classifier.linear import LinearModel
from pipeline.classifier.ngrams import OPENING_WORDS
from pipeline.text import fold

_SHARE = 0.3
"""A word is shown if it carries at least this share of what the strongest word carries."""

_MOST_WORDS = 6


@functools.lru_cache(maxsize=2**16)
def _folded(chunk: str) -> tuple[str, ...]:
    return tuple(fold(chunk).split())


class Explainer:
    """Names the words that carry a tag of `model`; character n-grams are left out, people read words."""

    def __init__(self, model: LinearModel) -> None:
        names = {name: column for column, name in enumerate(model.ngrams.names()) if name[:4] != "char"}
        self._columns = names
        self._weights = model.coefficients
        self._idf = model.ngrams.idf
        self._concepts = {concept: place for place, concept in enumerate(model.concepts)}

    def words(self, text: str, concepts: Sequence[str]) -> list[str | None]:
        """Return for each concept the words of `text` that carry it, in order, " … " between words set apart.

        None where no word of the text speaks for the concept.
        """
        chunks = text.split()
        owners = [(place, word) for place, chunk in enumerate(chunks) for word in _folded(chunk)]
        places = np.array([place for place, _ in owners], dtype=np.int64)
        found = self._features([word for _, word in owners])
        return [self._shown(chunks, places, found, self._concepts[concept]) for concept in concepts]

    def _features(self, words: Sequence[str]) -> list[tuple[int, int, int, float]]:
        """Return (first word, last word, column, size) of each known n-gram; sizes of a block are at length one."""
        spans = [("word", word, at, at) for at, word in enumerate(words)]
        spans += [("word", f"{words[at]} {words[at + 1]}", at, at + 1) for at in range(len(words) - 1)]
        spans += [("opening", f"{at + 1}={word}", at, at) for at, word in enumerate(words[:OPENING_WORDS])]
        spans += [("opening", " ".join(words[:2]), 0, min(1, len(words) - 1))] if words else []
        known = [(block, first, last, self._columns.get(f"{block}:{name}")) for block, name, first, last in spans]
        length = {"word": 0.0, "opening": 0.0}
        for block, _, _, column in known:
            if column is not None:
                length[block] += float(self._idf[column]) ** 2
        return [
            (first, last, column, float(self._idf[column]) / length[block] ** 0.5)
            for block, first, last, column in known
            if column is not None
        ]

    def _shown(
        self, chunks: list[str], places: NDArray[np.int64], found: list[tuple[int, int, int, float]], concept: int
    ) -> str | None:
        carried = np.zeros(len(chunks))
        for first, last, column, size in found:
            value = float(self._weights[column, concept]) * size
            for at in range(first, last + 1):
                carried[places[at]] += value / (last - first + 1)
        if not len(carried) or carried.max() <= 0:
            return None
        best = np.argsort(-carried, kind="stable")[:_MOST_WORDS]
        chosen = np.sort(best[carried[best] >= _SHARE * carried.max()])
        pieces = [chunks[chosen[0]]]
        for before, at in itertools.pairwise(chosen):
            pieces[-1:] = [f"{pieces[-1]} {chunks[at]}"] if at == before + 1 else [pieces[-1], chunks[at]]
        return " … ".join(piece.strip(" .,;:()[]\"'") for piece in pieces)
