"""Vectors of texts, each text encoded once ever: for tags, and for matching. No stage of its own: stages share it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.compressed_encoder import CompressedMiniLM
from pipeline.encoder import OFFLINE_MINILM, Encoder, load_encoder
from pipeline.features import load_features
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.vector_cache import cached_vectors

RELEASED = "released"
"""The value of `embed.model` that names the encoder of the tags: one encoder then serves both."""

Features = NDArray[np.float32]


def released_features(workspace: Workspace, params: Params, texts: Sequence[str], *, unit: bool = False) -> Features:
    """Return texts x features by the released encoder, at length one if `unit`.

    Raises:
        ModelError: the released encoder is missing or changed.
    """
    return _features(workspace, params, workspace.released / "encoder", texts, unit=unit)


def candidate_features(workspace: Workspace, params: Params, texts: Sequence[str], *, measured: bool) -> Features:
    """Return texts x features by the candidate of the encoder; by the one that has not seen validation if `measured`.

    Raises:
        ModelError: there is no such candidate.
    """
    folder = workspace.candidates / "encoder"
    return _features(workspace, params, folder / "measured" if measured else folder, texts, unit=False)


def _features(workspace: Workspace, params: Params, folder: Path, texts: Sequence[str], *, unit: bool) -> Features:
    encoder = load_features(folder, batch_size=params.embed.batch_size)
    if not texts:
        return np.zeros((0, encoder.width), dtype=np.float32)
    cache = workspace.cache / "embeddings.sqlite"
    return cached_vectors(cache, encoder.identity, texts, encoder.features, unit=unit)[0]


def compared_vectors(workspace: Workspace, params: Params, texts: Sequence[str]) -> Features:
    """Return the vectors that matching compares, one row of unit length a text, by the encoder that params name.

    Raises:
        EncoderError, ModelError: there is no such encoder.
    """
    options = params.embed
    if options.model == RELEASED:
        return released_features(workspace, params, texts, unit=True)
    encoder = matching_encoder(workspace, params)
    return cached_vectors(workspace.cache / "embeddings.sqlite", encoder.identity, texts, encoder.encode)[0]


def matching_encoder(workspace: Workspace, params: Params) -> Encoder:
    """Return the encoder whose vectors are compared; the offline MiniLM in 8 bits if `embed.int8`.

    Raises:
        EncoderError: there is no such encoder.
    """
    options = params.embed
    if options.int8 and options.model == OFFLINE_MINILM:
        return CompressedMiniLM(workspace.cache, batch_size=options.batch_size, max_tokens=options.max_tokens)
    return load_encoder(options.model, batch_size=options.batch_size, max_tokens=options.max_tokens)
