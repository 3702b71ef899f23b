"""What is printed with every document: its unit, what it leaves out, what its signs mean."""

from collections.abc import Sequence

from pipeline.deliverables.facts import MARKS_SAY, Facts, Row

READING = (
    "Noted is not rejected: a State that notes a recommendation has not refused it. “Not known” means that the sources "
    "read do not state a position; it is never counted as supported or noted.",
    f"Signs after themes, groups, SDGs, action strength: {MARKS_SAY}. A machine's proposal is no judgement.",
    "Action strength is UPR Info's category of the request: 1 minimal, 2 continuing, 3 considering, 4 general, 5 specific. "
    "General requests are supported far more often than specific ones: read every share of support beside it.",
    "“The same ask”: recommendations of one State under review that request the same thing, grouped by machine (table "
    "pairs has the reasons); “cycle 2: noted (4)” stands for four recommendations. “Asked again” does not say that nothing was done, and “not asked again” does not say that it was.",
    "Every recommendation carries its document and paragraph, or its session where the sources give none, and its "
    "identifier, under which every table has it.",
)
"""How to read the documents, one sentence or two each."""


def footer(facts: Facts, rows: Sequence[Row], unit: str) -> tuple[str, ...]:
    """Return the lines at the foot of every page.

    Args:
        facts: of the State.
        rows: recommendations the document holds.
        unit: what is counted.
    """
    drafts = sum(bool(row["is_provisional"]) for row in rows)
    pledges = f"voluntary pledges ({facts.pledges or 'none'} of this State in the sources)"
    provisional = f"{drafts} read from a draft report, marked (draft)" if drafts else "none (no draft report was read)"
    return (
        f"Unit: {unit}. Excluded: {pledges}. Provisional: {provisional}. Noted is not rejected.",
        f"{MARKS_SAY}. Asks are grouped by machine.",
    )


def draft(row: Row) -> str:
    """Return what marks a recommendation read from a draft."""
    return " (draft)" if row["is_provisional"] else ""
