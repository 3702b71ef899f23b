"""Recommendations mapped to frameworks, each country by a model without it (gold read by language models, not human experts)."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.frameworks.normal_form import normal_form, report_line
from pipeline.frameworks.reading import read_framework_file
from pipeline.labelled import ROWS
from pipeline.params import Params
from pipeline.paths import ROOT, Workspace
from pipeline.sources import Limits
from pipeline.stages import evaluate_framework_map, train_framework_map
from pipeline.states import States

pytestmark = [pytest.mark.reference, pytest.mark.slow]
LIMITS = Limits(100_000, 2 << 30)


def test_maps_hold_in_countries_not_seen(reference_data: Path, workspace: Workspace, params: Params) -> None:
    space = replace(workspace, released=ROOT / "models" / "released")
    for name in ("framework_map_dev.csv", "frameworks_dev.csv"):
        shutil.copyfile(reference_data / "gold" / name, space.labelled / name)
    texts = pd.read_csv(space.labelled / "framework_map_dev.csv")["text"]
    (space.candidates / "labelled").mkdir(parents=True)
    pd.DataFrame({"row_id": texts.index.astype(str), "text": texts}).to_parquet(space.candidates / ROWS)
    train_framework_map.run(space, params)
    evaluate_framework_map.run(space, params)
    metrics = json.loads((space.candidates / "framework_map" / "metrics.json").read_text())
    found = metrics["sets"]["gold set"]
    assert found["countries"] == 6 and found["recommendations"] == 360
    assert found["first_outcome"]["value"] >= 0.80
    assert found["first_outcome"]["value"] > found["always_commonest"] + 0.15
    assert found["recall_at_3"]["value"] >= 0.93
    assert found["gap_f1"]["value"] >= 0.6
    assert metrics["auto"]["precision"] >= params.map.auto_precision


@pytest.mark.parametrize(
    ("name", "form", "frameworks", "outcomes"),
    [
        ("un_info/joint_workplans.csv", "un_info", 149, 705),
        ("un_info/results_frameworks.csv", "un_info", 149, 705),
        ("un_info/jwp_export_sample.xlsx", "un_info", 6, 10),
        ("gold/frameworks_dev.csv", "results_matrix", 6, 47),
    ],
)
def test_real_exports_are_read_whole(
    name: str, form: str, frameworks: int, outcomes: int, reference_data: Path, states: States
) -> None:
    file = read_framework_file(reference_data / name, name, LIMITS)
    items, unknown = normal_form([file], states)
    line = report_line(file, items, unknown.get(name, {}), states)
    assert (line["detected_format"], line["frameworks"]) == (form, frameworks)
    assert (items["level"] == "outcome").sum() == outcomes
    assert set(unknown.get(name, {})) <= {"Pacific", "the Caribbean"}, "every State is known"
    assert not items["text"].str.contains("‚Ä|Ã©").any()
