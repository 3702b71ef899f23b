"""What the tests share: the registry of States, a workspace in a temporary folder, the reference data."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import settings
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.params import Params, load_params
from pipeline.paths import ROOT, Workspace
from pipeline.states import States, load_states

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("DVC_NO_ANALYTICS", "1")


@pytest.fixture(scope="session")
def states() -> States:
    """Return the States of the project."""
    return load_states(ROOT / "configs" / "states.csv")


@pytest.fixture(scope="session")
def params() -> Params:
    """Return the parameters of the project."""
    return load_params(ROOT / "configs" / "params.yaml")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with empty folders and the project's own configs and released models."""
    space = Workspace(
        sources=tmp_path / "raw" / "sources",
        frameworks=tmp_path / "raw" / "frameworks",
        judgements=tmp_path / "raw" / "judgements",
        labelled=tmp_path / "raw" / "labelled",
        translations=tmp_path / "raw" / "translations",
        processed=tmp_path / "processed",
        configs=ROOT / "configs",
        released=ROOT / "models" / "released",
        candidates=tmp_path / "candidates",
        cache=tmp_path / "cache",
    )
    for folder in (
        space.sources,
        space.frameworks,
        space.judgements,
        space.labelled,
        space.translations,
        space.processed,
    ):
        folder.mkdir(parents=True)
    return space


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Workspace]:
    """Return the outcome (exit code, printed text) and the workspace of one run on the sample."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "data" / "raw" / "sources" / "sample", folder / "sources" / "sample")
    result = CliRunner().invoke(app, ["run", "--sources", str(folder / "sources"), "--out", str(folder / "out")])
    return result, Workspace.elsewhere(folder / "sources", folder / "out")


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Return the folder of the real files, or skip the test where they are absent."""
    folder = Path(os.environ.get("UPR_REFERENCE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the reference data is not at {folder}; set UPR_REFERENCE_DATA to its folder")
    return folder
