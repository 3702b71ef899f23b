"""The fine-tuned encoder as it is released: texts to the features that taggers read, by onnxruntime, without torch."""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipeline import model_folder
from pipeline.model_folder import ENCODER, TOKENIZER, ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Features: TypeAlias = NDArray[np.float32]

_TOKENISED = 4096
"""Texts turned to tokens at once: what that costs in memory stays small."""


class FeatureEncoder:
    """An encoder in a model folder; it is loaded when the first text is encoded."""

    def __init__(self, folder: Path, *, batch_size: int, threads: int = 0) -> None:
        """Check the files of `folder`. `batch_size` texts are encoded at once by each of `threads` threads (0: one a core).

        Raises:
            ModelError: the folder is missing, incomplete or changed.
        """
        description = model_folder.read(folder)
        try:
            hashes, self._max_tokens = description["sha256"], int(description["max_tokens"])
            self.width = int(description["features"])
            parts = hashes[ENCODER][:8] + hashes[TOKENIZER][:8]
        except KeyError as error:
            raise ModelError(f"{folder} holds no encoder: {model_folder.DESCRIPTION} lacks {error}") from error
        self.identity = f"{description['kind']}@{parts}/{self._max_tokens}/int8"
        self._folder, self._batch_size, self._threads = folder, batch_size, threads or os.cpu_count() or 1

    def features(self, texts: Sequence[str]) -> Features:
        """Return texts x features, in the order of the texts; each distinct text is encoded once.

        Texts of the same number of tokens are encoded together, without padding: the features of a text do not depend
        on the other texts.
        """
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        found = np.empty((len(rows), self.width), dtype=np.float32)
        session = self._session  # made here, not by several threads at once
        with ThreadPoolExecutor(self._threads) as pool:
            run = partial(_run, session)
            for places, rows_found in pool.map(run, self._batches(list(rows))):
                found[places] = rows_found
        return found[[rows[text] for text in texts]]

    def encode(self, texts: Sequence[str]) -> Features:
        """Return the features of the texts at unit length, as vectors whose dot product is their cosine."""
        found = self.features(texts)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True).clip(min=np.finfo(np.float32).tiny))

    def _batches(self, texts: list[str]) -> Iterator[tuple[list[int], NDArray[np.int64]]]:
        """Yield places among `texts` and their token ids, texts x tokens; the shortest first."""
        of_length: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for start in range(0, len(texts), _TOKENISED):
            encodings = self._tokenizer.encode_batch_fast(texts[start : start + _TOKENISED])
            for place, encoding in enumerate(encodings, start):
                of_length[len(encoding.ids)].append((place, encoding.ids))
        for _, alike in sorted(of_length.items()):
            for start in range(0, len(alike), self._batch_size):
                places, token_ids = zip(*alike[start : start + self._batch_size], strict=True)
                yield list(places), np.array(token_ids, dtype=np.int64)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.enable_truncation(self._max_tokens)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> "InferenceSession":
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = 1  # threads take a batch each: sharing one wastes a third of their time
        return InferenceSession(str(self._folder / ENCODER), options, providers=["CPUExecutionProvider"])


def _run(session: "InferenceSession", batch: tuple[list[int], NDArray[np.int64]]) -> tuple[list[int], Features]:
    """Return the places of a batch and its features."""
    places, token_ids = batch
    return places, session.run(None, {"token_ids": token_ids})[0]


def load_features(folder: Path, *, batch_size: int, threads: int = 0) -> FeatureEncoder:
    """Return the encoder in the model folder `folder`; see `FeatureEncoder`.

    Raises:
        ModelError: the folder is missing, incomplete or changed.
    """
    return FeatureEncoder(folder, batch_size=batch_size, threads=threads)
