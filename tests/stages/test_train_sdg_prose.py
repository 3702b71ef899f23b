"""From invented activities to a model of main goals, measured on countries it has not seen."""

import json

import pandas as pd
import pytest

from pipeline import model_folder
from pipeline.labelled import READINGS, ROWS, LabelledRows, Readings
from pipeline.main_goal import GOALS
from pipeline.paths import ROOT, Workspace
from pipeline.stages import main_goals, train_sdg_prose
from pipeline.tables import write_table

SUBJECTS = [
    "cash grants for the poorest families", "seeds and food for hungry villages", "clinics and vaccines",
    "schools and teachers", "equality of women and men", "wells, pipes and latrines", "solar power for hamlets",
    "jobs and decent work for youth", "roads and small industry", "less inequality of incomes", "housing in growing cities",
    "recycling and less waste", "adaptation to a warming climate", "reefs and fisheries", "forests and wild animals",
    "courts and honest public services", "statistics and partnerships for development",
]  # fmt: skip
STATES = ["XAA", "XBB", "XCC", "XDD", "XEE"]


def labelled(space, origin="un_info"):
    cases = [(state, goal, subject) for state in STATES for goal, subject in enumerate(SUBJECTS, 1)]
    rows = [{"row_id": f"{state}{goal:02}", "source_file": "plan.csv", "state": state, "session": 0,
             "text": f"The team of {state} works on {subject} in district {state[-1]}."} for state, goal, subject in cases]  # fmt: skip
    readings = [{"row_id": f"{state}{goal:02}", "origin": origin, "dimension": "sdgs", "concept_id": f"sdg:{goal}",
                 "certain": True} for state, goal, _ in cases]  # fmt: skip
    write_table(pd.DataFrame(rows), space.candidates / ROWS, LabelledRows)
    columns = list(Readings.to_schema().columns)
    write_table(pd.DataFrame(readings, columns=columns), space.candidates / READINGS, Readings)


@pytest.fixture
def space(tmp_path):
    return Workspace(configs=ROOT / "configs", released=ROOT / "models" / "released", candidates=tmp_path / "candidates",
                     cache=tmp_path / "cache")  # fmt: skip


def test_countries_held_out_measure_it_and_the_card_says_so(space, params):
    labelled(space)
    train_sdg_prose.run(space, params)
    folder = space.candidates / main_goals.FOLDER
    assert model_folder.read(folder)["concepts"] == list(GOALS)
    metrics = json.loads((folder / model_folder.METRICS).read_text())
    found = metrics["main_goal"]
    assert found["texts"] == len(SUBJECTS) * len(STATES)
    assert found["value"] > 0.8
    assert found["interval_95"][0] <= found["value"] <= found["interval_95"][1]
    assert metrics["model_sha256"] == model_folder.fingerprint(folder)
    assert f"{found['value']:.3f}" in (folder / model_folder.CARD).read_text()


def test_without_activities_it_says_what_to_bring(space, params):
    labelled(space, origin="gold")
    with pytest.raises(ValueError, match="joint work plan"):
        train_sdg_prose.run(space, params)


def test_the_opinion_on_a_goal_is_that_of_its_surest_target():
    tags = pd.DataFrame({"row": [0, 0, 1], "concept_id": ["sdg:3", "sdg:3.4", "sdg:16.a"], "score": [0.4, 0.7, 0.2]})
    found = main_goals.opinions(tags, 3)
    assert found[0, 2] == 0.7
    assert found[1, 15] == 0.2
    assert found.sum() == pytest.approx(0.9)


def test_the_released_model_is_small_and_keeps_what_was_promised():
    folder = ROOT / "models" / "released" / main_goals.FOLDER
    assert model_folder.read(folder)["concepts"] == list(GOALS)
    assert set(model_folder.read_arrays(folder)) == {"weights", "bias"}
    metrics = json.loads((folder / model_folder.METRICS).read_text())
    assert metrics["main_goal"]["value"] > metrics["tagger_without_encoder"]["interval_95"][1]
    assert metrics["calibration_error"] < 0.03
