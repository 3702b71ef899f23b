"""The gate lets through what is no worse, refuses the rest in words, and writes down what a person forced."""

import json

import pytest

from pipeline import model_folder
from pipeline.model_folder import ModelError
from pipeline.promotion import PromotionError, promote, refusals
from tests.promotion.models import LIMITS, said, write_model


@pytest.fixture
def folders(tmp_path):
    return tmp_path / "candidates", tmp_path / "released"


def encoder(folder, content):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / model_folder.ENCODER).write_bytes(content)
    digest = model_folder._sha256(folder / model_folder.ENCODER)
    description = {"kind": "encoder", "sha256": {model_folder.ENCODER: digest}}
    (folder / model_folder.DESCRIPTION).write_text(json.dumps(description))
    for name in (model_folder.METRICS, model_folder.CARD):
        (folder / name).write_text("{}")
    return digest


def test_a_better_candidate_takes_the_place_of_the_released_model(folders):
    candidates, released = folders
    write_model(candidates / "themes", said(0.05))
    write_model(released / "themes", said(0.2))
    written = promote(["themes"], candidates, released, LIMITS)
    assert model_folder.fingerprint(released / "themes") == model_folder.fingerprint(candidates / "themes")
    assert {path.name for path in written} == {path.name for path in (released / "themes").iterdir()}
    record = json.loads((released / "themes" / model_folder.PROMOTION).read_text())
    assert record["forced_because"] is None
    assert record["compared"].startswith("text by text")
    assert "## Released" in (released / "themes" / model_folder.CARD).read_text()


def test_a_worse_candidate_is_refused_with_figure_difference_interval_and_remedy(folders):
    candidates, released = folders
    write_model(candidates / "themes", said(0.2))
    write_model(released / "themes", said(0.05))
    before = model_folder.fingerprint(released / "themes")
    with pytest.raises(PromotionError) as refusal:
        promote(["themes"], candidates, released, LIMITS)
    text = str(refusal.value)
    assert text.startswith("The gate refuses themes (compared text by text on 200 texts of 20 reviews")
    assert "- micro-F1 (all texts) 0." in text
    assert "95% interval -0." in text
    assert "a loss beyond noise" in text
    assert "What is released stays" in text
    assert "--force REASON" in text
    assert model_folder.fingerprint(released / "themes") == before


def test_the_same_model_again_is_let_through(folders):
    candidates, released = folders
    for folder in folders:
        write_model(folder / "themes", said(0.1))
    assert refusals(candidates / "themes", released / "themes", LIMITS).refusals == ()


def test_a_model_of_a_few_hundred_texts_is_refused_even_where_nothing_is_released(folders):
    candidates, released = folders
    write_model(candidates / "themes", said(0.0), texts=300)
    with pytest.raises(PromotionError, match="300 labelled texts: too few to trust.*Add labelled texts"):
        promote(["themes"], candidates, released, LIMITS)
    assert not released.exists()


def test_the_first_model_of_a_dimension_needs_no_other_to_beat(folders):
    candidates, released = folders
    write_model(candidates / "themes", said(0.3))
    promote(["themes"], candidates, released, LIMITS)
    record = json.loads((released / "themes" / model_folder.PROMOTION).read_text())
    assert record["compared"] == "nothing that was measured was released before"


def test_what_is_forced_stands_in_the_record_and_in_the_card(folders):
    candidates, released = folders
    write_model(candidates / "themes", said(0.2))
    write_model(released / "themes", said(0.05))
    promote(["themes"], candidates, released, LIMITS, forced_because="labels were read anew")
    record = json.loads((released / "themes" / model_folder.PROMOTION).read_text())
    assert record["forced_because"] == "labels were read anew"
    assert any("micro-F1" in reason for reason in record["gate_said"])
    card = (released / "themes" / model_folder.CARD).read_text()
    assert "**Against the gate.**" in card
    assert "labels were read anew" in card


def test_a_reason_that_was_not_needed_is_not_written_down(folders):
    candidates, released = folders
    write_model(candidates / "themes", said(0.05))
    write_model(released / "themes", said(0.2))
    promote(["themes"], candidates, released, LIMITS, forced_because="to be sure")
    assert json.loads((released / "themes" / model_folder.PROMOTION).read_text())["forced_because"] is None


def test_figures_of_another_model_are_stale_and_cannot_be_forced(folders):
    candidates, released = folders
    write_model(candidates / "themes", said(0.05))
    description = model_folder.read(candidates / "themes")
    model_folder.write_json(candidates / "themes" / model_folder.DESCRIPTION, {**description, "kind": "other"})
    with pytest.raises(ModelError, match=r"measured on another model.*Run `upr evaluate themes` again"):
        promote(["themes"], candidates, released, LIMITS, forced_because="in a hurry")


def test_all_are_promoted_or_none(folders):
    candidates, released = folders
    write_model(candidates / "themes", said(0.05))
    write_model(candidates / "action", said(0.2))
    write_model(released / "themes", said(0.2))
    write_model(released / "action", said(0.05))
    before = model_folder.fingerprint(released / "themes")
    with pytest.raises(PromotionError, match="The gate refuses action"):
        promote(["themes", "action"], candidates, released, LIMITS)
    assert model_folder.fingerprint(released / "themes") == before


def test_a_tagger_is_not_released_without_the_encoder_it_was_made_with(folders):
    candidates, released = folders
    new = encoder(candidates / "encoder", b"new")
    encoder(released / "encoder", b"old")
    write_model(candidates / "themes", said(0.05), kind="fused", encoder=new)
    with pytest.raises(PromotionError, match="promote both together, `upr promote encoder themes`"):
        promote(["themes"], candidates, released, LIMITS, forced_because="in a hurry")
    assert len(promote(["encoder", "themes"], candidates, released, LIMITS)) > 5
    assert (released / "encoder" / model_folder.ENCODER).read_bytes() == b"new"


def test_an_encoder_does_not_leave_behind_taggers_made_with_another(folders):
    candidates, released = folders
    encoder(candidates / "encoder", b"new")
    old = encoder(released / "encoder", b"old")
    write_model(released / "themes", said(0.1), kind="fused", encoder=old)
    write_model(released / "action", said(0.1), kind="linear", encoder=None)
    with pytest.raises(PromotionError, match=r"themes was made with the encoder \w{12}"):
        promote(["encoder"], candidates, released, LIMITS)
