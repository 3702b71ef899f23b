"""Between review and adoption: the recommendations that wait for an answer, and what bears on it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipeline.deliverables import word
from pipeline.deliverables.blocks import framed, framework_cell, listed, reading, recommendation
from pipeline.deliverables.facts import POSITIONS, Facts, Row
from pipeline.deliverables.notes import footer
from pipeline.deliverables.word_table import Cell, Para, Run, line

_HEADS = ("Recommendation", "Strength", "Earlier positions on the same ask", "Who asks the same", "Cooperation Framework",
          "Suggested follow-up")  # fmt: skip
_WIDTHS = (8.6, 2.0, 3.6, 4.6, 3.4, 4.5)


def write_pending(path: Path, facts: Facts, waiting: Sequence[Row], *, written: datetime) -> int:
    """Write the list and return the number of recommendations in it.

    Args:
        path: the .docx file.
        facts: of the State under review.
        waiting: its rows of `pending` of the latest review, in their order.
        written: day of the document's properties.
    """
    whole = [{**facts.rows[row["recommendation_id"]], **row} for row in waiting]
    page = word.Page(
        title=f"{facts.name}: recommendations without an answer",
        left=f"UPR of {facts.name}: before the adoption",
        centre="Recommendations that wait for an answer",
        footer=footer(facts, whole, "recommendation of the latest review with the position pending"),
        written=written,
    )
    document = word.new(page)
    document.add_heading(f"What {facts.name} has yet to answer", 0)
    again = sum(bool(row["prior_cycles"]) for row in whole)
    others = sum(bool(row["other_paragraphs"]) for row in whole)
    document.add_paragraph(
        f"{len(whole)} recommendations of the latest review are pending. {again} of them repeat an ask of an earlier cycle, "
        f"{others or 'none'} are also asked by treaty bodies or special procedures. Those asked before come first."
    )
    mapped = any(row["framework_item"] for row in whole)
    framed(document, _HEADS, _WIDTHS, [_row(facts, row) for row in whole], mapped=mapped)
    reading(document)
    word.save(document, path)
    return len(whole)


def _row(facts: Facts, row: Row) -> list[Cell]:
    before = (
        [line("; ".join(f"cycle {part}" for part in row["prior_positions"].split("; ")))]
        if row["prior_positions"]
        else []
    )
    last = row["prior_position_same_ask"]
    if last:
        before.insert(0, line(f"Last: {POSITIONS.get(str(last), str(last)).lower()}", bold=True))
    return [
        recommendation(facts, row, by=True),
        [line(facts.strength(row["recommendation_id"]))],
        before or [line("not asked before")],
        _same(row),
        framework_cell(row["framework_item"]),
        [line(row["suggested_follow_up"])],
    ]


def _same(row: Row) -> list[Para]:
    """Return who else asks the same, and where it is supported."""
    told = [
        Para((Run(head, bold=True), Run(value)))
        for head, value in (
            ("This review: ", listed(row["co_recommending_states"])),
            ("Other mechanisms: ", row["other_paragraphs"]),
        )
        if value
    ]
    if row["n_supported_same_review"]:
        told.append(line(f"{row['n_supported_same_review']} with the same ask already supported in this review"))
    if row["n_supported_elsewhere"] is not None:
        told.append(line(f"Supported at home by {row['n_supported_elsewhere']} other States"))
    return told or [line("nobody else found")]
