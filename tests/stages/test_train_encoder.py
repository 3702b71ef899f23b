"""From labelled tables to a measured encoder that can be promoted; a killed run goes on and ends the same."""

import json

import numpy as np
import pandas as pd
import pytest

from pipeline import model_folder
from pipeline.features import load_features
from pipeline.labelled import READINGS, ROWS, LabelledRows, Readings
from pipeline.stages import evaluate_encoder, train_encoder
from pipeline.tables import write_table
from pipeline.transformer import fine_tuning
from pipeline.transformer.checkpoints import CheckpointError
from pipeline.transformer.learning_set import LearningSetError
from tests.transformer.tiny import tiny_bert

ISSUES = {"torture": "torture", "education": "schools", "health": "health"}
OPENINGS = {"2": "continue to", "3": "consider to", "4": "take steps to"}
STATES = ["XAA", "XBB", "XCC"]
GOLD = "take the steps to protect girls in prisons"


class KilledError(Exception):
    pass


def row(row_id, session, text, state="XAA"):
    return {"row_id": row_id, "source_file": "invented.csv", "state": state, "session": session, "text": text}


def reading(row_id, origin, dimension, concept):
    found = {"row_id": row_id, "origin": origin, "dimension": dimension, "concept_id": concept}
    return {**found, "certain": True}


@pytest.fixture
def labelled(workspace):
    rows, readings = [], []
    for session in (1, 2, 3, 4):
        for state in STATES:
            for theme, word in ISSUES.items():
                for action, opening in OPENINGS.items():
                    row_id = f"{session}{state}{theme}{action}"
                    rows.append(row(row_id, session, f"{opening} reform {word} in {state}", state))
                    readings.append(reading(row_id, "upr_info", "themes", known("upr_info", theme)))
                    readings.append(reading(row_id, "upr_info", "action", f"upr-action:{action}"))
    rows += [row("gold", 2, GOLD), row("twin", 1, GOLD.upper(), "XBB"), row("plan", 0, "build clinics")]
    readings += [
        reading("gold", "gold", "sdgs", "sdg:5.2"),
        reading("twin", "upr_info", "themes", known("upr_info", "torture")),
        reading("plan", "un_info", "sdgs", "sdg:3.8"),
    ]
    write_table(pd.DataFrame(rows), workspace.candidates / ROWS, LabelledRows)
    write_table(pd.DataFrame(readings), workspace.candidates / READINGS, Readings)
    return workspace


def known(scheme, word):
    from pipeline.paths import ROOT
    from pipeline.taxonomy import load_taxonomy

    concepts = load_taxonomy(ROOT / "configs" / "taxonomies" / f"{scheme}.yaml").concepts
    return next(concept.id for concept in concepts if word in concept.id)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return tiny_bert(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def small(params, base):
    encoder = params.train.encoder.model_copy(
        update={"base": str(base), "epochs": 2, "final_epochs": 1, "max_tokens": 16, "encoder_rate": 2e-3}
    )
    update = {"last_train_session": 2, "last_validation_session": 3, "encoder": encoder}
    return params.model_copy(update={"train": params.train.model_copy(update=update)})


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.name in ("encoder.onnx", "model.npz", "model.json")
    }


def killing(monkeypatch, at):
    """Let the training with the number `at[0]` end at its step `at[1]`."""
    begun = []

    def fine_tune(*args, progress, **options):
        begun.append(None)

        def advance(step, steps, loss):
            if (len(begun), step) == at:
                raise KilledError
            progress(step, steps, loss)

        return fine_tuning.fine_tune(*args, **options, every=0.0, progress=advance)

    monkeypatch.setattr(train_encoder, "fine_tune", fine_tune)


