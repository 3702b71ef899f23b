"""The generated parts of README say what schemas and released models say."""

import json

import pytest

from pipeline.paths import ROOT
from pipeline.readme import ReadmeError, quality_table, render
from pipeline.schemas import DIMENSIONS, SCHEMES

RELEASED = ROOT / "models" / "released"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_is_as_generated():
    assert render(README, RELEASED) == README, "run `make docs`"


def test_a_missing_marker_is_named():
    with pytest.raises(ReadmeError, match="quality"):
        render(README.replace("<!-- end of quality -->", ""), RELEASED)


def test_readme_goes_in_the_order_people_read_it():
    titles = [line for line in README.splitlines() if line.startswith("## ")]
    assert titles == ["## How it flows", "## What you get", "## Run it", "## How good is it", "## Limits", "## Layout"]


def test_readme_names_the_commands_that_exist():
    from pipeline.cli import app

    names = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert {"run", "tag", "explain", "doctor", "files", "stage", "train", "evaluate", "promote"} <= names
    for name in ("upr run", "upr tag", "upr explain", "upr states check", "upr doctor"):
        assert name in README


def test_simpler_ways_stand_beside_the_one_in_use(tmp_path):
    figures = {"micro_f1": 0.9, "micro_f1_95": [0.88, 0.92], "macro_f1": 0.8, "macro_f1_95": [0.7, 0.85], "texts": 40}
    metrics = {"texts": 40, "all": figures, "without_twins": figures, "in_use": "rules",
               "auto": {"from_score": 0.5, "precision": 0.96, "recall": 0.7},
               "systems": {"majority": {**figures, "micro_f1": 0.2}, "rules": figures}}  # fmt: skip
    levels = {**metrics, "broad": figures, "narrow": figures,
              "systems": {name: {**at, "broad": at, "narrow": at} for name, at in metrics["systems"].items()}}  # fmt: skip
    for dimension in DIMENSIONS:
        folder = tmp_path / dimension
        folder.mkdir()
        described = {"dimension": dimension, "kind": "rules", "scheme": SCHEMES[dimension]}
        (folder / "model.json").write_text(json.dumps(described))
        (folder / "metrics.json").write_text(json.dumps(levels if dimension == "sdgs" else metrics))
    table = quality_table(tmp_path)
    assert "| dimension | majority | rules |" in table
    assert "| SDGs: targets | 0.200 [0.880-0.920] | **0.900 [0.880-0.920]** |" in table
    assert "language-model annotators, not human experts" in table
