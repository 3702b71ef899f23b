"""How a linear model is fitted: as the parameters say, with a progress bar. No stage of its own: training stages share it."""

from collections.abc import Sequence

from tqdm import tqdm

from pipeline.classifier import linear, ridge
from pipeline.classifier.linear import LinearModel
from pipeline.classifier.stacking import FitWords, Labels
from pipeline.classifier.training import Fit, Flags
from pipeline.params import Params

RIDGE_TEXTS = 8000
"""Texts up to which a ridge regression is fitted: beyond, its memory passes a gigabyte, and support vectors do as well."""


def fitting_by_ridge(params: Params, concepts: list[str]) -> FitWords:
    """Return the function that fits the linear model beside rules: a ridge regression, or `fitting` on many texts."""
    by_vectors = fitting(params, concepts, opening=False)

    def fit(texts: Sequence[str], labels: Labels) -> LinearModel:
        if len(texts) > RIDGE_TEXTS:
            return by_vectors(texts, labels.right)
        return ridge.fit_words(
            texts, labels.targets, labels.counts, concepts,
            min_document_frequency=params.train.min_document_frequency,
        )  # fmt: skip

    return fit


def fitting(params: Params, concepts: list[str], *, opening: bool) -> Fit:
    """Return the function that fits the linear model, with a progress bar over concepts."""
    options = params.train

    def fit(texts: Sequence[str], truth: Flags) -> LinearModel:
        with tqdm(total=len(concepts), desc="fitting", unit="concept", disable=None) as bar:

            def advance(_: str) -> None:
                bar.update()

            return linear.fit(
                texts, truth, concepts, cost=options.cost, max_features=options.max_features,
                min_document_frequency=options.min_document_frequency, opening=opening, seed=options.seed,
                progress=advance,
            )  # fmt: skip

    return fit
