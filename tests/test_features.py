"""Features of texts, from a model folder, without torch."""

import subprocess
import sys

import numpy as np
import pytest

from pipeline import model_folder
from pipeline.features import load_features
from pipeline.model_folder import ModelError
from pipeline.paths import ROOT
from pipeline.transformer.compression import compress
from pipeline.transformer.fidelity import full_features
from pipeline.transformer.network import TaskNetwork
from tests.transformer.tiny import tiny_bert

TEXTS = ["Abolish torture", "Build schools in Arvandia", "Abolish torture", "", "Free all " + "journalists " * 30]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return tiny_bert(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def folder(base, tmp_path):
    network = TaskNetwork(base, {"themes": 3}).eval()
    files = {"encoder.onnx": compress(network, 16), "tokenizer.json": (base / "tokenizer.json").read_bytes()}
    description = {"kind": "encoder", "max_tokens": 16, "features": 64}
    model_folder.write(tmp_path / "encoder", description, files=files)
    return tmp_path / "encoder"


def test_rows_are_in_the_order_of_the_texts_and_near_those_of_the_network(folder, base):
    found = load_features(folder, batch_size=2).features(TEXTS)
    assert found.shape == (5, 64)
    assert found.dtype == np.float32
    assert np.array_equal(found[0], found[2])
    full = full_features(TaskNetwork(base, {}).eval(), TEXTS, base, max_tokens=16, batch_size=8)
    cosines = (found * full).sum(axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(full, axis=1)
    assert cosines.min() > 0.999


@pytest.mark.parametrize(("batch_size", "threads"), [(1, 1), (3, 2), (100, 0)])
def test_neither_batches_nor_threads_nor_neighbours_change_a_row(folder, batch_size, threads):
    whole = load_features(folder, batch_size=2, threads=1).features(TEXTS)
    encoder = load_features(folder, batch_size=batch_size, threads=threads)
    assert np.array_equal(encoder.features(TEXTS), whole)
    assert np.array_equal(encoder.features(TEXTS[1:2]), whole[1:2])


def test_each_distinct_text_is_encoded_once(folder, monkeypatch):
    encoder = load_features(folder, batch_size=8)
    seen = []
    batches = encoder._batches
    monkeypatch.setattr(encoder, "_batches", lambda texts: seen.extend(texts) or batches(texts))
    encoder.features(TEXTS)
    assert sorted(seen) == sorted(set(TEXTS))


def test_what_is_encoded_is_the_features_at_length_one(folder):
    encoder = load_features(folder, batch_size=8)
    vectors, features = encoder.encode(TEXTS), encoder.features(TEXTS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert vectors * np.linalg.norm(features, axis=1, keepdims=True) == pytest.approx(features, abs=1e-4)


def test_no_texts_give_no_rows(folder):
    assert load_features(folder, batch_size=8).features([]).shape == (0, 64)


def test_the_identity_follows_the_content_and_not_the_place(folder, tmp_path):
    identity = load_features(folder, batch_size=8).identity
    assert str(tmp_path) not in identity
    moved = folder.rename(tmp_path / "elsewhere")
    assert load_features(moved, batch_size=2).identity == identity
    description = model_folder.read(moved)
    files = {"encoder.onnx": b"another", "tokenizer.json": (moved / "tokenizer.json").read_bytes()}
    model_folder.write(moved, description, files=files)
    assert load_features(moved, batch_size=2).identity != identity


def test_a_changed_file_is_refused(folder):
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json is not the file the model was saved with"):
        load_features(folder, batch_size=8)


def test_a_model_that_is_no_encoder_is_refused(tmp_path):
    model_folder.write(tmp_path, {"kind": "linear"}, arrays={"idf": np.zeros(2)})
    with pytest.raises(ModelError, match="holds no encoder"):
        load_features(tmp_path, batch_size=8)


def test_torch_is_not_needed(folder):
    program = (
        "import sys; from pathlib import Path; from pipeline.features import load_features; "
        "print(load_features(Path(sys.argv[1]), batch_size=2).features(['Abolish torture']).shape, 'torch' in sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert found.stdout.strip() == "(1, 64) False"
