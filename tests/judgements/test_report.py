"""Agreement counts what both judged, and chance is taken off."""

import math

import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from pipeline.judgements import agreement, verdicts
from pipeline.judgements.files import SAID
from pipeline.judgements.report import cohen_kappa, wilson


def said(**by_reviewer):
    """Return accept (y) or reject (n) of sdg:5 for r0, r1, ...; "-" for none."""
    rows = [
        {"recommendation_id": f"r{at}", "dimension": "sdgs", "concept_id": "sdg:5", "reviewer": who, "date": "2026-01-02",
         "verdict": {"y": "accept", "n": "reject", "u": "unsure"}[letter]}
        for who, letters in by_reviewer.items() for at, letter in enumerate(letters) if letter != "-"
    ]  # fmt: skip
    return pd.DataFrame(rows).reindex(columns=list(SAID), fill_value="").astype("str")


def report(given, machine=""):
    units = [(f"r{at}", "sdgs", "sdg:5") for at, letter in enumerate(machine) if letter == "y"]
    proposed = pd.DataFrame(units, columns=["recommendation_id", "dimension", "concept_id"])
    return agreement(given, verdicts(given), proposed).set_index(["dimension", "rater_a", "rater_b"])


def test_two_reviewers_are_compared_on_what_both_judged():
    row = report(said(ada="yyynu-", ben="yynny-")).loc[("sdgs", "ada", "ben")]
    assert row[["n_common", "n_agree", "n_yes_a", "n_yes_b"]].tolist() == [4, 3, 3, 2]
    assert row["kappa"] == pytest.approx(cohen_kappa_score(list("yyyn"), list("yynn")))


def test_the_machine_says_no_where_it_proposes_nothing():
    found = report(said(ada="yynn", ben="y---"), machine="ynny")
    assert found.loc[("sdgs", "ada", "(machine)"), "n_agree"] == 2
    assert found.loc[("sdgs", "(people)", "(machine)"), "n_common"] == 4
    assert found.loc[("all", "ada", "(machine)"), "share_agree"] == 0.5


def test_an_open_tie_is_no_word_of_the_people():
    assert report(said(ada="yy", ben="ny")).loc[("sdgs", "(people)", "(machine)"), "n_common"] == 1


def test_nobody_judged_gives_no_row():
    assert report(said(ada="").astype("str")).empty


def test_kappa_of_raters_who_say_one_thing_is_unknown():
    assert math.isnan(cohen_kappa(5, 5, 5, 5))
    assert cohen_kappa(5, 5, 0, 10) == pytest.approx(cohen_kappa_score([1] * 5 + [0] * 5, [0] * 10))


def test_the_interval_is_wilsons():
    assert wilson(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert wilson(0, 3)[0] == 0
    assert wilson(3, 3)[1] == 1
