"""The review queue: the tags a person should look at, the most useful first."""

import numpy as np
import pandas as pd


def review_queue(
    unsure: pd.DataFrame, recommendations: pd.DataFrame, ask_sizes: "pd.Series[int]", rows: int
) -> pd.DataFrame:
    """Return up to `rows` tags to look at (table `ReviewQueue`), ordered by usefulness.

    A tag is the more useful to judge the nearer its probability is to one half, and the more recommendations
    its ask has, since the verdict serves them all.

    Args:
        unsure: tags marked `review` and weaker candidates (table `Tags`), without those already judged.
        recommendations: table `Recommendations`.
        ask_sizes: recommendation id -> number of recommendations in its ask.
        rows: longest queue.
    """
    texts = recommendations.set_index("recommendation_id")[["text", "language"]]
    size = unsure["recommendation_id"].map(ask_sizes).fillna(1).astype(float)
    doubt = 1 - 2 * (unsure["score"] - 0.5).abs()
    ranked = unsure.assign(use=doubt * np.log2(1 + size), size=size).sort_values(
        ["use", "recommendation_id", "concept_id"], ascending=[False, True, True], kind="stable"
    )
    queue = ranked.head(rows).join(texts, on="recommendation_id")
    why = [_why(*row) for row in queue[["score", "size", "language", "method"]].itertuples(index=False)]
    return queue.assign(why=why)[["recommendation_id", "text", "dimension", "concept_id", "label", "score", "why"]]


def _why(score: float, size: float, language: str | None, method: str) -> str:
    reasons = [f"{method} is {score:.0%} sure"]
    if size > 1:
        reasons.append(f"its ask has {size:.0f} recommendations")
    if isinstance(language, str) and language != "en":
        reasons.append(f"text in '{language}', which the tagger was not validated on")
    return "; ".join(reasons)
