"""What a run was made of: versions, parameters, hashes of inputs and models, counts and times."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline import __version__

DISTRIBUTION = "upr-pipeline"
LIBRARIES = (
    "numpy", "pandas", "pandera", "pyarrow", "scikit-learn", "sentence-transformers", "skops", "spacy", "torch",
    "xlsxwriter",
)  # fmt: skip


def _version(distribution: str) -> str | None:
    """Return the installed version, or None."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _git(folder: Path, *command: str) -> str | None:
    """Return what git says in `folder`, or None where there is no git, no repository or no commit."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *command], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def git_state(folder: Path) -> dict[str, Any]:
    """Return `commit` and `uncommitted_changes` of the repository at `folder`; None where unknown."""
    commit = _git(folder, "rev-parse", "HEAD")
    changes = _git(folder, "status", "--porcelain", "--untracked-files=no") if commit else None
    return {"commit": commit, "uncommitted_changes": None if changes is None else bool(changes)}


def hashed_files(folder: Path) -> list[dict[str, Any]]:
    """Return `file` (relative), `bytes` and `sha256` of each file below `folder`, hidden ones aside, in order.

    The hash of a file that this user may not read is null.
    """
    found = []
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") for part in relative.parts):
            continue
        try:
            with path.open("rb") as file:
                digest: str | None = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            digest = None
        found.append({"file": relative.as_posix(), "bytes": path.stat().st_size, "sha256": digest})
    return found


def row_counts(processed: Path) -> dict[str, int]:
    """Return table name -> rows of every parquet file below `processed`, read from the files' footers."""
    return {
        path.relative_to(processed).with_suffix("").as_posix(): pq.read_metadata(path).num_rows
        for path in sorted(processed.rglob("*.parquet"))
        if not path.name.startswith(".")
    }


def stage_times(folder: Path) -> list[dict[str, Any]]:
    """Return `stage, seconds, peak_mb` of each stage's last run, by name; unreadable files are left out."""
    times = []
    for path in sorted(folder.glob("*.json")):
        try:
            times.append(json.loads(path.read_text(encoding="utf-8")))
        except (json.JSONDecodeError, UnicodeDecodeError):
            continue
    return times


def build_manifest(
    *,
    project: Path,
    inputs: Mapping[str, Path],
    released: Path,
    processed: Path,
    timings: Path,
    params: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the manifest of a run; the same inputs give the same manifest but for `written` and `stages`.

    Args:
        project: folder of the package's repository, for the commit.
        inputs: kind of input ("sources", ...) -> folder.
        released: folder of the released models.
        processed: folder of the tables.
        timings: folder of the stages' times.
        params: the parameters, as plain values.
    """
    return {
        "package": {"name": DISTRIBUTION, "version": __version__, "git": git_state(project)},
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "params": dict(params),
        "inputs": {kind: hashed_files(folder) for kind, folder in sorted(inputs.items())},
        "models": hashed_files(released),
        "tables": row_counts(processed),
        "stages": stage_times(timings),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
    }
