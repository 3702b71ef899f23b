"""Simpler ways of tagging the same texts, each beside the one in use: is the effort worth it?"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.held_out import HeldOut
from pipeline.measuring.headlines import scored
from pipeline.metrics import Draws, Outcomes, f1_drawn, interval

Flags = NDArray[np.bool_]

SYSTEMS = ("majority", "rules", "linear", "encoder", "fused", "stacked")
"""Ways of tagging, the plainest first."""


def majority(held: HeldOut, levels: Mapping[str, Flags]) -> Flags:
    """Return the tags of whoever gives every text the most frequent concept, of each level where there are two.

    Frequent among these texts themselves: in its favour.
    """
    counts = (held.truth & ~held.ignored).sum(axis=0)
    predicted = np.zeros_like(held.predicted)
    for level in levels.values() or [np.ones(len(counts), dtype=bool)]:
        predicted[:, np.where(level, counts, -1).argmax()] = True
    return predicted


def ordered(systems: Mapping[str, Any]) -> list[str]:
    """Return the names of `systems`, the plainest first, unknown ones last."""
    return sorted(systems, key=lambda name: (SYSTEMS.index(name) if name in SYSTEMS else len(SYSTEMS), name))


def compared(held: HeldOut, in_use: str, draws: Draws, levels: Mapping[str, Flags]) -> dict[str, Any]:
    """Return name -> figures of each system, with its `difference` to the one `in_use` on the same draws.

    `levels` are flags of concepts (`broad`, `narrow`) to measure apart as well.
    """
    systems = {"majority": majority(held, levels), **held.systems, in_use: held.predicted}
    outcomes = {name: Outcomes.of(held.truth, flags, held.ignored) for name, flags in systems.items()}
    reference = f1_drawn(outcomes[in_use], draws)
    found = {}
    for name in ordered(systems):
        figures = scored(outcomes[name], draws)
        if name != in_use:
            figures["difference"] = {}
            drawn = zip(("micro_f1", "macro_f1"), f1_drawn(outcomes[name], draws), reference, strict=True)
            for figure, values, those in drawn:
                low, high = interval(values - those)
                figures["difference"] |= {figure: round(float(values[0] - those[0]), 4),
                                          f"{figure}_95": [round(low, 4), round(high, 4)]}  # fmt: skip
        found[name] = figures | {level: scored(outcomes[name].columns(at), draws) for level, at in levels.items()}
    return found
