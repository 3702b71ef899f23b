"""Tables of Cooperation Frameworks: what they hold, what carries each recommendation, what nothing carries.

`item_id` is `none` (`NOT_COVERED`) where no outcome names the matter: it competes with the outcomes and has its own rank.
"""

from pipeline.schemas.base import STATUSES, Table, col

LEVELS = ["priority", "outcome", "output"]
FRAMEWORK_SOURCES = ["un_info", "results_matrix"]
NOT_COVERED = "none"
"""The item of a recommendation whose matter no outcome names."""
GAP_KINDS = ["ask_without_outcome", "outcome_without_recommendation"]
_NAMED = "the outcome or output, or 'none': no outcome names the matter"


class FrameworkReport(Table, unit="file of frameworks", key="source_file"):
    """What became of each file of a Cooperation Framework, and how to mend what was skipped."""

    source_file: str = col("file name below data/raw/frameworks")
    detected_format: str = col("format by content", null=True, isin=FRAMEWORK_SOURCES)
    encoding: str = col("character encoding chosen", null=True)
    rows_read: int = col("rows read", ge=0)
    frameworks: int = col("plans of a State found in it", ge=0)
    items: int = col("distinct priorities, outcomes and outputs", ge=0)
    skipped: int = col("rows that became no item", ge=0)
    repaired: int = col("cells whose broken characters were mended", ge=0)
    unknown_states: int = col("State names not in configs/states.csv", ge=0)
    status: str = col("ok, partial or failed", isin=STATUSES)
    message: str = col("what happened and the remedy", null=True)


class FrameworkItems(Table, unit="priority, outcome or output of a framework", key="framework_id item_id"):
    """The Cooperation Frameworks in one form: priority, outcome, output."""

    framework_id: str = col("one plan of one State: ISO3 and a content hash")
    item_id: str = col("the item within its framework: its level and a content hash")
    state: str = col("ISO 3166-1 alpha-3")
    state_name: str = col("UN short name")
    plan_name: str = col("name of the plan, as written")
    years: str = col("e.g. 2021-2025, from the plan's name or its columns", null=True)
    level: str = col("priority, outcome or output", isin=LEVELS)
    parent_id: str = col("the item above; null for a priority, or an outcome without one", null=True)
    code: str = col("the code typed or printed", null=True)
    text: str = col("its wording, broken characters mended")
    language: str = col("ISO 639-1 of the framework's texts, detected", null=True)
    sdg_targets: str = col("targets the source gives, as codes, joined by '; '", null=True)
    agencies: str = col("agencies the source gives, joined by '; '", null=True)
    lnob_groups: str = col("groups 'left behind' that the source says are targeted, joined by '; '", null=True)
    named_sdgs: str = col("goals and targets our tagger finds in its text, as codes, joined by '; '", null=True)
    named_groups: str = col("groups our tagger finds in its text, joined by '; '", null=True)
    named_subjects: str = col("subjects of configs/framework_subjects.yaml its text names, joined by '; '", null=True)
    source_file: str = col("file it was read from")


class FrameworkMap(Table, unit="recommendation x item of a framework", key="recommendation_id framework_id item_id"):
    """The outcomes (`none` among them) and outputs nearest to each recommendation: a machine's proposals, after judgements."""

    recommendation_id: str = col("the recommendation")
    framework_id: str = col("a framework of its State")
    item_id: str = col(_NAMED)
    level: str = col("outcome or output; `none` is ranked among the outcomes", isin=["outcome", "output"])
    rank: int = col("1 to 3 within its level, more where people named items; the first outcome is what counts", ge=1)
    score: float = col("calibrated probability that a reader would name it; for outputs within the framework's outcomes; "
                       "null if only a person named it", null=True, ge=0, le=1)  # fmt: skip
    decision: str = col("auto: precise enough to use unread; review: a person should look; ranks 2 and 3 are always for review",
                        isin=["auto", "review"])  # fmt: skip
    evidence: str = col("words and subjects that carry it", null=True)
    origin: str = col("who says so; contested: a machine, and as many reviewers say yes as no",
                      isin=["human", "auto", "contested"])  # fmt: skip
    reviewer: str = col("who judged, joined by '; '", null=True)
    date: str = col("day of the latest of these judgements, ISO 8601", null=True)


class FrameworkAskMap(Table, unit="ask x item of a framework", key="ask_id framework_id item_id"):
    """The same for asks: mean score over the recommendations of each ask."""

    ask_id: str = col("the ask")
    framework_id: str = col("a framework of its State")
    item_id: str = col(_NAMED)
    level: str = col("outcome or output; `none` is ranked among the outcomes", isin=["outcome", "output"])
    rank: int = col("1 to 3 within its level", ge=1, le=3)
    score: float = col(
        "mean over the ask's recommendations; what a person named counts 1, what was rejected 0", ge=0, le=1
    )
    decision: str = col("auto if it is for every recommendation of the ask", isin=["auto", "review"])
    n_recommendations: int = col("recommendations of the ask that were mapped", ge=1)
    evidence: str = col("of its representative, or the best scored", null=True)


