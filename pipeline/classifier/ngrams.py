"""Texts to TF-IDF features: words and word pairs, character n-grams within words, and the opening words.

Character n-grams do not cross words, so those of a text follow from its words: they are cut once for each distinct
word, and a matrix product does the rest. Nothing longer than two words, and nothing that stands in a single training
text, enters the vocabulary: no sentence can be read back from it.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.text import fold

CHARACTERS = (2, 5)
"""Shortest and longest character n-gram; a word is padded with one space on either side."""

OPENING_WORDS = 3
"""The first verb decides the action category (UPR Info's codebook); it stands among the first words."""

BLOCKS = ("word", "characters", "opening")


def _word_features(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{left} {right}" for left, right in itertools.pairwise(words))]


def _opening_features(words: Sequence[str]) -> list[str]:
    """Return the first words with their place, and together: "1=continue", "2=to", "continue to"."""
    first = words[:OPENING_WORDS]
    return [*(f"{place}={word}" for place, word in enumerate(first, 1)), " ".join(first[:2])]


def _character_features(word: str) -> list[str]:
    padded = f" {word} "
    shortest, longest = CHARACTERS
    return [
        padded[start : start + size]
        for size in range(shortest, min(longest, len(padded)) + 1)
        for start in range(len(padded) - size + 1)
    ]


def _counts(rows: Iterable[Sequence[str]], columns: dict[str, int], *, grow: bool) -> sparse.csr_matrix:
    """Return rows x columns with the count of each feature; new features get a column if `grow`, else none."""
    indices: list[int] = []
    ends = [0]
    for features in rows:
        if grow:
            indices.extend(columns.setdefault(feature, len(columns)) for feature in features)
        else:
            indices.extend(columns[feature] for feature in features if feature in columns)
        ends.append(len(indices))
    values = np.ones(len(indices), dtype=np.float32)
    matrix = sparse.csr_matrix((values, indices, ends), shape=(len(ends) - 1, len(columns)))
    matrix.sum_duplicates()
    return matrix


def _block(words: Sequence[list[str]], block: str, columns: dict[str, int], *, grow: bool) -> sparse.csr_matrix:
    """Return texts x features of one block, counted."""
    if block == "word":
        return _counts(map(_word_features, words), columns, grow=grow)
    if block == "opening":
        return _counts(map(_opening_features, words), columns, grow=grow)
    distinct: dict[str, int] = {}
    texts = _counts(words, distinct, grow=True)
    return texts @ _counts(map(_character_features, distinct), columns, grow=grow)


@dataclass(frozen=True)
class Ngrams:
    """The features known, block by block, each with its inverse document frequency."""

    features: dict[str, list[str]]
    idf: NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str], *, min_document_frequency: int, opening: bool) -> "Ngrams":
        """Return the features of `texts`, counted over texts that differ.

        A feature must stand in `min_document_frequency` (>= 2) of them. The opening words are left out unless
        `opening`: they tell what action is asked, and blur what it is about.

        Raises:
            ValueError: `min_document_frequency` is less than 2.
        """
        if min_document_frequency < 2:
            raise ValueError("min_document_frequency must be at least 2: a feature of one text could reveal the text")
        words = [folded.split() for folded in dict.fromkeys(map(fold, texts))]
        features: dict[str, list[str]] = {}
        idf = []
        for block in BLOCKS:
            columns: dict[str, int] = {}
            features[block] = []
            if block == "opening" and not opening:
                continue
            frequency = np.diff(_block(words, block, columns, grow=True).tocsc().indptr)
            kept = np.array(
                [columns[name] for name in sorted(columns) if frequency[columns[name]] >= min_document_frequency],
                dtype=int,
            )
            names = list(columns)
            features[block] = [names[at] for at in kept]
            idf.append(np.log((1 + len(words)) / (1 + frequency[kept])) + 1)
        return cls(features, np.concatenate(idf).astype(np.float32))

    def __len__(self) -> int:
        return len(self.idf)

    def names(self) -> list[str]:
        """Return the name of each column: its block and the n-gram, "word:human rights"."""
        return [f"{block}:{feature}" for block in BLOCKS for feature in self.features[block]]

    def only(self, columns: NDArray[np.int64]) -> "Ngrams":
        """Return these features restricted to `columns` (sorted)."""
        kept = set(columns.tolist())
        features, start = {}, 0
        for block in BLOCKS:
            names = self.features[block]
            features[block] = [name for place, name in enumerate(names, start) if place in kept]
            start += len(names)
        return Ngrams(features, self.idf[columns])

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return texts x features: sublinear counts times idf, each block of a text at length one."""
        words = [fold(text).split() for text in texts]
        blocks, start = [], 0
        for block in BLOCKS:
            columns = {feature: place for place, feature in enumerate(self.features[block])}
            counts = _block(words, block, columns, grow=False)
            counts.data = np.log(counts.data) + 1
            counts = counts.multiply(self.idf[start : start + len(columns)]).tocsr()
            length = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
            scale = np.divide(1, length, out=np.zeros_like(length), where=length > 0)
            blocks.append(sparse.diags(scale.astype(np.float32)) @ counts)
            start += len(columns)
        return sparse.hstack(blocks, format="csr", dtype=np.float32)
