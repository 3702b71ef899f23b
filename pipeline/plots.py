"""The figures of a model card, in one SVG: how far scores hold, what `auto` costs, what more texts would bring.

The same numbers give the same file: no date, no random ids; text stays text, so that the file is small.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.tables import replacing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "upr",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_BLUE, _ORANGE, _GREY = "#1f5fa8", "#c4591c", "#777777"


def draw(path: Path, metrics: Mapping[str, Any], curve: pd.DataFrame, learning: pd.DataFrame) -> None:
    """Write the figures to `path`.

    `metrics` is metrics.json; `curve` has `scores`, `precision`, `recall` of the tags from a score on; `learning` is the
    learning curve, drawn if it has rows.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    panels = 2 if learning.empty else 3
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(4 * panels, 3.4), layout="constrained")
        axes = figure.subplots(1, panels)
        _calibration(axes[0], metrics["reliability"])
        _auto(axes[1], curve, metrics["auto"])
        if panels == 3:
            _learning(axes[2], learning)
        with replacing(path) as temporary:
            figure.savefig(temporary, format="svg", metadata={"Date": None})


def _calibration(axes: "Axes", reliability: list[dict[str, float]]) -> None:
    total = max(sum(at["texts"] for at in reliability), 1)
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=1, linestyle="--")
    axes.scatter(
        [at["probability"] for at in reliability], [at["right"] for at in reliability],
        s=[12 + 150 * at["texts"] / total for at in reliability], color=_BLUE, alpha=0.8,
    )  # fmt: skip
    axes.set(title="Calibration", xlabel="mean score of the top tag", ylabel="share right", xlim=(0, 1.02),
             ylim=(0, 1.02))  # fmt: skip


def _auto(axes: "Axes", curve: pd.DataFrame, auto: Mapping[str, Any]) -> None:
    tagged = curve[curve["tags"] > 0]
    axes.plot(tagged["recall"], tagged["precision"], color=_BLUE)
    axes.axhline(auto["wanted"], color=_GREY, linewidth=1, linestyle="--")
    if auto["from_score"] is not None:
        axes.scatter([auto["recall"]], [auto["precision"]], color=_ORANGE, zorder=3)
        axes.annotate(f"auto from {auto['from_score']}", (auto["recall"], auto["precision"]), ha="right", va="bottom",
                      xytext=(-6, 2), textcoords="offset points")  # fmt: skip
    axes.set(title="Tags from a score on", xlabel="share of true tags found", ylabel="precision", xlim=(0, 1.02))


def _learning(axes: "Axes", learning: pd.DataFrame) -> None:
    marks = {"micro_f1": ("micro-F1", "-"), "macro_f1": ("macro-F1", ":")}
    for colour, (system, points) in zip((_BLUE, _ORANGE, _GREY), learning.groupby("system"), strict=False):
        for name, (words, line) in marks.items():
            spread = [points[name] - points[f"{name}_low"], points[f"{name}_high"] - points[name]]
            axes.errorbar(points["texts"], points[name], yerr=[part.clip(lower=0) for part in spread], color=colour,
                          linestyle=line, marker="o", markersize=3, capsize=2, label=f"{system}, {words}")  # fmt: skip
    axes.set(title="Learning curve", xlabel="texts learnt from", ylabel="F1 on the measured texts", xscale="log")
    ticks = sorted(set(learning["texts"]))
    axes.set_xticks(ticks, [f"{at:,}" for at in ticks], minor=False)
    axes.set_xticks([], minor=True)
    axes.legend(fontsize=7)
