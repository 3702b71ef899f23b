"""Rules, links and a classifier, joined to one probability: rules give reasons, the classifier reach.

A text has four margins for each concept: whether a rule on words fires, whether a link from another dimension leads
there (1 or -1), the distance from the hyperplane of the n-grams, and the one of the encoder's features. One calibration
weighs them: nearly alike for all concepts, a little by what each concept's texts say. The labelled texts are few, so
that every margin a calibration is fitted on comes from a classifier that has not seen the State. Texts that only teach
(readings of this project) are held out with their State as the others are; they neither calibrate nor measure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.classifier.calibration import (
    Calibration,
    Flags,
    Floats,
    PrecisionCurve,
    best_thresholds,
    fit_independent,
    with_curve,
)
from pipeline.classifier.decision import Checked, Decider
from pipeline.classifier.linear import LinearModel
from pipeline.classifier.ridge import fit_features
from pipeline.classifier.tagger import Tagger

Folds = NDArray[np.int64]
Features = NDArray[np.float32]
RULES = 2
"""Margins of rules and links; they stand before those of classifiers."""

_STRENGTH = 30.0
"""Labelled texts that a concept's own calibration must outweigh; 1 and 1000 were worse."""
_LEARNABLE = 12
"""Measured texts a classifier needs to say anything of a concept; below, rules and links decide alone."""
_FRESH_LABELS = 100
"""Labels of fresh texts that probabilities can be set on; with fewer, all texts set them, and flatter."""


@dataclass(frozen=True)
class Labels:
    """What is known of each text: `right` concepts, `counted` ones (readers agree on them), and the fold of its State.

    `fresh` texts were not read by those who wrote the rules. Rules do too well on the others: probabilities and `auto`
    come from the fresh ones alone. Texts that `measure` (None: all) count by `weights` as those do that only teach;
    texts of one number in `alike` (None: all differ) are worded alike.
    """

    right: Flags
    counted: Flags
    folds: Folds
    fresh: Flags
    measure: Flags | None = None
    weights: Floats | None = None
    alike: Folds | None = None

    def part(self, chosen: Flags) -> "Labels":
        """Return what is known of the `chosen` texts."""
        return Labels(
            self.right[chosen], self.counted[chosen], self.folds[chosen], self.fresh[chosen],
            self.measuring[chosen], self.counts[chosen], None if self.alike is None else self.alike[chosen],
        )  # fmt: skip

    @cached_property
    def measuring(self) -> Flags:
        """Which texts measure."""
        return np.ones_like(self.fresh) if self.measure is None else self.measure

    @cached_property
    def counts(self) -> Floats:
        """What each text counts in training."""
        return np.ones(len(self.right)) if self.weights is None else self.weights

    @cached_property
    def targets(self) -> Floats:
        """What a regression aims at: 1 for a right concept, -1 for another, 0 where readers differ."""
        return np.where(self.counted, np.where(self.right, 1.0, -1.0), 0.0)

    def without(self, held: Flags) -> Flags:
        """Return the texts that teach what judges the `held` ones: of other folds, and if they only teach worded unlike."""
        rest = self.folds != self.folds[held][0]
        if self.alike is not None:
            rest &= self.measuring | ~np.isin(self.alike, self.alike[held & self.measuring])
        return np.asarray(rest, dtype=bool)


FitWords = Callable[[Sequence[str], Labels], LinearModel]


@dataclass(frozen=True)
class Encoded:
    """Features of the labelled texts: `measured` by an encoder that has not learnt from them where there is one."""

    measured: Features
    released: Features


@dataclass(frozen=True)
class Stacked:
    """A tagger learnt from all texts, what it said of each text without that State, and of simpler ways the tags."""

    tagger: Tagger
    checked: Checked
    systems: dict[str, Flags]


def rule_margins(
    rows: NDArray[np.int64], columns: NDArray[np.int64], by_words: Flags, shape: tuple[int, int]
) -> Floats:
    """Return texts x (2 x concepts): 1 where a rule (first half) or a link (second half) proposes the concept, else -1.

    `rows` and `columns` are the places of the proposals in `shape` (texts, concepts); the others are links.
    """
    margins = np.full((shape[0], RULES * shape[1]), -1.0)
    margins[rows, columns + np.where(by_words, 0, shape[1])] = 1.0
    return margins


