"""Pairs and groups of recommendations that annotators read: whether they request the same, and of what family they are.

A pairs file has the columns state_a, text_a, state_b, text_b, level (3 same request, 2 same core, 1 same topic, 0
unrelated); a groups file state, text, ask, family, with every recommendation on some themes of a State.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.text import clean, text_key, texts_by_key

_PAIR_COLUMNS = frozenset({"state_a", "text_a", "state_b", "text_b", "level"})
_GROUP_COLUMNS = frozenset({"state", "text", "ask", "family"})


_Part: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.str_]]
"""Pairs, the level of each, and the State it is addressed to."""


@dataclass(frozen=True)
class LabelledPairs:
    """Pairs read one by one and pairs within groups: rows of `texts`, the State addressed, and the level."""

    texts: list[str]
    pairs: NDArray[np.int64]
    states: NDArray[np.str_]
    levels: NDArray[np.int64]
    grouped: NDArray[np.bool_]
    groups: pd.DataFrame

    def of(self, chosen: NDArray[np.bool_]) -> "LabelledPairs":
        """Return the chosen pairs; texts and groups stay."""
        return LabelledPairs(self.texts, self.pairs[chosen], self.states[chosen], self.levels[chosen],
                             self.grouped[chosen], self.groups)  # fmt: skip


def read_labelled_pairs(folder: Path) -> LabelledPairs:
    """Return what all pairs and groups files below `folder` say; other files are left alone.

    `groups` has the columns state, text (row of `texts`), ask, family. A pair of a groups file has level 3 within an
    ask, 2 within a family and 1 otherwise.

    Raises:
        FileNotFoundError: there is no pairs file.
    """
    files = sorted(path for path in folder.rglob("*.csv") if path.is_file())
    pairs = [pd.read_csv(path, dtype=str) for path in files if _columns(path) >= _PAIR_COLUMNS]
    groups = [pd.read_csv(path, dtype=str) for path in files if _columns(path) >= _GROUP_COLUMNS]
    if not pairs:
        raise FileNotFoundError(
            f"{folder} holds no file of labelled pairs: a CSV with the columns {', '.join(sorted(_PAIR_COLUMNS))}"
        )
    read = pd.concat(pairs, ignore_index=True)
    grouped = (
        pd.concat(groups, ignore_index=True) if groups else pd.DataFrame(columns=sorted(_GROUP_COLUMNS), dtype=str)
    )
    texts = sorted({clean(text) for column in (read["text_a"], read["text_b"], grouped["text"]) for text in column})
    place = {text: row for row, text in enumerate(texts)}
    grouped = grouped.assign(text=[place[clean(text)] for text in grouped["text"]])[["state", "text", "ask", "family"]]
    within = [_within(str(state), part) for state, part in grouped.groupby("state")]
    rows = [(place[clean(a)], place[clean(b)]) for a, b in zip(read["text_a"], read["text_b"], strict=True)]
    ends = [np.array(rows, dtype=np.int64), *(part[0] for part in within)]
    levels = [read["level"].astype(int).to_numpy(), *(part[1] for part in within)]
    states = [read["state_a"].to_numpy(dtype=str), *(part[2] for part in within)]
    size = [len(part) for part in ends]
    return LabelledPairs(texts, np.concatenate(ends), np.concatenate(states), np.concatenate(levels),
                         np.repeat([False, True], [size[0], sum(size[1:])]), grouped)  # fmt: skip


def with_training_pairs(labelled: LabelledPairs, path: Path, texts: Iterable[str]) -> tuple[LabelledPairs, int]:
    """Return `labelled` with the pairs of the file at `path` behind it, and how many of the file are left out.

    Args:
        labelled: pairs to train and measure on.
        path: a CSV with state, left_key, right_key, level; the keys as `text_key` gives them.
        texts: among which the keys are looked up; a pair with an unknown text is left out, and so is one that
            stands in `labelled` already.
    """
    known = _known(labelled, texts)
    read = pd.read_csv(path, dtype=str)
    place = {text: row for row, text in enumerate(labelled.texts)}
    there = {frozenset(pair) for pair in labelled.pairs.tolist()}
    rows, levels, states = [], [], []
    for line in read.itertuples():
        ends = [known.get(str(line.left_key)), known.get(str(line.right_key))]
        if ends[0] is None or ends[1] is None:
            continue
        left, right = (place.setdefault(str(text), len(place)) for text in ends)
        if frozenset((left, right)) not in there:
            rows.append((left, right))
            levels.append(int(str(line.level)))
            states.append(str(line.state))
    pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
    found = _extended(labelled, list(place), [(pairs, np.array(levels, dtype=np.int64), np.array(states, dtype=str))],
                      grouped=False)  # fmt: skip
    return found, len(read) - len(rows)


def with_training_groups(labelled: LabelledPairs, path: Path, texts: Iterable[str]) -> tuple[LabelledPairs, int]:
    """Return `labelled` with all pairs within the groups of the file behind it, and how many texts are not among `texts`.

    Args:
        labelled: pairs to train and measure on; its `groups` stay as they are.
        path: a CSV with state, group, key, ask, family; keys as `text_key` gives them. Texts of one `group` were read
            together; what stands in two groups was not compared.
        texts: among which the keys are looked up.
    """
    known = _known(labelled, texts)
    read = pd.read_csv(path, dtype=str)
    here = read[read["key"].isin(list(known))].copy()
    place = {text: row for row, text in enumerate(labelled.texts)}
    here["text"] = [place.setdefault(known[key], len(place)) for key in here["key"]]
    within = [_within(str(state), part) for (state, _), part in here.groupby(["state", "group"])]
    return _extended(labelled, list(place), within, grouped=True), len(read) - len(here)


def _known(labelled: LabelledPairs, texts: Iterable[str]) -> dict[str, str]:
    """Return key -> text among `texts` and those of `labelled`, the latter as they stand there."""
    return texts_by_key(map(clean, texts)) | {text_key(text): text for text in labelled.texts}


def _extended(labelled: LabelledPairs, texts: list[str], parts: Sequence[_Part], *, grouped: bool) -> LabelledPairs:
    """Return `labelled` over `texts` (its own come first) with the pairs of `parts` behind its own."""
    pairs, levels, states = zip(*parts, strict=True) if parts else ((), (), ())
    return LabelledPairs(
        texts,
        np.concatenate([labelled.pairs, *pairs]),
        np.concatenate([labelled.states, *states]),
        np.concatenate([labelled.levels, *levels]),
        np.concatenate([labelled.grouped, np.full(sum(map(len, levels)), grouped)]),
        labelled.groups,
    )


def holds_pairs(path: Path) -> bool:
    """Return whether the file is one of pairs or of groups."""
    return path.suffix == ".csv" and (_columns(path) >= _PAIR_COLUMNS or _columns(path) >= _GROUP_COLUMNS)


def _columns(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return frozenset(next(csv.reader(file), []))


def _within(state: str, part: pd.DataFrame) -> _Part:
    """Return all pairs of one State's groups, their levels and the State."""
    left, right = np.triu_indices(len(part), 1)
    text, ask, family = (part[name].to_numpy() for name in ("text", "ask", "family"))
    levels = np.where(ask[left] == ask[right], 3, np.where(family[left] == family[right], 2, 1))
    return np.stack([text[left], text[right]], axis=1).astype(np.int64), levels, np.full(len(left), state)


