"""Which encoder a tagger may be measured with: none that has learnt the sessions that measure."""

import json
from dataclasses import replace

import pytest

from pipeline import model_folder
from pipeline.stages import evaluate_encoder, train_encoder
from pipeline.stages.encoding import task_encoder


def write_encoder(folder, last_session):
    description = {"kind": "encoder", "training": {"sessions": [1, last_session]}}
    model_folder.write(folder, description, files={model_folder.ENCODER: b"x"})


@pytest.fixture
def space(workspace, tmp_path):
    return replace(workspace, released=tmp_path / "released")


def test_without_an_encoder_it_is_said_how_to_make_one(space):
    found = task_encoder(space, 13)
    assert (found.measure, found.release) == (None, None)
    assert "upr train encoder" in found.why


def test_the_released_encoder_serves_sessions_that_are_new_to_it(space):
    write_encoder(space.released / "encoder", 16)
    found = task_encoder(space, 16)
    assert found.measure == found.release == space.released / "encoder"


def test_an_encoder_is_not_measured_on_what_it_has_learnt(space):
    write_encoder(space.released / "encoder", 16)
    found = task_encoder(space, 13)
    assert found.measure is None
    assert "has learnt sessions up to 16, and sessions after 13 measure" in found.why


def test_the_candidate_measures_with_its_like_that_saw_early_sessions_only(space):
    write_encoder(space.released / "encoder", 13)
    write_encoder(space.candidates / "encoder", 16)
    write_encoder(space.candidates / "encoder" / "measured", 13)
    found = task_encoder(space, 13)
    assert found.measure == space.candidates / "encoder" / "measured"
    assert found.release == space.candidates / "encoder"
    assert task_encoder(space, 12).measure is None


def test_the_released_encoder_can_be_kept_as_candidate(workspace, params):
    options = params.train.model_copy(update={"encoder": params.train.encoder.model_copy(update={"fine_tune": False})})
    train_encoder.run(workspace, params.model_copy(update={"train": options}))
    released, folder = workspace.released / "encoder", workspace.candidates / "encoder"
    for place in (folder, folder / "measured"):
        assert model_folder.read(place) == model_folder.read(released)
        assert isinstance(json.loads((place / train_encoder.FIDELITY).read_text()), dict)
    assert evaluate_encoder._heads_alone(workspace, params, None, None, model_folder.read(folder)) == {}


def test_a_changed_encoder_is_not_kept(space, params):
    write_encoder(space.released / "encoder", 16)
    (space.released / "encoder" / model_folder.ENCODER).write_bytes(b"y")
    options = params.train.model_copy(update={"encoder": params.train.encoder.model_copy(update={"fine_tune": False})})
    with pytest.raises(model_folder.ModelError, match="is not the file the model was saved with"):
        train_encoder.run(space, params.model_copy(update={"train": options}))
