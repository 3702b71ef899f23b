"""The labelled texts that teach and measure which goals prose treats. No stage of its own: train_sdg_prose reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.labelled import READINGS, ROWS
from pipeline.main_goal import Flags
from pipeline.official_wording import indicator_texts
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.prose_texts import READ, WRITTEN, goal_flags, groups_alike, read_texts, written_texts
from pipeline.splits import folds
from pipeline.stages.encoding import offline_vectors
from pipeline.tables import read_table
from pipeline.taxonomy import load_taxonomy
from pipeline.text import text_key

SOURCES = ("written", "indicators", "activities", "read", "official")


@dataclass(frozen=True)
class Material:
    """Texts with their `source`, goals (texts x goals, `main` a column or -1), what they are drawn and held out with.

    `fold` is -1 for texts that always teach, -2 for those that never do; `targets` are those of written texts.
    """

    texts: list[str]
    source: NDArray[np.str_]
    right: Flags
    unsure: Flags
    main: NDArray[np.int64]
    group: NDArray[np.str_]
    fold: NDArray[np.int64]
    targets: list[list[str]]
    keys: list[str]

    def of(self, name: str) -> Flags:
        """Return which texts are of the source `name`."""
        return np.asarray(self.source == name)


def labelled_prose(workspace: Workspace, params: Params) -> Material:
    """Return invented texts, official texts, indicators if they are at hand, activities of country teams, and those read.

    An activity that was read teaches nothing.

    Raises:
        ValueError: there are no activities, or a file of readings is wrong.
    """
    written = written_texts(workspace.readings / WRITTEN)
    rows, goals = _activities(workspace)
    read = read_texts(workspace.readings / READ, rows["text"].tolist())
    state = dict(zip(rows["text"].map(text_key), rows["state"], strict=True))
    taught = ~rows["text"].map(text_key).isin({text_key(text) for text in read.texts}).to_numpy()
    official = [
        (one.definition or one.label, [one.code or ""]) for one in load_taxonomy(workspace.taxonomy("sdg")).concepts
    ]
    indicators = indicator_texts(_tables(workspace.labelled))
    parts = [
        ("written", written.texts, written.right, written.unsure, written.main,
         groups_alike(offline_vectors(workspace, params, written.texts))),
        *(_official(name, told) for name, told in (("indicators", indicators), ("official", official)) if told),
        ("activities", rows["text"][taught].tolist(), goals[taught], np.zeros_like(goals[taught]),
         goals[taught].argmax(axis=1), rows["state"][taught].tolist()),
        ("read", read.texts, read.right, read.unsure, read.main, [state[text_key(text)] for text in read.texts]),
    ]  # fmt: skip
    names, texts, right, unsure, main, group = zip(*parts, strict=True)
    source = np.repeat(names, [len(part) for part in texts])
    all_groups = [name for part in group for name in part]
    fold = folds(all_groups, params.train.folds)
    # Goals as such stand behind all their targets; what they say is in every held-out text anyway.
    whole = (source == "official") & np.array(["." not in name for name in all_groups])
    fold[whole], fold[source == "read"] = -1, -2
    everything = [text for part in texts for text in part]
    targets = [*written.targets, *([[]] * (len(everything) - len(written)))]
    return Material(everything, source, np.vstack(right), np.vstack(unsure), np.concatenate(main),
                    np.array(all_groups), fold, targets, [text_key(text) for text in everything])  # fmt: skip


def _official(
    name: str, told: Sequence[tuple[str, list[str]]]
) -> tuple[str, list[str], Flags, Flags, NDArray[np.int64], list[str]]:
    """Return official texts with the codes they belong to; an indicator is held out with its first target."""
    texts, codes = [text for text, _ in told], [given for _, given in told]
    right = goal_flags([[code.split(".")[0] for code in given] for given in codes])
    groups = [".".join(given[0].split(".")[:2]) for given in codes]
    return name, texts, right, np.zeros_like(right), right.argmax(axis=1), groups


def _tables(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.csv") if path.is_file())


def _activities(workspace: Workspace) -> tuple[pd.DataFrame, Flags]:
    """Return the activities, ordered by row id, and activities x goals of those their teams gave."""
    rows, readings = (read_table(workspace.candidates / name) for name in (ROWS, READINGS))
    read = readings[(readings["origin"] == "un_info") & (readings["dimension"] == "sdgs")].dropna(subset="concept_id")
    if read.empty:
        raise ValueError("no activities to learn from: put a joint work plan of UN INFO in data/raw/labelled")
    goals = read["concept_id"].str.split(".").str[0].groupby(read["row_id"]).agg(set)
    chosen = rows[rows["row_id"].isin(goals.index)].sort_values("row_id", ignore_index=True)
    return chosen, goal_flags([sorted(goals[row_id]) for row_id in chosen["row_id"]])
