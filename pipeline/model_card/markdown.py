"""Tables and figures in Markdown."""

from collections.abc import Mapping, Sequence
from typing import Any


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table."""
    lines: list[Sequence[object]] = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def figure(figures: Mapping[str, Any], name: str) -> str:
    """Return the figure `name` with its interval, "0.905 (0.896-0.913)"; nothing if it was not measured."""
    if name not in figures:
        return ""
    if f"{name}_95" not in figures:
        return f"{figures[name]:.3f}"
    low, high = figures[f"{name}_95"]
    return f"{figures[name]:.3f} ({low:.3f}-{high:.3f})"


def difference(figures: Mapping[str, Any], name: str) -> str:
    """Return a difference with its sign and interval, "-0.020 (-0.028 to -0.011)"."""
    low, high = figures[f"{name}_95"]
    return f"{figures[name]:+.3f} ({low:+.3f} to {high:+.3f})"
