"""Recommendations and frameworks made comparable: vectors, subjects, SDGs, groups. No stage of its own: stages share it."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.frameworks.candidates import NamedOutcomes
from pipeline.frameworks.naming import named
from pipeline.frameworks.subjects import Subjects, load_subjects
from pipeline.language import detect_languages
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.stages.encoding import plain_vectors
from pipeline.stages.tag import tag_texts
from pipeline.taxonomy import load_taxonomy
from pipeline.text import fold

Vectors = NDArray[np.float32]


def subjects_of(workspace: Workspace) -> Subjects:
    """Return the subjects of configs/framework_subjects.yaml."""
    return load_subjects(workspace.configs / "framework_subjects.yaml")


def item_vectors(workspace: Workspace, params: Params, frameworks: Sequence[NamedOutcomes]) -> Mapping[str, Vectors]:
    """Return the unit vector of every text of the frameworks."""
    wanted = sorted({text for one in frameworks for item in one.outcomes for text in (item.text, *item.outputs)})
    return dict(zip(wanted, plain_vectors(workspace, params, wanted), strict=True))


def tagged(texts: Sequence[str], workspace: Workspace, params: Params) -> pd.DataFrame:
    """Return the SDGs and groups that words and themes of the texts propose: text, dimension, concept_id, label."""
    wanted = sorted(set(texts))
    parts = [tag_texts(wanted, name, workspace, params, features=None) for name in ("sdgs", "groups")] if wanted else []
    parts = [part[part["proposed"]] for part in parts]
    columns = ["text", "dimension", "concept_id", "label"]
    if not parts:
        return pd.DataFrame(columns=columns)
    both = pd.concat(parts, ignore_index=True)
    return both.assign(text=[wanted[row] for row in both["row"]])[columns]


def with_names(items: pd.DataFrame, workspace: Workspace, params: Params) -> pd.DataFrame:
    """Return the items with what their texts name: subjects in every language, tags where the taggers know it (English)."""
    joined = {str(name): " ".join(part["text"]) for name, part in items.groupby("framework_id")}
    languages = dict(
        zip(joined, detect_languages(list(joined.values()), params.ingest.min_language_probability), strict=True)
    )
    english = items[items["framework_id"].map(languages) == "en"]["text"].tolist()
    persons = {concept.id: concept.label for concept in load_taxonomy(workspace.taxonomy("uhri-person")).concepts}
    return named(items, subjects_of(workspace), languages, tagged(english, workspace, params), persons)


def labels_of(labels: pd.DataFrame, key: str) -> dict[str, dict[str, frozenset[str]]]:
    """Return the SDG codes and the folded names of groups that each `key` of a table of tags or labels has."""
    sdgs = labels[labels["dimension"] == "sdgs"]
    groups = labels[labels["dimension"] == "groups"]
    return {
        "sdgs": {str(k): frozenset(part.str.removeprefix("sdg:")) for k, part in sdgs.groupby(key)["concept_id"]},
        "groups": {str(k): frozenset(map(fold, part)) for k, part in groups.groupby(key)["label"]},
    }
