"""What the encoder learns: each text once, each task on the texts that were read for it."""

import pandas as pd
import pytest

from pipeline.taxonomy import Concept, Taxonomy
from pipeline.transformer.learning_set import LearningSetError, concepts_of, learning_set

ROWS = pd.DataFrame(
    [
        ("r1", 4, "Abolish torture"),
        ("r2", 5, "Build schools"),
        ("r3", 5, "Continue the reform"),
        ("w1", 0, "Clinics for all districts of Arvandia"),
        ("g1", 0, "Free all journalists"),
    ],
    columns=["row_id", "session", "text"],
)
READINGS = pd.DataFrame(
    [
        ("r1", "upr_info", "themes", "upr-info:torture"),
        ("r1", "upr_info", "action", "upr-action:5"),
        ("r2", "upr_info", "themes", "upr-info:education"),
        ("r2", "upr_info", "themes", "upr-info:children"),
        ("r3", "upr_info", "themes", None),
        ("r3", "upr_info", "action", None),
        ("w1", "un_info", "sdgs", "sdg:3.8"),
        ("g1", "gold", "sdgs", "sdg:16.10"),
        ("g1", "gold", "themes", "upr-info:media"),
    ],
    columns=["row_id", "origin", "dimension", "concept_id"],
).assign(certain=True)


def taxonomy(scheme, *concepts):
    return Taxonomy(scheme=scheme, title=scheme, version="1", source="invented", concepts=concepts)


TAXONOMIES = {
    "themes": taxonomy(
        "upr-info",
        *(Concept(id=f"upr-info:{name}", label=name) for name in ("children", "education", "land", "media", "torture")),
    ),
    "action": taxonomy("upr-action", *(Concept(id=f"upr-action:{n}", label=str(n)) for n in range(1, 6))),
    "sdgs": taxonomy(
        "sdg",
        Concept(id="sdg:3", label="3 - Health"),
        Concept(id="sdg:3.8", label="3.8", definition="Universal health coverage", broader="sdg:3"),
        Concept(id="sdg:16", label="16 - Peace"),
        Concept(id="sdg:16.10", label="16.10", definition="Access to information", broader="sdg:16"),
    ),
}
WEIGHTS = {"themes": 0.5, "action": 1.5, "sdgs": 0.3}


@pytest.fixture
def learnt():
    return learning_set(ROWS, READINGS, TAXONOMIES, WEIGHTS, concepts_of(READINGS, TAXONOMIES))


def found(learnt, name):
    task = next(task for task in learnt.tasks if task.name == name)
    concepts = learnt.concepts[name]
    return {
        learnt.texts[at]: [concepts[column] for column in row.nonzero()[0]]
        for at, row in zip(task.rows, task.labels, strict=True)
    }


def test_each_text_is_there_once_and_texts_of_gold_sets_are_not(learnt):
    assert sorted(learnt.texts) == sorted(
        [*ROWS["text"][:4], "Universal health coverage", "Access to information"],
    )


def test_a_text_read_without_theme_teaches_that_there_is_none(learnt):
    assert found(learnt, "themes") == {
        "Abolish torture": ["upr-info:torture"],
        "Build schools": ["upr-info:children", "upr-info:education"],
        "Continue the reform": [],
    }


def test_an_exclusive_task_learns_from_labelled_texts_only(learnt):
    assert found(learnt, "action") == {"Abolish torture": ["upr-action:5"]}


def test_a_target_brings_its_goal_and_the_titles_of_targets_are_texts(learnt):
    assert found(learnt, "sdgs") == {
        "Clinics for all districts of Arvandia": ["sdg:3", "sdg:3.8"],
        "Universal health coverage": ["sdg:3", "sdg:3.8"],
        "Access to information": ["sdg:16", "sdg:16.10"],
    }


def test_concepts_are_in_the_order_of_the_vocabulary_and_those_never_read_have_no_head(learnt):
    assert learnt.concepts["themes"] == [f"upr-info:{name}" for name in ("children", "education", "media", "torture")]
    assert learnt.concepts["sdgs"] == ["sdg:3", "sdg:3.8", "sdg:16", "sdg:16.10"]
    assert {task.name: task.weight for task in learnt.tasks} == WEIGHTS


def test_the_order_of_the_rows_changes_nothing(learnt):
    again = learning_set(ROWS[::-1], READINGS[::-1], TAXONOMIES, WEIGHTS, learnt.concepts)
    assert again.texts == learnt.texts
    assert all((one.labels == other.labels).all() for one, other in zip(again.tasks, learnt.tasks, strict=True))


def test_without_themes_it_says_what_is_lacking():
    with pytest.raises(LearningSetError, match="has themes of UPR Info; put an export"):
        learning_set(ROWS[3:], READINGS, TAXONOMIES, WEIGHTS, concepts_of(READINGS, TAXONOMIES))


def test_without_actions_there_is_no_such_task():
    readings = READINGS[READINGS["dimension"] != "action"]
    learnt = learning_set(ROWS, readings, TAXONOMIES, WEIGHTS, concepts_of(readings, TAXONOMIES))
    assert list(learnt.concepts) == ["themes", "sdgs"]
