"""What a State was asked, in numbers: the same for its page and for its figures. Each count has a unit.

`recommendations` are those of the UPR, without voluntary pledges; `pairs` are recommendation x recommending State.
"""

from typing import Any

import pandas as pd

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
    ids = set(made["recommendation_id"])
    asking, tags = (part[part["recommendation_id"].isin(ids)] for part in (asking, tags))
    sizes = asks[asks["recommendation_id"].isin(ids)]["ask_id"].value_counts()
    positions = made.set_index("recommendation_id")["position"]
    return {
        "recommendations": len(made),
        "paragraphs": len(made.drop_duplicates(["session", "document_symbol", "paragraph"])),
        "pairs": len(asking.drop_duplicates(["recommendation_id", "state_raw"])),
        "asks": len(sizes),
        "repeated_asks": int((sizes > 1).sum()),
        "years": sorted(int(year) for year in made["year"].dropna().unique()),
        "positions": _tally(made["position"]),
        "actions": _actions(tags, positions),
        "regions": _regions(asking),
        "askers": _askers(asking, positions),
        "heatmap": heatmap(tags, themes, groups),
        "goals": goals(tags, positions),
    }


def _tally(positions: pd.Series) -> dict[str, int]:
    """Return how often each position occurs."""
    counts = positions.value_counts()
    return {name: int(counts[name]) for name in POSITIONS if name in counts}


def _actions(tags: pd.DataFrame, positions: pd.Series) -> dict[str, dict[str, int]]:
    """Return for each category of action the positions of its recommendations."""
    told = tags[tags["dimension"] == "action"].drop_duplicates(["recommendation_id", "label"])
    answers = told["recommendation_id"].map(positions)
    return {str(label): _tally(part) for label, part in answers.groupby(told["label"])}


def _regions(asking: pd.DataFrame) -> list[list[Any]]:
    """Return each regional group with its pairs, most first; null where the State is unknown."""
    once = asking.drop_duplicates(["recommendation_id", "state_raw"])
    counts = once["region"].value_counts(dropna=False)
    pairs = [[None if pd.isna(region) else str(region), int(n)] for region, n in counts.items()]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0] or "~"))


def _askers(asking: pd.DataFrame, positions: pd.Series) -> list[list[Any]]:
    """Return each recommending State: code, name, its recommendations, those supported; most first."""
    named = asking.assign(name=asking["state_name"].fillna(asking["state_raw"]),
                          supported=asking["recommendation_id"].map(positions) == "supported")  # fmt: skip
    named = named.drop_duplicates(["recommendation_id", "name"])
    made = named.groupby("name").agg(
        code=("state_iso3", "first"), n=("supported", "size"), supported=("supported", "sum")
    )
    listed = [
        [None if pd.isna(code) else code, name, int(n), int(yes)] for name, code, n, yes in made.itertuples(name=None)
    ]
    return sorted(listed, key=lambda one: (-one[2], one[1]))


def heatmap(tags: pd.DataFrame, most_themes: int, most_groups: int) -> dict[str, Any]:
    """Return the recommendations of each frequent theme that name each frequent group; `NOBODY`: they name none.

    A recommendation of two themes counts in both rows: rows do not add up.
    """
    themes = tags[tags["dimension"] == "themes"][["recommendation_id", "concept_id", "label"]]
    groups = tags[tags["dimension"] == "groups"][["recommendation_id", "concept_id", "label"]]
    frequent = themes.groupby(["concept_id", "label"]).size().sort_index().sort_values(ascending=False, kind="stable")
    named = groups.groupby(["concept_id", "label"]).size().sort_index().sort_values(ascending=False, kind="stable")
    frequent, named = frequent.head(most_themes), named.head(most_groups)
    both = themes.merge(groups, on="recommendation_id", how="left", suffixes=("", "_group"))
    both["concept_id_group"] = both["concept_id_group"].fillna(NOBODY)
    cells = both.groupby(["concept_id", "concept_id_group"]).size()
    columns = [*(concept for concept, _ in named.index), NOBODY]
    return {
        "themes": [[concept, label, int(n)] for (concept, label), n in frequent.items()],
        "groups": [[concept, label, int(n)] for (concept, label), n in named.items()],
        "cells": [[int(cells.get((theme, group), 0)) for group in columns] for theme, _ in frequent.index],
    }


def goals(tags: pd.DataFrame, positions: pd.Series) -> dict[str, list[int]]:
    """Return for each goal of the 2030 Agenda its recommendations and those supported; targets count for their goal."""
    told = tags[tags["dimension"] == "sdgs"]
    goal = told["concept_id"].str.removeprefix("sdg:").str.split(".").str[0]
    once = told.assign(goal=goal).drop_duplicates(["recommendation_id", "goal"])
    supported = once["recommendation_id"].map(positions) == "supported"
    return {
        str(name): [len(part), int(supported[part.index].sum())]
        for name, part in sorted(once.groupby("goal"), key=lambda one: int(str(one[0])))
    }
