"""What the encoder learns from: recommendations with themes and action, activities with SDG targets, target titles."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.labelled import truth_of
from pipeline.taxonomy import Taxonomy
from pipeline.transformer.tasks import Flags, Task

ORIGINS = {"themes": "upr_info", "action": "upr_info", "sdgs": "un_info"}
"""The tasks, and whose readings each learns from. Gold sets measure: the encoder learns nothing from them."""

_EXCLUSIVE = "action"
_TARGETS = "sdgs"


class LearningSetError(ValueError):
    """The labelled texts at hand cannot train the encoder: says what is lacking."""


@dataclass(frozen=True)
class LearningSet:
    """Texts, what each task learns from them, and of each task the concepts in the order of its labels.

    `rows` are the labelled rows that the first of the texts are of; titles of targets follow.
    """

    rows: pd.DataFrame
    texts: list[str]
    tasks: list[Task]
    concepts: dict[str, list[str]]


def concepts_of(readings: pd.DataFrame, taxonomies: Mapping[str, Taxonomy]) -> dict[str, list[str]]:
    """Return of each task the concepts it can learn: all goals and targets, of the others those that were ever read."""
    occurring = set(readings["concept_id"].dropna())
    return {
        name: [concept.id for concept in taxonomies[name].concepts if name == _TARGETS or concept.id in occurring]
        for name in ORIGINS
    }


def learning_set(
    rows: pd.DataFrame,
    readings: pd.DataFrame,
    taxonomies: Mapping[str, Taxonomy],
    weights: Mapping[str, float],
    concepts: Mapping[str, list[str]],
) -> LearningSet:
    """Return what the encoder learns from the labelled `rows` and their `readings`, and from the titles of SDG targets.

    Args:
        rows: labelled rows to learn from.
        readings: those of other rows are left out.
        taxonomies: the vocabulary of each task.
        weights: what the loss of each task counts.
        concepts: of each task, the order of its labels.

    Raises:
        LearningSetError: no row has themes.
    """
    readings = readings[readings["row_id"].isin(rows["row_id"])]
    truths = {name: truth_of(rows, readings, name, origin, concepts[name]) for name, origin in ORIGINS.items()}
    if truths["themes"].rows.empty:
        raise LearningSetError(
            "No labelled recommendation to train the encoder on has themes of UPR Info; put an export of UPR Info in "
            "data/raw/labelled and run `upr stage prepare`"
        )
    read = pd.concat([truth.rows for truth in truths.values()]).drop_duplicates("row_id")
    places = pd.Series(range(len(read)), index=read["row_id"])
    titles = [concept for concept in taxonomies[_TARGETS].concepts if concept.broader]
    tasks = []
    for name, truth in truths.items():
        at = places[truth.rows["row_id"]].to_numpy(dtype=np.int64)
        right = truth.right
        if name == _TARGETS:
            at = np.append(at, np.arange(len(read), len(read) + len(titles))).astype(np.int64)
            right = np.concatenate([right, _flags([[concept.id] for concept in titles], concepts[name])])
            right = _with_goals(right, taxonomies[name], concepts[name])
        labelled = right.any(axis=1) | (name != _EXCLUSIVE)
        if labelled.any():
            tasks.append(Task(name, at[labelled].astype(np.int64), right[labelled], name == _EXCLUSIVE, weights[name]))
    texts = read["text"].tolist() + [concept.definition or concept.label for concept in titles]
    return LearningSet(read, texts, tasks, {task.name: list(concepts[task.name]) for task in tasks})


def _flags(found: list[list[str]], concepts: list[str]) -> Flags:
    return np.array([[concept in some for concept in concepts] for some in found], dtype=bool)


def _with_goals(right: Flags, taxonomy: Taxonomy, concepts: list[str]) -> Flags:
    """Return the labels with the goal of each target."""
    column = {concept: at for at, concept in enumerate(concepts)}
    whole = right.copy()
    for concept in taxonomy.concepts:
        if concept.broader:
            whole[:, column[concept.broader]] |= right[:, column[concept.id]]
    return whole
