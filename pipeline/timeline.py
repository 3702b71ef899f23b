"""One State's asks that came back, cycle by cycle, as a figure: which answer each got, told by shape and by colour.

Colours are those of Okabe and Ito (2008), told apart by people with any colour vision; each shape says the same again.
"""

import hashlib
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from pipeline import figure_files

MARKS: dict[str, dict[str, Any]] = {
    "supported": {"marker": "o", "color": "#0072B2"},
    "partially_supported": {"marker": "D", "color": "#009E73", "fillstyle": "left", "markerfacecoloralt": "white"},
    "noted": {"marker": "s", "color": "#D55E00"},
    "pending": {"marker": "^", "color": "#000000", "markerfacecolor": "white"},
    "unknown": {"marker": "x", "color": "#767676"},
}
"""Position -> how it is drawn."""
_AGAIN = "#F5E9A8"
_INK, _LINE = "#222222", "#D9D9D9"
_TEXT_WIDTH, _TEXT_LINES = 84, 2
_WIDTH, _ROW, _HEAD, _FOOT = 11.7, 0.40, 1.25, 0.62
_STEP = 0.3
"""Distance of two marks in one cycle; the figure is 10 wide."""
_CYCLES, _COUNTS = (5.2, 8.4), (8.65, 9.1, 9.55)
"""Where the cycles begin and end, and where the three counts stand."""
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "upr",
    "font.family": ["DejaVu Sans"],
    "font.size": 8.5,
}


@dataclass(frozen=True)
class Row:
    """One ask: its text, its answers in each cycle and their number, how often and by how many States it was made."""

    text: str
    answers: Mapping[int, Mapping[str, int]]
    recommendations: int
    states: int
    other_items: int
    pending_again: bool


@dataclass(frozen=True)
class Timeline:
    """What the figure of one State shows: its rows, its cycles with their years, and how many asks are left out."""

    state: str
    cycles: Mapping[int, str]
    rows: Sequence[Row]
    asks: int
    repeated: int

    def digest(self) -> str:
        """Return a hash of all that the picture depends on: the rows, this module, the version of matplotlib."""
        parts = (repr(self), Path(__file__).read_text(encoding="utf-8"), mpl.__version__)
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def timeline(recommendations: pd.DataFrame, asks: pd.DataFrame, ledger: pd.DataFrame, max_asks: int) -> Timeline | None:
    """Return what to draw of one State, at most `max_asks` rows, most cycles first; None if no ask was made twice.

    Args:
        recommendations: those to the State.
        asks: in which ask each stands.
        ledger: the lines of its asks.
        max_asks: rows of the figure.
    """
    made = asks.merge(recommendations[(recommendations["mechanism"] == "upr") & recommendations["cycle"].notna()])
    counts: dict[str, dict[int, Counter[str]]] = {}
    for ask, cycle, position in zip(made["ask_id"], made["cycle"], made["position"], strict=True):
        counts.setdefault(ask, {}).setdefault(int(cycle), Counter())[position] += 1
    repeated = sorted(
        (ask for ask, found in counts.items() if sum(part.total() for part in found.values()) > 1),
        key=lambda ask: (-len(counts[ask]), -sum(part.total() for part in counts[ask].values()), ask),
    )
    if not repeated:
        return None
    lines = ledger.set_index("ask_id").loc[repeated[:max_asks]].to_dict("index")
    years = made.groupby("cycle")["year"].agg(
        lambda part: ", ".join(str(year) for year in sorted(part.dropna().unique()))
    )
    rows = [
        Row(
            str(line["representative_text"]),
            {cycle: dict(sorted(part.items())) for cycle, part in sorted(counts[str(ask)].items())},
            int(line["n_recommendations"]),
            int(line["n_recommending_states"]),
            int(line["treaty_body_items"] + line["special_procedure_items"]),
            bool(line["pending_again"]),
        )
        for ask, line in lines.items()
    ]
    name = str(recommendations["state_name"].iloc[0])
    cycles = {int(cycle): str(year) for cycle, year in zip(years.index.to_list(), years, strict=True)}
    return Timeline(name, cycles, rows, len(ledger), len(repeated))


def draw(shown: Timeline, stem: Path) -> list[Path]:
    """Write `stem`.svg and `stem`.png, unless they show just this already, and return their paths."""
    return figure_files.draw(stem, shown.digest(), shown.state, _STYLE, lambda: _figure(shown))


