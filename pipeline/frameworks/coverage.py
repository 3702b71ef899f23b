"""What each item of a framework carries: recommendations, asks, positions, groups and SDGs, counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.schemas.frameworks import NOT_COVERED

_OPEN = ("pending", "partially_supported", "unknown")
LEAST_ALSO = 0.15
"""Score from which a second or third outcome is told as one that carries the recommendation too."""
NOT_COVERED_TEXT = "(no outcome names the matter)"


@dataclass(frozen=True)
class Carried:
    """What counts in one framework: one row a recommendation, voluntary pledges left out.

    `recommendations` has recommendation_id, item_id (the first outcome, or `none`), output_id (the best output of that outcome),
    decision, origin, position, ask_id, ask_size; `also` recommendation_id and item_id of second and third outcomes; `groups` and
    `sdgs` map a recommendation to its labels.
    """

    items: pd.DataFrame
    recommendations: pd.DataFrame
    also: pd.DataFrame
    groups: Mapping[str, Sequence[str]]
    sdgs: Mapping[str, Sequence[str]]


def carried(
    items: pd.DataFrame, rows: pd.DataFrame, recommendations: pd.DataFrame, asks: pd.DataFrame, labels: pd.DataFrame
) -> Carried:
    """Return what one framework carries: `items` and `rows` (of `framework_map`) are those of that framework."""
    counted = recommendations[~recommendations["is_pledge"].astype(bool)]
    rows = rows[rows["recommendation_id"].isin(counted["recommendation_id"])]
    outcomes = rows[rows["level"] == "outcome"]
    first = outcomes[outcomes["rank"] == 1][["recommendation_id", "item_id", "decision", "origin"]]
    outputs = rows[rows["level"] == "output"].sort_values("rank")
    outputs = outputs.assign(parent_id=outputs["item_id"].map(items.set_index("item_id")["parent_id"]))
    best = outputs.merge(first[["recommendation_id", "item_id"]], on="recommendation_id", suffixes=("", "_first"))
    best = best[best["parent_id"] == best["item_id_first"]].drop_duplicates("recommendation_id")
    size = asks["ask_id"].map(asks["ask_id"].value_counts()).set_axis(asks["recommendation_id"])
    known = counted.set_index("recommendation_id")
    ids = first["recommendation_id"]
    table = first.assign(
        output_id=ids.map(best.set_index("recommendation_id")["item_id"]), position=ids.map(known["position"]),
        ask_id=ids.map(asks.set_index("recommendation_id")["ask_id"]), ask_size=ids.map(size),
    )  # fmt: skip
    second = (outcomes["rank"] > 1) & (outcomes["score"] >= LEAST_ALSO) & (outcomes["item_id"] != NOT_COVERED)
    also = outcomes[second][["recommendation_id", "item_id"]]
    own = labels[labels["recommendation_id"].isin(set(ids))]
    groups = {
        str(key): list(part) for key, part in own[own["dimension"] == "groups"].groupby("recommendation_id")["label"]
    }
    sdgs = own[own["dimension"] == "sdgs"].groupby("recommendation_id")["concept_id"]
    codes = {str(key): [code.removeprefix("sdg:") for code in part] for key, part in sdgs}
    return Carried(items, table.reset_index(drop=True), also, groups, codes)


def coverage_table(of: Carried) -> pd.DataFrame:
    """Return the rows of `FrameworkCoverage` for one framework: each item, and `none` where anything was mapped."""
    state, framework_id = of.items["state"].iloc[0], of.items["framework_id"].iloc[0]
    below = of.items.groupby("parent_id")["item_id"].agg(set).to_dict()
    rows = []
    for item in of.items.itertuples():
        column = "output_id" if item.level == "output" else "item_id"
        wanted = below.get(item.item_id, set()) if item.level == "priority" else {item.item_id}
        part = of.recommendations[of.recommendations[column].isin(wanted)]
        also = of.also[of.also["item_id"].isin(wanted)]["recommendation_id"].nunique() if column == "item_id" else 0
        rows.append({"item_id": item.item_id, "level": item.level, "code": item.code, "text": item.text,
                     "n_also": also, **_counts(part, of)})  # fmt: skip
    if len(of.recommendations):
        part = of.recommendations[of.recommendations["item_id"] == NOT_COVERED]
        rows.append({"item_id": NOT_COVERED, "level": "outcome", "code": None, "text": NOT_COVERED_TEXT, "n_also": 0,
                     **_counts(part, of)})  # fmt: skip
    return pd.DataFrame(rows).assign(framework_id=framework_id, state=state)


def _counts(part: pd.DataFrame, of: Carried) -> dict[str, int | str | None]:
    position = part["position"]
    goals = [sorted({code.split(".")[0] for code in of.sdgs.get(one, ())}) for one in part["recommendation_id"]]
    return {
        "n_recommendations": len(part), "n_supported": int((position == "supported").sum()),
        "n_noted": int((position == "noted").sum()), "n_pending": int(position.isin(_OPEN).sum()),
        "n_review": int(((part["decision"] == "review") & (part["origin"] != "human")).sum()), "n_asks": part["ask_id"].nunique(),
        "n_repeated_asks": part[part["ask_size"] > 1]["ask_id"].nunique(),
        "groups": often([of.groups.get(one, ()) for one in part["recommendation_id"]]), "sdgs": often(goals),
    }  # fmt: skip


def often(lists: Sequence[Sequence[str]], *, counted: bool = True) -> str | None:
    """Return what the lists hold, most often first, joined by "; " with the number of lists; None for nothing."""
    counts = pd.Series([name for names in lists for name in set(names)], dtype=str).value_counts()
    order = sorted(counts.index, key=lambda name: (-counts[name], name))
    return "; ".join(f"{name} ({counts[name]})" if counted else name for name in order) or None