def f1(truth: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    """Return the harmonic mean of precision and recall; 0 if nothing is true or found."""
    return float(2 * (truth & found).sum() / max(1, truth.sum() + found.sum()))


def f1_interval(
    truth: NDArray[np.bool_], found: NDArray[np.bool_], states: Sequence[str], *, seed: int, rounds: int = 1000
) -> tuple[float, float]:
    """Return the 95% bootstrap interval of `f1`; whole States are drawn, for pairs of one State are not independent."""
    names, place = np.unique(np.asarray(states, dtype=str), return_inverse=True)
    hits, total = (np.bincount(place, weights=values, minlength=len(names))
                   for values in (truth & found, truth.astype(int) + found))  # fmt: skip
    drawn = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=rounds)
    values = 2 * (drawn @ hits) / np.maximum(1, drawn @ total)
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))


def best_threshold(truth: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """Return the score from which `f1` is highest; the middle one of equals."""
    tried = np.linspace(0.02, 0.98, 97)
    values = np.array([f1(truth, scores >= threshold) for threshold in tried])
    return float(np.median(tried[values >= values.max() - 1e-9]))


def b_cubed(truth: Sequence[object], found: Sequence[object]) -> float:
    """Return the B-cubed F1 of two groupings of the same items (Bagga and Baldwin 1998)."""
    frame = pd.DataFrame({"truth": list(truth), "found": list(found)})
    both = frame.groupby(["truth", "found"])["truth"].transform("size")
    precision = (both / frame.groupby("found")["found"].transform("size")).mean()
    recall = (both / frame.groupby("truth")["truth"].transform("size")).mean()
    return float(2 * precision * recall / (precision + recall))
