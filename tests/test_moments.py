"""Histories, pending answers and briefs of Arvandia (tests/moments.py): two reviews, one treaty body, one pledge."""

import pandas as pd
import pytest

from pipeline.briefs import state_briefs
from pipeline.follow_up import load_rules
from pipeline.paths import ROOT
from pipeline.pending import pending
from pipeline.same_ask import same_ask, with_review
from pipeline.schemas import HistoryCounts, Pending, StateBriefs, StateHistory, WorldwideFamilies
from pipeline.tables import conform
from tests.moments import tables

RULES = load_rules(ROOT / "configs" / "follow_up.yaml")


@pytest.fixture(scope="module")
def known():
    found = tables()
    found["context"] = same_ask(
        found["recommendations"], found["recommending_states"], found["asks"], found["ask_links"]
    )
    found["marked"] = with_review(found["labels"], found["tags"])
    return found


def waiting(known, families=None, carried=None):
    families = WorldwideFamilies.empty() if families is None else families
    rows = pending(known["context"], known["recommending_states"], known["marked"], families, RULES, carried or {})
    return conform(rows, Pending, in_order=True).set_index("recommendation_id")


def briefs(known, carried=None):
    rows = state_briefs(known["context"], known["recommending_states"], known["marked"], RULES, carried or {})
    return conform(rows, StateBriefs).set_index(["recommending_state", "recommendation_id"])


def test_only_what_is_pending_waits_and_a_pledge_never_does(known):
    assert set(waiting(known).index) == {"a2", "a3"}


def test_what_was_answered_before_and_who_asks_the_same(known):
    row = waiting(known).loc["a2"]
    assert (row["prior_cycles"], row["prior_positions"], row["prior_position_same_ask"]) == ("2", "2: noted", "noted")
    assert row["recommending_states"] == "France"
    assert row["co_recommending_states"] == "Canada; Fenland"
    assert (row["same_ask_in_treaty_bodies"], row["other_paragraphs"]) == (1, "CAT/C/XAA/CO/3: 8")
    assert row["follow_up_rule"] == "pending_noted_before"
    assert "cycle 2: noted" in row["suggested_follow_up"]


def test_support_elsewhere_is_not_known_unless_it_was_compared(known):
    assert waiting(known)["n_supported_elsewhere"].isna().all()
    families = pd.DataFrame(
        [("A", "w1", "XAA", "noted"), ("Z1", "w1", "XBB", "supported"), ("Z2", "w1", "XBB", "supported"),
         ("Z3", "w1", "XCC", "noted"), ("Z4", "w1", "XAA", "supported")],
        columns=["ask_id", "worldwide_family_id", "state_under_review", "latest_position"],
    )  # fmt: skip
    assert waiting(known, families).loc["a2", "n_supported_elsewhere"] == 1, (
        "Belmora once; its own second ask is not elsewhere"
    )


def test_a_brief_has_a_row_for_each_state_that_made_the_recommendation(known):
    rows = briefs(known)
    assert sorted(rows.index) == [("CAN", "a1"), ("CAN", "a3"), ("CAN", "b2"), ("FRA", "a2"), ("FRA", "b1"), ("FRA", "c1"), ("Fenland", "a3")]  # fmt: skip


def test_since_when_is_told_of_the_state_itself(known):
    rows = briefs(known)
    assert rows.loc[("CAN", "a3"), "first_asked"] == "cycle 2 (2014)"
    assert rows.loc[("FRA", "a2"), "first_asked"] == "cycle 3 (2019)", "France did not ask it in cycle 2; Canada did"
    assert rows.loc[("FRA", "a2"), "earlier_recommending_states"] == "Canada"
    assert rows.loc[("FRA", "a2"), "cycles_asked"] == "3"


def test_a_co_sponsor_is_among_the_others_who_ask_the_same(known):
    rows = briefs(known)
    assert rows.loc[("CAN", "a3"), "co_recommending_states"] == "Fenland; France"
    assert rows.loc[("Fenland", "a3"), "co_recommending_states"] == "Canada; France"


def test_what_carries_a_recommendation_changes_the_suggestion(known):
    assert briefs(known).loc[("CAN", "b2"), "follow_up_rule"] == "supported_again"
    assert briefs(known, {"b2": "none"}).loc[("CAN", "b2"), "follow_up_rule"] == "supported_again_not_carried"
    carried = briefs(known, {"b2": "Outcome 2: Schools (for review)"}).loc[("CAN", "b2")]
    assert carried["follow_up_rule"] == "supported_again_carried"
    assert "through Outcome 2 of the Cooperation Framework" in carried["suggested_follow_up"]
    assert carried["framework_item"] == "Outcome 2: Schools (for review)"


def test_an_unknown_position_stays_unknown(known):
    row = briefs(known).loc[("FRA", "c1")]
    assert (row["position"], row["follow_up_rule"]) == ("unknown", "unknown")


def test_who_says_what_the_strength_is(known):
    rows = briefs(known)
    assert rows.loc[("CAN", "b2"), ["action", "action_origin"]].tolist() == ["5", "human"]
    assert rows.loc[("FRA", "c1"), ["action", "action_origin"]].tolist() == ["4", "review"]
    assert pd.isna(rows.loc[("FRA", "b1"), "action"])


def test_the_history_tells_what_is_asked_again(known):
    rows = conform(known["state_history"], StateHistory, in_order=True).set_index("ask_id")
    assert rows["standing"].to_dict() == {"A": "asked_again", "B": "asked_again", "C": "asked_first_now"}
    assert rows["is_open_repeated"].to_dict() == {"A": True, "B": True, "C": False}
    assert rows.loc["A", "asked_by_cycle"] == "2: 1; 3: 2"
    assert rows["supported_cycles"].dropna().to_dict() == {"B": "2; 3"}
    assert rows.index[0] == "A", "the most often repeated first"


def test_a_pledge_counts_nowhere(known):
    assert known["state_history"].set_index("ask_id").loc["C", "n_upr"] == 1
    counts = conform(known["history_counts"], HistoryCounts)
    everything = counts[counts["dimension"] == "all"].set_index("period")
    assert everything["n_recommendations"].to_dict() == {"cycle 2": 2, "cycle 3": 4, "treaty bodies": 1}


def test_positions_are_counted_beside_strength_and_unknown_is_its_own_count(known):
    counts = known["history_counts"]
    row = counts[(counts["dimension"] == "all") & (counts["period"] == "cycle 3")].iloc[0]
    assert row[["n_supported", "n_noted", "n_pending", "n_unknown"]].tolist() == [1, 0, 2, 1]
    assert row[["n_specific", "n_specific_supported", "n_asks", "n_repeated_asks"]].tolist() == [2, 1, 3, 2]


def test_a_recommendation_without_a_label_is_counted_as_such(known):
    counts = known["history_counts"]
    themes = counts[(counts["dimension"] == "themes") & (counts["period"] == "cycle 3")].set_index("concept_id")
    assert themes.loc["none", "n_recommendations"] == 2
    assert themes.loc["upr-info:right-to-education", "n_recommendations"] == 1
