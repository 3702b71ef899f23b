"""Runs of training, kept in MLflow's SQLite store: the only module that imports mlflow. Nothing leaves the machine."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("DO_NOT_TRACK", "true")


def log_run(
    store: Path,
    *,
    experiment: str,
    params: Mapping[str, object],
    metrics: Mapping[str, float],
    tags: Mapping[str, str],
    files: Sequence[Path],
) -> None:
    """Keep one run in the folder `store` (`mlflow.db`, and a folder of files beside it); made if absent."""
    import mlflow

    store.mkdir(parents=True, exist_ok=True)
    mlflow.set_tracking_uri(f"sqlite:///{(store / 'mlflow.db').resolve()}")
    if mlflow.get_experiment_by_name(experiment) is None:
        mlflow.create_experiment(experiment, artifact_location=(store / "files").resolve().as_uri())
    mlflow.set_experiment(experiment)
    with mlflow.start_run():
        mlflow.log_params(dict(params))
        mlflow.log_metrics(dict(metrics))
        mlflow.set_tags(dict(tags))
        for path in files:
            mlflow.log_artifact(str(path))
