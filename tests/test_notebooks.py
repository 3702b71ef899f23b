"""The notebooks run on the sample, hold no outputs, and are no input of anything."""

import ast
import json
import shutil
import sys
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient

from pipeline import held_out
from pipeline.held_out import HeldOut
from pipeline.labelled import ROWS, LabelledRows
from pipeline.paths import ROOT, Workspace
from pipeline.tables import write_table

FOLDER = ROOT / "notebooks"
NAMES = ["error_analysis", "retrain_on_new_session"]
IMPORTED = {"pipeline", "IPython", "numpy", "pandas"} | sys.stdlib_module_names
SECONDS_A_CELL = 300


def cells(name: str) -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_every_notebook_is_tested() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_holds_no_outputs(name: str) -> None:
    left = [cell.id for cell in cells(name) if cell.outputs or cell.execution_count is not None]
    assert left == [], "strip the outputs: they hold texts"
    assert json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))["metadata"].keys() <= {
        "kernelspec",
        "language_info",
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_imports_from_the_package_alone(name: str) -> None:
    found = set()
    for node in ast.walk(ast.parse("\n".join(cell.source for cell in cells(name)))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    assert "pipeline" in found
    assert found <= IMPORTED


@pytest.mark.parametrize("path", ["dvc.yaml", "models/dvc.yaml", "Makefile"])
def test_no_stage_reads_a_notebook(path: str) -> None:
    assert ".ipynb" not in (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the parts of the project that notebooks read, where kernels find the package."""
    shutil.copytree(FOLDER, tmp_path / "project" / "notebooks")
    shutil.copytree(ROOT / "configs", tmp_path / "project" / "configs")
    shutil.copytree(ROOT / "models" / "released" / "themes", tmp_path / "project" / "models" / "released" / "themes")
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path / "jupyter"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return tmp_path / "project"


def shown(name: str, project: Path) -> str:
    """Return all that the notebook shows when it runs in `project`, which it leaves as it was."""
    before = sorted(project.rglob("*"))
    notebook = nbformat.read(project / "notebooks" / f"{name}.ipynb", as_version=4)
    NotebookClient(
        notebook, timeout=SECONDS_A_CELL, resources={"metadata": {"path": str(project / "notebooks")}}
    ).execute()
    assert sorted(project.rglob("*")) == before
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "\n".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)


@pytest.mark.slow
def test_retraining_ends_before_the_gate(project: Path) -> None:
    found = shown("retrain_on_new_session", project)
    assert "gate refuses" in found
    assert "too few to trust" in found
    assert "released stays: True" in found
    assert "Right to water" in found


@pytest.mark.slow
def test_errors_of_the_released_model_and_its_tags(project: Path, ran: tuple[object, Workspace]) -> None:
    shutil.copytree(ran[1].processed, project / "data" / "processed")
    found = shown("error_analysis", project)
    assert "models/released/themes" in found
    assert "without_twins" in found
    assert "evidence" in found
    assert "n_source_tags" in found


@pytest.mark.slow
def test_errors_of_a_candidate_are_shown_with_their_texts(project: Path, ran: tuple[object, Workspace]) -> None:
    shutil.copytree(ran[1].processed, project / "data" / "processed")
    candidate = project / "models" / "candidates" / "themes"
    shutil.copytree(ROOT / "models" / "released" / "themes", candidate)
    held_out.save(
        HeldOut(
            ["a", "b"], ["upr-info:detention", "upr-info:justice"], np.array([[0.2, 0.97], [0.9, 0.1]]),
            np.array([[False, True], [True, False]]), np.array([[True, False], [True, False]]),
            np.zeros((2, 2), dtype=bool), np.zeros(2, dtype=bool),
        ),
        candidate,
    )  # fmt: skip
    rows = pd.DataFrame({"row_id": ["a", "b"], "source_file": "x.csv", "state": "XAA", "session": 16,
                         "text": ["Give remand prisoners daylight", "Close the cells"]})  # fmt: skip
    write_table(rows, project / "models" / "candidates" / ROWS, LabelledRows)
    found = shown("error_analysis", project)
    assert "models/candidates/themes" in found
    assert "Give remand prisoners daylight" in found
    assert "Close the cells" not in found
