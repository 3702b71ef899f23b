"""The stages brief and deliver: tables and documents on Arvandia (tests/moments.py), whole or as they were."""

import logging
import os
import signal
import subprocess
import sys
import textwrap

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.paths import ROOT
from pipeline.schemas import TABLES
from pipeline.stages import brief, deliver
from pipeline.stages.deliver import choose
from pipeline.tables import read_table, write_table
from pipeline.translations import COLUMNS
from tests.moments import filled, tables


@pytest.fixture
def ready(workspace, params):
    """Return a workspace with the tables on Arvandia, before the stage brief."""
    for name, frame in tables().items():
        if name in ("recommendations", "recommending_states", "asks", "ask_links", "labels", "tags", "ask_ledger"):
            write_table(frame, workspace.table(name), TABLES[name])
    return workspace


def documents(space):
    return {path.relative_to(space.report): path.read_bytes() for path in space.report.rglob("*") if path.is_file()}


def limited(params, **changes):
    return params.model_copy(update={"deliver": params.deliver.model_copy(update=changes)})


def test_brief_writes_its_tables_and_leaves_out_a_bad_file_of_translations(ready, params, caplog):
    head = ",".join(COLUMNS) + "\n"
    (ready.translations / "good.csv").write_text(head + "a2a2a2,x,sw,y,human,A,2024-05-31\n", encoding="utf-8")
    (ready.translations / "bad.csv").write_text(head + "a2a2a2,x,sw,y,unknown,A,2024-05-31\n", encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        brief.run(ready, params)
    assert "bad.csv line 2: kind 'unknown'" in caplog.text
    assert set(read_table(ready.table("pending"))["recommendation_id"]) == {"a2", "a3"}
    assert len(read_table(ready.table("state_history"))) == 3
    assert read_table(ready.table("translations")).empty, "the good line speaks of a recommendation that is not here"


def test_what_carries_a_recommendation_is_taken_from_the_framework_tables(ready, params):
    item = {"framework_id": "f", "item_id": "o", "state": "XAA", "state_name": "Arvandia", "plan_name": "Plan", "level": "outcome",
            "code": "2", "text": "Schools", "source_file": "plan.csv"}  # fmt: skip
    mapped = {"recommendation_id": "b2", "framework_id": "f", "item_id": "o", "level": "outcome", "rank": 1, "score": 0.9,
              "decision": "auto", "origin": "auto"}  # fmt: skip
    write_table(filled("framework_items", [item]), ready.table("framework_items"), TABLES["framework_items"])
    write_table(filled("framework_map", [mapped]), ready.table("framework_map"), TABLES["framework_map"])
    brief.run(ready, params)
    rows = read_table(ready.table("state_briefs")).set_index("recommendation_id")
    assert rows.loc["b2", "framework_item"] == "Outcome 2: Schools"
    assert rows["framework_item"].notna().sum() == 1


def test_deliver_lists_every_file_it_writes(ready, params):
    brief.run(ready, params)
    deliver.run(ready, params)
    rows = read_table(ready.table("deliveries"))
    assert set(rows["path"]) == {path.as_posix() for path in documents(ready)}
    assert set(rows["status"]) == {"written"}


def test_states_left_out_are_told_and_earlier_documents_of_theirs_go(ready, params, caplog):
    brief.run(ready, params)
    deliver.run(ready, params)
    with caplog.at_level(logging.WARNING):
        deliver.run(ready, limited(params, max_states=0))
    rows = read_table(ready.table("deliveries"))
    assert rows[["state_under_review", "status"]].values.tolist() == [["XAA", "left_out"]]
    assert "upr deliver --state XAA" in rows["note"].item()
    assert "1 States under review" in caplog.text
    assert documents(ready) == {}


def test_named_states_are_written_however_many_there_are(params):
    states = ["KEN", "IDN", "XAA"]
    chosen, left_out = choose(states, limited(params, max_states=1, states=("IDN", "FRA")).deliver)
    assert chosen == ["IDN"]
    assert set(left_out) == {"KEN", "XAA", "FRA"}
    assert "hold no UPR recommendation" in left_out["FRA"]
    assert choose(states, limited(params, max_states=3).deliver) == (states, {})
    assert choose(states, limited(params, max_states=2).deliver)[0] == []


def test_a_run_that_fails_leaves_the_earlier_documents_whole(ready, params, monkeypatch):
    brief.run(ready, params)
    deliver.run(ready, params)
    before = documents(ready)
    monkeypatch.setattr("pipeline.deliverables.state.write_briefs", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        deliver.run(ready, params)
    assert documents(ready) == before
    assert [path.name for path in ready.report.iterdir() if path.name.startswith(".")] == []


def test_a_run_that_is_killed_leaves_the_earlier_documents_whole(ready, params, tmp_path):
    brief.run(ready, params)
    deliver.run(ready, params)
    before = documents(ready)
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from pipeline.paths import Workspace
        from pipeline.params import load_params
        import pipeline.deliverables.state as state
        from pipeline.stages import deliver
        state.write_history = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
        space = Workspace(processed=Path({str(ready.processed)!r}), configs=Path({str(ready.configs)!r}))
        deliver.run(space, load_params(Path({str(ROOT / "configs" / "params.yaml")!r})))
    """), encoding="utf-8")  # fmt: skip
    ended = subprocess.run(
        [sys.executable, str(script)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    visible = {path: content for path, content in documents(ready).items() if not path.parts[0].startswith(".")}
    assert visible == before
    deliver.run(ready, params)
    assert {path for path in documents(ready) if not path.parts[0].startswith(".")} == set(before)


def test_the_command_writes_one_brief_on_demand(ready, params, tmp_path):
    brief.run(ready, params)
    out = tmp_path / "here"
    command = ["deliver", "--state", "XAA", "--processed", str(ready.processed), "--out", str(out)]
    result = CliRunner().invoke(app, [*command, "--recommending", "CAN"])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in out.rglob("*") if path.is_file()) == ["CAN.csv", "CAN.docx"]
    assert CliRunner().invoke(app, command).exit_code == 0
    assert (out / "states" / "XAA" / "matrix.docx").exists()


def test_the_command_names_the_states_there_are(ready, params):
    brief.run(ready, params)
    result = CliRunner().invoke(app, ["deliver", "--state", "DEU", "--processed", str(ready.processed)])
    assert result.exit_code == 1
    assert "no UPR recommendation to 'DEU'" in result.output
    assert "XAA" in result.output
