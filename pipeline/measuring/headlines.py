"""The figures a tagger stands or falls by, each drawn over reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.held_out import HeldOut
from pipeline.metrics import Draws, Outcomes, calibration_drawn, f1_drawn, interval, ratio

Floats = NDArray[np.float64]
Drawn = dict[str, Floats]
"""Figure -> its value in each draw, the value on all texts first."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline: its `name` in metrics.json, in words, and whether more of it is `better`.

    `centred`: it grows when texts repeat, as they do in draws, and its interval is moved back.
    """

    name: str
    words: str
    better: bool = True
    centred: bool = False


FIGURES = (
    Figure("micro_f1", "micro-F1"),
    Figure("macro_f1", "macro-F1"),
    Figure("calibration_error", "calibration error", better=False, centred=True),
    Figure("auto_precision", "precision of `auto`"),
    Figure("auto_recall", "recall of `auto`"),
)

_CENTRED = {figure.name for figure in FIGURES if figure.centred}


def headlines(held: HeldOut, draws: Draws, auto_from: float | None) -> Drawn:
    """Return every figure in each of `draws`; tags from the score `auto_from` on are `auto` (None: none is)."""
    micro, macro = f1_drawn(Outcomes.of(held.truth, held.predicted, held.ignored), draws)
    precision, recall = _auto(held, draws, auto_from)
    scores, right, counted = best_tags(held)
    calibration = calibration_drawn(scores, right, counted, draws)
    values = (micro, macro, calibration, precision, recall)
    return {figure.name: drawn for figure, drawn in zip(FIGURES, values, strict=True)}


def best_tags(held: HeldOut) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return of each text's most probable concept: its score, whether it is right, and whether it counts at all."""
    place = np.arange(len(held.truth)), held.probabilities.argmax(axis=1)
    scores = held.probabilities[place]
    return scores, held.truth[place], (scores > 0) & ~held.ignored[place]


def _auto(held: HeldOut, draws: Draws, auto_from: float | None) -> tuple[Floats, Floats]:
    """Return precision and recall of the tags that nobody would read; where there is none, none of them is wrong."""
    auto = held.predicted & ~held.ignored & (held.probabilities >= (np.inf if auto_from is None else auto_from))
    hits, tags, true = (
        draws.total(flags.sum(axis=1)) for flags in (auto & held.truth, auto, held.truth & ~held.ignored)
    )
    return np.where(tags > 0, ratio(hits, tags), 1.0), ratio(hits, true)


def rounded(drawn: Mapping[str, Floats], texts: int) -> dict[str, Any]:
    """Return the figures and their intervals as metrics.json holds them: `micro_f1`, `micro_f1_95`, ..., `texts`."""
    found: dict[str, Any] = {"texts": texts}
    for name, values in drawn.items():
        low, high = interval(values, centred=name in _CENTRED)
        found |= {name: round(float(values[0]), 4), f"{name}_95": [round(max(low, 0.0), 4), round(min(high, 1.0), 4)]}
    return found


def scored(outcomes: Outcomes, draws: Draws) -> dict[str, Any]:
    """Return micro-F1 and macro-F1 with intervals, as metrics.json holds them."""
    micro, macro = f1_drawn(outcomes, draws)
    return rounded({"micro_f1": micro, "macro_f1": macro}, len(outcomes.right))
