"""Tables of concepts: proposed by machine, judged by people."""

from pipeline.schemas.base import DIMENSIONS, METHODS, Table, col


class Tags(Table, unit="recommendation x concept", key="recommendation_id dimension concept_id"):
    """Concepts proposed for a recommendation by rule, model or crosswalk: never a person's judgement."""

    recommendation_id: str = col("the recommendation")
    dimension: str = col("which question the tag answers", isin=DIMENSIONS)
    concept_id: str = col("concept of the taxonomy")
    label: str = col("the scheme's own wording")
    score: float = col("calibrated probability", ge=0, le=1)
    second_score: float = col("what a second, simpler model gives the same concept; null where there is none",
                              null=True, ge=0, le=1)  # fmt: skip
    decision: str = col("auto: precise enough to use unread; review: a person should look",
                        isin=["auto", "review"])  # fmt: skip
    method: str = col("what proposed it", isin=METHODS)
    evidence: str = col("the words of the text that carry it", null=True)


class Labels(Table, unit="recommendation x concept", key="recommendation_id dimension concept_id"):
    """Tags after judgements: a person's word stands over a machine's."""

    recommendation_id: str = col("the recommendation")
    dimension: str = col("which question the label answers", isin=DIMENSIONS)
    concept_id: str = col("concept of the taxonomy")
    label: str = col("the scheme's own wording")
    score: float = col("probability of the tag; null if a person added it", null=True)
    origin: str = col("who says so; contested: a machine, and as many reviewers say yes as no",
                      isin=["human", "auto", "contested"])  # fmt: skip
    reviewer: str = col("who judged, joined by '; '", null=True)
    date: str = col("day of the latest of these judgements, ISO 8601", null=True)


class ReviewQueue(Table, unit="recommendation x concept", key="recommendation_id dimension concept_id"):
    """Tags a person should look at, the most useful first."""

    recommendation_id: str = col("the recommendation")
    text: str = col("its text")
    dimension: str = col("which question", isin=DIMENSIONS)
    concept_id: str = col("concept proposed")
    label: str = col("the scheme's own wording")
    score: float = col("calibrated probability; null if only a person named it", null=True, ge=0, le=1)
    why: str = col("why it is worth a look")
