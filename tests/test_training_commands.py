"""`upr train`, `evaluate`, `promote`: what a researcher types, and what she is told."""

import json
import re
import types

import pytest
from typer.testing import CliRunner

from pipeline import model_folder
from pipeline.cli import app
from pipeline.paths import ROOT
from tests.promotion.models import said, write_model

PARAMS = ["--params", str(ROOT / "configs" / "params.yaml")]


@pytest.fixture
def upr(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/raw/labelled").mkdir(parents=True)

    def run(*words):
        result = CliRunner().invoke(app, [*words, *PARAMS])
        return result.exit_code, re.sub(r"\s+", " ", result.output)

    return run


@pytest.fixture
def stages(monkeypatch):
    """Record the stages that would run, and run none."""
    called = []
    monkeypatch.setattr("pipeline.stages.run_stage", lambda name, space, params: called.append(name))
    return called


def test_an_unknown_dimension_is_named_with_those_there_are(upr):
    code, said_ = upr("train", "thmes")
    assert code == 1
    assert "no dimension 'thmes'; there are themes" in said_
    assert "encoder, same_ask" in said_


def test_only_the_encoder_can_be_resumed(upr):
    code, told = upr("train", "groups", "--resume")
    assert code == 1
    assert "only the training of the encoder can be resumed" in told
    assert "starts anew, with the same result: `upr train groups`" in told


def test_resume_is_passed_on_to_the_training_of_the_encoder(upr, stages, monkeypatch):
    resumed = []
    stage = types.SimpleNamespace(run=lambda space, params, *, resume: resumed.append(resume))
    monkeypatch.setitem(__import__("sys").modules, "pipeline.stages.train_encoder", stage)
    code, told = upr("train", "encoder", "--resume")
    assert (code, resumed, stages) == (0, [True], ["prepare"])
    assert "candidate in models/candidates/encoder" in told


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        (("train", "same_ask"), "train_same_ask"),
        (("evaluate", "same_ask"), "evaluate_same_ask"),
        (("train", "encoder"), "train_encoder"),
        (("evaluate", "encoder"), "evaluate_encoder"),
    ],
)
def test_what_is_no_dimension_has_stages_of_its_own(upr, stages, words, stage, tmp_path):
    folder = tmp_path / "models/candidates" / words[1]
    model_folder.write(folder, {"dimension": words[1]})
    (folder / "metrics.json").write_text("{}")
    (folder / "card.md").write_text("")
    code, told = upr(*words)
    assert code == 0, told
    assert stages[-1] == stage


def test_evaluate_shows_candidate_beside_released_and_what_the_gate_would_say(upr, stages, tmp_path):
    write_model(tmp_path / "models/candidates/themes", said(0.2))
    write_model(tmp_path / "models/released/themes", said(0.05))
    code, told = upr("evaluate", "themes")
    assert (code, stages) == (0, ["evaluate@themes"])
    assert "Compared text by text on 200 texts of 20 reviews" in told
    assert "Labels that lose most:" in told
    assert "The gate refuses themes (compared text by text" in told


def test_evaluate_says_where_nothing_is_released(upr, stages, tmp_path):
    write_model(tmp_path / "models/candidates/themes", said(0.2))
    code, told = upr("evaluate", "themes")
    assert code == 0
    assert "Nothing is released for themes" in told
    assert "The gate would let it through: `upr promote themes`" in told


def test_promote_lists_the_files_and_leaves_the_commit_to_a_person(upr, tmp_path):
    write_model(tmp_path / "models/candidates/themes", said(0.05))
    code, told = upr("promote", "themes")
    assert code == 0
    assert "models/released/themes/model.json" in told
    assert "a person releases a model" in told


def test_promote_tells_a_refusal_in_one_message(upr, tmp_path):
    write_model(tmp_path / "models/candidates/themes", said(0.2))
    write_model(tmp_path / "models/released/themes", said(0.05))
    code, told = upr("promote", "themes")
    assert code == 1
    assert told.startswith("upr: The gate refuses themes (compared text by text on 200 texts")


def test_force_wants_a_reason_and_keeps_it(upr, tmp_path):
    write_model(tmp_path / "models/candidates/themes", said(0.2))
    write_model(tmp_path / "models/released/themes", said(0.05))
    code, told = upr("promote", "themes", "--force", " ")
    assert code == 1
    assert "--force needs a reason" in told
    code, _ = upr("promote", "themes", "--force", "the codebook changed")
    assert code == 0
    record = json.loads((tmp_path / "models/released/themes" / model_folder.PROMOTION).read_text())
    assert record["forced_because"] == "the codebook changed"
