"""The generated parts of README say what schemas and released models say."""

import pytest

from pipeline.paths import ROOT
from pipeline.readme import ReadmeError, render

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
