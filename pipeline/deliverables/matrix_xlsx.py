"""OHCHR's thematic list of recommendations as a workbook: by theme as in Word, and each recommendation once."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipeline.deliverables.facts import Facts, Row, in_order
from pipeline.deliverables.matrix import ASSESSMENT, Section, listed, position, request, sourced, translated
from pipeline.deliverables.notes import READING, footer
from pipeline.deliverables.sheets import Band, Column, Value, book, notes, write

COLUMNS = (
    Column("Recommendation and recommending State", 54), Column("Position of the State under review", 15),
    Column("Action strength", 14), Column("Human rights themes", 28), Column("Affected persons", 22),
    Column("Relevant SDGs", 34), Column(ASSESSMENT, 36, to_fill=True), Column("Source of Position", 26),
    Column("Translation", 50), Column("Identifier", 15),
)  # fmt: skip
_PRINTED = 7


def write_matrix_book(path: Path, facts: Facts, found: Sequence[Section], *, dimension: str, written: datetime) -> int:
    """Write the list to `path` and return the number of recommendations in it.

    Args:
        path: the .xlsx file.
        facts: of the State.
        found: as `sections` returns them.
        dimension: which themes open the sections and stand in the column of themes.
        written: day of the document's properties.
    """
    rows = {row["recommendation_id"]: row for section in found for row in section.rows}
    foot = footer(facts, list(rows.values()), "recommendation; the same one stands under each of its themes")
    by_theme: list[Sequence[Value] | Band] = []
    for section in found:
        by_theme.append(Band(f"Theme: {section.theme}"))
        by_theme += [_values(facts, row, dimension) for row in section.rows]
    with book(path, f"{facts.name}: thematic list of recommendations", written) as (made, look):
        page = made.add_worksheet("By theme")
        write(page, COLUMNS, by_theme, look, frozen=1, footer=foot[0], printed=_PRINTED)
        page = made.add_worksheet("Each once")
        once = [_values(facts, row, dimension) for row in in_order(list(rows.values()))]
        write(
            page,
            COLUMNS,
            once,
            look,
            frozen=1,
            footer=foot[0].replace("; the same one stands under each of its themes", ""),
            printed=_PRINTED,
        )
        page.autofilter(0, 0, max(len(once), 1), len(COLUMNS) - 1)
        notes(made.add_worksheet("How to read"), "How to read this list", [*foot, *READING], look)
    return len(rows)


def _values(facts: Facts, row: Row, dimension: str) -> list[Value]:
    tags = listed(facts, row, dimension)
    taken, _ = position(facts, row)
    return [
        request(facts, row), taken, facts.strength(row["recommendation_id"]), "\n".join(tags["themes"]),
        "\n".join(tags["groups"]), "\n".join(tags["sdgs"]), None, sourced(row),
        "\n".join(f"[{head}] {text}" for head, text in translated(facts, row)), row["recommendation_id"],
    ]  # fmt: skip
