"""A run that is killed leaves the earlier tables whole, and the next run goes on."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from pipeline.paths import ROOT, Workspace
from pipeline.schemas import TABLES
from pipeline.stages import ORDER
from pipeline.tables import conform, read_table

SAMPLE = ROOT / "data" / "raw" / "sources" / "sample"


def command(space):
    return [sys.executable, "-m", "pipeline", "run", "--sources", str(space.sources), "--out", str(space.processed)]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return the workspace of a finished run on one file of the sample."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "sources").mkdir()
    shutil.copy(SAMPLE / "generic_english.csv", folder / "sources")
    space = Workspace.elsewhere(folder / "sources", folder / "out")
    subprocess.run(command(space), check=True, capture_output=True, cwd=ROOT)
    return space


def whole(space):
    """Return the bytes of every table, each of which must keep its schema."""
    for name, schema in TABLES.items():
        conform(read_table(space.table(name)), schema)
    return {name: space.table(name).read_bytes() for name in TABLES}


@pytest.mark.parametrize("stage", ["reconcile", "tag@themes", "cluster", "export"])
def test_killed_while_a_stage_runs(ran, stage):
    before = whole(ran)
    mark = ran.timings / f"{ORDER[ORDER.index(stage) - 1]}.json"
    mark.unlink()
    process = subprocess.Popen(command(ran), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    deadline = time.monotonic() + 120
    while not mark.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    assert process.poll() is None, "the run ended before it could be killed"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert whole(ran) == before
    assert ran.workbook.exists()
    assert (ran.csv_tables / "recommendations.csv").exists()
    subprocess.run(command(ran), check=True, capture_output=True, cwd=ROOT)
    assert whole(ran) == before
