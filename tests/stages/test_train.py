"""From an invented export to a released tagger: prepare, train, evaluate, promote, tag."""

import csv
import itertools
import json

import pytest

from pipeline import model_folder
from pipeline.labelled import ROWS
from pipeline.splits import SplitError
from pipeline.stages import evaluate, prepare, tag, train
from pipeline.tables import TableError, read_table

HEADER = ["To", "To-Rgrp", "To-Org", "Text", "From", "From-Rgrp", "From-Org", "Response", "Action", "Issue", "Session"]
REQUESTS = {
    "Right to education": "provide schools, teachers and books for pupils",
    "Torture and other CID treatment": "prevent torture by the police in custody",
    "Death penalty": "abolish the death penalty and commute all death sentences",
}
OPENINGS = {"Continue to": "2", "Consider measures to": "3", "Take steps to": "4", "Adopt a law to": "5"}
STATES = ["France", "Chile", "Ghana", "Japan", "Norway", "Kenya", "Peru", "Egypt"]


@pytest.fixture
def small(params):
    options = params.train.model_copy(
        update={"last_train_session": 2, "last_validation_session": 3, "max_features": 2000}
    )
    return params.model_copy(update={"train": options})


@pytest.fixture
def labelled(workspace):
    with (workspace.labelled / "export.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for session, state, (issue, words), (opening, action) in itertools.product(
            (1, 2, 3), STATES, REQUESTS.items(), OPENINGS.items()
        ):
            text = f"{opening} {words} in the year {2000 + session}"
            writer.writerow([state, "", "", text, "Brazil", "", "", "Accepted", action, issue, session])
    return workspace


def test_the_training_pipeline_ends_in_a_tagger_that_tags(labelled, small, tmp_path):
    prepare.run(labelled, small)
    for dimension in ("themes", "action"):
        train.run(labelled, small, dimension)
        evaluate.run(labelled, small, dimension)
    folder = labelled.candidates / "themes"
    description = model_folder.read(folder)
    metrics = json.loads((folder / "metrics.json").read_text())
    assert description["measured_after_training_on"]["sessions"] == [1, 2]
    assert description["training"]["sessions"] == [1, 3]
    assert metrics["texts"] == 96
    assert metrics["all"]["micro_f1"] > 0.95
    assert metrics["model_sha256"] == model_folder.fingerprint(folder)
    assert metrics["regime"]["name"] == "few"
    assert list(metrics["by_language"]) == ["en"]
    assert {"majority", "linear"} <= set(metrics["systems"])
    assert set(metrics["by_session"]) == {"3"}
    for name in (model_folder.PER_LABEL, model_folder.CONFUSED, model_folder.FIGURES, model_folder.OUTCOMES):
        assert (folder / name).exists()
    assert "too few to trust" in (folder / model_folder.CARD).read_text()
    released = labelled.__class__(
        **{**{name: getattr(labelled, name) for name in labelled.__slots__}, "released": tmp_path / "released"}
    )
    for dimension in ("themes", "action"):
        model_folder.promote(labelled.candidates / dimension, released.released / dimension)
    texts = ["Build schools for pupils", "Consider abolishing the death penalty"]
    themes = tag.tag_texts(texts, "themes", released, small, features=None)
    assert themes.loc[themes["proposed"], "label"].tolist() == ["Right to education", "Death penalty"]
    action = tag.tag_texts(texts, "action", released, small, features=None)
    assert action["proposed"].sum() == 2


def test_the_same_data_gives_the_same_model(labelled, small):
    prepare.run(labelled, small)
    train.run(labelled, small, "action")
    first = (labelled.candidates / "action" / "model.npz").read_bytes()
    train.run(labelled, small, "action")
    assert (labelled.candidates / "action" / "model.npz").read_bytes() == first


def test_an_export_without_later_sessions_is_refused_with_the_sessions_found(labelled, params):
    prepare.run(labelled, params)
    with pytest.raises(SplitError, match=r"sessions found are \[1, 2, 3\]"):
        train.run(labelled, params, "themes")


def test_an_empty_folder_of_labelled_files_says_what_belongs_there(workspace, params):
    with pytest.raises(TableError, match="put exports of UPR Info or UHRI there"):
        prepare.run(workspace, params)


def test_a_file_that_is_no_export_is_left_out_and_the_others_are_read(labelled, small, capsys):
    prepare.run(labelled, small)
    before = read_table(labelled.candidates / ROWS)
    (labelled.labelled / "pairs.csv").write_text("pair_id,state_a,text_a,state_b,text_b,level\nP0,a,b,a,c,3\n")
    (labelled.labelled / "prices.csv").write_text("name,price\nbread,2\n")
    capsys.readouterr()
    prepare.run(labelled, small)
    printed = "".join(capsys.readouterr())
    assert "labelled pairs" in printed
    assert "prices.csv" in printed
    assert read_table(labelled.candidates / ROWS).equals(before)
