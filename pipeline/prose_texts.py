"""Texts on development that teach and measure which goals are treated, beside what country teams label.

Invented texts stand in a file with their goals; activities that were read stand there by a key alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.main_goal import GOALS, Flags
from pipeline.text import clean, texts_by_key

WRITTEN = "prose_written.csv"
READ = "prose_goals.csv"
"""Names of the two files among the readings."""

NONE = "none"
"""What stands for goals where a text treats none."""

_ALIKE = 0.8
"""Cosine from which two texts say nearly the same, so that they are held out together."""


@dataclass(frozen=True)
class ProseTexts:
    """Texts with the goals they treat, texts x goals; `main` is the column of the main goal, -1 for none.

    `unsure` are goals that another reader might add or leave out.
    """

    texts: list[str]
    right: Flags
    unsure: Flags
    main: NDArray[np.int64]
    targets: list[list[str]]

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.texts)


def written_texts(path: Path) -> ProseTexts:
    """Return the invented texts of the file at `path`: columns goals (main first, joined by ";"), targets, text.

    Raises:
        ValueError: the file is missing a column, or names something that is no goal.
    """
    table = _table(path, {"goals", "targets", "text"})
    return _texts(path, table, [clean(text) for text in table["text"]])


def read_texts(path: Path, known: Sequence[str]) -> ProseTexts:
    """Return the texts among `known` whose reading stands in the file at `path`: columns key, goals, unsure.

    Raises:
        ValueError: the file is missing a column, or names something that is no goal.
    """
    table = _table(path, {"key", "goals", "unsure"})
    texts = texts_by_key(known)
    table = table[table["key"].isin(texts.keys())].reset_index(drop=True)
    return _texts(path, table, [texts[key] for key in table["key"]])


def groups_alike(vectors: NDArray[np.float32]) -> list[str]:
    """Return for each text the name of the group of texts that it is nearly the same as, directly or in a chain."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    _, groups = connected_components(csr_matrix(vectors @ vectors.T >= _ALIKE), directed=False)
    return [f"alike {group}" for group in groups]


def goal_flags(goals: Sequence[Sequence[str]]) -> Flags:
    """Return texts x goals of codes ("3", "16", also "sdg:3")."""
    codes = [{code.removeprefix("sdg:") for code in given} for given in goals]
    return np.array([[goal.removeprefix("sdg:") in given for goal in GOALS] for given in codes], dtype=bool)


def _table(path: Path, columns: set[str]) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := columns - set(table.columns):
        raise ValueError(f"{path} lacks the columns {', '.join(sorted(missing))}")
    return table


def _texts(path: Path, table: pd.DataFrame, texts: list[str]) -> ProseTexts:
    numbers = {goal.removeprefix("sdg:") for goal in GOALS}
    goals = [[] if cell == NONE else cell.split(";") for cell in table["goals"]]
    unsure = [list(filter(None, cell.split(";"))) for cell in table.get("unsure", pd.Series([""] * len(table)))]
    for row, given in enumerate((*goals, *unsure)):
        if wrong := set(given) - numbers:
            raise ValueError(f"{path}, line {row % max(len(table), 1) + 2}: {', '.join(sorted(wrong))} is no goal")
    main = np.array([int(given[0]) - 1 if given else -1 for given in goals], dtype=np.int64)
    targets = [list(filter(None, cell.split(";"))) for cell in table.get("targets", pd.Series([""] * len(table)))]
    right, doubtful = (goal_flags(given).reshape(len(table), len(GOALS)) for given in (goals, unsure))
    return ProseTexts(texts, right, doubtful, main, targets)
