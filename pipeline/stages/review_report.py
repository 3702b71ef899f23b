"""What the judgement tables of a run say, as lines for the terminal."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pipeline.paths import Workspace
from pipeline.tables import read_table

_SHOWN = 15


def lines(workspace: Workspace) -> Iterator[str]:
    """Yield what was judged, how far reviewers and machine agree, what is contested and what lost its text.

    Raises:
        TableError: no run was made yet.
    """
    stands, compared, conflicts, orphans = (
        read_table(workspace.table(name))
        for name in ("judgement_verdicts", "judgement_report", "judgement_conflicts", "orphaned_judgements")
    )
    if stands.empty and orphans.empty:
        yield "Nobody has judged anything yet: `upr review export` writes a workbook to judge in."
        return
    yield f"{len(stands)} tags, pairs and framework items judged; what stands:"
    for dimension, part in stands.groupby("dimension"):
        counts = part["stands"].value_counts()
        yield f"  {dimension:<12} " + ", ".join(
            f"{word} {counts[word]}" for word in ("yes", "no", "open", "unsure") if word in counts
        )
    if len(compared):
        yield ""
        yield "Agreement (share with 95% interval; kappa: Cohen's; alpha: Krippendorff's; -: all said one thing)."
        yield "What people judge was chosen for doubt: agreement with the machine is no measure of how often it is right."
        yield f"  {'dimension':<12} {'raters':<34} {'both':>5} {'agree':>6}  {'95%':<13} {'kappa':>6} {'alpha':>6}"
        for row in _rows(compared):
            raters = "all reviewers" if row["rater_a"] == row["rater_b"] else f"{row['rater_a']} / {row['rater_b']}"
            interval = f"{row['share_low']:.2f}-{row['share_high']:.2f}"
            yield (
                f"  {row['dimension']:<12} {raters:<34} {row['n_common']:>5} {row['share_agree']:>6.2f}  {interval:<13} "
                f"{_number(row['kappa']):>6} {_number(row['alpha']):>6}"
            )
    yield from _listed(
        "reviewers differ",
        conflicts,
        "{recommendation_id} {dimension} {name}: yes {said_yes}; no {said_no}; stands {stands}",
    )
    yield from _listed(
        "kept and not applied", orphans, "{recommendation_id} {dimension} {name} ({verdict}, {reviewer}): {reason}"
    )


def _listed(what: str, frame: pd.DataFrame, form: str) -> Iterator[str]:
    if frame.empty:
        return
    yield ""
    yield f"{len(frame)} {what}:"
    for row in _rows(frame.head(_SHOWN)):
        yield "  " + form.format(**row, name=row.get("label") or row["concept_id"])
    if len(frame) > _SHOWN:
        yield f"  and {len(frame) - _SHOWN} more, in the tables judgement_conflicts and orphaned_judgements"


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
