"""The released map: whole, made with the subjects of this version, and honest about its readers."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline import model_folder
from pipeline.frameworks.model import load_map_model
from pipeline.frameworks.subjects import Subjects, load_subjects
from pipeline.model_folder import ModelError
from pipeline.paths import ROOT

RELEASED = ROOT / "models" / "released" / "framework_map"
SUBJECTS = load_subjects(ROOT / "configs" / "framework_subjects.yaml")


def test_the_released_map_was_made_with_the_subjects_of_this_version() -> None:
    model = load_map_model(RELEASED, SUBJECTS)
    assert model.profiles.shape[1] == len(SUBJECTS.ids)
    assert 0.3 < model.auto_from(0.95) < 1.0
    assert model.auto_from(0.8) <= model.auto_from(0.95)


def test_other_subjects_want_another_training() -> None:
    fewer = Subjects(SUBJECTS.all[:-1])
    with pytest.raises(ModelError, match=r"other subjects.*train it again"):
        load_map_model(RELEASED, fewer)


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    copied = tmp_path / "framework_map"
    shutil.copytree(RELEASED, copied)
    (copied / "model.npz").write_bytes(b"other")
    with pytest.raises(ModelError, match=r"model\.npz"):
        load_map_model(copied, SUBJECTS)


def test_the_card_says_who_read_and_how_far_it_holds() -> None:
    card = (RELEASED / model_folder.CARD).read_text(encoding="utf-8")
    assert "language models under written rules, not by human experts" in card
    assert "always for review" in card
    found = json.loads((RELEASED / model_folder.METRICS).read_text())["sets"]["gold set"]
    assert (
        found["first_outcome"]["value"] >= 0.85
        and found["recall_at_3"]["value"] >= 0.95
        and found["gap_f1"]["value"] >= 0.6
    )
    low, high = found["first_outcome"]["interval_95"]
    assert low < found["first_outcome"]["value"] < high
