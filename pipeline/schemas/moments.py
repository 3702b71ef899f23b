"""Tables for the three moments of a review: what was asked before, what can still move, what to say to whom."""

import pandas as pd

from pipeline.schemas.base import MECHANISMS, POSITIONS, Table, col

KINDS = ["official", "human", "machine"]
"""Who stands behind a translation, the most trusted first."""
STANDINGS = ["asked_again", "asked_first_now", "not_asked_again", "other_mechanisms_only"]
ORIGINS = ["human", "auto", "review", "contested"]
"""Who says what a tag says: a person, a machine, a machine that wants a person's look, reviewers who differ."""

_STRENGTH = "action category 1-5 of the request; 5 is the most definite"
_ORIGIN = "who says so of the action category: human, auto, review (a machine, unsure) or contested"


class StateHistory(Table, unit="ask", key="ask_id"):
    """What each State was asked over cycles and mechanisms, what it supported, and what is asked again."""

    state_under_review: str = col("ISO 3166-1 alpha-3")
    ask_id: str = col("the ask")
    standing: str = col(
        "asked_again: in the State's latest review and before; asked_first_now: in the latest review only; "
        "not_asked_again: in earlier reviews only, which does not say that it was implemented; other_mechanisms_only",
        isin=STANDINGS,
    )
    is_open_repeated: bool = col(
        "made in the latest review, and more than once in all: in it, before it or by another mechanism"
    )
    text: str = col("the most central of its texts")
    n_upr: int = col("UPR recommendations, pledges left out", ge=0)
    n_recommending_states: int = col("distinct recommending States", ge=0)
    recommending_states: str = col("their names, joined by '; '", null=True)
    asked_by_cycle: str = col("UPR recommendations in each cycle: '1: 2; 3: 4'", null=True)
    position_by_cycle: str = col("positions in each cycle: '1: noted; 2: supported (2)'", null=True)
    supported_cycles: str = col("cycles in which all or some were supported, joined by '; '", null=True)
    latest_position: str = col("in the last cycle; mixed if its recommendations differ", null=True)
    action: str = col(f"strongest {_STRENGTH}", null=True)
    action_origin: str = col(_ORIGIN, null=True, isin=ORIGINS)
    first_year: pd.Int64Dtype = col("year of the first", null=True)
    last_year: pd.Int64Dtype = col("year of the last", null=True)
    themes: str = col("labels, joined by '; '", null=True)
    groups: str = col("labels, joined by '; '", null=True)
    sdgs: str = col("codes, joined by '; '", null=True)
    judged_labels: str = col(
        "of themes and groups, those that a person judged, joined by '; '; a machine proposed the others", null=True
    )
    treaty_body_items: int = col("treaty-body recommendations with the same ask", ge=0)
    special_procedure_items: int = col("special-procedure recommendations with the same ask", ge=0)
    paragraphs: str = col("where its recommendations stand")
    linked_paragraphs: str = col("where those stand that request it in a clause", null=True)


class HistoryCounts(
    Table,
    unit="State under review x dimension x concept x review",
    key="state_under_review dimension concept_id period",
):
    """How many recommendations each State received, by review, theme and group, beside the answers and the strength."""

    state_under_review: str = col("ISO 3166-1 alpha-3")
    dimension: str = col("all, themes or groups", isin=["all", "themes", "groups"])
    concept_id: str = col("concept of the taxonomy; 'all' for every recommendation; 'none' where no tag stands")
    label: str = col("the scheme's own wording")
    mechanism: str = col("who asks", isin=MECHANISMS)
    period: str = col("UPR: 'cycle 2'; other mechanisms: their name")
    n_recommendations: int = col("recommendations, pledges left out", ge=0)
    n_supported: int = col("of them supported", ge=0)
    n_partially_supported: int = col("of them partially supported", ge=0)
    n_noted: int = col("of them noted", ge=0)
    n_pending: int = col("of them pending", ge=0)
    n_unknown: int = col("of them with a position not known; all of treaty bodies and special procedures", ge=0)
    n_specific: int = col("of them in action category 5", ge=0)
    n_specific_supported: int = col("of the specific ones supported", ge=0)
    n_provisional: int = col("of them read from a draft report", ge=0)
    n_asks: int = col("distinct asks", ge=0)
    n_repeated_asks: int = col("of these asks made in an earlier cycle too", ge=0)


