"""The stages of dvc.yaml, one module each: read tables, call the domain, write tables."""

import importlib

from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.schemas import DIMENSIONS
from pipeline.timing import measured

ORDER: tuple[str, ...] = (
    "ingest",
    "reconcile",
    "embed",
    *(f"tag@{dimension}" for dimension in DIMENSIONS),
    "match",
    "cluster",
    "link",
    "settle",
    "ledger",
    "worldwide",
    "timeline",
    "frameworks",
    "map",
    "coverage",
    "brief",
    "deliver",
    "export",
    "explore",
)
"""Every stage of a run, each after those it reads from."""

TRAINING = (
    "prepare",
    "train_encoder",
    "evaluate_encoder",
    "train",
    "evaluate",
    "train_same_ask",
    "evaluate_same_ask",
    "compare_same_ask",
    "train_framework_map",
    "evaluate_framework_map",
    "train_sdg_prose",
)
"""Stages of models/dvc.yaml; `train` and `evaluate` take a dimension."""


def run_stage(name: str, workspace: Workspace, params: Params) -> None:
    """Run one stage, `ingest` or `tag@themes`, and note its time and memory.

    Raises:
        ValueError: there is no such stage.
    """
    module, _, dimension = name.partition("@")
    if name not in ORDER and module not in TRAINING:
        raise ValueError(f"no stage '{name}'; the stages are {', '.join(ORDER)}")
    stage = importlib.import_module(f"pipeline.stages.{module}")
    with measured(name, workspace.timings):
        stage.run(workspace, params, *([dimension] if dimension else []))
