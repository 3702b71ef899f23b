"""Recommendations beside the outcomes of one framework: what speaks for each pair, as numbers between about -1 and 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.frameworks.subjects import Mention, Subjects, names_of
from pipeline.text import fold

Array = NDArray[np.float64]
Vectors = NDArray[np.floating]

FEATURES = ("subjects", "subjects_cubed", "breadth", "wording", "pull", "sdgs", "groups")
"""What each number says: how directly the outcome carries the weightiest subject asked (and its third power: near
certainty counts more); how much of all that is asked it carries; cosine of the texts against the mean of the framework;
how much the outcome draws of what the UPR usually asks (logarithm); whether they share an SDG target or goal, and an
affected group."""

NONE_FEATURES = ("always", "nothing_asked", "best_subjects")
"""The same for `none`: a constant, whether no subject was found, how well the best outcome carries the request."""

OUTPUTS = 0.85
"""What an outcome names by one of its outputs counts, beside its own text."""
_STEEPNESS, _UNCARRIED = 8.0, 0.55
"""How sharply the draw of an outcome follows its subjects, and the strength at which as much goes to no outcome."""
_LEAST_PULL = 0.02
_GOAL = 0.5  # what a shared goal without a shared target counts


@dataclass(frozen=True)
class Outcome:
    """One outcome, or an output in the place of one, with what is below it."""

    id: str
    text: str
    outputs: tuple[str, ...] = ()
    sdgs: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    """Names of affected groups, folded."""


@dataclass(frozen=True)
class NamedOutcomes:
    """The outcomes of a framework and the subjects each names."""

    outcomes: tuple[Outcome, ...]
    subjects: Subjects

    @cached_property
    def mentions(self) -> list[dict[str, Mention]]:
        """Return for each outcome what it names, with the words."""
        return [
            names_of([self.subjects.named(text) for text in (item.text, *item.outputs)], OUTPUTS)
            for item in self.outcomes
        ]

    @cached_property
    def cover(self) -> Array:
        """Return outcomes x subjects asked: how directly the outcome carries each."""
        named = self.subjects.weights(self.mentions)
        return np.asarray((self.subjects.carried[None] * named[:, None, :]).max(axis=2))

    def pull(self, profiles: Array) -> Array:
        """Return the share of `profiles` (usual requests x subjects, their strengths) that each outcome draws."""
        carried = (profiles[:, None, :] * self.cover[None]).max(axis=2)
        draw = np.exp(_STEEPNESS * carried)
        return np.asarray((draw / (draw.sum(axis=1, keepdims=True) + np.exp(_STEEPNESS * _UNCARRIED))).mean(axis=0))


@dataclass(frozen=True)
class Requests:
    """Recommendations: their texts, unit vectors, and the SDG codes and groups tagged on them."""

    texts: Sequence[str]
    vectors: Vectors
    sdgs: Sequence[frozenset[str]]
    groups: Sequence[frozenset[str]]
    mentions: Sequence[Mapping[str, Mention]]


def features(
    requests: Requests, named: NamedOutcomes, item_vectors: Mapping[str, Vectors], profiles: Array, *, comparable: bool
) -> tuple[Array, Array]:
    """Return requests x outcomes x `FEATURES`, and requests x `NONE_FEATURES`.

    `item_vectors` holds the unit vector of each text of the outcomes; `comparable` says whether the encoder knows the
    framework's language: if not, its wording says nothing.
    """
    asked = named.subjects.weights(requests.mentions)
    carried = asked[:, None, :] * named.cover[None]
    best = carried.max(axis=2)
    whole = asked.sum(axis=1).clip(min=_GOAL)
    breadth = carried.sum(axis=2) / whole[:, None]
    wording = np.zeros(best.shape)
    if comparable:
        for column, item in enumerate(named.outcomes):
            texts = np.array([item_vectors[text] for text in (item.text, *item.outputs)], dtype=np.float64)
            wording[:, column] = (requests.vectors @ texts.T).max(axis=1)
        wording -= wording.mean(axis=1, keepdims=True)
    pull = np.log(named.pull(profiles) + _LEAST_PULL)
    shared = np.array([[_shared_sdgs(asks, item.sdgs) for item in named.outcomes] for asks in requests.sdgs])
    persons = np.array([[float(bool(asks & item.groups)) for item in named.outcomes] for asks in requests.groups])
    pairs = np.stack([
        best, best**3, breadth, wording, np.broadcast_to(pull, best.shape), shared.reshape(best.shape), persons.reshape(best.shape),
    ], axis=2)  # fmt: skip
    none = np.stack([np.ones(len(best)), (asked.max(axis=1) == 0).astype(float), best.max(axis=1)], axis=1)
    return pairs, none


def _shared_sdgs(asked: frozenset[str], named: frozenset[str]) -> float:
    """Return 1 for a shared target, `_GOAL` for a shared goal, 0 for neither."""
    if any("." in code for code in asked & named):
        return 1.0
    return _GOAL * bool({code.split(".")[0] for code in asked} & {code.split(".")[0] for code in named})


def outcomes_of(items: pd.DataFrame) -> tuple[Outcome, ...]:
    """Return the outcomes of one framework (rows of `framework_items`), with their outputs, in the order of the table."""
    outputs: dict[Any, pd.DataFrame] = dict(iter(items[items["level"] == "output"].groupby("parent_id")))
    found = []
    for row in items[items["level"] == "outcome"].to_dict("records"):
        part = outputs.get(row["item_id"], items.iloc[:0])
        both = pd.concat([items[items["item_id"] == row["item_id"]], part])
        groups = frozenset(fold(name) for name in _codes(both, "lnob_groups", "named_groups"))
        codes = _codes(both, "sdg_targets", "named_sdgs")
        found.append(Outcome(row["item_id"], row["text"], tuple(part["text"]), codes, groups))
    return tuple(found)


def outputs_of(items: pd.DataFrame) -> tuple[tuple[Outcome, ...], list[int]]:
    """Return the outputs of one framework, and for each the place of its outcome in `outcomes_of`."""
    outcomes = {item: place for place, item in enumerate(items.loc[items["level"] == "outcome", "item_id"])}
    found, places = [], []
    for row in items[(items["level"] == "output") & items["parent_id"].isin(outcomes)].to_dict("records"):
        own = items[items["item_id"] == row["item_id"]]
        groups = frozenset(fold(name) for name in _codes(own, "lnob_groups", "named_groups"))
        found.append(Outcome(row["item_id"], row["text"], (), _codes(own, "sdg_targets", "named_sdgs"), groups))
        places.append(outcomes[row["parent_id"]])
    return tuple(found), places


def _codes(items: pd.DataFrame, *columns: str) -> frozenset[str]:
    """Return the entries of list cells of several columns."""
    cells = pd.concat([items[name] for name in columns]).dropna()
    return frozenset(code.strip() for cell in cells for code in cell.split(";"))
