"""How far people who judged agree with each other, and with the machine."""

import warnings
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.metrics import cohen_kappa_score

from pipeline.judgements.forms import FRAMEWORK
from pipeline.judgements.votes import UNIT, last_words

MACHINE, PEOPLE, ALL = "(machine)", "(people)", "all"
"""Names that stand for the machine's proposal, for what stands among people, and for all dimensions together."""

COLUMNS = ("dimension", "rater_a", "rater_b", "n_common", "n_agree", "share_agree", "share_low", "share_high",
           "kappa", "alpha", "n_yes_a", "n_yes_b")  # fmt: skip

Flags = NDArray[np.bool_]


def agreement(said: pd.DataFrame, found: pd.DataFrame, machine: pd.DataFrame) -> pd.DataFrame:
    """Return the table `JudgementReport`: of every two raters, and each with the machine, by dimension and for all.

    The row of people with people is of all reviewers together: pairs of answers to the same unit, and Krippendorff's
    alpha of all of them.

    Args:
        said: judgements that hold (columns `SAID`), oldest first.
        found: as `verdicts` returns them.
        machine: the units (recommendation_id, dimension, concept_id) the machine says yes to; it says no to all others,
            save framework items: their mapping comes later in a run.

    What people judged was chosen for doubt: their agreement with the machine is no measure of how often it is right.
    """
    given = _answers(said, found, machine)
    people = sorted(name for name in given.columns if name not in (MACHINE, PEOPLE))
    compared = [*combinations(people, 2), *((name, MACHINE) for name in [*people, PEOPLE])]
    rows = []
    for dimension in [*sorted(given.index.get_level_values("dimension").unique()), ALL]:
        part = given[given.index.isin([dimension], level="dimension") | (dimension == ALL)]
        for one, two in compared:
            both = part[[one, two]].dropna().to_numpy(dtype=bool)
            if len(both):
                rows.append((dimension, one, two, *_compared(both[:, 0], both[:, 1])))
        if len(people) > 1 and (of_all := _together(part[people])) is not None:
            rows.append((dimension, PEOPLE, PEOPLE, *of_all))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _answers(said: pd.DataFrame, found: pd.DataFrame, machine: pd.DataFrame) -> pd.DataFrame:
    """Return units x raters: True for yes, False for no, null where a rater said neither."""
    words = last_words(said)
    words = words[words["answer"].isin(["yes", "no"])]
    shown = dict(zip(words["who"], words["reviewer"], strict=True))
    given: pd.DataFrame = words.assign(yes=words["answer"] == "yes").pivot(index=UNIT, columns="who", values="yes")
    given = given.rename(columns=shown).astype(object)
    stands = found.set_index(UNIT)["stands"].reindex(given.index)
    given[PEOPLE] = stands.map({"yes": True, "no": False}).astype(object)
    given[MACHINE] = given.index.isin(pd.MultiIndex.from_frame(machine[UNIT])).astype(object)
    given.loc[given.index.get_level_values("dimension") == FRAMEWORK, MACHINE] = None
    return given


def _compared(one: Flags, two: Flags) -> tuple[int, int, float, float, float, float, float, int, int]:
    n, agree = len(one), int((one == two).sum())
    low, high = share_interval(agree, n)
    alpha = krippendorff_alpha(np.stack([one, two], axis=1).astype(float))
    return n, agree, agree / n, low, high, cohen_kappa(one, two), alpha, int(one.sum()), int(two.sum())


def _together(given: pd.DataFrame) -> tuple[int, int, float, float, float, float, float, int, int] | None:
    """Return the same of all reviewers, by pairs of answers to one unit; None where no unit has two."""
    answers = given.astype(float).to_numpy()
    yes, no = np.nansum(answers, axis=1), np.nansum(1 - answers, axis=1)
    each = yes + no
    n, agree = (int(count.sum()) for count in (each * (each - 1) / 2, (yes * (yes - 1) + no * (no - 1)) / 2))
    if not n:
        return None
    judged_twice = each >= 2
    low, high = share_interval(agree, n)
    said_yes = int(yes[judged_twice].sum())
    return n, agree, agree / n, low, high, float("nan"), krippendorff_alpha(answers), said_yes, said_yes


def cohen_kappa(one: Flags, two: Flags) -> float:
    """Return Cohen's kappa (1960) of two raters' yes and no; not a number where both said but one and the same thing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(cohen_kappa_score(one, two))


def krippendorff_alpha(answers: NDArray[np.float64]) -> float:
    """Return Krippendorff's alpha (2011, nominal) of any number of raters; not a number where all said one thing.

    1 - observed / expected disagreement, both over pairs of answers; units with one answer do not count.

    Args:
        answers: units x raters; 1 yes, 0 no, not a number for none.
    """
    yes, no = np.nansum(answers, axis=1), np.nansum(1 - answers, axis=1)
    pairable = yes + no >= 2
    yes, no = yes[pairable], no[pairable]
    n = float((yes + no).sum())
    expected = float(yes.sum() * no.sum())
    if not expected:
        return float("nan")
    observed = float((yes * no / (yes + no - 1)).sum())
    return 1 - (n - 1) * observed / expected


def share_interval(hits: int, n: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927)."""
    interval = binomtest(hits, n).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)
