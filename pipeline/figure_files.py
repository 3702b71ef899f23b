"""A matplotlib figure as SVG and PNG, drawn anew only if it shows something else than the files there."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from pipeline.tables import replacing


def draw(stem: Path, digest: str, title: str, style: Mapping[Any, Any], make: Callable[[], Figure]) -> list[Path]:
    """Write `stem`.svg and `stem`.png of the figure that `make` returns, and return their paths.

    `digest` stands for all that the figure shows: files that bear it already are left as they are. `title` goes into
    the SVG, `style` are settings of matplotlib while the figure is made.
    """
    paths = [stem.with_name(f"{stem.name}.{ending}") for ending in ("svg", "png")]
    if all(path.exists() for path in paths) and digest in paths[0].read_text(encoding="utf-8"):
        return paths
    with mpl.rc_context(dict(style)):
        figure = make()
        facts = ({"Date": None, "Creator": None, "Title": title, "Identifier": digest}, {"Software": None})
        for path, metadata in zip(reversed(paths), reversed(facts), strict=True):
            with replacing(path) as temporary:
                figure.savefig(temporary, format=path.suffix[1:], dpi=130, metadata=metadata)
    return paths
