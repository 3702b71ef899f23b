"""What requests ask, what outcomes name, and what carries what: the rules of annotation as words and links."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.frameworks.subjects import SUBORDINATE, SubjectsError, load_subjects, names_of
from pipeline.paths import ROOT
from pipeline.taxonomy import load_taxonomy

SUBJECTS = load_subjects(ROOT / "configs" / "framework_subjects.yaml")


def strongest(text: str) -> str:
    """Return the subject a request asks first of all."""
    asked = SUBJECTS.asked(text)
    return max(asked, key=lambda name: asked[name].strength)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Outcome 2: Families reach quality health services", "health"),
        ("Effet 7.1 : Les écoles des îles restent ouvertes, l'éducation est gratuite", "education"),
        ("E4 Las personas acceden a un trabajo decente", "jobs"),
        ("3.2 As pessoas têm acesso à água potável", "water"),
        ("ED 7.3. JUSTICIA EN LA COSTA", "justice"),
        ("People enjoy gender equality", "gender"),
    ],
)  # fmt: skip
def test_an_outcome_names_its_subject_in_four_languages(text: str, subject: str) -> None:
    assert subject in SUBJECTS.named(text)


@pytest.mark.parametrize(
    ("text", "subject", "why"),
    [
        ("gender-responsive budgets for roads", "gender", "a way of working is no subject"),
        ("an enabling environment for business", "environment", "not the natural one"),
        ("ecosystems are healthier", "health", "not that of people"),
        ("social justice for all", "justice", "not that of courts"),
    ],
)
def test_a_phrase_that_only_holds_the_word_names_nothing(text: str, subject: str, why: str) -> None:
    assert subject not in SUBJECTS.named(text), why


def test_what_an_outcome_only_conforms_to_counts_less() -> None:
    direct = SUBJECTS.named("Prisons are inspected and international standards are met")
    aside = SUBJECTS.named("Prisons are inspected in line with international standards")
    assert direct["international_norms"].strength == 1.0
    assert aside["international_norms"].strength == SUBORDINATE


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Forbid by law the genital mutilation of girls and train judges", "gbv"),
        ("Ratify the Optional Protocol on the rights of persons with disabilities", "treaties"),
        ("Extend a standing invitation to the special procedures", "mechanisms"),
        ("Build schools for indigenous children", "education"),
        ("Develop a strategy for the protection of all human rights", "human_rights"),
    ],
)
def test_the_theme_decides_before_means_groups_and_general_words(text: str, subject: str) -> None:
    assert strongest(text) == subject


def test_training_of_officials_is_no_public_awareness() -> None:
    assert "rights_awareness" in SUBJECTS.asked("Continue human rights education in the villages")
    assert "rights_awareness" not in SUBJECTS.asked("Continue human rights education of police officers and judges")


def test_justice_treaties_are_carried_by_justice_others_are_not() -> None:
    place = {name: row for row, name in enumerate(SUBJECTS.ids)}
    carried = SUBJECTS.carried
    assert carried[place["justice_treaties"], place["justice"]] > 0.8
    assert carried[place["treaties"], place["justice"]] < 0.5
    assert (np.diag(carried) == 1).all()


def test_an_output_names_for_its_outcome_a_little_less() -> None:
    own, output = SUBJECTS.named("Health for all"), SUBJECTS.named("Wells give clean water")
    both = names_of([own, output], 0.8)
    assert both["health"].strength == 1.0
    assert both["water"].strength == 0.8


def test_persons_and_goals_of_subjects_are_in_the_taxonomies() -> None:
    persons = set(load_taxonomy(ROOT / "configs" / "taxonomies" / "uhri_person.yaml").by_id())
    goals = {name.removeprefix("sdg:") for name in load_taxonomy(ROOT / "configs" / "taxonomies" / "sdg.yaml").by_id()}
    assert {person for subject in SUBJECTS.all for person in subject.persons} <= persons
    assert {code for subject in SUBJECTS.all for code in subject.sdgs} <= goals


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("law:\n  label: law\n  word: [law]\n", "unknown key 'word'"),
        ("law:\n  label: law\n  words: [law]\n  carried_by: {lwa: 1}\n", "carried by 'lwa'.*'law'"),
        ("law:\n  label: law\n  words: ['.. law']\n", "'.. law' must begin and end with a word"),
    ],
)
def test_a_wrong_file_is_told_by_name(entry: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "subjects.yaml"
    path.write_text(entry)
    with pytest.raises(SubjectsError, match=message):
        load_subjects(path)
