"""A trained classifier as it is released: n-grams and encoder heads, decided together; and the tags it proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.classifier import decision, linear
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.classifier.decision import Decider
from pipeline.classifier.evidence import Explainer
from pipeline.classifier.heads import Heads
from pipeline.classifier.linear import LinearModel

Floats = NDArray[np.float64]
Features = NDArray[np.float32]


@dataclass(frozen=True)
class Tagger:
    """A linear model over n-grams, which can decide `alone`, and heads over an encoder's features `fused` with it.

    Both deciders read the margins of rules and links too if `ruled` (see `pipeline.classifier.stacking`).
    """

    model: LinearModel
    alone: Decider
    heads: Heads | None = None
    fused: Decider | None = None
    ruled: bool = False

    def propose(
        self, texts: Sequence[str], features: Features | None = None, *, floor: float, rules: Floats | None = None
    ) -> pd.DataFrame:
        """Return `row`, `concept_id`, `score`, `second_score`, `proposed`.

        `rules` are the margins of rules and links, texts x (2 x concepts), for a tagger that is `ruled`.

        `features` is texts x features of the encoder the heads were learnt with; without it the linear model decides
        alone. `second_score` is what it gives the same concept by itself, null where it decides. `proposed` is false
        for candidates: those from `floor` up to the threshold, and what only the linear model would tag.
        """
        margins = self.model.margins(texts)
        if rules is not None:
            margins = np.hstack([rules, margins])
        opinion = self.alone.probabilities(margins)
        tags = wanted = self.alone.tags(opinion)
        probabilities, second = opinion, np.full(opinion.shape, np.nan)
        if features is not None and self.heads is not None and self.fused is not None:
            probabilities = self.fused.probabilities(np.hstack([margins, self.heads.margins(features)]))
            tags, second = self.fused.tags(probabilities), opinion
        rows, columns = np.nonzero(tags | wanted | (probabilities >= floor))
        return pd.DataFrame(
            {
                "row": rows,
                "concept_id": np.array(self.model.concepts, dtype=object)[columns],
                "score": probabilities[rows, columns],
                "second_score": second[rows, columns],
                "proposed": tags[rows, columns],
            }
        )

    def curve(self, *, with_features: bool) -> PrecisionCurve:
        """Return how precise tags were on validation, decided with or without the encoder's features."""
        return self.fused.curve if with_features and self.fused is not None else self.alone.curve

    def explain(self, texts: Sequence[str], tags: pd.DataFrame) -> list[str | None]:
        """Return the words of the text behind each of `tags` (`row`, `concept_id`; sorted by row)."""
        explainer = Explainer(self.model)
        evidence: list[str | None] = []
        for row, concepts in tags.groupby("row", sort=True)["concept_id"]:
            evidence.extend(explainer.words(texts[int(str(row))], list(concepts)))
        return evidence

    def describe(self) -> dict[str, Any]:
        """Return what `restore` needs beside the arrays; `precision_curve` is that of the better way to decide."""
        return {
            "kind": "stacked" if self.ruled else "linear" if self.fused is None else "fused",
            "concepts": list(self.model.concepts),
            "exclusive": self.alone.calibration.exclusive,
            "linear": self.alone.describe(),
            **({"fused": self.fused.describe()} if self.fused is not None else {}),
            "precision_curve": vars(self.curve(with_features=True)),
        }

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the numbers of the models as plain arrays."""
        heads = {} if self.heads is None else {"head_weights": self.heads.weights, "head_bias": self.heads.bias}
        return {**linear.to_arrays(self.model), **heads}


def restore(description: Mapping[str, Any], arrays: Mapping[str, NDArray[np.generic]]) -> Tagger:
    """Return the tagger of what `describe` and `arrays` gave."""
    model = linear.from_arrays(arrays, description["concepts"])
    alone, ruled = decision.restore(description["linear"]), description["kind"] == "stacked"
    if "fused" not in description:
        return Tagger(model, alone, ruled=ruled)
    heads = Heads(*(np.asarray(arrays[name], dtype=np.float32) for name in ("head_weights", "head_bias")))
    return Tagger(model, alone, heads, decision.restore(description["fused"]), ruled)
