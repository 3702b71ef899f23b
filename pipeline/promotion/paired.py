"""Two models on the same texts: the same reviews drawn for both, so that what makes a text hard cancels out."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.held_out import HeldOut
from pipeline.measuring import FIGURES, Drawn, Figure, headlines
from pipeline.metrics import Draws, Outcomes, f1_by_concept, interval
from pipeline.promotion.difference import Comparison, Difference, Value

OF_LEVELS = ("micro_f1", "macro_f1")
"""Figures that are compared for each level of a vocabulary apart."""

LEVELS = {"broad": "upper level (goals)", "narrow": "lower level (targets)"}


def paired(
    new: HeldOut, old: HeldOut, *, starts: tuple[float | None, float | None], concepts: pd.DataFrame, wanted: float,
    seed: int,
) -> Comparison:  # fmt: skip
    """Return the differences of `new` and `old`, which are aligned (see `on_common_texts`).

    `starts` are the scores from which tags are `auto`; `concepts` has `label` and `level` by concept id; `wanted` is the
    precision asked of `auto`.
    """
    twin = new.twin | old.twin
    parts = {"all texts": (new, old)}
    if not twin.all():
        parts["without repeated texts"] = (new.rows(~twin), old.rows(~twin))
    differences: list[Difference] = []
    for where, (one, other) in parts.items():
        draws = Draws.of(one.reviews, seed=seed)
        drawn = headlines(one, draws, starts[0]), headlines(other, draws, starts[1])
        differences += [_difference(where, figure, *drawn, wanted=wanted) for figure in FIGURES]
    draws = Draws.of(new.reviews, seed=seed)
    levels = concepts["level"].reindex(list(new.concepts)).to_numpy()
    for level, where in LEVELS.items():
        if (chosen := levels == level).any():
            drawn = headlines(new.columns(chosen), draws, None), headlines(old.columns(chosen), draws, None)
            differences += [
                _difference(where, figure, *drawn, wanted=wanted) for figure in FIGURES if figure.name in OF_LEVELS
            ]
    how = f"text by text on {len(new.row_ids):,} texts of {len(set(new.reviews)):,} reviews that both were measured on"
    return Comparison(how, tuple(differences), _labels(new, old, concepts["label"].to_dict()))


def _difference(where: str, figure: Figure, one: Drawn, other: Drawn, *, wanted: float) -> Difference:
    candidate, released = one[figure.name], other[figure.name]
    values = _value(figure, candidate).within(0.0, 1.0), _value(figure, released).within(0.0, 1.0)
    if figure.name == "auto_precision":
        candidate, released = np.minimum(candidate, wanted), np.minimum(released, wanted)
    gains = candidate - released if figure.better else released - candidate
    return Difference(where, figure.words, *values, _value(figure, gains))


def _value(figure: Figure, drawn: NDArray[np.float64]) -> Value:
    low, high = interval(drawn, centred=figure.centred)
    return Value(float(drawn[0]), low, high)


def _labels(new: HeldOut, old: HeldOut, labels: Mapping[Any, Any]) -> pd.DataFrame:
    one, other = (f1_by_concept(Outcomes.of(held.truth, held.predicted, held.ignored)) for held in (new, old))
    table = pd.DataFrame(
        {
            "label": [labels.get(concept, concept) for concept in new.concepts],
            "texts": (new.truth & ~new.ignored).sum(axis=0),
            "candidate": one.round(4),
            "released": other.round(4),
            "gain": (one - other).round(4),
        }
    )
    return table[table["texts"] > 0].sort_values(["gain", "label"], ignore_index=True)
