"""Runs of training, kept in MLflow's SQLite store: the only module that imports mlflow. Nothing leaves the machine."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("DO_NOT_TRACK", "true")

_NOT_IN_NAMES = re.compile(r"[^\w\-. :/]")
"""Characters that MLflow does not take in the name of a figure."""


def log_run(
    store: Path,
    *,
    experiment: str,
    name: str,
    params: Mapping[str, object],
    metrics: Mapping[str, Any],
    tags: Mapping[str, str | None],
    files: Sequence[Path],
) -> None:
    """Keep one run in the folder `store` (`mlflow.db`, and a folder of files beside it); made if absent.

    `params` may be nested, and so may `metrics`, of which numbers are kept ("all.micro_f1"); of `tags` those that are
    known, of `files` those that exist.
    """
    import mlflow

    store.mkdir(parents=True, exist_ok=True)
    mlflow.set_tracking_uri(f"sqlite:///{(store / 'mlflow.db').resolve()}")
    if mlflow.get_experiment_by_name(experiment) is None:
        mlflow.create_experiment(experiment, artifact_location=(store / "files").resolve().as_uri())
    mlflow.set_experiment(experiment)
    with mlflow.start_run(run_name=name):
        mlflow.log_params(dict(flat(params)))
        mlflow.log_metrics(dict(numbers(metrics)))
        mlflow.set_tags({key: value for key, value in tags.items() if value is not None})
        for path in files:
            if path.exists():
                mlflow.log_artifact(str(path))


def flat(values: Mapping[str, Any], *, below: str = "") -> Iterator[tuple[str, object]]:
    """Return nested `values` one by one, each with its path: {"all": {"texts": 3}} is ("all.texts", 3)."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from flat(value, below=f"{below}{key}.")
        else:
            yield f"{below}{key}", value


def numbers(values: Mapping[str, Any]) -> Iterable[tuple[str, float]]:
    """Return the numbers among nested `values`, each with its path as MLflow takes it; intervals and tables are left out."""
    return (
        (_NOT_IN_NAMES.sub("", key), float(value))
        for key, value in flat(values)
        if isinstance(value, int | float) and not isinstance(value, bool)
    )
