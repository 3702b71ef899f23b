"""What the texts of a framework name: subjects in any of its languages, and with them SDGs and affected groups."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pipeline.frameworks.entries import target_order
from pipeline.frameworks.subjects import Subjects


def named(
    items: pd.DataFrame,
    subjects: Subjects,
    languages: Mapping[str, str | None],
    tags: pd.DataFrame,
    persons: Mapping[str, str],
) -> pd.DataFrame:
    """Return `items` with `language`, `named_subjects`, `named_sdgs` and `named_groups`.

    `languages` says the language of each framework; `tags` are tags of the items' texts (columns text, dimension, concept_id,
    label), as far as the taggers know their language; `persons` are the labels of the affected persons by concept.
    """
    sdgs = _by_text(tags[tags["dimension"] == "sdgs"], "concept_id")
    groups = _by_text(tags[tags["dimension"] == "groups"], "label")
    of_subject = {subject.id: subject for subject in subjects.all}
    rows = []
    for text in items["text"]:
        found = [name for name in subjects.ids if name in subjects.named(text)]
        codes = {code for name in found for code in of_subject[name].sdgs}
        codes |= {concept.removeprefix("sdg:") for concept in sdgs.get(text, ())}
        people = {persons[concept] for name in found for concept in of_subject[name].persons} | set(
            groups.get(text, ())
        )
        rows.append((_joined(found), _joined(sorted(codes, key=target_order)), _joined(sorted(people))))
    made = pd.DataFrame(rows, columns=["named_subjects", "named_sdgs", "named_groups"], index=items.index)
    return items.assign(language=items["framework_id"].map(languages), **{str(name): made[name] for name in made})


def _by_text(tags: pd.DataFrame, column: str) -> dict[str, list[str]]:
    return {str(text): part[column].tolist() for text, part in tags.groupby("text")}


def _joined(values: Sequence[str]) -> str | None:
    return "; ".join(values) or None
