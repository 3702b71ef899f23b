"""Labels: what stands of the machine's tags after people judged them."""

import pandas as pd

from pipeline.judgements.votes import EXCLUSIVE, UNIT


def apply_judgements(tags: pd.DataFrame, found: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return the labels: tags as proposed, save where people accepted, rejected or added one.

    A tag on which as many reviewers say yes as no stays if a machine proposed it, with the origin `contested` and both
    named. In a dimension with one concept a recommendation, a person's choice takes the place of the machine's.

    Args:
        tags: table `Tags`.
        found: as `verdicts` returns them.
        names: concept id -> label, for concepts that only a person named.
    """
    proposed = tags[[*UNIT, "label", "score"]].assign(proposed=True)
    known = found[found["dimension"].isin(tags["dimension"].unique()) | found["concept_id"].isin(names)]
    both = proposed.merge(known[[*UNIT, "stands", "reviewer", "date"]], how="outer", on=UNIT)
    machine, stands = both["proposed"].notna(), both["stands"]
    keep = (stands == "yes") | (machine & (stands != "no"))
    both = both[keep & ~(machine & (stands != "yes") & _chosen_otherwise(both))].copy()
    both["origin"] = both["stands"].map({"yes": "human", "open": "contested"}).fillna("auto")
    silent = both["origin"] == "auto"
    both[["reviewer", "date"]] = both[["reviewer", "date"]].mask(silent)
    both["label"] = both["label"].fillna(both["concept_id"].map(names))
    return both[[*UNIT, "label", "score", "origin", "reviewer", "date"]].reset_index(drop=True)


def _chosen_otherwise(both: pd.DataFrame) -> "pd.Series[bool]":
    """Return where a person chose a concept in a dimension that has but one."""
    chosen = (both["stands"] == "yes") & both["dimension"].isin(EXCLUSIVE)
    return chosen.groupby([both["recommendation_id"], both["dimension"]]).transform("any")
