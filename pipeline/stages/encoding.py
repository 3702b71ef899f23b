"""Vectors of texts, each text encoded once ever: for tags, and for matching. No stage of its own: stages share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline import model_folder
from pipeline.compressed_encoder import CompressedMiniLM
from pipeline.encoder import OFFLINE_MINILM, Encoder, load_encoder
from pipeline.features import load_features
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.vector_cache import cached_vectors

RELEASED = "released"
"""The value of `embed.model` that names the encoder of the tags: one encoder then serves both."""

MEASURED = "measured"
"""Folder, below the candidate, of the encoder that has seen early sessions only: figures are measured with it."""

Features = NDArray[np.float32]


def released_features(workspace: Workspace, params: Params, texts: Sequence[str], *, unit: bool = False) -> Features:
    """Return texts x features by the released encoder, at length one if `unit`.

    Raises:
        ModelError: the released encoder is missing or changed.
    """
    return _features(workspace, params, workspace.released / "encoder", texts, unit=unit)


@dataclass(frozen=True, slots=True)
class TaskEncoder:
    """Folders of the encoder to `measure` a tagger with and of the one to `release` it with, or `why` there is none."""

    measure: Path | None
    release: Path | None
    why: str = ""


def task_encoder(workspace: Workspace, last_train_session: int) -> TaskEncoder:
    """Return the encoder for a tagger measured on sessions after `last_train_session`: the candidate, or the released one.

    One that has seen later sessions would be measured on what it was taught: then there is none.

    Raises:
        ModelError: the encoder is incomplete or changed.
    """
    candidate, released = workspace.candidates / "encoder", workspace.released / "encoder"
    found = next((at for at in (candidate, released) if (at / model_folder.DESCRIPTION).exists()), None)
    if found is None:
        return TaskEncoder(None, None, "there is no encoder: `upr train encoder` makes one")
    below = found / MEASURED
    measure = below if (below / model_folder.DESCRIPTION).exists() else found
    seen = model_folder.read(measure)["training"]["sessions"][1]
    if seen > last_train_session:
        return TaskEncoder(
            None, None,
            f"the encoder in {found} has learnt sessions up to {seen}, and sessions after {last_train_session} measure: "
            "the linear model is trained alone. `upr train encoder` fine-tunes one that has not (an hour or two)",
        )  # fmt: skip
    return TaskEncoder(measure, found)


def features_by(workspace: Workspace, params: Params, folder: Path, texts: Sequence[str]) -> Features:
    """Return texts x features by the encoder in `folder`.

    Raises:
        ModelError: there is no such encoder.
    """
    return _features(workspace, params, folder, texts, unit=False)


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


def plain_vectors(workspace: Workspace, params: Params, texts: Sequence[str]) -> Features:
    """Return one row of unit length a text by the plain MiniLM in 8 bits, whichever encoder matching uses.

    For models that were learnt on its vectors, and for texts whose labels the fine-tuned encoder has seen.

    Raises:
        EncoderError: the carrier of MiniLM is missing.
    """
    plain = params.embed.model_copy(update={"model": OFFLINE_MINILM, "int8": True})
    return compared_vectors(workspace, params.model_copy(update={"embed": plain}), texts)


def matching_encoder(workspace: Workspace, params: Params) -> Encoder:
    """Return the encoder whose vectors are compared: the one of the tags if `embed.model` is `released`.

    The offline MiniLM runs in 8 bits if `embed.int8`.

    Raises:
        EncoderError, ModelError: there is no such encoder.
    """
    options = params.embed
    if options.model == RELEASED:
        return load_features(workspace.released / "encoder", batch_size=options.batch_size)
    if options.int8 and options.model == OFFLINE_MINILM:
        return CompressedMiniLM(workspace.cache, batch_size=options.batch_size, max_tokens=options.max_tokens)
    return load_encoder(options.model, batch_size=options.batch_size, max_tokens=options.max_tokens)
