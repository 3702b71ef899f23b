"""Whose word stands where several people judged the same: each has one vote, his last; the majority decides."""

import pandas as pd

from pipeline.text import fold

UNIT = ["recommendation_id", "dimension", "concept_id"]
EXCLUSIVE = ("action",)
"""Dimensions with one concept a recommendation: who says it is one says that it is no other."""

ANSWERS = {"accept": "yes", "add": "yes", "yes": "yes", "reject": "no", "no": "no", "unsure": "unsure"}
VERDICT_COLUMNS = (*UNIT, "stands", "reviewer", "date", "said_yes", "said_no")


def last_words(said: pd.DataFrame) -> pd.DataFrame:
    """Return each reviewer's last word on each unit: `said` with `answer` (yes, no, unsure) and `who` (his folded name).

    `said` stands oldest first. In a dimension with one concept a recommendation, the last choice of a reviewer is his no
    to every other concept that anybody chose there.
    """
    rows = said.assign(
        answer=said["verdict"].map(ANSWERS), who=said["reviewer"].map(fold).astype("str"), order=range(len(said))
    )
    rows = rows.drop_duplicates([*UNIT, "who"], keep="last")
    rows = pd.concat([rows, _implied(rows)]).sort_values("order", kind="stable")
    return rows.drop_duplicates([*UNIT, "who"], keep="last").drop(columns="order").reset_index(drop=True)


def _implied(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the no to each other concept that a choice implies, of the same place in the order."""
    choice = ["recommendation_id", "dimension"]
    exclusive = rows[rows["dimension"].isin(EXCLUSIVE)]
    chosen = exclusive[exclusive["answer"] == "yes"].drop_duplicates([*choice, "who"], keep="last")
    others = exclusive.loc[exclusive["answer"] == "yes", UNIT].drop_duplicates()
    both = chosen.merge(others, on=choice, suffixes=("_chosen", ""))
    implied = both[both["concept_id_chosen"] != both["concept_id"]]
    return implied[[*rows.columns]].assign(answer="no")


def verdicts(said: pd.DataFrame) -> pd.DataFrame:
    """Return what stands for each unit that somebody judged (columns `VERDICT_COLUMNS`), sorted by unit.

    `stands`: yes or no as the majority of reviewers says; `open` where as many say yes as no; `unsure` where nobody said
    either. `reviewer` names those whose word stands (all of them while it is open), `date` the latest of their days;
    `said_yes` and `said_no` list who said so and when.
    """
    words = last_words(said).sort_values([*UNIT, "date", "who"], kind="stable")
    words["told"] = words["reviewer"] + " (" + words["date"] + ")"
    found = [(*unit, *_standing(rows)) for unit, rows in words.groupby(UNIT, sort=True)]
    return pd.DataFrame(found, columns=list(VERDICT_COLUMNS), dtype="str")


def _standing(words: pd.DataFrame) -> tuple[str, str, str, str, str]:
    """Return what stands, whose word that is, its day, and who said yes and no, of one unit's last words."""
    yes, no = (words[words["answer"] == answer] for answer in ("yes", "no"))
    if len(yes) == len(no):
        stands, decisive = ("open", pd.concat([yes, no])) if len(yes) else ("unsure", words)
    else:
        stands, decisive = ("yes", yes) if len(yes) > len(no) else ("no", no)
    names = "; ".join(decisive.sort_values("who")["reviewer"])
    return stands, names, str(decisive["date"].max()), "; ".join(yes["told"]), "; ".join(no["told"])


def contested(found: pd.DataFrame) -> pd.DataFrame:
    """Return the units of `verdicts` on which reviewers differ, whether or not a majority settled them."""
    return found[(found["said_yes"] != "") & (found["said_no"] != "")]