def test_the_encoder_is_trained_measured_and_promoted(labelled, small):
    train_encoder.run(labelled, small)
    folder = labelled.candidates / "encoder"
    released, measured = model_folder.read(folder), model_folder.read(folder / "measured")
    assert measured["training"]["sessions"] == [1, 2]
    assert measured["training"]["rows"] == 2 * 27 + 1
    assert released["training"]["sessions"] == [1, 4]
    assert released["training"]["rows"] == 4 * 27 + 2
    assert set(released["tasks"]) == {"themes", "action", "sdgs"}
    assert released["tasks"] == measured["tasks"]
    arrays = model_folder.read_arrays(folder)
    assert arrays["themes_weights"].shape == (64, len(ISSUES))
    assert not np.array_equal(arrays["themes_weights"], model_folder.read_arrays(folder / "measured")["themes_weights"])
    assert load_features(folder, batch_size=4).features(["Abolish torture"]).shape == (1, 64)
    assert not list((labelled.cache / "encoder").glob("*"))

    evaluate_encoder.run(labelled, small)
    metrics = json.loads((folder / "metrics.json").read_text())
    assert metrics["fidelity"]["measured"]["cosine_1st_percentile"] > 0.99
    assert metrics["headlines"]["themes, heads alone"]["measured_on"] == "27 texts of sessions 3-3"
    assert metrics["speed"]["int8"]["peak_mb"] > 10
    card = (folder / "card.md").read_text()
    assert "| to measure with | 55 | 3 | 1-2 |" in card
    promoted = model_folder.promote(folder, labelled.candidates / "promoted")
    assert {"encoder.onnx", "tokenizer.json", "model.npz", "card.md"} <= set(promoted)


@pytest.mark.parametrize("at", [(1, 3), (1, 14), (2, 5)])
def test_a_killed_run_goes_on_and_ends_in_the_same_files(labelled, small, monkeypatch, at):
    folder = labelled.candidates / "encoder"
    train_encoder.run(labelled, small)
    whole = contents(folder)
    with monkeypatch.context() as context, pytest.raises(KilledError):
        killing(context, at)
        train_encoder.run(labelled, small)
    for path in folder.rglob("*.onnx"):
        path.unlink()
    steps = []
    with monkeypatch.context() as context:
        real = fine_tuning._learn
        context.setattr(fine_tuning, "_learn", lambda *args: steps.append(1) or real(*args))
        train_encoder.run(labelled, small, resume=True)
    assert contents(folder) == whole
    done = at[1] if at[0] == 1 else at[1] + EARLY_STEPS
    assert len(steps) == EARLY_STEPS + LATE_STEPS - done


EARLY_STEPS, LATE_STEPS = 2 * 7, 9
"""55 and 111 texts, and 169 titles of targets, 32 a step."""


def test_without_resume_everything_is_learnt_anew(labelled, small, monkeypatch):
    with monkeypatch.context() as context, pytest.raises(KilledError):
        killing(context, (1, 5))
        train_encoder.run(labelled, small)
    steps = []
    real = fine_tuning._learn
    monkeypatch.setattr(fine_tuning, "_learn", lambda *args: steps.append(1) or real(*args))
    train_encoder.run(labelled, small)
    assert len(steps) == EARLY_STEPS + LATE_STEPS


def test_going_on_with_other_data_is_refused(labelled, small, monkeypatch):
    with monkeypatch.context() as context, pytest.raises(KilledError):
        killing(context, (1, 5))
        train_encoder.run(labelled, small)
    rows = pd.read_parquet(labelled.candidates / ROWS)
    rows.loc[rows["row_id"] == "plan", "text"] = "build schools"
    write_table(rows, labelled.candidates / ROWS, LabelledRows)
    with pytest.raises(CheckpointError, match="of other labelled texts, another base model or another recipe"):
        train_encoder.run(labelled, small, resume=True)


def test_labelled_texts_without_themes_are_refused(labelled, small):
    readings = pd.read_parquet(labelled.candidates / READINGS)
    write_table(readings[readings["dimension"] != "themes"], labelled.candidates / READINGS, Readings)
    with pytest.raises(LearningSetError, match="has themes of UPR Info"):
        train_encoder.run(labelled, small)
