"""`upr open`: the page of the last run, or what to do first; and the stage that writes it."""

import json
import webbrowser
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.explorer.payload import read_script
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.stages import explore
from tests.explorer.tables import frameworks, tables


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses a browser was asked to open."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: addresses.append(address) or True)
    return addresses


def processed(workspace: Workspace, given: dict[str, pd.DataFrame]) -> None:
    for name, frame in given.items():
        frame.to_parquet(workspace.table(name))
    manifest = {"package": {"version": "0.1.0", "git": {"commit": None}}, "written": "2024-05-01T10:00:00+00:00"}
    workspace.manifest.write_text(json.dumps(manifest), encoding="utf-8")


def test_before_a_run_it_says_what_to_run(tmp_path: Path, opened: list[str]) -> None:
    result = CliRunner().invoke(app, ["open", "--processed", str(tmp_path)])
    assert result.exit_code == 1
    assert "make run" in result.output
    assert opened == []


def test_the_stage_writes_what_the_command_opens(workspace: Workspace, params: Params, opened: list[str]) -> None:
    processed(workspace, tables() | frameworks())
    explore.run(workspace, params)
    result = CliRunner().invoke(app, ["open", "--processed", str(workspace.processed)])
    assert result.exit_code == 0
    assert opened == [(workspace.report / "index.html").resolve().as_uri()]
    core = read_script(workspace.report / "explorer" / "data" / "core.js")
    assert core["n"] == 12
    assert core["figures"]["XAA_positions.svg"] == "charts"
    assert (workspace.charts / "XBB_positions.png").exists()


def test_where_a_run_was_given_no_framework_the_page_says_so(workspace: Workspace, params: Params) -> None:
    processed(workspace, tables() | {name: frame.head(0) for name, frame in frameworks().items()})
    quiet = params.model_copy(update={"explore": params.explore.model_copy(update={"charts": False})})
    explore.run(workspace, quiet)
    assert read_script(workspace.report / "explorer" / "data" / "states" / "XAA.js")["frameworks"] is None
    assert list(workspace.charts.iterdir()) == []


def test_with_more_states_than_allowed_no_charts_become_files_and_the_log_says_so(
    workspace: Workspace, params: Params, caplog: pytest.LogCaptureFixture
) -> None:
    processed(workspace, tables() | frameworks())
    few = params.model_copy(update={"explore": params.explore.model_copy(update={"max_chart_states": 1})})
    explore.run(workspace, few)
    assert list(workspace.charts.iterdir()) == []
    assert "more than explore.max_chart_states (1)" in caplog.text
    assert (workspace.report / "index.html").exists()
