"""The explorer: a page of all recommendations that opens from a disk, without server or network."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.explorer.assets import write_assets, write_index
from pipeline.explorer.core import core
from pipeline.explorer.payload import write_script
from pipeline.explorer.quality import quality
from pipeline.explorer.rows import Tables, ordered, told_tags
from pipeline.explorer.states import of_each, state_file, summary
from pipeline.explorer.strings import load_strings
from pipeline.parallel import processes, run_every

ASSETS = "explorer"
"""Folder of the assets, beside the page."""
_FEW = 20
"""States below which starting other processes costs more than it saves."""
StateCounts = tuple[str, dict[str, Any]]
"""A State's name, and its counts for all cycles and each: what its charts show."""


def write_states(tables: Tables, report: Path, *, themes: int, groups: int, nearest: int) -> dict[str, StateCounts]:
    """Write one file of data a State into `report`, and return each State's name and counts, for its charts.

    Files of States that are gone are removed.

    Args:
        tables: the tables by name; those of frameworks and `translations` may be missing.
        report: folder of what people open.
        themes: most frequent themes of a State's heatmap.
        groups: most frequent groups of a State's heatmap.
        nearest: asks told for each that look alike and were kept apart.
    """
    rows, tags = ordered(tables["recommendations"]), told_tags(tables)
    counted: dict[str, StateCounts] = {}
    sizes = {"themes": themes, "groups": groups, "nearest": nearest}
    jobs = {str(own["state"].iloc[0]): (own, part, report, sizes) for own, part in of_each(rows, tables, tags)}
    workers = processes(len(jobs), _FEW)
    counted.update(run_every(_state, jobs, workers, lambda state: f"the data of {state} could not be written"))
    _only(report / ASSETS / "data" / "states", counted)
    return counted


def _state(own: pd.DataFrame, part: Tables, report: Path, sizes: Mapping[str, int]) -> StateCounts:
    """Write the file of one State, and return its name and counts."""
    content = state_file(own, part, **sizes)
    _write(report / ASSETS, f"states/{content['state']}", content)
    return content["name"] or content["state"], content["counts"]


def write_explorer(
    tables: Tables,
    report: Path,
    *,
    metrics: Mapping[str, Any],
    run: Mapping[str, Any],
    figures: Mapping[str, str],
    rows_per_file: int,
    examples: int,
) -> None:
    """Write `index.html` and all of its folder that is not of one State into `report`.

    Args:
        tables: the tables by name; those of frameworks may be missing.
        report: folder of what people open.
        metrics: the released models' metrics, from `quality.released_metrics`.
        run: what the manifest says of the run: version, commit, day.
        figures: files for reports: name -> its folder, seen from the page.
        rows_per_file: texts in one file of the search; more files open in more steps.
        examples: conflicts between sources shown for each field.
    """
    folder = report / ASSETS
    rows, tags = ordered(tables["recommendations"]), told_tags(tables)
    starts = range(0, len(rows), rows_per_file)
    for number, start in enumerate(starts):
        _write(folder, f"texts/{number}", rows["text"].iloc[start : start + rows_per_file].tolist())
    _only(folder / "data" / "texts", [str(number) for number in range(len(starts))])
    content = core(rows, tables, tags) | {
        "summaries": [summary(own, part) for own, part in of_each(rows, tables, tags)],
        "run": dict(run),
        "rows_per_file": rows_per_file,
        "figures": dict(sorted(figures.items())),
        "frameworks": "framework_items" in tables,
    }
    _write(folder, "core", content)
    _write(folder, "quality", quality(rows, tables, tags, metrics, examples=examples))
    _write(folder, "strings", load_strings())
    write_assets(folder)
    named = rows.drop_duplicates("state")
    states = dict(zip(named["state"], named["state_name"].fillna(""), strict=True))
    write_index(report / "index.html", folder=ASSETS, states=states)


def _only(folder: Path, names: Iterable[str]) -> None:
    """Remove the data files of `folder` that an earlier run left and this one did not name."""
    kept = {f"{name}.js" for name in names}
    for path in folder.glob("*.js"):
        if path.name not in kept:
            path.unlink()


def _write(folder: Path, name: str, content: Any) -> None:
    write_script(folder / "data" / f"{name}.js", name, content)


__all__ = ["ASSETS", "StateCounts", "write_explorer", "write_states"]
