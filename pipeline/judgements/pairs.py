"""Judgements of pairs, as the grouping into asks uses them: `yes` joins two recommendations, `no` keeps them apart."""

import logging
from pathlib import Path

import pandas as pd

from pipeline.judgements.files import read_pairs
from pipeline.judgements.held import held
from pipeline.judgements.votes import verdicts

log = logging.getLogger(__name__)

COLUMNS = ("left_id", "right_id", "verdict", "reviewer", "date")


def read_same_ask(folder: Path, recommendations: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what people said of pairs, with the columns `COLUMNS`: `yes` the same ask, `no` another.

    One row a pair, `left_id` the smaller, sorted. Of several reviewers the majority stands; a pair on which as many say
    yes as no has no row. With `recommendations`, judgements on texts that changed or are gone are left out.

    Raises:
        JudgementError: a missing column, an unknown verdict, or a pair of one recommendation with itself.
    """
    said = read_pairs(folder)
    return same_ask_verdicts(verdicts(said if recommendations is None else held(said, recommendations).here))


def same_ask_verdicts(found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `verdicts` on pairs that a majority settled, with the columns `COLUMNS`."""
    settled = found[found["stands"].isin(["yes", "no"])]
    names = {"recommendation_id": "left_id", "concept_id": "right_id", "stands": "verdict"}
    settled = settled.rename(columns=names)[list(COLUMNS)]
    return settled.sort_values(["left_id", "right_id"], ignore_index=True)


def without_contradictions(judged: pd.DataFrame) -> pd.DataFrame:
    """Return judgements of pairs that can all hold: no chain of `yes` leads from one end of a `no` to the other.

    A `no` stands; of the `yes` of such a chain the oldest gives way. Each that does is logged.
    """
    apart = {frozenset(pair) for pair in judged.loc[judged["verdict"] == "no", ["left_id", "right_id"]].to_numpy()}
    group: dict[str, set[str]] = {}
    dropped = []
    newest_first = judged[judged["verdict"] == "yes"].sort_values("date", ascending=False, kind="stable")
    for row in newest_first.itertuples():
        ends = str(row.left_id), str(row.right_id)
        left, right = (group.get(end, {end}) for end in ends)
        if any(frozenset({one, other}) in apart for one in left for other in right):
            log.warning(
                "The judgement of %s that %s and %s are one ask contradicts others and is left aside; judge them again",
                row.reviewer, row.left_id, row.right_id,
            )  # fmt: skip
            dropped.append(row.Index)
            continue
        group.update(dict.fromkeys(left | right, left | right))
    return judged.drop(index=dropped)
