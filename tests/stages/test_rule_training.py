"""From an invented UHRI export to a tagger of UHRI themes and groups: rules, links and a classifier together."""

import itertools
import json

import pandas as pd
import pytest

from pipeline import held_out, model_folder
from pipeline.labelled import READINGS, ROWS
from pipeline.paths import Workspace
from pipeline.stages import evaluate, prepare, rule_training, tag, train
from pipeline.tables import read_table

STATES = ["Arvandia", "Belmora", "Costaverda", "Dunmark Isles", "Estavar", "Ferrania"]
THEMES = {
    "Right to education": ["build schools", "hire more tutors for young learners"],
    "Safe drinking water & sanitation": ["provide drinking water", "dig wells and lay pipes for hamlets"],
    "Conditions of detention": ["reduce prison overcrowding", "give those behind bars more space and light"],
}
"""Label -> a wording that the rules know, and one that they do not."""
OPENINGS = ["Continue to", "Take steps to", "Step up efforts to", "Pursue its plans to"]


@pytest.fixture
def export(workspace):
    records = [
        {
            "AnnotationId": f"{state}-{session}-{number}", "AnnotationType": "- Recommendations", "Body": "- UPR",
            "Countries": [state], "Symbol": f"A/HRC/{session}/{900 + STATES.index(state)}", "UprSession": [f"{session}"],
            "Text": f"{100 + number}.{number} {opening} {wording} in district {state[0]}{number};",
            "Themes": [f"\u00a0{label}"], "AffectedPersons": ["Children"] if "learners" in wording else [],
            "PublicationDate": "2014-07-04T00:00:00",
        }
        for state, session in itertools.product(STATES, (19, 32))
        for number, (opening, (label, wordings)) in enumerate(itertools.product(OPENINGS, THEMES.items()), 1)
        for wording in wordings
    ]  # fmt: skip
    (workspace.labelled / "export.json").write_text(json.dumps(records), encoding="utf-8")
    return workspace


@pytest.fixture
def candidate(export, params):
    prepare.run(export, params)
    train.run(export, params, "uhri_themes")
    return export


def elsewhere(space: Workspace, **folders) -> Workspace:
    return Workspace(**{name: getattr(space, name) for name in Workspace.__slots__} | folders)


def test_a_full_export_gives_a_tagger_that_reaches_wordings_no_rule_knows(candidate, params, tmp_path):
    evaluate.run(candidate, params, "uhri_themes")
    folder = candidate.candidates / "uhri_themes"
    metrics = json.loads((folder / model_folder.METRICS).read_text())
    assert {"majority", "rules", "linear", "stacked"} <= set(metrics["systems"])
    assert metrics["all"]["micro_f1"] > 0.95
    assert metrics["all"]["micro_f1"] > metrics["systems"]["rules"]["micro_f1"]
    for name in ("themes", "encoder"):
        (tmp_path / "new" / name).mkdir(parents=True)
        for file in (candidate.released / name).iterdir():
            if file.is_file():
                (tmp_path / "new" / name / file.name).write_bytes(file.read_bytes())
    model_folder.promote(folder, tmp_path / "new" / "uhri_themes")
    new = elsewhere(candidate, released=tmp_path / "new")
    texts = ["Hire tutors for learners in the north", "End prison overcrowding"]
    tags = tag.tag_texts(texts, "uhri_themes", new, params, features=None)
    found = tags[tags["proposed"]].set_index("row")
    assert found.loc[0, ["label", "method"]].tolist() == ["Right to education", "model"]
    assert "tutors" in found.loc[0, "evidence"]
    assert found.loc[1, ["label", "method"]].tolist() == ["Conditions of detention", "rule"]
    assert found.loc[1, "evidence"] == "prison … overcrowding"


def test_a_text_is_judged_by_a_model_that_has_not_seen_its_document(candidate):
    held = held_out.load(candidate.candidates / "uhri_themes")
    assert held.predicted.shape == held.truth.shape
    assert set(held.systems) >= {"rules", "linear"}
    description = model_folder.read(candidate.candidates / "uhri_themes")
    assert description["measured_on"] == "uhri"
    assert sum(description["labelled"]) == len(held.row_ids)


def test_the_same_export_gives_the_same_model(candidate, params):
    file = candidate.candidates / "uhri_themes" / model_folder.ARRAYS
    first = file.read_bytes()
    train.run(candidate, params, "uhri_themes")
    assert file.read_bytes() == first


def test_groups_are_learnt_from_an_export_where_no_gold_set_is(candidate, params):
    rows, readings = (read_table(candidate.candidates / name) for name in (ROWS, READINGS))
    made = {"dimension": "groups", "scheme": "uhri-person", "languages": ["en"]}
    rule_training.run(candidate, params, "groups", rows=rows, readings=readings, made=made)
    assert model_folder.read(candidate.candidates / "groups")["measured_on"] == "uhri"


def test_without_labelled_texts_it_says_what_to_put_where(workspace, params):
    made = {"dimension": "sdgs", "scheme": "sdg", "languages": ["en"]}
    empty = pd.DataFrame(columns=["row_id", "origin", "dimension", "concept_id", "certain"])
    with pytest.raises(ValueError, match="no labelled text for sdgs: put an export"):
        rule_training.run(workspace, params, "sdgs", rows=pd.DataFrame(), readings=empty, made=made)


def test_an_export_with_more_texts_than_wanted_is_thinned_and_says_so(candidate, params, capsys):
    rows, readings = (read_table(candidate.candidates / name) for name in (ROWS, READINGS))
    few = params.model_copy(update={"train": params.train.model_copy(update={"most_texts": 100})})
    made = {"dimension": "uhri_themes", "scheme": "uhri-theme", "languages": ["en"]}
    rule_training.run(candidate, few, "uhri_themes", rows=rows, readings=readings, made=made)
    assert f"learning from 96 of {len(rows)} labelled texts" in "".join(capsys.readouterr())
    assert model_folder.read(candidate.candidates / "uhri_themes")["training"]["rows"] == 96
