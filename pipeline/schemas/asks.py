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


class Asks(Table, unit="recommendation", key="recommendation_id"):
    """Which ask and family each recommendation belongs to."""

    recommendation_id: str = col("the recommendation")
    ask_id: str = col("recommendations of one State that request the same thing")
    family_id: str = col("asks with the same core request")
    is_representative: bool = col("the most central text of its ask")
    reason: str = col("why it stands in this ask, in one line")


class AskLedger(Table, unit="ask", key="ask_id"):
    """The history of each ask: how often, by whom, with which position."""

    ask_id: str = col("the ask")
    state_under_review: str = col("ISO 3166-1 alpha-3", null=True)
    representative_text: str = col("the most central of its texts")
    family_id: str = col("its family")
    n_recommendations: int = col("recommendations in it", ge=1)
    n_recommending_states: int = col("distinct recommending States", ge=0)
    recommending_states: str = col("their names, joined by '; '", null=True)
    mechanisms: str = col("joined by '; '")
    cycles: str = col("UPR cycles, joined by '; '", null=True)
    first_year: pd.Int64Dtype = col("year of the first", null=True)
    last_year: pd.Int64Dtype = col("year of the last", null=True)
    position_by_cycle: str = col("e.g. '1: noted; 2: supported (2), noted (1)'", null=True)
    position_change: str = col("none, or from_to between the last two cycles with a position")
    latest_position: str = col("in the last cycle; 'mixed' if its recommendations differ", null=True)
    new_recommending_states: str = col("who joined in the last cycle, joined by '; '", null=True)
    themes: str = col("labels, joined by '; '", null=True)
    groups: str = col("labels, joined by '; '", null=True)
    sdgs: str = col("codes, joined by '; '", null=True)
    action: str = col("strongest action category asked, 1-5", null=True)
    treaty_body_items: int = col("treaty-body recommendations in it", ge=0)
    special_procedure_items: int = col("special-procedure recommendations in it", ge=0)
