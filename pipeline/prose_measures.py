"""How good tags of goals are on texts of one source: main goal, all goals, and goals asked one by one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.metrics import Draws, calibration_error, interval, ratio

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Source:
    """Texts of one source as they were labelled: `right` and `unsure` are texts x goals, `main` a column or -1.

    `likeliest` is texts x goals: how near a goal lies, by which the hardest wrong goal is chosen. `draws` draws what
    belongs together (a country, texts that are alike).
    """

    right: Flags
    unsure: Flags
    main: NDArray[np.int64]
    likeliest: Floats
    draws: Draws


def measured(source: Source, probabilities: Floats, thresholds: Floats, auto: float | None) -> dict[str, Any]:
    """Return the figures of `probabilities` (texts x goals), each with its 95% interval.

    - `main_goal`: surest goal among the text's goals; `main_goal_exact`: it is the first one. Texts with a goal only.
    - `micro_f1`: of the goals at their thresholds; an unsure goal is neither wrong nor missed, unless it is among the right ones.
    - `auto`: share right of the goals tagged from the score `auto` on; of None, or without any, it is left out.
    - `none_untagged`: texts about no goal that got none; left out where there is no such text.
    - `pairs`: share right of "is this text about this goal", every right goal and one wrong goal drawn at random (its
      expectation); `pairs_hard`: the wrong goal that lies nearest. `pairs_sure`: right goals that are not unsure only.
    """
    found = probabilities >= thresholds
    right, wrong = source.right, ~source.right & ~source.unsure
    about = right.any(axis=1)
    top = probabilities.argmax(axis=1)
    rows = np.arange(len(top))
    refused = _refused(found, wrong)
    hardest = np.where(wrong, source.likeliest, -np.inf).argmax(axis=1)
    sure = right & ~source.unsure
    hits, sure_hits = ((found & kind).sum(axis=1) for kind in (right, sure))
    shares = {
        "main_goal": (right[rows, top] & about, about),
        "main_goal_exact": ((top == source.main) & about, about),
        "micro_f1": (2 * hits, right.sum(axis=1) + (found & (wrong | right)).sum(axis=1)),
        "precision": (hits, (found & (wrong | right)).sum(axis=1)),
        "recall": (hits, right.sum(axis=1)),
        "pairs": (hits + refused, right.sum(axis=1) + 1),
        "pairs_sure": (sure_hits + refused, sure.sum(axis=1) + 1),
        "pairs_hard": (hits + ~found[rows, hardest], right.sum(axis=1) + 1),
    }
    if not about.all():
        shares["none_untagged"] = (~about & ~found.any(axis=1), ~about)
    counted = right | wrong
    unread = found & counted & (probabilities >= (np.inf if auto is None else auto))
    if unread.any():
        shares["auto"] = ((unread & right).sum(axis=1), unread.sum(axis=1))
    figures: dict[str, Any] = {name: _drawn(part, whole, source.draws) for name, (part, whole) in shares.items()}
    return figures | {
        "texts": len(top), "auto_tags": int(unread.sum()), "goals_a_text": round(float(right.sum(axis=1).mean()), 3),
        "calibration_error": round(calibration_error(probabilities[counted], right[counted]), 4),
    }  # fmt: skip


def pairs_right(found: Flags, right: Flags) -> float:
    """Return `pairs` of the goals `found` (texts x goals) where no goal is unsure."""
    hits = (found & right).sum() + _refused(found, ~right).sum()
    return float(hits / (right.sum() + len(right)))


def _refused(found: Flags, wrong: Flags) -> Floats:
    """Return for each text the share of its wrong goals that were not found: the chance that one drawn is refused."""
    return ratio((wrong & ~found).sum(axis=1).astype(np.float64), wrong.sum(axis=1).astype(np.float64))


def _drawn(part: NDArray[np.generic], whole: NDArray[np.generic], draws: Draws) -> dict[str, Any]:
    totals = draws.total(np.column_stack([part, whole]).astype(np.float64))
    values = ratio(totals[:, 0], totals[:, 1])
    low, high = interval(values)
    return {"value": round(float(values[0]), 4), "interval_95": [round(low, 4), round(high, 4)]}
