"""The suggestion follows from position, repetition and coverage, by rules that a person can read and change."""

import itertools

import pytest
import yaml

from pipeline.follow_up import Case, FollowUpError, load_rules, sentence, suggest
from pipeline.paths import ROOT

RULES = load_rules(ROOT / "configs" / "follow_up.yaml")
EXPECTED = yaml.safe_load((ROOT / "tests" / "expectations" / "follow_up.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", EXPECTED, ids=lambda entry: f"{entry['expect']}: {entry['why']}")
def test_the_rule_that_decides(entry):
    assert suggest(Case(**entry["case"]), RULES).id == entry["expect"], entry["why"]


def test_every_rule_decides_some_expected_case():
    assert {rule.id for rule in RULES} == {entry["expect"] for entry in EXPECTED}


def test_every_case_that_can_occur_has_a_suggestion():
    positions = ("supported", "noted", "partially_supported", "pending", "unknown")
    for position, latest, before, others, bodies, coverage in itertools.product(
        positions, *[(True, False)] * 4, ("carried", "none", "unknown")
    ):
        case = Case(position=position, latest_review=latest, asked_before=before, others_ask=others, other_bodies=bodies,
                    coverage=coverage)  # fmt: skip
        assert suggest(case, RULES).when.position == (position,)


def test_no_sentence_calls_a_noted_recommendation_rejected_or_accepted():
    said = " ".join(rule.say for rule in RULES).replace("Noted is not rejected", "")
    assert not any(word in said.lower() for word in ("reject", "accept", "refus"))


def test_the_words_are_filled_in():
    rule = next(rule for rule in RULES if rule.id == "supported_carried")
    words = dict.fromkeys(("state", "prior_positions", "first_cycle", "co_states", "other_paragraphs"), "-")
    assert "Outcome 2: Schools" in sentence(rule, {**words, "framework_item": "Outcome 2: Schools"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rules: [{id: a, when: {position: supported, mood: good}, say: x}]", "mood"),
        ("rules: [{id: a, when: {position: accepted}, say: x}]", "accepted"),
        ("rules: [{id: a, when: {position: supported}, say: 'see {minister}'}]", "minister"),
        ("rules: [{id: a, when: {position: supported}, say: x}]", "noted"),
        ("rules: [{id: a, when: {position: noted}, say: x}, {id: a, when: {position: noted}, say: y}]", "twice"),
        ("rules: [", "follow_up.yaml"),
    ],
)
def test_rules_that_break_the_form_are_told(tmp_path, text, told):
    path = tmp_path / "follow_up.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FollowUpError, match=told):
        load_rules(path)
