"""Tables of the export that set the sources' own tags beside ours."""

from pipeline.schemas.base import SCHEMES, Table, col
from pipeline.schemas.sources import SourceTags

AGREES = ["yes", "narrower", "broader", "no"]


class ComparedSourceTags(
    SourceTags, unit="recommendation x label of a source", key="recommendation_id scheme label_raw"
):
    """The sources' own labels, kept beside ours and never as truth."""

    agrees: str = col(
        "our labels after judgements beside it: yes, the same concept; narrower, a target of its goal; broader, the goal "
        "of its target; no, none of these; null without concept. In the CSV file and the workbook only",
        null=True, isin=AGREES,
    )  # fmt: skip


class SourceAgreement(Table, unit="concept", key="scheme concept_id"):
    """How often our labels agree with the sources' own: no measure of quality, for sources err and models learnt from some."""

    scheme: str = col("vocabulary", isin=list(SCHEMES.values()))
    concept_id: str = col("concept of the taxonomy")
    label: str = col("the scheme's own wording")
    n_source_tags: int = col("recommendations to which a source gives it", ge=0)
    n_same: int = col("of these, recommendations to which we give it too", ge=0)
    n_narrower: int = col("of these, those to which we give not the goal but one of its targets", ge=0)
    n_broader: int = col("of these, those to which we give not the target but its goal", ge=0)
    n_absent: int = col("of these, those to which we give none of these", ge=0)
    share_same: float = col("n_same / n_source_tags", null=True, ge=0, le=1)
    n_only_ours: int = col(
        "recommendations tagged by a source in this scheme to which we alone give the concept, and the source neither its "
        "goal nor one of its targets", ge=0,
    )  # fmt: skip
