"""Agreement counts what both judged, and chance is taken off."""

import math

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from pipeline.judgements import agreement, verdicts
from pipeline.judgements.forms import SAID
from pipeline.judgements.report import cohen_kappa, krippendorff_alpha, share_interval


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
    one, half = np.ones(5, dtype=bool), np.arange(10) < 5
    assert math.isnan(cohen_kappa(one, one))
    assert cohen_kappa(half, np.zeros(10, dtype=bool)) == 0


def test_alpha_is_that_of_krippendorffs_own_example():
    """The binary example of "Computing Krippendorff's Alpha-Reliability" (2011), section A: alpha .095."""
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    two = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(np.array([one, two], dtype=float).T) == pytest.approx(0.095, abs=5e-4)


def test_alpha_leaves_out_units_that_one_rater_judged_and_is_unknown_where_all_say_one_thing():
    answers = np.array([[1, 1], [0, 0], [1, 0], [1, np.nan]], dtype=float)
    assert krippendorff_alpha(answers) == krippendorff_alpha(answers[:3])
    assert math.isnan(krippendorff_alpha(answers[:1]))


def test_all_reviewers_together_have_a_row_of_pairs_of_answers():
    row = report(said(ada="yyn", ben="yny", cleo="y--")).loc[("sdgs", "(people)", "(people)")]
    assert row[["n_common", "n_agree"]].tolist() == [5, 3]
    assert math.isnan(row["kappa"])
    assert row["alpha"] < row["share_agree"]


def test_the_interval_is_wilsons():
    assert share_interval(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert share_interval(0, 3)[0] == 0
    assert share_interval(3, 3)[1] == 1
