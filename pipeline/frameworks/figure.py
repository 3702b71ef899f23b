"""One framework as a figure: affected groups by outcome, and how many recommendations each outcome carries."""

import hashlib
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from pipeline import figure_files

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "upr",
    "font.family": ["DejaVu Sans"],
    "font.size": 8.5,
}
_COLOURS = "Blues"
_INK, _GREY = "#222222", "#555555"
_BARS = (("supported", "#0072B2"), ("noted", "#D55E00"), ("pending, partly supported or unknown", "#999999"))
"""Positions and colours of Okabe and Ito (2008), told apart by people with any colour vision."""
_ROW, _BAR, _HEAD, _FOOT, _COLUMN = 0.27, 1.25, 1.0, 0.62, 0.52  # inches
_LABELS, _LEAST_WIDTH = 3.1, 11.7  # inches
_KEY_WIDTH, _KEY_LINE = 165, 0.137
_LONGEST_TITLE = 100  # characters


@dataclass(frozen=True)
class Picture:
    """What the figure of one framework shows.

    `codes` and `texts` are the outcomes in order, the last column what no outcome names; `cells` groups x columns,
    `positions` columns x (supported, noted, other) in recommendations; `named` groups x columns: the outcome names the group.
    """

    state: str
    plan: str
    codes: Sequence[str]
    texts: Sequence[str]
    groups: Sequence[str]
    cells: NDArray[np.int64]
    named: NDArray[np.bool_]
    positions: NDArray[np.int64]
    review: int
    groups_left_out: int

    def digest(self) -> str:
        """Return a hash of all that the picture depends on."""
        arrays = (self.cells.tolist(), self.named.tolist(), self.positions.tolist())
        facts = (
            self.state,
            self.plan,
            list(self.codes),
            list(self.texts),
            list(self.groups),
            self.review,
            self.groups_left_out,
        )
        parts = (repr((facts, arrays)), Path(__file__).read_text(encoding="utf-8"), mpl.__version__)
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def draw(shown: Picture, stem: Path) -> list[Path]:
    """Write `stem`.svg and `stem`.png, unless they show just this already, and return their paths."""
    return figure_files.draw(stem, shown.digest(), shown.state, _STYLE, lambda: _figure(shown))


def _figure(shown: Picture) -> Figure:
    key = [line for code, text in zip(shown.codes, shown.texts, strict=True)
           for line in textwrap.wrap(f"{code}  {text}", _KEY_WIDTH, max_lines=2, placeholder=" …", subsequent_indent="        ")]  # fmt: skip
    columns, rows = len(shown.codes), max(len(shown.groups), 1)
    width = max(_LEAST_WIDTH, _LABELS + _COLUMN * columns + 0.4)
    grid = _ROW * rows
    height = _HEAD + _BAR + 0.1 + grid + _FOOT + _KEY_LINE * len(key)
    figure = Figure(figsize=(width, height), facecolor="white")
    share = (width - _LABELS - 0.35) / width
    bottom = (_FOOT + _KEY_LINE * len(key)) / height
    heat = figure.add_axes((_LABELS / width, bottom, share, grid / height))
    bars = figure.add_axes(
        (_LABELS / width, bottom + (grid + 0.1) / height, share, (_BAR - 0.15) / height), sharex=heat
    )
    _cells(heat, shown)
    _positions(bars, shown)
    figure.text(
        0.02,
        1 - 0.30 / height,
        textwrap.shorten(f"{shown.state}: {shown.plan}", _LONGEST_TITLE, placeholder=" …"),
        fontsize=13,
        fontweight="bold",
        color=_INK,
        va="center",
    )
    total = int(shown.positions.sum())
    figure.text(
        0.02, 1 - 0.60 / height,
        f"{total} recommendations by the outcome that carries each first (above), and the affected groups they name (below; one that names "
        f"two groups counts twice).\nProposed by a machine: {shown.review} of them are for a person to review. A frame marks an outcome "
        "that names the group." + (f" {shown.groups_left_out} groups named less often are in lnob_matrix.csv." if shown.groups_left_out else ""),
        fontsize=8.5, color=_GREY, va="center", linespacing=1.3,
    )  # fmt: skip
    figure.text(
        0.02,
        (0.12 + _KEY_LINE * len(key)) / height,
        "\n".join(key),
        fontsize=7.5,
        color=_INK,
        va="top",
        linespacing=1.25,
    )
    return figure


def _cells(axes: Axes, shown: Picture) -> None:
    """Draw the groups x outcomes, darker for more recommendations, each number written."""
    columns = np.arange(len(shown.codes))
    most = max(int(shown.cells.max(initial=0)), 1)
    axes.imshow(np.sqrt(shown.cells / most), cmap=_COLOURS, vmin=0, vmax=1.15, aspect="auto")
    for row, column in np.argwhere(shown.cells > 0):
        value = int(shown.cells[row, column])
        axes.text(float(column), float(row), str(value), ha="center", va="center", fontsize=8,
                  color="white" if np.sqrt(value / most) > 0.62 else _INK)  # fmt: skip
    for row, column in np.argwhere(shown.named):
        axes.add_patch(
            mpl.patches.Rectangle(
                (column - 0.46, row - 0.44), 0.92, 0.88, fill=False, edgecolor="#009E73", linewidth=1.1
            )
        )
    axes.set_xticks(columns, shown.codes, rotation=0 if max(map(len, shown.codes), default=0) < 8 else 35)
    short = [textwrap.shorten(name, 52, placeholder=" …") for name in shown.groups]
    axes.set_yticks(np.arange(len(short)), short)
    axes.tick_params(length=0)
    axes.axvline(len(shown.codes) - 1.5, color=_GREY, linewidth=0.8)
    for side in axes.spines.values():
        side.set_visible(False)


def _positions(axes: Axes, shown: Picture) -> None:
    """Draw how many recommendations each outcome carries first, by position."""
    columns = np.arange(len(shown.codes))
    floor = np.zeros(len(columns))
    for place, (name, colour) in enumerate(_BARS):
        axes.bar(columns, shown.positions[:, place], bottom=floor, color=colour, width=0.72, label=name)
        floor = floor + shown.positions[:, place]
    for column, total in zip(columns, floor, strict=True):
        axes.text(float(column), float(total), f"{int(total)}", ha="center", va="bottom", fontsize=8, color=_INK)
    axes.set_ylim(0, max(floor.max(initial=0) * 1.22, 1))
    axes.tick_params(labelbottom=False, length=0)
    axes.set_yticks([])
    axes.set_ylabel("recommendations", fontsize=8, color=_GREY)
    axes.legend(loc="upper right", frameon=False, fontsize=7.5, ncols=3, bbox_to_anchor=(1.0, 1.18))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
