"""How far people who judged agree with each other, and with the machine."""

from itertools import combinations
from math import sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.judgements.votes import UNIT, last_words

MACHINE, PEOPLE, ALL = "(machine)", "(people)", "all"
"""Names that stand for the machine's proposal, for what stands among people, and for all dimensions together."""

COLUMNS = ("dimension", "rater_a", "rater_b", "n_common", "n_agree", "share_agree", "share_low", "share_high",
           "kappa", "n_yes_a", "n_yes_b")  # fmt: skip
_NORMAL_95 = 1.959964

Flags = NDArray[np.bool_]


def agreement(said: pd.DataFrame, found: pd.DataFrame, machine: pd.DataFrame) -> pd.DataFrame:
    """Return the table `JudgementReport`: of every two raters, and each with the machine, by dimension and for all.

    Args:
        said: judgements that hold (columns `SAID`), oldest first.
        found: as `verdicts` returns them.
        machine: the units (recommendation_id, dimension, concept_id) the machine says yes to; it says no to all others.

    What people judged was chosen for doubt: their agreement with the machine is no measure of how often it is right.
    """
    given = _answers(said, found, machine)
    people = [name for name in given.columns if name not in (MACHINE, PEOPLE)]
    compared = [*combinations(sorted(people), 2), *((name, MACHINE) for name in [*sorted(people), PEOPLE])]
    rows = []
    for dimension in [*sorted(given.index.get_level_values("dimension").unique()), ALL]:
        part = given if dimension == ALL else given.xs(dimension, level="dimension")
        for one, two in compared:
            both = part[[one, two]].dropna().to_numpy(dtype=bool)
            if len(both):
                rows.append((dimension, one, two, *_compared(both[:, 0], both[:, 1])))
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
    given[MACHINE] = given.index.isin(pd.MultiIndex.from_frame(machine[UNIT]))
    return given


def _compared(one: Flags, two: Flags) -> tuple[int, int, float, float, float, float, int, int]:
    n, agree, yes_one, yes_two = len(one), int((one == two).sum()), int(one.sum()), int(two.sum())
    low, high = wilson(agree, n)
    return n, agree, agree / n, low, high, cohen_kappa(agree, yes_one, yes_two, n), yes_one, yes_two


def cohen_kappa(agree: int, yes_one: int, yes_two: int, n: int) -> float:
    """Return Cohen's kappa (1960) of two raters on `n` yes/no units; not a number where both said but one thing."""
    chance = (yes_one * yes_two + (n - yes_one) * (n - yes_two)) / n**2
    return float("nan") if chance == 1 else (agree / n - chance) / (1 - chance)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927)."""
    z2 = _NORMAL_95**2
    middle = (hits + z2 / 2) / (n + z2)
    half = _NORMAL_95 / (n + z2) * sqrt(hits * (n - hits) / n + z2 / 4)
    return max(0.0, middle - half), min(1.0, middle + half)
