"""MiniLM in whole numbers of 8 bits keeps to the model it was made from, and is made once."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.compressed_encoder import CompressedMiniLM
from pipeline.encoder import OFFLINE_MINILM, SentenceEncoder

TEXTS = [
    "Ratify OP-CAT",
    "Abolish the death penalty",
    "Continue to strengthen the independence of the judiciary, in particular by training judges, in all provinces",
    "Réduire la mortalité maternelle",
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_vectors_are_near_those_in_single_precision(cache: Path) -> None:
    full = SentenceEncoder(OFFLINE_MINILM, batch_size=2, max_tokens=64)
    small = CompressedMiniLM(cache, batch_size=2, max_tokens=64)
    vectors = small.encode(TEXTS)
    assert vectors.shape == (4, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert (full.encode(TEXTS) * vectors).sum(axis=1).min() >= 0.99
    assert small.identity != full.identity


def test_the_file_is_made_once_and_made_anew_if_it_was_damaged(cache: Path) -> None:
    CompressedMiniLM(cache, batch_size=2, max_tokens=64).encode(TEXTS[:1])
    [file] = cache.rglob("encoder.onnx")
    made = file.stat().st_mtime_ns
    before = CompressedMiniLM(cache, batch_size=1, max_tokens=64).encode(TEXTS)
    assert file.stat().st_mtime_ns == made
    file.write_bytes(b"half a file")
    assert np.array_equal(CompressedMiniLM(cache, batch_size=4, max_tokens=64).encode(TEXTS), before)