class Pending(Table, unit="recommendation", key="recommendation_id"):
    """Recommendations the State has not answered yet: what was answered before, and who asks the same."""

    recommendation_id: str = col("the recommendation")
    state_under_review: str = col("ISO 3166-1 alpha-3")
    document_symbol: str = col("UN document symbol", null=True)
    paragraph: str = col("paragraph number as text", null=True)
    session: pd.Int64Dtype = col("UPR session", null=True)
    cycle: pd.Int64Dtype = col("UPR cycle", null=True)
    is_latest_review: bool = col("of the State's latest review; earlier ones wait for a source that holds the answer")
    text: str = col("the request")
    recommending_states: str = col("who made it, joined by '; '", null=True)
    position_quote: str = col("the words that state that it is pending", null=True)
    action: str = col(_STRENGTH, null=True)
    action_origin: str = col(_ORIGIN, null=True, isin=ORIGINS)
    prior_position_same_ask: str = col(
        "position on the same ask in the last cycle before that has one; mixed if they differ", null=True
    )
    prior_positions: str = col(
        "positions on the same ask in each earlier cycle: '1: noted; 2: supported (2)'", null=True
    )
    prior_cycles: str = col("earlier cycles in which the same was asked, joined by '; '", null=True)
    co_recommending_states: str = col("others who ask the same in this review, joined by '; '", null=True)
    same_ask_in_treaty_bodies: int = col("treaty-body recommendations with the same ask", ge=0)
    same_ask_in_special_procedures: int = col("special-procedure recommendations with the same ask", ge=0)
    other_paragraphs: str = col("where those of other mechanisms stand", null=True)
    n_supported_same_review: int = col("recommendations of this review with the same ask that are supported", ge=0)
    n_supported_elsewhere: pd.Int64Dtype = col(
        "other States that supported the same ask at home; empty if it was not compared world-wide", null=True
    )
    framework_item: str = col("outcome of the Cooperation Framework that carries it; 'none' if none does", null=True)
    suggested_follow_up: str = col("configs/follow_up.yaml applied to position, repetition and coverage")
    follow_up_rule: str = col("the rule that applied")
    ask_id: str = col("its ask", null=True)


class StateBriefs(
    Table, unit="recommendation x recommending State", key="state_under_review recommending_state recommendation_id"
):
    """What each State recommended to each State under review, the answer, and what to do next."""

    state_under_review: str = col("ISO 3166-1 alpha-3")
    recommending_state: str = col("ISO 3166-1 alpha-3, or the name as written if unknown")
    recommendation_id: str = col("the recommendation")
    recommending_state_name: str = col("UN short name, or the name as written if unknown")
    text: str = col("the request")
    document_symbol: str = col("UN document symbol", null=True)
    paragraph: str = col("paragraph number as text", null=True)
    session: pd.Int64Dtype = col("UPR session", null=True)
    cycle: pd.Int64Dtype = col("UPR cycle", null=True)
    year: pd.Int64Dtype = col("year of the review", null=True)
    is_latest_review: bool = col("of the latest review of the State under review")
    is_provisional: bool = col("read from a draft report")
    position: str = col("of the State under review; noted is not rejected", isin=POSITIONS)
    position_source: str = col("what the position was read from", null=True)
    position_quote: str = col("the words that state the position", null=True)
    action: str = col(_STRENGTH, null=True)
    action_origin: str = col(_ORIGIN, null=True, isin=ORIGINS)
    cycles_asked: str = col("cycles in which this State made this ask, joined by '; '", null=True)
    first_asked: str = col("first cycle and year in which it did: 'cycle 1 (2010)'", null=True)
    prior_positions: str = col("positions on the same ask, by anyone, in earlier cycles", null=True)
    co_recommending_states: str = col("others who ask the same in this review, joined by '; '", null=True)
    earlier_recommending_states: str = col("others who asked it in earlier cycles, joined by '; '", null=True)
    same_ask_in_treaty_bodies: int = col("treaty-body recommendations with the same ask", ge=0)
    same_ask_in_special_procedures: int = col("special-procedure recommendations with the same ask", ge=0)
    other_paragraphs: str = col("where those of other mechanisms stand", null=True)
    framework_item: str = col("outcome of the Cooperation Framework that carries it; 'none' if none does", null=True)
    suggested_follow_up: str = col("configs/follow_up.yaml applied to position, repetition and coverage")
    follow_up_rule: str = col("the rule that applied")
    ask_id: str = col("its ask", null=True)


class Translations(Table, unit="recommendation x language x kind", key="recommendation_id language kind"):
    """Translations of recommendations, the last line of each kind; the original text always stands beside them."""

    recommendation_id: str = col("the recommendation")
    language: str = col("ISO 639-1 or 639-3 code of the translation")
    kind: str = col("official, human or machine", isin=KINDS)
    translation: str = col("the translated text")
    translator: str = col("who translated, or the machine's name")
    date: str = col("day of the translation, ISO 8601")
    is_current: bool = col("made of the text as it is today; others are kept and not shown")
    is_shown: bool = col("the most trusted current one in its language")
    source_file: str = col("file below data/raw/translations")
    source_line: int = col("its line", ge=2)


class Deliveries(Table, unit="document", key="path"):
    """Which documents were written for which State under review, and which were left out and why."""

    state_under_review: str = col("ISO 3166-1 alpha-3")
    document: str = col("matrix, worksheet, history, pending, brief, template or all")
    path: str = col("file below data/processed/report; of what was left out, the State's folder")
    n_recommendations: int = col("recommendations in it", ge=0)
    status: str = col("written or left_out", isin=["written", "left_out"])
    note: str = col("why it was left out, and how to have it", null=True)
