"""Recommendations in other words: the request stays, and so does each State's share."""

import numpy as np
import pandas as pd
import pytest

from pipeline.clauses import Verbs
from pipeline.instruments import canonicalise, load_instruments
from pipeline.paths import ROOT
from pipeline.rewriting import LEAD_INS, MANNERS, Rewriter, grown

INSTRUMENTS = load_instruments(ROOT / "configs" / "instruments.yaml")


@pytest.fixture
def rewriter() -> Rewriter:
    return Rewriter(INSTRUMENTS, Verbs(frozenset({"ratify", "open", "free"}), frozenset({"free"})))


def versions(rewriter: Rewriter, text: str) -> set[str]:
    return {rewriter.rewritten(text, np.random.default_rng(seed)) for seed in range(80)}


def test_a_lead_in_is_changed_for_one_of_the_same_strength(rewriter: Rewriter) -> None:
    found = versions(rewriter, "Explore the possibility of a school in Belmora")
    openings = {text.split(" of a school")[0] for text in found}
    assert openings == {
        lead_in.removesuffix(" of") for group in LEAD_INS if "Study the possibility of" in group for lead_in in group
    }


def test_a_treaty_goes_by_acronym_or_name_and_stays_the_same_treaty(rewriter: Rewriter) -> None:
    found = versions(rewriter, "Ratify the CAT")
    assert any("OPCAT" in text or "Convention against Torture" in text for text in found)
    canonical = {canonicalise(text, INSTRUMENTS) for text in found}
    assert {text.split(",")[0] for text in canonical} <= {
        "Ratify the Convention against Torture (CAT)",
        "Proceed to ratify the Convention against Torture (CAT)",
    }


def test_clauses_change_their_order(rewriter: Rewriter) -> None:
    found = versions(rewriter, "Open clinics in Arvandia and free the reporters")
    assert "Free the reporters and open clinics in Arvandia" in found


def test_a_manner_is_added_where_nothing_else_can_change(rewriter: Rewriter) -> None:
    found = versions(rewriter, "Plant trees.")
    assert found == {f"Plant trees, {manner}" for manner in MANNERS}


TABLE = pd.DataFrame({
    "state_under_review": ["XAA"] * 30 + ["XBB"] * 10,
    "state_name": ["Arvandia"] * 30 + ["Belmora"] * 10,
    "text": [f"Open clinic {number} in Arvandia" for number in range(30)]
    + [f"Plant {number} trees in Belmora" for number in range(10)],
})  # fmt: skip


def test_states_grow_evenly_and_those_addressed_are_named(rewriter: Rewriter) -> None:
    found = grown(TABLE, 800, rewriter, seed=1)
    assert len(found) == 800
    assert found.head(40)["text"].tolist() == TABLE["text"].tolist()
    assert found["state_under_review"].value_counts(normalize=True)["XAA"] == pytest.approx(0.75, abs=0.05)
    names = found["state_under_review"].map({"XAA": "Arvandia", "XBB": "Belmora"})
    assert all(name in text for name, text in zip(names, found["text"], strict=True))
    moved = found[(found["state_under_review"] == "XBB") & found["text"].str.contains("clinic")]
    assert len(moved) > 30, "half of the rewritten texts go to a State drawn from all"


def test_growth_is_the_same_each_time_and_fewer_rows_are_drawn(rewriter: Rewriter) -> None:
    pd.testing.assert_frame_equal(grown(TABLE, 90, rewriter, seed=1), grown(TABLE, 90, rewriter, seed=1))
    few = grown(TABLE, 12, rewriter, seed=1)["text"]
    assert few.is_unique
    assert set(few) <= set(TABLE["text"])
