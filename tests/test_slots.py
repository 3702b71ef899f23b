import pytest

from pipeline.paths import ROOT
from pipeline.slots import core, load_slot_words, read_slots

WORDS = load_slot_words(ROOT / "configs" / "slots.yaml")


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Consider abolishing the death penalty", "consider"),
        ("Explore the possibility of establishing an ombudsman", "consider"),
        ("Continue its efforts to reduce poverty", "continue"),
        ("Step up the fight against corruption", "continue"),
        ("Take steps towards the abolition of the death penalty", "continue"),
        ("Abolish the death penalty", "specific"),
        ("Accelerate the adoption of the water act", "specific"),
        ("Take all necessary measures to abolish the death penalty", "specific"),
        ("Take measures to continue the reform of prisons", "continue"),
        ("Accelerate its current efforts to ratify CAT", "continue"),
        ("Take further steps to close the cells", "continue"),
        ("Take progressive measures to consider acceding to CAT", "consider"),
        ("Complete its consideration of the water act", "consider"),
        ("Review its reservations to CAT with a view to withdrawing them", "consider"),
    ],
)
def test_strength_classes_of_the_annotation_rules(text: str, strength: str) -> None:
    assert read_slots(text, WORDS).strength == strength


def test_acts_groups_and_matter() -> None:
    slots = read_slots("Adopt a law to protect girls and boys from early marriage in Belmora by 2014", WORDS)
    assert {"adopt-law", "protect"} <= slots.acts
    assert slots.groups == {"women", "children"}
    assert "harmful-practices" in slots.topics
    assert slots.names == {"belmora"}
    assert slots.numbers == {"2014"}


def test_an_aim_is_not_the_act() -> None:
    slots = read_slots("Establish a moratorium on executions with a view to abolishing the death penalty", WORDS)
    assert "moratorium" in slots.acts
    assert "abolish" not in slots.acts
    assert "abolish" in slots.aims


def test_the_core_leaves_out_strength_and_manner() -> None:
    text = "Continue its efforts to open clinics in all districts, in line with its obligations"
    assert core(text, WORDS) == "open clinics in all districts"
