"""The models in version control: whole, small, as good as promised, and silent about the texts they come from."""

import json

import numpy as np
import pytest

from pipeline import model_folder
from pipeline.classifier.linear import from_arrays
from pipeline.paths import ROOT
from pipeline.schemas import SCHEMES
from pipeline.taxonomy import load_taxonomy

RELEASED = ROOT / "models" / "released"
MEGABYTES = 20


@pytest.mark.parametrize("dimension", SCHEMES)
def test_a_released_model_is_whole_and_small(dimension):
    folder = RELEASED / dimension
    model_folder.read(folder)
    assert sum(path.stat().st_size for path in folder.iterdir()) < MEGABYTES * 1024**2
    assert {path.name for path in folder.iterdir()} <= set(model_folder.RELEASED_FILES)


@pytest.mark.parametrize("dimension", SCHEMES)
def test_every_concept_of_a_released_model_is_in_the_taxonomy(dimension):
    description = model_folder.read(RELEASED / dimension)
    path = ROOT / "configs" / "taxonomies" / f"{description['scheme'].replace('-', '_')}.yaml"
    assert set(description["concepts"]) <= set(load_taxonomy(path).by_id())


@pytest.mark.parametrize(("dimension", "micro", "macro"), [("themes", 0.89, 0.83), ("action", 0.87, 0.87)])
def test_the_released_models_keep_what_was_promised(dimension, micro, macro):
    metrics = json.loads((RELEASED / dimension / model_folder.METRICS).read_text())
    assert metrics["all"]["micro_f1"] >= micro
    assert metrics["all"]["macro_f1"] >= macro
    assert metrics["calibration_error_top"] <= 0.03
    assert metrics["auto"]["precision"] >= 0.95


@pytest.mark.parametrize("dimension", ["themes", "action"])
def test_the_vocabulary_holds_no_more_than_two_words_in_a_row(dimension):
    folder = RELEASED / dimension
    model = from_arrays(model_folder.read_arrays(folder), model_folder.read(folder)["concepts"])
    longest = max(len(name.split(":", 1)[1].split()) for name in model.ngrams.names() if not name.startswith("char"))
    assert longest <= 2
    assert np.isfinite(model.coefficients).all()


@pytest.mark.parametrize("dimension", SCHEMES)
def test_a_card_says_by_whom_gold_was_read(dimension):
    card = (RELEASED / dimension / model_folder.CARD).read_text(encoding="utf-8")
    if model_folder.read(RELEASED / dimension).get("measured_on") == "gold":
        assert "language-model annotators" in card
    assert "Intended use and misuse" in card
