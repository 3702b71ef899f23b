"""Ways in which a text gets a concept: by rules on its words, and by links from the tags of another dimension.

A concept may be proposed by the words of the text (`rule`), by a link from a concept of another dimension
(`crosswalk`), or by both. What each is worth is learnt on labelled texts (`pipeline.classifier.stacking`).

Proposals are frames with `row` (place of the text), `concept_id` and `evidence`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pipeline.taxonomy import Crosswalk

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
