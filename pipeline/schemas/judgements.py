"""Tables of what people judged: what stands, where they differ, what lost its text, how far they agree, what is learnt."""

from pipeline.schemas.base import DIMENSIONS, Table, col

JUDGED = [*DIMENSIONS, "same_ask", "framework"]
"""What is judged: tags of each dimension, pairs, items of a Cooperation Framework."""

_CONCEPT = "concept of the taxonomy; for same_ask the other recommendation, for framework the item"


class JudgementVerdicts(
    Table, unit="recommendation x concept that somebody judged", key="recommendation_id dimension concept_id"
):
    """What stands of all that people said: tags, pairs of recommendations, framework items."""

    recommendation_id: str = col("the recommendation; for same_ask the first of the pair")
    dimension: str = col("what was judged", isin=JUDGED)
    concept_id: str = col(_CONCEPT)
    label: str = col("the scheme's own wording", null=True)
    stands: str = col("the majority's word; open: as many say yes as no; unsure: nobody said either",
                      isin=["yes", "no", "open", "unsure"])  # fmt: skip
    reviewer: str = col("whose word stands, joined by '; '")
    date: str = col("day of the latest of these judgements, ISO 8601")
    said_yes: str = col("who says that it applies, and when, joined by '; '", null=True)
    said_no: str = col("who says that it does not, and when, joined by '; '", null=True)


class JudgementConflicts(
    Table, unit="recommendation x concept on which reviewers differ", key="recommendation_id dimension concept_id"
):
    """Where people who judged the same said yes and no, and whose word stands."""

    recommendation_id: str = col("the recommendation; for same_ask the first of the pair")
    dimension: str = col("what was judged", isin=JUDGED)
    concept_id: str = col(_CONCEPT)
    label: str = col("the scheme's own wording", null=True)
    said_yes: str = col("who says that it applies, and when, joined by '; '")
    said_no: str = col("who says that it does not, and when, joined by '; '")
    stands: str = col("the majority's word; open: as many say yes as no, and it is on the review queue",
                      isin=["yes", "no", "open"])  # fmt: skip


class OrphanedJudgements(
    Table, unit="judgement",
    key="recommendation_id dimension concept_id reviewer date verdict note text_hash other_hash",
):  # fmt: skip
    """Judgements that are kept and not applied, for the text they were made on changed or is gone."""

    recommendation_id: str = col("the recommendation judged")
    dimension: str = col("what was judged", isin=JUDGED)
    concept_id: str = col(_CONCEPT)
    verdict: str = col("what was said")
    reviewer: str = col("who judged")
    date: str = col("day of the judgement, ISO 8601")
    note: str = col("the reviewer's note", null=True)
    text_hash: str = col("hash of the text judged, from the file of judgements", null=True)
    other_hash: str = col("for same_ask, hash of the other text", null=True)
    reason: str = col("why it is not applied, and what to do")


class JudgementReport(Table, unit="dimension x two raters", key="dimension rater_a rater_b"):
    """How far reviewers agree with each other and with the machine, on what both judged.

    What people judge was chosen for doubt, and models learn from it: agreement with the machine is no measure of how
    often the machine is right.
    """

    dimension: str = col("what was judged; all: everything together", isin=[*JUDGED, "all"])
    rater_a: str = col("a reviewer; (people): what stands among all")
    rater_b: str = col("another reviewer; (machine): what this run proposed; (people): all reviewers among themselves")
    n_common: int = col("recommendation x concept, or pairs, that both judged; of all reviewers: pairs of answers to one of them",
                        ge=1)  # fmt: skip
    n_agree: int = col("of them, those on which both say the same", ge=0)
    share_agree: float = col("n_agree / n_common", ge=0, le=1)
    share_low: float = col("lower end of its 95% interval (Wilson)", ge=0, le=1)
    share_high: float = col("upper end", ge=0, le=1)
    kappa: float = col("Cohen's kappa of two raters: agreement beyond chance; null where both said one and the same thing",
                       null=True, ge=-1, le=1)  # fmt: skip
    alpha: float = col("Krippendorff's alpha, nominal, of all answers compared; null where all said one thing",
                       null=True, ge=-1, le=1)  # fmt: skip
    n_yes_a: int = col("of n_common, those to which the first says yes", ge=0)
    n_yes_b: int = col("of n_common, those to which the second says yes", ge=0)


class JudgedTexts(
    Table, unit="recommendation x concept people settled", key="recommendation_id dimension concept_id"
):  # fmt: skip
    """Judgements as labelled texts, which training reads."""

    recommendation_id: str = col("the recommendation")
    state: str = col("State under review, ISO3 or the name as written")
    session: int = col("UPR session; 0 if there is none", ge=0)
    text: str = col("its text")
    dimension: str = col("which question", isin=DIMENSIONS)
    concept_id: str = col("concept; null says that the text was read and none applies", null=True)
    certain: bool = col("false where a machine named it and nobody settled it: neither learnt nor counted")
