"""All figures of one candidate: what metrics.json and the tables beside it say."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.held_out import HeldOut
from pipeline.measuring.headlines import best_tags, headlines, rounded, scored
from pipeline.measuring.labels import levels_of
from pipeline.measuring.systems import compared
from pipeline.metrics import Draws, Outcomes, calibration_error, reliability

Flags = NDArray[np.bool_]

BREAKDOWNS = ("session", "cycle", "language")
"""Columns of the texts by which figures are broken down."""


def measure(
    held: HeldOut, about: pd.DataFrame, *, in_use: str, broader: Mapping[str, str | None], auto_from: float | None,
    wanted: float, seed: int,
) -> dict[str, Any]:  # fmt: skip
    """Return the figures of `held`, as metrics.json holds them.

    `about` has a row a text: `review`, and the columns of BREAKDOWNS. `in_use` names the system measured; `broader` has
    the concept above each; tags from the score `auto_from` on are `auto`, where precision `wanted` was asked for.
    """
    outcomes = Outcomes.of(held.truth, held.predicted, held.ignored)
    draws = Draws.of(about["review"].tolist(), seed=seed)
    levels = levels_of(held.concepts, broader)
    figures = rounded(headlines(held, draws, auto_from), len(about))
    found: dict[str, Any] = {"texts": len(about), "reviews": int(about["review"].nunique()), "all": figures,
                             "twins": int(held.twin.sum())}  # fmt: skip
    if not held.twin.all():
        single = held.rows(~held.twin)
        own = Draws.of(about.loc[~held.twin, "review"].tolist(), seed=seed)
        found["without_twins"] = rounded(headlines(single, own, auto_from), len(single.row_ids))
    for name in BREAKDOWNS:
        found[f"by_{name}"] = _by(outcomes, about, name, seed)
    found |= {level: scored(outcomes.columns(chosen), draws) for level, chosen in levels.items()}
    found |= {"in_use": in_use, "systems": compared(held, in_use, draws, levels)}
    auto = {name: figures[f"auto_{name}"] for name in ("precision", "recall")} if auto_from is not None else {}
    auto = {"precision": 0.0, "recall": 0.0} | auto
    return found | _probabilities(held) | {"auto": {"wanted": wanted, "from_score": auto_from, **auto}}


def _by(outcomes: Outcomes, about: pd.DataFrame, name: str, seed: int) -> dict[str, Any]:
    """Return the figures of the texts of each session, cycle or language."""
    found = {}
    for value in sorted(about[name].unique()):
        chosen = (about[name] == value).to_numpy()
        draws = Draws.of(about.loc[chosen, "review"].tolist(), seed=seed)
        found[str(value)] = scored(outcomes.rows(chosen), draws)
    return found


def _probabilities(held: HeldOut) -> dict[str, Any]:
    """Return how far scores can be taken at their word, and how many tags a text gets."""
    scores, right, counted = best_tags(held)
    tags = held.predicted & ~held.ignored
    return {
        "calibration_error_top": round(calibration_error(scores[counted], right[counted]), 4),
        "calibration_error_tags": round(calibration_error(held.probabilities[tags], held.truth[tags]), 4),
        "reliability": reliability(scores[counted], right[counted]).round(4).to_dict("records"),
        "tags_per_text": round(float(held.predicted.sum(axis=1).mean()), 3),
        "texts_without_tag": int((~held.predicted.any(axis=1)).sum()),
    }
