"""What people said of tags: read from `data/raw/judgements/*.csv`, applied over what machines proposed."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

COLUMNS = ("recommendation_id", "dimension", "concept_id", "verdict", "reviewer", "date")
VERDICTS = {"accept", "reject", "add"}


class JudgementError(ValueError):
    """A file of judgements breaks its form: names the file, the line and the remedy."""


def read_judgements(folder: Path, concepts: Collection[str]) -> pd.DataFrame:
    """Return all judgements, oldest first; of one reviewer's several on one tag the last stands.

    Raises:
        JudgementError: a missing column, an unknown verdict or concept.
    """
    frames = [_read(path, concepts) for path in sorted(folder.glob("*.csv"))]
    rows = pd.concat([pd.DataFrame(columns=list(COLUMNS), dtype="str"), *frames], ignore_index=True)
    rows = rows.sort_values(["date", "reviewer"], kind="stable", ignore_index=True)
    return rows.drop_duplicates(["recommendation_id", "concept_id"], keep="last", ignore_index=True)


def _read(path: Path, concepts: Collection[str]) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    if missing := [name for name in COLUMNS if name not in frame.columns]:
        raise JudgementError(f"{path.name} lacks the columns {', '.join(missing)}; see data/raw/judgements/README.md")
    for line, row in enumerate(frame.itertuples(index=False), start=2):
        if row.verdict not in VERDICTS:
            raise JudgementError(f"{path.name} line {line}: verdict '{row.verdict}'; write accept, reject or add")
        if row.concept_id not in concepts:
            raise JudgementError(f"{path.name} line {line}: unknown concept '{row.concept_id}'; see configs/taxonomies")
    return frame[list(COLUMNS)]


def apply_judgements(tags: pd.DataFrame, judgements: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return the labels: tags as proposed, save where a person accepted, rejected or added one.

    Args:
        tags: table `Tags`.
        judgements: as `read_judgements` returns them.
        names: concept id -> label, for concepts that only a person named.
    """
    key = ["recommendation_id", "dimension", "concept_id"]
    proposed = tags[[*key, "label", "score"]].assign(origin="auto")
    both = proposed.merge(judgements, how="outer", on=key)
    judged = both["verdict"].notna()
    both = both[~(judged & (both["verdict"] == "reject"))].copy()
    judged = both["verdict"].notna()
    both["origin"] = both["origin"].mask(judged, "human")
    both["label"] = both["label"].fillna(both["concept_id"].map(names))
    both[["reviewer", "date"]] = both[["reviewer", "date"]].replace("", None)
    return both[[*key, "label", "score", "origin", "reviewer", "date"]]
