"""Two models by the figures in their metrics.json: for those that were not measured on the same texts."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.measuring import FIGURES, Figure
from pipeline.promotion.difference import Comparison, Difference, Value, apart
from pipeline.promotion.paired import LEVELS

PARTS = {"all": "all texts", "without_twins": "without repeated texts", **LEVELS}

_OTHERS = (Figure("f1", "F1"), Figure("macro_f1", "macro-F1"))
"""Figures of what is no dimension."""

Listed = dict[tuple[str, Figure], Value]


def by_figures(new: Mapping[str, Any], old: Mapping[str, Any], *, wanted: float | None) -> Comparison:
    """Return the differences of the figures at hand; a loss is beyond noise if the intervals do not meet.

    `new` and `old` are metrics.json of candidate and released model; `wanted` is the precision asked of `auto`.
    """
    found, known = listed(new), listed(old)
    differences = []
    for (where, figure), value in found.items():
        if (where, figure) not in known:
            continue
        one, other = value, known[where, figure]
        if figure.name == "auto_precision" and wanted is not None:
            one, other = one.within(0.0, wanted), other.within(0.0, wanted)
        differences.append(Difference(where, figure.words, value, known[where, figure], apart(figure, one, other)))
    how = "by the figures in metrics.json alone, for predictions on the same texts are not at hand"
    return Comparison(how, tuple(differences), pd.DataFrame())


def listed(metrics: Mapping[str, Any]) -> Listed:
    """Return (where, figure) -> value, in whichever form metrics.json has them; one without interval is taken as exact.

    Figures of asks, and of the encoder's heads, stand under `headlines`.
    """
    values: Listed = {}
    for part, words in PARTS.items():
        figures = _as_now(metrics) if part == "all" else metrics.get(part, {})
        for figure in FIGURES:
            if figure.name in figures:
                value = figures[figure.name]
                values[words, figure] = Value(value, *figures.get(f"{figure.name}_95", (value, value)))
    for name, figures in metrics.get("headlines", {}).items():
        for figure in _OTHERS:
            if figure.name in figures:
                values[name, figure] = Value(figures[figure.name], *figures[f"{figure.name}_95"])
    return values


def _as_now(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of all texts; the first released models have some of them elsewhere, without interval."""
    auto = metrics.get("auto", {})
    elsewhere = {
        "calibration_error": metrics.get("calibration_error_top"),
        "auto_precision": auto.get("precision") if auto.get("from_score") is not None else None,
        "auto_recall": auto.get("recall"),
    }
    return {**{name: value for name, value in elsewhere.items() if value is not None}, **metrics.get("all", {})}
