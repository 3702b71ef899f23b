"""What speaks for an outcome, as numbers."""

import numpy as np
import pandas as pd
import pytest

from pipeline.frameworks.candidates import FEATURES, NamedOutcomes, Outcome, Requests, features, outcomes_of, outputs_of
from pipeline.frameworks.subjects import load_subjects
from pipeline.paths import ROOT

SUBJECTS = load_subjects(ROOT / "configs" / "framework_subjects.yaml")
RIGHTS = Outcome(
    "o1", "People enjoy human rights and the rule of law", sdgs=frozenset({"16.3"}), groups=frozenset({"women girls"})
)
SERVICES = Outcome("o2", "Families reach quality services", ("Clinics give health care",), sdgs=frozenset({"3"}))
NAMED = NamedOutcomes((RIGHTS, SERVICES), SUBJECTS)
VECTORS = {
    RIGHTS.text: np.array([1.0, 0.0]),
    SERVICES.text: np.array([0.6, 0.8]),
    SERVICES.outputs[0]: np.array([0.0, 1.0]),
}
PROFILES = SUBJECTS.weights([SUBJECTS.asked("Ratify the treaty"), SUBJECTS.asked("Stop torture"), SUBJECTS.asked("Build clinics for health")])  # fmt: skip


def numbers(text: str, vector: tuple[float, float] = (0.0, 1.0), *, comparable: bool = True, sdgs: frozenset[str] = frozenset(), groups: frozenset[str] = frozenset()) -> dict[str, list[float]]:  # fmt: skip
    """Return feature -> its value for the outcomes RIGHTS and SERVICES."""
    requests = Requests([text], np.array([vector]), [sdgs], [groups], [SUBJECTS.asked(text)])
    pairs, _ = features(requests, NAMED, VECTORS, PROFILES, comparable=comparable)
    return {name: pairs[0, :, place].tolist() for place, name in enumerate(FEATURES)}


def test_a_request_is_carried_by_the_outcome_whose_output_names_it() -> None:
    found = numbers("Give every village health care")["subjects"]
    assert found[1] > 0.8 > found[0]


def test_a_treaty_goes_to_human_rights() -> None:
    found = numbers("Ratify the Convention on migrant workers")["subjects"]
    assert found[0] > 0.9 > found[1]


def test_wording_is_the_nearest_text_of_the_outcome_against_the_mean() -> None:
    found = numbers("Anything", (0.0, 1.0))["wording"]
    assert found == pytest.approx([-0.5, 0.5])


def test_wording_says_nothing_in_a_language_the_encoder_does_not_know() -> None:
    assert numbers("Anything", comparable=False)["wording"] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("sdgs", "shared"), [({"16.3"}, [1.0, 0.0]), ({"16.9"}, [0.5, 0.0]), ({"3.8"}, [0.0, 0.5]), (set(), [0.0, 0.0])]
)
def test_a_shared_target_counts_more_than_a_shared_goal(sdgs: set[str], shared: list[float]) -> None:
    assert numbers("Anything", sdgs=frozenset(sdgs))["sdgs"] == shared


def test_the_outcome_of_rights_draws_more_of_the_usual_upr_than_services() -> None:
    found = numbers("Anything")["pull"]
    assert found[0] > found[1]


def test_none_knows_whether_anything_was_asked() -> None:
    requests = Requests(
        ["Carry on"], np.array([[1.0, 0.0]]), [frozenset()], [frozenset()], [SUBJECTS.asked("Carry on")]
    )
    _, none = features(requests, NAMED, VECTORS, PROFILES, comparable=True)
    assert none.tolist() == [[1.0, 1.0, 0.0]]


def test_outcomes_and_outputs_come_from_the_table_with_what_is_below_them() -> None:
    blank = dict.fromkeys(["sdg_targets", "named_sdgs", "lnob_groups", "named_groups"])
    items = pd.DataFrame([
        {"item_id": "o1", "level": "outcome", "parent_id": None, "text": "Rights", **blank, "named_sdgs": "16"},
        {"item_id": "p1", "level": "output", "parent_id": "o1", "text": "Courts", **blank, "sdg_targets": "16.3; 5.2", "lnob_groups": "Women & Girls"},
        {"item_id": "p2", "level": "output", "parent_id": None, "text": "Lost", **blank},
    ])  # fmt: skip
    assert outcomes_of(items) == (
        Outcome("o1", "Rights", ("Courts",), frozenset({"16", "16.3", "5.2"}), frozenset({"women girls"})),
    )
    outputs, places = outputs_of(items)
    assert [output.id for output in outputs] == ["p1"] and places == [0]
