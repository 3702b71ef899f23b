"""A linear support vector machine a concept over the n-grams of a text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.classifier.ngrams import BLOCKS, Ngrams

Floats = NDArray[np.float64]

_BATCH = 5000
"""Texts turned to features at once, so that memory does not grow with the number of texts."""


@dataclass(frozen=True)
class LinearModel:
    """One hyperplane a concept: `coefficients` is features x concepts."""

    ngrams: Ngrams
    concepts: tuple[str, ...]
    coefficients: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return texts x concepts: signed distances from the hyperplanes."""
        parts = [np.zeros((0, len(self.concepts)))]
        parts += [self._margins(self.ngrams.transform(batch)) for batch in _batches(texts)]
        return np.concatenate(parts)

    def _margins(self, features: sparse.csr_matrix) -> Floats:
        return np.asarray(features @ self.coefficients + self.intercepts, dtype=np.float64)


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH))


def _strongest(features: sparse.csr_matrix, truth: NDArray[np.bool_], keep: int) -> NDArray[np.int64]:
    """Return the columns, sorted, that depend most on any concept (chi-squared, the best over concepts)."""
    from sklearn.feature_selection import chi2

    best = np.zeros(features.shape[1])
    for concept in range(truth.shape[1]):
        best = np.maximum(best, np.nan_to_num(chi2(features, truth[:, concept])[0]))
    return np.sort(np.argsort(-best, kind="stable")[:keep])


def fit(
    texts: Sequence[str],
    truth: NDArray[np.bool_],
    concepts: Sequence[str],
    *,
    cost: float,
    max_features: int,
    min_document_frequency: int,
    opening: bool,
    seed: int,
    progress: Callable[[str], None] = lambda concept: None,
) -> LinearModel:
    """Return one linear SVM a concept, each against all others; a concept that no text carries is never near, one
    that all carry always.

    `truth` is texts x concepts. `cost` is the C of the SVM: higher fits the training texts closer. `max_features`
    bounds the n-grams kept in all, the most telling first. `opening` says whether the first words count apart.
    `progress` is called with each concept when it is done.
    """
    from sklearn.svm import LinearSVC

    ngrams = Ngrams.fit(texts, min_document_frequency=min_document_frequency, opening=opening)
    features = ngrams.transform(texts)
    if len(ngrams) > max_features:
        columns = _strongest(features, truth, max_features)
        ngrams, features = ngrams.only(columns), features[:, columns]
    coefficients = np.zeros((len(ngrams), len(concepts)), dtype=np.float32)
    intercepts = np.zeros(len(concepts), dtype=np.float32)
    for column, concept in enumerate(concepts):
        if truth[:, column].all() or not truth[:, column].any():
            intercepts[column] = 1.0 if truth[:, column].any() else -1.0
            continue
        svm = LinearSVC(C=cost, dual=True, random_state=seed).fit(features, truth[:, column])
        coefficients[:, column], intercepts[column] = svm.coef_[0], svm.intercept_[0]
        progress(concept)
    return LinearModel(ngrams, tuple(concepts), coefficients, intercepts)


def to_arrays(model: LinearModel) -> dict[str, NDArray[np.generic]]:
    """Return the model as plain arrays: coefficients in half precision, the vocabulary as UTF-8 bytes."""
    vocabulary = {
        f"vocabulary_{block}": np.frombuffer("\n".join(names).encode(), dtype=np.uint8)
        for block, names in model.ngrams.features.items()
    }
    return {
        "coefficients": model.coefficients.astype(np.float16),
        "intercepts": model.intercepts,
        "idf": model.ngrams.idf.astype(np.float16),
        **vocabulary,
    }


def from_arrays(arrays: Mapping[str, NDArray[np.generic]], concepts: Sequence[str]) -> LinearModel:
    """Return the model that `to_arrays` took apart."""
    features = {block: _lines(arrays[f"vocabulary_{block}"]) for block in BLOCKS}
    idf, coefficients, intercepts = (
        np.asarray(arrays[name], dtype=np.float32) for name in ("idf", "coefficients", "intercepts")
    )
    return LinearModel(Ngrams(features, idf), tuple(concepts), coefficients, intercepts)


def _lines(encoded: NDArray[np.generic]) -> list[str]:
    text = encoded.tobytes().decode()
    return text.split("\n") if text else []
