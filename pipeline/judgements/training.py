"""Judgements as labelled texts: what taggers learn from them."""

import pandas as pd

from pipeline.judgements.votes import EXCLUSIVE, UNIT
from pipeline.schemas import DIMENSIONS

COLUMNS = ("recommendation_id", "state", "session", "text", "dimension", "concept_id", "certain")


def judged_texts(found: pd.DataFrame, proposed: pd.DataFrame, recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return the table `JudgedTexts`: what stands for each recommendation and dimension in which people settled something.

    Args:
        found: as `verdicts` returns them.
        proposed: what the machine named, tags and weaker candidates (`UNIT`).
        recommendations: table `Recommendations`.

    A concept people said yes to is certain, one they said no to is not there. What the machine named and nobody settled is
    there as uncertain, so that it is neither learnt nor held against a model. What neither named does not apply: who
    judges reads the whole text and can add. A row without concept says that none applies. Where one concept is to be
    chosen, nothing is learnt until somebody chose.
    """
    found = found[found["dimension"].isin(DIMENSIONS)]
    settled = found[found["stands"].isin(["yes", "no"])]
    read = ["recommendation_id", "dimension"]
    right = settled[settled["stands"] == "yes"][UNIT]
    exclusive = settled["dimension"].isin(EXCLUSIVE)
    units = settled.loc[~exclusive, read].drop_duplicates()
    units = pd.concat([units, right.loc[right["dimension"].isin(EXCLUSIVE), read].drop_duplicates()])
    open_ones = pd.concat([found.loc[found["stands"].isin(["open", "unsure"]), UNIT], proposed[UNIT]]).drop_duplicates()
    open_ones = open_ones[~open_ones["dimension"].isin(EXCLUSIVE)]
    done = pd.MultiIndex.from_frame(settled[UNIT])
    unsettled = open_ones[~pd.MultiIndex.from_frame(open_ones).isin(done)]
    named = pd.concat([right.assign(certain=True), unsettled.assign(certain=False)])
    rows = units.merge(named, how="left", on=read)
    rows["certain"] = rows["certain"].astype("boolean").fillna(True).astype(bool)
    texts = recommendations[["recommendation_id", "state_under_review", "state_name", "session", "text"]]
    rows = rows.merge(texts, on="recommendation_id")
    rows["state"] = rows["state_under_review"].fillna(rows["state_name"]).fillna("")
    rows["session"] = rows["session"].fillna(0).astype(int)
    return rows[list(COLUMNS)].sort_values(list(UNIT), ignore_index=True, na_position="first")
