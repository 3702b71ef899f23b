"""A model on disk is whole, or says what is wrong with it."""

import json

import numpy as np
import pytest

from pipeline import model_folder
from pipeline.model_folder import ModelError

DESCRIPTION = {"dimension": "themes", "kind": "linear"}


@pytest.fixture
def candidate(tmp_path):
    folder = tmp_path / "candidates" / "themes"
    model_folder.write(folder, DESCRIPTION, arrays={"idf": np.arange(3, dtype=np.float16)})
    return folder


def test_what_is_written_is_read_again(candidate):
    assert model_folder.read(candidate)["dimension"] == "themes"
    np.testing.assert_array_equal(model_folder.read_arrays(candidate)["idf"], [0, 1, 2])


def test_rules_are_written_beside_the_description(tmp_path):
    model_folder.write(tmp_path, DESCRIPTION, rules={"precisions": {"rule": {}}})
    model_folder.read(tmp_path)
    assert model_folder.read_rules(tmp_path) == {"precisions": {"rule": {}}}


def test_the_same_model_gives_the_same_files(candidate, tmp_path):
    model_folder.write(tmp_path / "again", DESCRIPTION, arrays={"idf": np.arange(3, dtype=np.float16)})
    assert (tmp_path / "again" / "model.npz").read_bytes() == (candidate / "model.npz").read_bytes()


def test_a_changed_file_is_refused_with_the_remedy(candidate):
    np.savez(candidate / "model.npz", idf=np.zeros(3))
    with pytest.raises(ModelError, match=r"model\.npz is not the file .*SHA-256.*upr train themes"):
        model_folder.read(candidate)


def test_a_missing_file_is_named(candidate):
    (candidate / "model.npz").unlink()
    with pytest.raises(ModelError, match=r"model\.npz is missing"):
        model_folder.read(candidate)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(ModelError, match="There is no model at"):
        model_folder.read(tmp_path / "groups")


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"kind": "linear"})])
def test_a_broken_description_is_refused(candidate, content):
    (candidate / "model.json").write_text(content)
    with pytest.raises(ModelError, match="not a model's description"):
        model_folder.read(candidate)


def test_a_candidate_must_be_measured_before_it_is_promoted(candidate, tmp_path):
    with pytest.raises(ModelError, match=r"lacks metrics\.json, card\.md: run `upr evaluate themes`"):
        model_folder.promote(candidate, tmp_path / "released" / "themes")


def test_promoting_replaces_what_was_released_and_leaves_held_out_texts_behind(candidate, tmp_path):
    released = tmp_path / "released" / "themes"
    released.mkdir(parents=True)
    (released / "rules.json").write_text("{}")
    for name in ("metrics.json", "card.md", "held_out.npz"):
        (candidate / name).write_text("{}")
    assert model_folder.promote(candidate, released) == ["model.json", "model.npz", "metrics.json", "card.md"]
    assert sorted(path.name for path in released.iterdir()) == ["card.md", "metrics.json", "model.json", "model.npz"]
    model_folder.read(released)


@pytest.mark.parametrize(("of_model", "refused"), [("current", False), ("another", True)])
def test_figures_of_another_model_are_stale(candidate, tmp_path, of_model, refused):
    measured = model_folder.fingerprint(candidate) if of_model == "current" else "0" * 64
    (candidate / "metrics.json").write_text(json.dumps({"model_sha256": measured}))
    (candidate / "card.md").write_text("")
    released = tmp_path / "released" / "themes"
    if not refused:
        model_folder.promote(candidate, released)
        assert (released / "model.npz").exists()
        return
    with pytest.raises(ModelError, match=r"model\.json has changed since\. Run `upr evaluate themes` again"):
        model_folder.promote(candidate, released)
    assert not released.exists()


def test_other_files_are_written_with_their_hashes_and_promoted(tmp_path):
    candidate, released = tmp_path / "candidates" / "encoder", tmp_path / "released" / "encoder"
    model_folder.write(candidate, {"kind": "encoder"}, files={"encoder.onnx": b"graph", "tokenizer.json": b"{}"})
    for name in ("metrics.json", "card.md"):
        (candidate / name).write_text("{}")
    assert model_folder.promote(candidate, released)[:3] == ["model.json", "encoder.onnx", "tokenizer.json"]
    assert (released / "encoder.onnx").read_bytes() == b"graph"
    (released / "encoder.onnx").write_bytes(b"other")
    with pytest.raises(ModelError, match=r"encoder\.onnx is not the file the model was saved with"):
        model_folder.read(released)
