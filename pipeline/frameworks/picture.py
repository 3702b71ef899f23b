"""From the tables of one framework to what its figure shows."""

import re

import numpy as np
import pandas as pd

from pipeline.frameworks.figure import Picture
from pipeline.schemas.frameworks import NOT_COVERED

_NONE = "none"


def picture_of(items: pd.DataFrame, coverage: pd.DataFrame, matrix: pd.DataFrame, max_groups: int) -> Picture | None:
    """Return what to draw of one framework, at most `max_groups` groups; None if nothing was mapped to it.

    The three tables hold the rows of that framework alone.
    """
    counted = coverage[coverage["level"] == "outcome"].set_index("item_id")
    if not int(counted["n_recommendations"].sum()):
        return None
    outcomes = items[items["level"] == "outcome"].copy()
    outcomes["order"] = [code_order(code) for code in outcomes["code"]]
    outcomes = outcomes.sort_values(["order", "item_id"])
    ids = [*outcomes["item_id"], NOT_COVERED]
    codes = [*outcomes["code"].fillna("?"), _NONE]
    counts = matrix.groupby("group")["n_recommendations"].sum()
    groups = sorted(counts.index, key=lambda name: (-counts[name], name))
    place = {item: column for column, item in enumerate(ids)}
    row_of = {group: row for row, group in enumerate(groups[:max_groups])}
    cells = np.zeros((len(row_of), len(ids)), dtype=np.int64)
    named = np.zeros(cells.shape, dtype=bool)
    for cell in matrix[matrix["group"].isin(row_of)].to_dict("records"):
        cells[row_of[cell["group"]], place[cell["item_id"]]] = cell["n_recommendations"]
        named[row_of[cell["group"]], place[cell["item_id"]]] = cell["item_names_group"]
    positions = counted.reindex(ids)[["n_supported", "n_noted", "n_pending"]].fillna(0).to_numpy(dtype=np.int64)
    first = items.iloc[0]
    years = (
        f" ({first['years']})" if isinstance(first["years"], str) and first["years"] not in first["plan_name"] else ""
    )
    return Picture(
        str(first["state_name"]), f"{first['plan_name']}{years}", codes,
        [*(_without_code(text) for text in outcomes["text"]), "no outcome names what is asked"], list(row_of), cells, named,
        positions, int(counted["n_review"].sum()), len(groups) - len(row_of),
    )  # fmt: skip


def code_order(code: str | None) -> tuple[int, ...]:
    """Return a sort key that puts O2 before O10 and 1.9 before 1.10; items without a code last."""
    numbers = tuple(int(number) for number in re.findall(r"\d+", code)) if isinstance(code, str) else ()
    return numbers or (10**9,)


_NUMBERED = re.compile(
    r"^(?:\W*(?:(?:outcome|effet|resultado|efecto|ed)\s*\d+(?:[.:]\d+)*[\s:.–-]*|\d+(?:[.:]\d+)+[\s:.–-]*|\d+\s*[-:.–]+\s*)){1,2}",
    re.IGNORECASE,
)


def _without_code(text: str) -> str:
    """Return the wording without "Outcome 1.1 -" before it, once or twice."""
    return _NUMBERED.sub("", text) or text
