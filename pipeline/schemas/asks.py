"""Tables of requests: which recommendations ask the same, and their history."""

import pandas as pd

from pipeline.schemas.base import Table, col


class Pairs(Table, unit="pair of recommendations", key="left_id right_id"):
    """Recommendations to one State that may request the same thing."""

    left_id: str = col("the smaller id")
    right_id: str = col("the larger id")
    score_same_ask: float = col("probability that evidence closing one closes the other", ge=0, le=1)
    score_same_family: float = col("probability of the same core request", ge=0, le=1)
    same_ask: bool = col("at the released threshold")
    same_family: bool = col("at the released threshold")
    cosine: float = col("of the two vectors", ge=-1, le=1)
    reason: str = col("what agrees and differs, in words")
    cannot_link: str = col("why the two can never be one ask, in words; empty if they may", null=True)


class Slots(Table, unit="recommendation x slot x value", key="recommendation_id slot value"):
    """What each recommendation asks, word by word of the lists in configs/slots.yaml: by these two are compared."""

    recommendation_id: str = col("the recommendation; voluntary pledges and unknown States have none")
    slot: str = col(
        "strength: consider, continue or specific act, of the first request; act, aim: what is to be done, and what for; "
        "instrument, group, matter: what it names; thing: an institution, law or practice named in one of several "
        "wordings; polarity: for or against, where it is clear",
        isin=["strength", "act", "aim", "instrument", "group", "matter", "thing", "polarity"],
    )
    value: str = col("the id or name in configs/slots.yaml or configs/instruments.yaml")
    in_request: bool = col("in the request itself; false if only in its purpose, manner, grounds or the like")


class Asks(Table, unit="recommendation", key="recommendation_id"):
    """Which ask and family each recommendation belongs to."""

    recommendation_id: str = col("the recommendation")
    ask_id: str = col("recommendations of one State that request the same thing")
    family_id: str = col("asks with the same core request")
    is_representative: bool = col("the most central text of its ask")
    reason: str = col("why it stands in this ask, in one line")


class AskLinks(Table, unit="clause of a recommendation that requests another ask", key="recommendation_id ask_id"):
    """Further asks of recommendations that request several acts; the first ask of each stands in `asks`."""

    recommendation_id: str = col("the recommendation with several requests")
    ask_id: str = col("an ask of the same State that one of its clauses requests, not its own")
    clause: str = col("the words of the clause, instruments in one wording; a shared beginning repeated")
    score: float = col("probability that the clause and the ask's representative request the same", ge=0, le=1)
    reason: str = col("what agrees and differs between them, in words")


class AskChanges(
    Table, unit="earlier and later ask of a State that share recommendations", key="previous_ask_id ask_id year"
):
    """What each review of a State changed in its asks: which grew, came together or fell apart."""

    state_under_review: str = col("ISO 3166-1 alpha-3")
    session: pd.Int64Dtype = col("session of the review; empty for documents later than the last review", null=True)
    year: int = col("year of the review, or of the latest document")
    previous_ask_id: str = col("the ask before it")
    ask_id: str = col("the ask after it")
    kind: str = col(
        "grew: all of it and new ones; merged: all of it and of others; split: a part; moved: a part that joined others; "
        "renamed: without the recommendation it was named after",
        isin=["grew", "merged", "split", "moved", "renamed"],
    )
    n_before: int = col("recommendations of the earlier ask", ge=1)
    n_shared: int = col("of them in the later ask", ge=1)
    n_now: int = col("recommendations of the later ask, as that review left it", ge=1)


class AskLedger(Table, unit="ask", key="ask_id"):
    """The history of each ask: how often, by whom, with which position."""

    ask_id: str = col("the ask")
    state_under_review: str = col("ISO 3166-1 alpha-3", null=True)
    representative_text: str = col("the most central of its texts")
    family_id: str = col("its family")
    n_recommendations: int = col("recommendations in it", ge=1)
    n_linked: int = col("further recommendations that request it in one of their clauses", ge=0)
    n_recommending_states: int = col("distinct recommending States", ge=0)
    recommending_states: str = col("their names, joined by '; '", null=True)
    mechanisms: str = col("joined by '; '")
    cycles: str = col("UPR cycles, joined by '; '", null=True)
    first_year: pd.Int64Dtype = col("year of the first", null=True)
    last_year: pd.Int64Dtype = col("year of the last", null=True)
    position_by_cycle: str = col("e.g. '1: noted; 2: supported (2), noted (1)'", null=True)
    position_change: str = col("none, or from_to between the last two cycles with a position")
    position_changes: str = col(
        "every change between cycles with a position: '1-2: noted_to_supported; ...'", null=True
    )
    latest_position: str = col("in the last cycle; 'mixed' if its recommendations differ", null=True)
    supported_before: str = col("cycles before the last in which all or some were supported, joined by '; '", null=True)
    pending_again: bool = col("pending in the last cycle and supported before")
    new_recommending_states: str = col("who joined in the last cycle, joined by '; '", null=True)
    new_states_by_cycle: str = col("who joined in each cycle after the first: '2: Chad, Peru; 3: Fiji'", null=True)
    themes: str = col("labels, joined by '; '", null=True)
    groups: str = col("labels, joined by '; '", null=True)
    sdgs: str = col("codes, joined by '; '", null=True)
    action: str = col("strongest action category asked, 1-5", null=True)
    treaty_body_items: int = col("treaty-body recommendations in it or linked to it by a clause", ge=0)
    special_procedure_items: int = col("special-procedure recommendations in it or linked to it by a clause", ge=0)
    paragraphs: str = col("where its recommendations stand: 'A/HRC/14/15: 100.2, 100.7; UPR session 22'")
    linked_paragraphs: str = col("where those stand that request it in a clause", null=True)


class WorldwideFamilies(Table, unit="ask", key="ask_id"):
    """Asks of all States that request the same; without rows unless `match.worldwide` is true."""

    ask_id: str = col("the ask")
    worldwide_family_id: str = col("asks of any State that request the same as one leading ask")
    state_under_review: str = col("ISO 3166-1 alpha-3", null=True)
    is_leader: bool = col("the ask the others of its family were compared with")
    score: float = col("probability that it and the leader request the same", ge=0, le=1)
    latest_position: str = col("of its State, from the ledger", null=True)


class WorldwideLedger(Table, unit="world-wide family", key="worldwide_family_id"):
    """Which States make the same request of others, and which support it at home."""

    worldwide_family_id: str = col("the family")
    representative_text: str = col("the text of its leading ask")
    n_asks: int = col("asks in it", ge=1)
    n_states: int = col("States under review it was addressed to", ge=2)
    n_recommendations: int = col("recommendations in its asks", ge=1)
    supported_by: str = col("States that supported it at home in their last cycle, joined by '; '", null=True)
    noted_by: str = col("States that noted it in their last cycle, joined by '; '", null=True)
    others: str = col("States with another latest position: mixed, partly supported, pending, unknown", null=True)
    recommending_states: str = col("States that made it of others, joined by '; '", null=True)
    make_and_support: str = col("States that made it and supported it at home, joined by '; '", null=True)
    make_and_note: str = col("States that made it and noted it at home, joined by '; '", null=True)
