from pathlib import Path

import numpy as np
import pytest

import pipeline.encoder as module
from pipeline.encoder import OFFLINE_MINILM, EncoderError, SentenceEncoder, fingerprint, load_encoder, model_folder

TEXTS = ["Open a clinic in Belmora", "Free all detained reporters", "Open a clinic in Belmora", "Vote"]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(OFFLINE_MINILM, batch_size=2, max_tokens=64)


def test_rows_have_unit_length_and_the_order_of_the_texts(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[0], vectors[2])
    assert vectors[0] @ encoder.encode(["Establish a health centre in Belmora"])[0] > vectors[0] @ vectors[1]


def test_each_distinct_text_is_encoded_once(encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(
        encoder, "_run", lambda texts: seen.extend(texts) or np.zeros((len(texts), 384), dtype=np.float32)
    )
    encoder.encode(TEXTS)
    assert sorted(seen) == sorted(set(TEXTS))
    assert [len(text) for text in seen] == sorted(len(text) for text in seen)


def test_no_texts_give_no_rows(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_the_identity_tells_models_and_lengths_apart(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    for folder, weights in ((one, b"1"), (other, b"2")):
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(weights)
    assert fingerprint(one) != fingerprint(other)
    assert SentenceEncoder(str(one), max_tokens=64).identity != SentenceEncoder(str(one), max_tokens=65).identity
    assert str(tmp_path) not in SentenceEncoder(str(one)).identity


def test_a_changed_carrier_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module._CARRIER_SHA256, "tokenizer.json", "0" * 64)
    with pytest.raises(EncoderError, match=r"tokenizer\.json is not the file this project was made with.*reinstall"):
        load_encoder(OFFLINE_MINILM, batch_size=8, max_tokens=64)


def test_a_model_that_is_not_here_is_not_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderError, match="neither a folder nor a model in the local cache"):
        model_folder("nobody/no-such-model-of-ours")
