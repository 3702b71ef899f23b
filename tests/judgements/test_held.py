"""A judgement is made on words: it follows them, and is told of when they are gone."""

import pandas as pd

from pipeline.judgements import held, text_hash
from pipeline.judgements.forms import SAID

TEXT, OTHER = "Protect women judges", "Close the old prison of Lume"


def recommendations(*rows):
    return pd.DataFrame(rows, columns=["recommendation_id", "state_under_review", "text"])


def said(**given):
    usual = {"recommendation_id": "r1", "dimension": "sdgs", "concept_id": "sdg:5", "verdict": "accept", "reviewer": "ada",
             "date": "2026-01-02"}  # fmt: skip
    return pd.DataFrame([{**usual, **given}]).reindex(columns=list(SAID), fill_value="").astype("str")


ON_TEXT = said(text_hash=text_hash("XAA", TEXT))


def test_a_text_of_the_same_words_holds_its_judgement():
    found = held(ON_TEXT, recommendations(("r1", "XAA", "Protect  WOMEN judges.")))
    assert len(found.here) == 1
    assert found.orphans.empty


def test_a_judgement_without_hash_holds_by_its_id():
    assert len(held(said(), recommendations(("r1", "XAA", "whatever it says"))).here) == 1


def test_a_changed_text_makes_an_orphan_that_keeps_its_hash():
    found = held(ON_TEXT, recommendations(("r1", "XAA", "Protect women judges and prosecutors")))
    assert found.here.empty
    orphan = found.orphans.iloc[0]
    assert orphan["text_hash"] == text_hash("XAA", TEXT)
    assert "changed" in orphan["reason"]


def test_a_judgement_follows_its_words_to_another_id():
    found = held(ON_TEXT, recommendations(("r1", "XAA", OTHER), ("r9", "XAA", TEXT)))
    assert found.here["recommendation_id"].tolist() == ["r9"]
    assert found.orphans.empty


def test_it_does_not_follow_them_to_another_state():
    found = held(ON_TEXT, recommendations(("r9", "XBB", TEXT)))
    assert found.orphans["reason"].str.contains("no recommendation of this run").all()


def test_it_does_not_choose_between_two_reviews_with_the_same_words():
    found = held(ON_TEXT, recommendations(("r8", "XAA", TEXT), ("r9", "XAA", TEXT)))
    assert found.here.empty
    assert "several" in found.orphans["reason"].iloc[0]


def pair(**given):
    return said(dimension="same_ask", concept_id="r2", verdict="yes", text_hash=text_hash("XAA", TEXT),
                other_hash=text_hash("XAA", OTHER), **given)  # fmt: skip


def test_a_pair_follows_its_words_and_keeps_the_smaller_id_first():
    found = held(pair(), recommendations(("r9", "XAA", TEXT), ("r2", "XAA", OTHER)))
    assert found.here[["recommendation_id", "concept_id"]].to_numpy().tolist() == [["r2", "r9"]]
    assert found.here["text_hash"].tolist() == [text_hash("XAA", OTHER)]


def test_a_pair_of_which_one_text_is_gone_is_an_orphan():
    assert len(held(pair(), recommendations(("r1", "XAA", TEXT))).orphans) == 1


def test_a_pair_that_became_one_recommendation_is_an_orphan():
    both = pair(recommendation_id="a").assign(other_hash=text_hash("XAA", TEXT))
    found = held(both, recommendations(("r1", "XAA", TEXT)))
    assert "become one" in found.orphans["reason"].iloc[0]


def test_a_state_nobody_knows_is_a_state_of_its_own():
    assert text_hash(None, TEXT) != text_hash("XAA", TEXT)
    unknown = said(text_hash=text_hash(None, TEXT))
    assert len(held(unknown, recommendations(("r1", None, TEXT))).here) == 1