def _figure(shown: Timeline) -> Figure:
    height = _HEAD + _ROW * len(shown.rows) + _FOOT
    figure = Figure(figsize=(_WIDTH, height), facecolor="white")
    axes = figure.add_axes((0.0, _FOOT / height, 1.0, 1 - (_HEAD + _FOOT) / height))
    cycles = list(shown.cycles)
    axes.set_xlim(0, 10.0)
    axes.set_ylim(len(shown.rows) - 0.5, -0.5)
    axes.axis("off")
    width = (_CYCLES[1] - _CYCLES[0]) / len(cycles)
    places = {cycle: _CYCLES[0] + (place + 0.5) * width for place, cycle in enumerate(cycles)}
    _head(figure, axes, shown, places, height)
    for place, row in enumerate(shown.rows):
        _row(axes, place, row, places)
    _legend(figure, shown)
    return figure


def _head(figure: Figure, axes: Axes, shown: Timeline, places: Mapping[int, float], height: float) -> None:
    """Write the title, what the figure counts, and the columns' names."""
    rest = shown.repeated - len(shown.rows)
    left_out = f", most repeated first; {rest} more are in ask_ledger.csv" if rest else ""
    figure.text(0.02, 1 - 0.30 / height, f"{shown.state}: requests that came back, and the answers they got",
                fontsize=13, fontweight="bold", color=_INK, va="center")  # fmt: skip
    figure.text(
        0.02, 1 - 0.56 / height,
        f"{shown.repeated} of {shown.asks} asks were made more than once in the UPR{left_out}. Numbers beside marks count "
        "recommendations.",
        fontsize=8.5, color="#555555", va="center",
    )  # fmt: skip
    names = dict(zip(_COUNTS, ("times\nmade", "by\nStates", "other\nbodies"), strict=True))
    names |= {place: f"Cycle {cycle}\n{shown.cycles[cycle]}" for cycle, place in places.items()}
    for place, name in names.items():
        axes.text(place, -0.62, name, ha="center", va="bottom", color=_INK, fontsize=8, linespacing=1.15)


def _row(axes: Axes, place: int, row: Row, places: Mapping[int, float]) -> None:
    """Draw one ask: its words, its marks, its counts."""
    ground = _AGAIN if row.pending_again else "white"
    axes.axhspan(place - 0.5, place + 0.5, xmin=0.015, xmax=0.985, color=ground, linewidth=0, zorder=0)
    axes.axhline(place + 0.5, xmin=0.015, xmax=0.985, color=_LINE, linewidth=0.5, zorder=1)
    words = textwrap.wrap(row.text[:1].upper() + row.text[1:], _TEXT_WIDTH, max_lines=_TEXT_LINES, placeholder=" …")
    axes.text(0.2, place, "\n".join(words), va="center", color=_INK, linespacing=1.1)
    made = [places[cycle] for cycle in row.answers]
    axes.plot([made[0], made[-1]], [place, place], color="#BBBBBB", linewidth=1.0, zorder=1)
    for cycle, answers in row.answers.items():
        start = places[cycle] - _STEP * (len(answers) - 1) / 2
        for number, position in enumerate(name for name in MARKS if name in answers):
            at = start + _STEP * number
            axes.plot([at], [place], linestyle="none", zorder=3, **_mark(position))
            if answers[position] > 1:
                axes.text(at + 0.09, place, str(answers[position]), va="center", fontsize=8, color=_INK, zorder=2,
                          bbox={"facecolor": ground, "edgecolor": "none", "pad": 0.8})  # fmt: skip
    for at, number in zip(_COUNTS, (row.recommendations, row.states, row.other_items), strict=True):
        axes.text(at, place, str(number or ""), ha="center", va="center", color=_INK)


def _mark(position: str) -> dict[str, Any]:
    return {"markersize": 8.5, "markeredgewidth": 1.6 if position == "unknown" else 1.1, **MARKS[position]}


def _legend(figure: Figure, shown: Timeline) -> None:
    """Explain the marks that occur."""
    used = {position for row in shown.rows for answers in row.answers.values() for position in answers}
    handles: list[Any] = [
        Line2D([], [], linestyle="none", label=position.replace("_", " "), **_mark(position))
        for position in MARKS
        if position in used
    ]
    if any(row.pending_again for row in shown.rows):
        handles.append(Patch(color=_AGAIN, label="pending now, supported before"))
    if any(row.other_items for row in shown.rows):
        handles.append(Line2D([], [], linestyle="none", label="other bodies: treaty bodies and special procedures"))
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.015, 0.0), ncols=len(handles), frameon=False,
                  fontsize=8.5, handletextpad=0.3, columnspacing=1.6)  # fmt: skip
