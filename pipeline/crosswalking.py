"""Tags that follow from rules on words and from tags of another dimension, each with a measured precision.

A concept may be proposed by the words of the text (`rule`), by a link from a concept of another dimension
(`crosswalk`), or by both. What each is worth was counted on labelled texts: a link where no rule fires for its target,
a rule with and without a link that agrees. Few counts say little, so precisions are drawn to the mean of their kind.

Proposals are frames with `row` (place of the text), `concept_id`, `evidence` and, of tags, `score`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipeline.taxonomy import Crosswalk

Precisions = dict[str, dict[str, Any]]
"""By kind (`rule`, `both`, `crosswalk exact` and so on), then by concept or "from > to": tags, right, precision."""

_UNSEEN = {"precision": 0.0, "tags": 0.0}
_TAG_COLUMNS = ["row", "concept_id", "score", "method", "evidence", "seen"]
_COLUMNS = ["row", "concept_id", "kind", "key", "weight", "evidence"]


def with_broader(found: pd.DataFrame, broader: Mapping[str, str | None]) -> pd.DataFrame:
    """Return the proposals and those of the broader concepts (an SDG target proposes its goal), with their evidence."""
    above = found.assign(concept_id=found["concept_id"].map(broader)).dropna(subset=["concept_id"])
    return pd.concat([found, above], ignore_index=True)


def broader_links(links: Sequence[Crosswalk], broader: Mapping[str, str | None]) -> list[Crosswalk]:
    """Return the links that lead somewhere, and those to the broader concepts of their targets."""
    kept = [link for link in links if link.to_id]
    ends = {(link.from_id, link.to_id) for link in kept}
    for link in list(kept):
        above = broader.get(link.to_id or "")
        if above and (link.from_id, above) not in ends:
            ends.add((link.from_id, above))
            kept.append(link.model_copy(update={"to_id": above}))
    return kept


def proposals(matches: pd.DataFrame, tags: pd.DataFrame, links: Sequence[Crosswalk]) -> pd.DataFrame:
    """Return every way in which a concept is proposed for a text: one row a text, concept and key.

    `matches` come from the words; `tags`, with their `score`, from the dimension the links start at. `weight` is the
    score of the tag behind a crosswalk, else one.
    """
    ends = [(link.from_id, link.to_id, f"crosswalk {link.relation}") for link in links]
    table = pd.DataFrame(ends, columns=["from_id", "to_id", "kind"])
    linked = tags.merge(table, left_on="concept_id", right_on="from_id")
    linked = linked.assign(
        key=linked["from_id"] + " > " + linked["to_id"], concept_id=linked["to_id"], weight=linked["score"]
    )
    words = matches.groupby(["row", "concept_id"], as_index=False, sort=False).agg({"evidence": "first"})
    pairs = pd.MultiIndex.from_frame(linked[["row", "concept_id"]])
    named = pd.MultiIndex.from_frame(words[["row", "concept_id"]])
    words = words.assign(kind=np.where(named.isin(pairs), "both", "rule"), key=words["concept_id"], weight=1.0)
    alone = linked[~pairs.isin(named)]
    found = pd.concat([words[_COLUMNS], alone[_COLUMNS]], ignore_index=True)
    return found.astype({"row": "int64", "weight": "float64"})


def measure(
    found: pd.DataFrame, truth: set[tuple[int, str]], ignored: set[tuple[int, str]], *, strength: float
) -> Precisions:
    """Return the precision of each key of `found`, drawn to the mean of its kind as by `strength` tags.

    `truth` and `ignored` hold (row, concept). A crosswalk counts with the score of its tag, so that precision times
    score is the probability of the target.
    """
    pairs = list(zip(found["row"], found["concept_id"], strict=True))
    counted = found.assign(right=[float(pair in truth) for pair in pairs])
    counted = counted[np.array([pair not in ignored for pair in pairs], dtype=bool)]
    sums = counted.groupby(["kind", "key"], as_index=False)[["weight", "right"]].sum()
    means = counted.groupby("kind", as_index=False)[["weight", "right"]].sum()
    measured: Precisions = {}
    for kind, right, tags in means[["kind", "right", "weight"]].itertuples(index=False):
        measured[kind] = {"*": _entry(right, tags, prior=0.0, strength=0.0)}
    for kind, key, right, tags in sums[["kind", "key", "right", "weight"]].itertuples(index=False):
        measured[kind][key] = _entry(right, tags, prior=measured[kind]["*"]["precision"], strength=strength)
    return measured


def _entry(right: float, tags: float, *, prior: float, strength: float) -> dict[str, float]:
    precision = min((right + strength * prior) / max(tags + strength, 1e-9), 1.0)
    return {"tags": round(float(tags), 2), "right": round(float(right), 2), "precision": round(float(precision), 4)}


def scored(found: pd.DataFrame, precisions: Precisions) -> pd.DataFrame:
    """Return one tag a text and concept, the best of its proposals: `score`, `method`, and how often it was `seen`.

    A rule wins over a crosswalk. A key never seen on labelled texts has the mean precision of its kind; `seen` is 0.
    """
    keys = list(zip(found["kind"], found["key"], strict=True))
    own = [precisions.get(kind, {}).get(key) for kind, key in keys]
    worth = [entry or precisions.get(kind, {}).get("*") or _UNSEEN for entry, (kind, _) in zip(own, keys, strict=True)]
    tags = found.assign(
        score=found["weight"] * np.array([entry["precision"] for entry in worth], dtype=float),
        seen=np.array([(entry or _UNSEEN)["tags"] for entry in own], dtype=float),
    )
    tags["method"] = np.where(tags["kind"].str.startswith("crosswalk"), "crosswalk", "rule")
    tags = tags.sort_values(["row", "concept_id", "score", "key"], ascending=[True, True, False, True])
    return tags.drop_duplicates(["row", "concept_id"])[_TAG_COLUMNS].reset_index(drop=True)
