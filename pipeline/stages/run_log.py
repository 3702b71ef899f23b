"""How a run of training is logged. No stage of its own: the stages of models/dvc.yaml share it."""

import json

from pipeline import model_folder
from pipeline.manifest import git_state
from pipeline.paths import ROOT, Workspace
from pipeline.tracking import log_run

ABOUT = ("kind", "scheme", "measured_on", "features", "training", "validation", "measured_after_training_on", "params",
         "versions")  # fmt: skip
"""What model.json says of how a model was made."""

MADE = (model_folder.DESCRIPTION, model_folder.LEARNING_CURVE)
"""Files kept with a run of training; those of `evaluate` are the measured ones."""


def log_candidate(workspace: Workspace, stage: str, name: str) -> None:
    """Log the candidate `name` as it is after `stage` (`train` or `evaluate`): parameters, figures, files, hashes.

    Runs of the same model have the same tag `model_sha256`.
    """
    folder = workspace.candidates / name
    description = model_folder.read(folder)
    metrics = folder / model_folder.METRICS
    measured = stage == "evaluate" and metrics.exists()
    log_run(
        workspace.cache / "mlflow", experiment=name, name=f"{stage} {name}",
        params={key: description[key] for key in ABOUT if key in description},
        metrics=json.loads(metrics.read_text(encoding="utf-8")) if measured else {},
        tags={"stage": stage, "data_sha256": description.get("data_sha256"), "encoder": description.get("encoder"),
              "model_sha256": model_folder.fingerprint(folder), "git_commit": git_state(ROOT)["commit"]},
        files=[folder / file for file in (model_folder.MEASURED_FILES if measured else MADE)],
    )  # fmt: skip
