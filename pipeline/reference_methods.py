"""Common ways to find texts that say the same, to be measured beside the scorer: none of them is used by the pipeline.

Scores of pairs: cosine, MinHash (Broder 1997) on word triples, token_set ratio of rapidfuzz. Groups: communities as
sentence-transformers finds them (`community_detection`), SemHash, HDBSCAN (Campello et al. 2013), average linkage on the
cosine.
Leiden needs igraph, whose licence (GPL) this project does not take.
"""

import re
import zlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

Vectors: TypeAlias = NDArray[np.float32]
Pairs: TypeAlias = NDArray[np.int64]
Scores: TypeAlias = NDArray[np.float64]
Labels: TypeAlias = NDArray[np.int64]

_WORD = re.compile(r"[a-z0-9]+")
_PRIME = (1 << 31) - 1
_HASHES = 128


def cosine(vectors: Vectors, pairs: Pairs) -> Scores:
    """Return the cosine of each pair; vectors have unit length."""
    return np.asarray(np.einsum("ij,ij->i", vectors[pairs[:, 0]], vectors[pairs[:, 1]]), dtype=float)


def token_set(texts: Sequence[str], pairs: Pairs) -> Scores:
    """Return rapidfuzz's token_set ratio of each pair, 0 to 1."""
    lower = [text.lower() for text in texts]
    return np.array([fuzz.token_set_ratio(lower[left], lower[right]) / 100 for left, right in pairs.tolist()])


def minhash(texts: Sequence[str], pairs: Pairs, *, seed: int) -> Scores:
    """Return the share of equal minima of 128 hash functions over the word triples of each pair of texts."""
    random = np.random.default_rng(seed)
    factors, shifts = random.integers(1, 1 << 30, _HASHES), random.integers(0, 1 << 30, _HASHES)
    signatures = np.stack([_signature(text, factors, shifts) for text in texts])
    return np.asarray((signatures[pairs[:, 0]] == signatures[pairs[:, 1]]).mean(axis=1))


def _signature(text: str, factors: NDArray[np.int64], shifts: NDArray[np.int64]) -> NDArray[np.int64]:
    words = _WORD.findall(text.lower())
    triples = {" ".join(words[place : place + 3]) for place in range(max(1, len(words) - 2))}
    hashes = np.array([zlib.crc32(triple.encode()) % _PRIME for triple in sorted(triples)], dtype=np.int64)
    return np.asarray(((hashes[:, None] * factors[None, :] + shifts) % _PRIME).min(axis=0))


def communities(vectors: Vectors, min_cosine: float) -> Labels:
    """Return the group of each row as `community_detection` of sentence-transformers gives them, singletons kept.

    The row with most rows within `min_cosine` takes them all; then the next among those that are left.
    """
    near = vectors @ vectors.T >= min_cosine
    np.fill_diagonal(near, val=True)
    labels = np.full(len(vectors), -1, dtype=np.int64)
    for row in np.argsort(-near.sum(axis=1), kind="stable"):
        free = near[row] & (labels < 0)
        if free[row]:
            labels[free] = row
    left = labels < 0
    labels[left] = np.flatnonzero(left)
    return labels


def density_groups(vectors: Vectors) -> Labels:
    """Return the group of each row by HDBSCAN with groups of two at least; noise are groups of one."""
    from sklearn.cluster import HDBSCAN

    if len(vectors) <= 1:
        return np.arange(len(vectors))
    labels = np.asarray(HDBSCAN(min_cluster_size=2, copy=True).fit_predict(vectors), dtype=np.int64)
    noise = labels < 0
    labels[noise] = labels.max(initial=-1) + 1 + np.arange(int(noise.sum()))
    return labels


def semhash_groups(vectors: Vectors, min_cosine: float, texts: Sequence[str] | None = None) -> Labels:
    """Return the group of each row as SemHash's self-deduplication gives them: each row with the one that it repeats.

    SemHash walks the rows in their order; one that is no nearer than `min_cosine` to any kept before is kept. It is
    given our vectors and encodes nothing. With `texts`, equal ones are brought together before, as it does of itself.

    Raises:
        ImportError: semhash is not installed; it comes with the extra `dev`.
    """
    try:
        from semhash import SemHash
    except ImportError as error:
        raise ImportError(
            "semhash is not installed; it is needed to measure common methods only: pip install -e '.[dev]'"
        ) from error
    if not len(vectors):
        return np.zeros(0, dtype=np.int64)
    names = [str(row) for row in range(len(vectors))]
    records = [{"row": row, "text": text} for row, text in zip(names, texts or names, strict=True)]
    index = SemHash.from_embeddings(vectors, records, model=_NoEncoder(), columns=["text"])
    labels = np.arange(len(vectors))
    for found in index.self_deduplicate(threshold=min_cosine).filtered:
        labels[int(found.record["row"])] = int(found.duplicate_of["row"])
    return labels


class _NoEncoder:
    """What SemHash asks for, though with vectors at hand it encodes nothing."""

    def encode(self, inputs: object, **_: object) -> NDArray[np.float32]:
        raise NotImplementedError("vectors are made beforehand")
