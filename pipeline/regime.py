"""How far the labelled texts at hand carry a model: said in words, so that nobody trusts a model of a few hundred rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

_WORDS = {
    "few": "too few to trust: only frequent concepts are learnt, and the figures themselves are uncertain",
    "some": "enough for frequent concepts; rare ones are missed or confused, and more labelled texts would help all",
    "full": "enough: more texts would help rare concepts, the others hardly",
}


@dataclass(frozen=True, slots=True)
class Regime:
    """Which regime a model is in: its `name`, the labelled `texts` behind it, and concepts with too few of them."""

    name: Literal["few", "some", "full"]
    texts: int
    concepts: int
    rare: int
    concept_texts: int

    @property
    def words(self) -> str:
        """The regime in one sentence."""
        rare = f" {self.rare} of {self.concepts} concepts have fewer than {self.concept_texts} texts."
        return f"{self.texts:,} labelled texts: {_WORDS[self.name]}." + (rare if self.rare else "")


def regime_of(
    texts: int, labelled: Mapping[str, int], *, few_texts: int, full_texts: int, concept_texts: int
) -> Regime:
    """Return the regime of a model made from `texts`, of which `labelled` says how many carry each concept.

    Fewer than `few_texts` are few, `full_texts` or more are full; a concept needs `concept_texts` not to be rare.
    """
    rare = sum(count < concept_texts for count in labelled.values())
    name: Literal["few", "some", "full"] = "few" if texts < few_texts else "full" if texts >= full_texts else "some"
    return Regime(name, texts, len(labelled), rare, concept_texts)


def labelled_texts(
    readings: pd.DataFrame, dimension: str, broader: Mapping[str, str | None], concepts: Sequence[str]
) -> dict[str, int]:
    """Return how many labelled texts carry each concept, itself or one below it; `readings` are those of `prepare`."""
    read = readings.loc[(readings["dimension"] == dimension) & readings["certain"], ["row_id", "concept_id"]].dropna()
    above = read.assign(concept_id=read["concept_id"].map(broader)).dropna()
    counts = pd.concat([read, above]).drop_duplicates()["concept_id"].value_counts()
    return {concept: int(counts.get(concept, 0)) for concept in concepts}
