"""The sources' own tags beside ours: where both say the same, where one is finer, where they differ.

Agreement is no measure of quality. The SDGs of UHRI are machine-made, and the taggers of themes and action learnt from
UPR Info's own issues and actions.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.schemas import AGREES, SCHEMES

_PAIR = ["recommendation_id", "concept_id"]
_COUNTS = {"yes": "n_same", "narrower": "n_narrower", "broader": "n_broader", "no": "n_absent"}


def agreeing(source_tags: pd.DataFrame, labels: pd.DataFrame, broader: Mapping[str, str | None]) -> pd.DataFrame:
    """Return `source_tags` with the column `agrees`: how our labels of the same recommendation stand to each.

    Args:
        source_tags: table `SourceTags`.
        labels: table `Labels`.
        broader: concept -> the concept above it, None at the top.

    `yes`: the same concept is among them; else `narrower`: one below it is; else `broader`: one above it is; else `no`.
    Null where the source's label is no concept of ours.
    """
    agrees = pd.Series(_standing(source_tags, labels, broader), index=source_tags.index, dtype="str")
    return source_tags.assign(agrees=agrees.where(source_tags["concept_id"].notna()))


def by_concept(
    compared: pd.DataFrame, labels: pd.DataFrame, broader: Mapping[str, str | None], names: Mapping[str, str]
) -> pd.DataFrame:
    """Return the table `SourceAgreement`: how often our labels agree with the sources', by scheme and concept.

    Args:
        compared: as `agreeing` returns it. A concept that two labels of a source mean counts once a recommendation.
        labels: table `Labels`; those of recommendations without source tag in the scheme do not count.
        broader: concept -> the concept above it, None at the top.
        names: concept -> label.
    """
    concept = ["scheme", "concept_id"]
    known = compared.dropna(subset="concept_id").drop_duplicates(["recommendation_id", *concept])
    counts = known[concept].assign(n_source_tags=1, **{_COUNTS[word]: known["agrees"] == word for word in AGREES})
    extra = _only_ours(compared, labels, broader).groupby(concept).size().rename("n_only_ours")
    found = counts.groupby(concept).sum().join(extra, how="outer").fillna(0).astype(int).reset_index()
    share = (found["n_same"] / found["n_source_tags"]).where(found["n_source_tags"] > 0)
    return found.assign(label=found["concept_id"].map(names), share_same=share.round(4))


def _only_ours(source_tags: pd.DataFrame, labels: pd.DataFrame, broader: Mapping[str, str | None]) -> pd.DataFrame:
    """Return our labels, with `scheme`, to which no tag of a source that tagged in the scheme is the same, above or below."""
    ours = labels.assign(scheme=labels["dimension"].map(SCHEMES))
    tagged = source_tags[["recommendation_id", "scheme"]].drop_duplicates()
    beside = ours.merge(tagged, on=["recommendation_id", "scheme"])
    alone: NDArray[np.bool_] = _standing(beside, source_tags, broader) == "no"
    return beside[alone]


def _standing(these: pd.DataFrame, others: pd.DataFrame, broader: Mapping[str, str | None]) -> NDArray[np.object_]:
    """Return for each pair of `these` the word of AGREES that says how `others` of the recommendation stand to it."""
    pairs, known = these[_PAIR], others[_PAIR].dropna().drop_duplicates()
    links = [(concept, above) for concept in broader for above in _ancestors(concept, broader)]
    above = pd.DataFrame(links, columns=["concept_id", "above"], dtype="str")
    over_known = known.merge(above, on="concept_id")[["recommendation_id", "above"]].drop_duplicates()
    over_pairs = pairs.assign(place=np.arange(len(pairs))).merge(above, on="concept_id")
    under = over_pairs.merge(known, left_on=["recommendation_id", "above"], right_on=_PAIR)["place"]
    return np.select(
        [_among(pairs, known), _among(pairs, over_known.rename(columns={"above": "concept_id"})),
         np.isin(np.arange(len(pairs)), under)],
        AGREES[:3], default=AGREES[3],
    ).astype(object)  # fmt: skip


def _among(pairs: pd.DataFrame, known: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which `pairs` are among `known`, whose rows are distinct."""
    return pairs.merge(known.assign(found=True), how="left", on=_PAIR)["found"].notna().to_numpy()


def _ancestors(concept: str, broader: Mapping[str, str | None]) -> list[str]:
    """Return the concepts above `concept`, nearest first."""
    found: list[str] = []
    above = broader.get(concept)
    while above and above not in found:
        found.append(above)
        above = broader.get(above)
    return found