def train(texts: Sequence[str], labels: Labels, rules: Floats, *, fit: FitWords, encoded: Encoded | None) -> Stacked:
    """Return the tagger of labelled `texts`; `rules` are their `rule_margins`, `fit` fits the linear model.

    Without `encoded` features the classifier has the n-grams alone. What is checked are the texts that measure, in order.
    """
    linear = np.zeros(labels.right.shape)
    heads = np.zeros(labels.right.shape)
    for fold in np.unique(labels.folds):
        held = labels.folds == fold
        rest = labels.without(held)
        known = labels.part(rest)
        linear[held] = fit(_at(texts, rest), known).margins(_at(texts, held))
        if encoded is not None:
            learnt = fit_features(encoded.measured[rest], known.targets, known.counts)
            heads[held] = learnt.margins(encoded.measured[held])
    ways = {"rules": rules, "linear": linear, "encoder": heads, "plain": np.hstack([rules, linear]),
            "stacked": np.hstack([rules, linear, heads])}  # fmt: skip
    if encoded is None:
        ways = {name: margins for name, margins in ways.items() if name in ("rules", "linear", "plain")}
    best = "plain" if encoded is None else "stacked"
    checked = {name: cross_fitted(margins, labels, ruled=_ruled(name)) for name, margins in ways.items()}
    tagger = Tagger(fit(texts, labels), checked["plain"].decider, ruled=True)
    if encoded is not None:
        released = fit_features(encoded.released, labels.targets, labels.counts)
        tagger = Tagger(tagger.model, tagger.alone, released, checked["stacked"].decider, ruled=True)
    systems = {name: found.predicted for name, found in checked.items() if name not in ("plain", "stacked")}
    return Stacked(tagger, checked[best], systems)


def cross_fitted(margins: Floats, labels: Labels, *, ruled: int) -> Checked:
    """Return the decider of all texts, checked fold by fold on those that measure; the first `ruled` margins are of
    rules and links."""
    shape = labels.right.shape
    probabilities, predicted = np.zeros(shape), np.zeros(shape, dtype=bool)
    for fold in np.unique(labels.folds):
        held = labels.folds == fold
        rest = labels.without(held) & labels.measuring
        decider = _decider(margins[rest], labels.part(rest), ruled)
        probabilities[held] = decider.probabilities(margins[held])
        predicted[held] = decider.tags(probabilities[held])
    measure = labels.measuring
    final = _decider(margins[measure], labels.part(measure), ruled)
    tags = predicted & labels.counted & (labels.fresh & measure)[:, None]
    curve = PrecisionCurve.of(probabilities[tags], labels.right[tags])
    decider = Decider(final.calibration, final.thresholds, curve)
    return Checked(decider, probabilities[measure], predicted[measure])


def _decider(margins: Floats, labels: Labels, ruled: int) -> Decider:
    """Return calibration and thresholds, the curve still empty."""
    right, counted = labels.right, labels.counted
    calibration = fit_independent(margins, right, counted=counted, strength=_STRENGTH)
    if 0 < ruled < margins.shape[1] // right.shape[1]:
        calibration = _by_rules_where_rare(calibration, margins, labels, ruled)
    enough = (right & labels.fresh[:, None]).sum() >= _FRESH_LABELS
    fresh = labels.fresh if enough else np.ones_like(labels.fresh)
    calibration = with_curve(calibration, margins[fresh], right[fresh], counted[fresh])
    thresholds = best_thresholds(calibration.probabilities(margins), right, counted=counted)
    return Decider(calibration, thresholds, PrecisionCurve([], [], []))


def _by_rules_where_rare(calibration: Calibration, margins: Floats, labels: Labels, ruled: int) -> Calibration:
    """Return the calibration in which rules and links alone speak for concepts too rare for a classifier."""
    concepts = labels.right.shape[1]
    given = margins[:, : ruled * concepts]
    plain = fit_independent(given, labels.right, counted=labels.counted, strength=_STRENGTH)
    rare = (labels.right & labels.counted).sum(axis=0) < _LEARNABLE
    weights, offset = calibration.weights.copy(), np.where(rare, plain.offset, calibration.offset)
    weights[: ruled * concepts, rare] = plain.weights[:, rare]
    weights[ruled * concepts :, rare] = 0.0
    return Calibration(weights, offset, exclusive=False)


def _ruled(way: str) -> int:
    return 0 if way in ("linear", "encoder") else RULES


def _at(texts: Sequence[str], chosen: Flags) -> list[str]:
    return [texts[at] for at in np.flatnonzero(chosen).tolist()]
