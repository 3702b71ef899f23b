"""From invented activities and texts to a model of the goals of prose, measured on what it has not seen."""

import json

import numpy as np
import pandas as pd
import pytest

from pipeline import model_folder
from pipeline.labelled import READINGS, ROWS, LabelledRows, Readings
from pipeline.main_goal import GOALS
from pipeline.paths import ROOT, Workspace
from pipeline.prose_texts import READ, WRITTEN
from pipeline.stages import main_goals, train_sdg_prose
from pipeline.stages.prose_material import labelled_prose
from pipeline.tables import write_table
from pipeline.text import text_key

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
    """The project's own written texts, nine a goal and some about none; three activities read; two indicators."""
    readings, exports = tmp_path / "readings", tmp_path / "labelled"
    readings.mkdir()
    exports.mkdir()
    written = pd.read_csv(ROOT / "models" / "readings" / WRITTEN, dtype=str, keep_default_na=False)
    main = written["goals"].str.split(";").str[0]
    written.groupby(main).head(9).to_csv(readings / WRITTEN, index=False)
    read = [f"The team of XAA works on {subject} in district A." for subject in SUBJECTS[3:6]]
    pd.DataFrame(
        {"key": [text_key(text) for text in read], "goals": ["4", "5;16", "6"], "unsure": ["8", "", "3"]}
    ).to_csv(readings / READ, index=False)
    pd.DataFrame({"lang": "en", "kind": "indicators", "key": ["a", "b"], "code": ["6.1", "3.2"], "field": "title", "text":
                  ["Share of hamlets with a tested well", "Newborns who die in the first month"]}).to_csv(
        exports / "wording.csv", index=False
    )  # fmt: skip
    return Workspace(configs=ROOT / "configs", released=ROOT / "models" / "released", candidates=tmp_path / "candidates",
                     cache=tmp_path / "cache", readings=readings, labelled=exports)  # fmt: skip


def test_what_was_read_teaches_nothing_and_what_belongs_together_is_held_out_together(space, params):
    labelled(space)
    found = labelled_prose(space, params)
    read = found.of("read")
    assert read.sum() == 3
    assert not set(np.array(found.keys)[read]) & set(np.array(found.keys)[~read])
    assert (found.fold[read] == -2).all()
    for name, group in (("activities", "XAA"), ("indicators", "6.1")):
        own = found.group == group
        assert (own & found.of(name)).any()
        assert len(set(found.fold[own & ~read].tolist())) == 1
    assert (found.group[found.of("official")] == "6.1").sum() == 1


def test_texts_and_countries_held_out_measure_it_and_the_card_says_so(space, params):
    labelled(space)
    train_sdg_prose.run(space, params)
    folder = space.candidates / main_goals.FOLDER
    assert model_folder.read(folder)["concepts"] == list(GOALS)
    metrics = json.loads((folder / model_folder.METRICS).read_text())
    found = metrics["sources"]["activities"]
    assert found["texts"] == len(SUBJECTS) * len(STATES) - 3
    assert found["main_goal"]["value"] > 0.8
    assert found["pairs"]["interval_95"][0] <= found["pairs"]["value"] <= found["pairs"]["interval_95"][1]
    assert metrics["sources"]["read"]["texts"] == 3
    assert metrics["model_sha256"] == model_folder.fingerprint(folder)
    assert f"{found['main_goal']['value']:.3f}" in (folder / model_folder.CARD).read_text()
    arrays = model_folder.read_arrays(folder)
    clean_water = main_goals.inputs(["Wells and pipes bring safe drinking water to the hamlets."], space, params)
    probabilities = main_goals.probabilities_of(clean_water, arrays)
    assert GOALS[int(probabilities.argmax())] == "sdg:6"
    assert probabilities[0, 5] >= arrays["thresholds"][5]


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
    assert (folder / model_folder.ARRAYS).stat().st_size < 2_000_000
    metrics = json.loads((folder / model_folder.METRICS).read_text())["sources"]
    for name in ("read", "indicators", "written"):
        assert metrics[name]["pairs"]["value"] > metrics[name]["tagger_without_encoder"]["pairs"]["interval_95"][1], (
            name
        )
        assert metrics[name]["calibration_error"] < 0.03, name
    assert metrics["read"]["main_goal"]["interval_95"][0] > 0.85
    assert metrics["read"]["pairs"]["interval_95"][0] > 0.8
