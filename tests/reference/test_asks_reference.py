"""Same-ask scoring and asks against the pairs and groups read by annotators (language models, not human experts)."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.matching import FEATURES
from pipeline.params import Params
from pipeline.paths import ROOT, Workspace
from pipeline.stages import evaluate_same_ask, prepare, train_same_ask
from pipeline.stages.encoding import matching_encoder

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
    assert figures["asks, pairwise"] >= 0.55
    assert figures["families, pairwise"] >= 0.6


def test_the_released_model_was_made_of_these_labels_and_features_with_this_encoder(
    reference_data: Path, workspace: Workspace, params: Params
) -> None:
    for folder in ("gold", "upr_info"):
        shutil.copytree(
            reference_data / folder, workspace.labelled / folder, ignore=shutil.ignore_patterns("*.xls", "*.pdf")
        )
    space = replace(workspace, released=ROOT / "models" / "released", readings=ROOT / "models" / "readings")
    prepare.run(space, params)
    labelled, measured = train_same_ask.training_pairs(space)
    released = json.loads((space.released / "same_ask" / "model.json").read_text())
    assert len(labelled.pairs) > measured
    assert train_same_ask.content_hash(labelled) == released["data_sha256"], "train again and promote same_ask"
    assert list(FEATURES) == released["features"]
    assert matching_encoder(space, params).identity == released["encoder"]
