"""What a State was asked, in numbers: the same for its page and for its figures. Each count has a unit.

`recommendations` are those of the UPR, without voluntary pledges; `pairs` are recommendation x recommending State.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from pipeline.explorer.payload import plain
from pipeline.explorer.rows import asked_by_states
from pipeline.schemas import POSITIONS

ALL = "all"
"""Stands for all cycles together."""
NOBODY = ""
"""Stands in the heatmap for recommendations that name no group."""


def by_cycle(rows: pd.DataFrame, asking: pd.DataFrame, tags: pd.DataFrame, asks: pd.DataFrame,
             *, themes: int, groups: int) -> dict[str, Any]:  # fmt: skip
    """Return the counts of one State, for all cycles and for each.

    Args:
        rows: its recommendations.
        asking: who made them.
        tags: their labels.
        asks: in which ask each stands.
        themes: most frequent themes in the heatmap.
        groups: most frequent groups in the heatmap.
    """
    made = asked_by_states(rows)
    cycles = sorted(int(cycle) for cycle in made["cycle"].dropna().unique())
    found = {ALL: _counts(made, asking, tags, asks, themes, groups)}
    for cycle in cycles:
        found[str(cycle)] = _counts(made[made["cycle"] == cycle], asking, tags, asks, themes, groups)
    return found


def _counts(
    made: pd.DataFrame, asking: pd.DataFrame, tags: pd.DataFrame, asks: pd.DataFrame, themes: int, groups: int
) -> dict[str, Any]:
    """Return the counts of the recommendations in `made`; counted in plain Python, as the frames are small and many."""
    ids = set(made["recommendation_id"])
    asking, tags = (part[part["recommendation_id"].isin(ids)] for part in (asking, tags))
    sizes = Counter(asks[asks["recommendation_id"].isin(ids)]["ask_id"].tolist())
    positions = dict(zip(made["recommendation_id"], made["position"], strict=True))
    numbered = made[made["paragraph"].notna()]
    places = zip(*(numbered[name] for name in ("session", "document_symbol", "paragraph")), strict=True)
    return {
        "recommendations": len(made),
        "paragraphs": len({tuple(str(part) for part in place) for place in places}),
        "unnumbered": len(made) - len(numbered),
        "pairs": len(asking.drop_duplicates(["recommendation_id", "state_raw"])),
        "asks": len(sizes),
        "repeated_asks": sum(size > 1 for size in sizes.values()),
        "years": sorted({int(year) for year in made["year"].dropna()}),
        "positions": _tally(positions.values()),
        "actions": _actions(tags, positions),
        "regions": _regions(asking),
        "askers": _askers(asking, positions),
        "heatmap": heatmap(tags, themes, groups),
        "goals": goals(tags, positions),
    }


def _tally(positions: Iterable[str]) -> dict[str, int]:
    """Return how often each position occurs."""
    counts = Counter(positions)
    return {name: counts[name] for name in POSITIONS if name in counts}


def _of(tags: pd.DataFrame, dimension: str) -> list[tuple[str, str, str]]:
    """Return recommendation, concept and label of the tags of one dimension."""
    told = tags[tags["dimension"] == dimension]
    return list(zip(told["recommendation_id"], told["concept_id"], told["label"], strict=True))


def _actions(tags: pd.DataFrame, positions: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Return for each category of action the positions of its recommendations."""
    answers: dict[str, list[str]] = {}
    for recommendation, label in sorted({(one, label) for one, _, label in _of(tags, "action")}):
        answers.setdefault(label, []).append(positions[recommendation])
    return {label: _tally(answers[label]) for label in sorted(answers)}


def _regions(asking: pd.DataFrame) -> list[list[Any]]:
    """Return each regional group with its pairs, most first; null where the State is unknown."""
    once = asking.drop_duplicates(["recommendation_id", "state_raw"])
    counts = Counter(plain(once["region"]))
    return sorted(([region, n] for region, n in counts.items()), key=lambda pair: (-pair[1], pair[0] or "~"))


def _askers(asking: pd.DataFrame, positions: Mapping[str, str]) -> list[list[Any]]:
    """Return each recommending State: code, name, its recommendations, those supported; most first."""
    names = plain(asking["state_name"].fillna(asking["state_raw"]))
    made: dict[str, set[str]] = {}
    for name, recommendation in zip(names, asking["recommendation_id"], strict=True):
        made.setdefault(name, set()).add(recommendation)
    code = dict(zip(names, plain(asking["state_iso3"]), strict=True))
    listed = [
        [code[name], name, len(ids), sum(positions[one] == "supported" for one in ids)] for name, ids in made.items()
    ]
    return sorted(listed, key=lambda one: (-one[2], one[1]))


def heatmap(tags: pd.DataFrame, most_themes: int, most_groups: int) -> dict[str, Any]:
    """Return the recommendations of each frequent theme that name each frequent group; `NOBODY`: they name none.

    A recommendation of two themes counts in both rows: rows do not add up.
    """
    themes, groups = _of(tags, "themes"), _of(tags, "groups")
    frequent, named = _most(themes, most_themes), _most(groups, most_groups)
    groups_of: dict[str, list[str]] = {}
    for recommendation, group, _ in groups:
        groups_of.setdefault(recommendation, []).append(group)
    cells = Counter(
        (theme, group) for recommendation, theme, _ in themes for group in groups_of.get(recommendation, [NOBODY])
    )
    columns = [*(concept for concept, *_ in named), NOBODY]
    return {
        "themes": frequent,
        "groups": named,
        "cells": [[cells[theme, group] for group in columns] for theme, *_ in frequent],
    }


def _most(tags: list[tuple[str, str, str]], most: int) -> list[list[Any]]:
    """Return id, label and number of the most frequent concepts."""
    counts = Counter((concept, label) for _, concept, label in tags)
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [[concept, label, n] for (concept, label), n in ranked[:most]]


def goals(tags: pd.DataFrame, positions: Mapping[str, str]) -> dict[str, list[int]]:
    """Return for each goal of the 2030 Agenda its recommendations and those supported; targets count for their goal."""
    made: dict[str, set[str]] = {}
    for recommendation, concept, _ in _of(tags, "sdgs"):
        made.setdefault(concept.removeprefix("sdg:").partition(".")[0], set()).add(recommendation)
    ordered = sorted(made.items(), key=lambda one: int(one[0]))
    return {goal: [len(ids), sum(positions[one] == "supported" for one in ids)] for goal, ids in ordered}
