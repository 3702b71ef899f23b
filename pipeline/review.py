"""The review queue: the tags a person should look at, the most useful first."""

import numpy as np
import pandas as pd

APART = 0.25
"""Two models whose probabilities differ by this much are said to disagree."""

_UNIT = ["recommendation_id", "dimension", "concept_id"]
_QUEUE = ["recommendation_id", "text", "dimension", "concept_id", "label", "score", "why"]


def review_queue(
    unsure: pd.DataFrame,
    recommendations: pd.DataFrame,
    ask_sizes: "pd.Series[int]",
    rows: int,
    reopened: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return up to `rows` tags to look at (table `ReviewQueue`), ordered by usefulness.

    A tag is the more useful to judge the nearer its probability is to one half, the further two models are apart on
    it, and the more recommendations its ask has, since the verdict serves them all. What people judged and left open
    stands before everything else.

    Args:
        unsure: tags marked `review` and weaker candidates (table `Tags`), without those already judged.
        recommendations: table `Recommendations`.
        ask_sizes: recommendation id -> number of recommendations in its ask.
        rows: longest queue.
        reopened: as `reopened` returns it.
    """
    size = unsure["recommendation_id"].map(ask_sizes).fillna(1).astype(float)
    doubt = 1 - 2 * (unsure["score"] - 0.5).abs()
    disagreement = (unsure["score"] - unsure["second_score"].astype(float)).abs().fillna(0)
    ranked = unsure.assign(use=(doubt + disagreement) * np.log2(1 + size), size=size).sort_values(
        ["use", "recommendation_id", "concept_id"], ascending=[False, True, True], kind="stable"
    )
    texts = recommendations.set_index("recommendation_id")[["text", "language"]]
    queue = ranked.head(rows).join(texts, on="recommendation_id")
    named = queue.astype({"second_score": float})[["score", "second_score", "size", "language", "method"]]
    queue = queue.assign(why=[_why(*row) for row in named.itertuples(index=False)])[_QUEUE]
    if reopened is None or reopened.empty:
        return queue
    before = reopened.join(texts["text"], on="recommendation_id")[_QUEUE]
    both = pd.concat([before, queue.astype({"score": float})]).drop_duplicates(_UNIT, keep="first")
    return both.head(rows).reset_index(drop=True)


def unsettled(tags: pd.DataFrame, weaker: pd.DataFrame, found: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Return tags for review and weaker candidates (table `Tags`) that people settled in no way.

    Where a person chose the action of a text, no other action of it is asked about.
    """
    unsure = pd.concat([tags[tags["decision"] == "review"], weaker], ignore_index=True)
    settled = pd.MultiIndex.from_frame(found.loc[found["stands"].isin(["yes", "no"]), _UNIT])
    chosen = labels[(labels["dimension"] == "action") & (labels["origin"] == "human")]["recommendation_id"]
    left = pd.MultiIndex.from_frame(unsure[_UNIT]).isin(settled)
    return unsure[~left & ~((unsure["dimension"] == "action") & unsure["recommendation_id"].isin(chosen))]


def reopened(
    found: pd.DataFrame, orphans: pd.DataFrame, recommendations: pd.DataFrame, scored: pd.DataFrame,
    names: dict[str, str],
) -> pd.DataFrame:  # fmt: skip
    """Return the tags that people judged and that need another look, with `label`, `score` (null: nobody's) and `why`.

    These are the tags on which as many reviewers say yes as no, and those judged on a text that has changed since.

    Args:
        found: as `judgements.verdicts` returns them.
        orphans: as `judgements.held` returns them.
        recommendations: table `Recommendations`.
        scored: tags and weaker candidates.
        names: concept id -> label.
    """
    split = found[(found["stands"] == "open") & found["concept_id"].isin(names)]
    why_split = "reviewers differ: yes says " + split["said_yes"] + ", no says " + split["said_no"]
    lost = orphans[
        orphans["concept_id"].isin(names) & orphans["recommendation_id"].isin(recommendations["recommendation_id"])
    ]
    lost = lost.drop_duplicates(_UNIT, keep="last")
    why_lost = lost["reviewer"] + " said " + lost["verdict"] + " on " + lost["date"] + " of an earlier wording"
    both = pd.concat([split[_UNIT].assign(why=why_split), lost[_UNIT].assign(why=why_lost)]).drop_duplicates(_UNIT)
    both = both.merge(scored[[*_UNIT, "score"]].drop_duplicates(_UNIT), how="left", on=_UNIT)
    return both.assign(label=both["concept_id"].map(names)).sort_values(_UNIT, ignore_index=True)


def _why(score: float, second: float, size: float, language: str | None, method: str) -> str:
    reasons = [f"{method} is {score:.0%} sure"]
    if abs(score - second) >= APART:
        reasons.append(f"a second model gives it {second:.0%}")
    if size > 1:
        reasons.append(f"its ask has {size:.0f} recommendations")
    if isinstance(language, str) and language != "en":
        reasons.append(f"text in '{language}', which the tagger was not validated on")
    return "; ".join(reasons)
