"""Same-ask scoring and asks against the pairs and groups read by annotators (language models, not human experts)."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.params import Params
from pipeline.paths import ROOT, Workspace
from pipeline.stages import evaluate_same_ask, train_same_ask

pytestmark = [pytest.mark.reference, pytest.mark.slow]


def test_scores_hold_in_states_not_seen(reference_data: Path, workspace: Workspace, params: Params) -> None:
    for name in ("pairs_dev.csv", "clusters_dev.csv"):
        shutil.copyfile(reference_data / "gold" / name, workspace.labelled / name)
    train_same_ask.run(workspace, params)
    evaluate_same_ask.run(workspace, params)
    found = json.loads((workspace.candidates / "same_ask" / "metrics.json").read_text())["headlines"]
    figures = {name: line["f1"] for name, line in found.items()}
    assert figures["pairs, same ask, threshold from the other States"] >= 0.65
    assert (
        figures["pairs, same ask, threshold from the other States"] > figures["pairs, same ask, by cosine alone"] + 0.1
    )
    assert figures["pairs, same family"] >= 0.85
    assert figures["asks, pairwise"] >= 0.48
    assert figures["families, pairwise"] >= 0.63


def test_the_released_model_is_the_one_that_training_makes(
    reference_data: Path, workspace: Workspace, params: Params
) -> None:
    for name in ("pairs_dev.csv", "clusters_dev.csv"):
        shutil.copyfile(reference_data / "gold" / name, workspace.labelled / name)
    space = replace(workspace, released=ROOT / "models" / "released")
    train_same_ask.run(space, params)
    made = json.loads((space.candidates / "same_ask" / "model.json").read_text())
    released = json.loads((space.released / "same_ask" / "model.json").read_text())
    for key in ("features", "rarity", "data_sha256", "encoder", "params"):
        assert made[key] == released[key], f"{key} changed: train again and promote same_ask"