class FrameworkCoverage(Table, unit="priority, outcome or output of a framework", key="framework_id item_id"):
    """How many recommendations each item carries; one counts for the first outcome it was mapped to and its best output.

    Counts are of recommendations to the State by all mechanisms, without voluntary pledges; `n_asks` counts asks.
    """

    framework_id: str = col("the framework")
    item_id: str = col("priority, outcome or output, or 'none'")
    state: str = col("ISO 3166-1 alpha-3")
    level: str = col("priority, outcome or output", isin=LEVELS)
    code: str = col("its code", null=True)
    text: str = col("its wording")
    n_recommendations: int = col("recommendations it carries first; of a priority: of its outcomes", ge=0)
    n_also: int = col("further recommendations for which it came second or third with a score of at least 0.15", ge=0)
    n_supported: int = col("of n_recommendations, supported", ge=0)
    n_noted: int = col("of n_recommendations, noted", ge=0)
    n_pending: int = col("of n_recommendations, pending, partly supported or unknown", ge=0)
    n_review: int = col("of n_recommendations, for a person to look at and not judged yet", ge=0)
    n_asks: int = col("distinct asks of n_recommendations", ge=0)
    n_repeated_asks: int = col("of n_asks, made more than once", ge=0)
    groups: str = col("affected groups named, most often first: 'Women & girls (4); ...'", null=True)
    sdgs: str = col("goals named, most often first: '5 (4); 16 (2)'", null=True)


class FrameworkGaps(
    Table, unit="ask without an outcome, or outcome without a recommendation", key="framework_id gap_id"
):
    """Gaps both ways: asks that no outcome names, most repeated first, and outcomes no recommendation speaks of."""

    framework_id: str = col("the framework")
    gap_id: str = col("the ask, or the outcome")
    state: str = col("ISO 3166-1 alpha-3")
    kind: str = col("which way", isin=GAP_KINDS)
    ask_id: str = col("the ask", null=True)
    item_id: str = col("the outcome", null=True)
    code: str = col("its code", null=True)
    text: str = col("wording of the ask's representative, or of the outcome")
    n_recommendations: int = col("recommendations of the ask; 0 for an outcome", ge=0)
    n_recommending_states: int = col("distinct recommending States of the ask; 0 for an outcome", ge=0)
    cycles: str = col("UPR cycles of the ask, joined by '; '", null=True)
    latest_position: str = col("in the ask's last cycle", null=True)
    groups: str = col("affected groups, joined by '; '", null=True)
    sdgs: str = col("goals and targets, joined by '; '", null=True)
    score: float = col("probability that nothing covers the ask; null for an outcome", null=True, ge=0, le=1)
    decision: str = col("auto or review", isin=["auto", "review"])
    nearest_item_id: str = col("the outcome nearest to the ask, or the ask nearest to the outcome", null=True)
    nearest_text: str = col("its wording", null=True)


class LnobMatrix(Table, unit="affected group x outcome of a framework", key="framework_id group item_id"):
    """Leave no one behind: who is spoken of under which outcome, and who in recommendations no outcome covers.

    Only cells with a recommendation; a recommendation that names two groups counts in both rows.
    """

    framework_id: str = col("the framework")
    group: str = col("affected group, UHRI's wording")
    item_id: str = col("the outcome that carries the recommendations, or 'none'")
    state: str = col("ISO 3166-1 alpha-3")
    code: str = col("code of the outcome", null=True)
    n_recommendations: int = col("recommendations that name the group", ge=1)
    n_asks: int = col("distinct asks of them", ge=1)
    n_supported: int = col("of n_recommendations, supported", ge=0)
    item_names_group: bool = col("the outcome or one of its outputs names the group, or the source says it targets it")
    example_: str = col("text of a recommendation of the most repeated ask in the cell", alias="example")


class UnInfoReady(Table, unit="outcome or output of a framework", key="framework_id item_id"):
    """Columns to copy to UN INFO: proposals to check, at most ten SDG targets; evidence for the Human Rights Marker, no marker."""

    framework_id: str = col("the framework")
    item_id: str = col("outcome or output")
    state: str = col("ISO 3166-1 alpha-3")
    plan_name: str = col("name of the plan")
    level: str = col("outcome or output", isin=["outcome", "output"])
    code: str = col("its code", null=True)
    text: str = col("its wording")
    sdg_targets: str = col("at most ten targets, as codes: the source's own first, then those its recommendations name most",
                           null=True)  # fmt: skip
    n_sdg_targets: int = col("targets in sdg_targets", ge=0, le=10)
    sdg_targets_left_out: str = col("further targets beyond ten", null=True)
    lnob_groups: str = col("groups its recommendations name, most often first, joined by '; '", null=True)
    human_rights_evidence: str = col("for whoever sets the Human Rights Marker: supported recommendations it carries, by paragraph",
                                     null=True)  # fmt: skip
    n_recommendations: int = col("recommendations it carries", ge=0)
    n_supported: int = col("of them, supported", ge=0)
