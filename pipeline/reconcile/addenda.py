"""Positions that an addendum states of recommendations printed in the report before it."""

import re
from collections.abc import Iterable, Sequence

from pipeline.reconcile.choose import OPEN_POSITIONS, choose_position
from pipeline.reconcile.entity import Entity, Row

_CITED = re.compile(r"(?P<symbol>A/\S+?/Add\.\d+)(?:, para\. (?P<paragraph>[^:]+))?: (?P<words>.*)", re.DOTALL)

REMAINING = "*"
"""Paragraph of a row that speaks of all recommendations the addendum does not name."""


def apply_addenda(
    entities: Sequence[Entity], statements: Iterable[Row]
) -> tuple[list[tuple[Entity, str, Row]], list[Row]]:
    """Add to each entity the addendum rows that state its position.

    "The remaining recommendations are ..." reaches those whose position is open and which no row names.

    Returns:
        The changes (entity, position before, row), and the rows that name no recommendation of the review.
    """
    asked = [entity for entity in entities if not entity.lead.is_pledge]
    named: list[Row] = []
    remaining: list[Row] = []
    lost: list[Row] = []
    for row in sorted(statements, key=lambda row: row.place):
        (remaining if row.paragraph == REMAINING else named).append(row)
    changes = []
    for row in named:
        found = [entity for entity in asked if _speaks_of(row, entity)] or _by_last_number(row, asked)
        changes += [(entity, _position_before(entity), row) for entity in found]
        lost += [] if found else [row]
    open_ones = [
        e for e in asked if _position_before(e) in OPEN_POSITIONS and all(e is not known for known, _, _ in changes)
    ]
    changes += [(entity, _position_before(entity), row) for row in remaining[:1] for entity in open_ones]
    for entity, _, row in changes:
        entity.add([row])
    return [(entity, before, row) for entity, before, row in changes if before != row.position], lost


def cited(row: Row) -> tuple[str | None, str | None, str | None]:
    """Return symbol and paragraph of the addendum itself, and its words, from the quote of one of its rows."""
    match = _CITED.match(row.position_quote or "")
    return (
        (match["symbol"], match["paragraph"], match["words"])
        if match
        else (row.document_symbol, None, row.position_quote)
    )


def _speaks_of(row: Row, entity: Entity) -> bool:
    """Return whether the addendum row names the paragraph (and clause, if it says one) of the entity."""
    return any(
        other.paragraph == row.paragraph and (row.document_symbol in (None, other.document_symbol))
        for other in entity.rows
        if other.text
    )


def _by_last_number(row: Row, entities: Sequence[Entity]) -> list[Entity]:
    """Return the entities whose paragraph ends in the addendum's bare number, if one paragraph alone does.

    Addenda to early reports say "5." of what the report, or we, number 111.5.
    """
    found = [entity for entity in entities for other in entity.rows[:1] if _last(other.paragraph) == row.paragraph]
    return found if len({entity.lead.paragraph for entity in found}) == 1 else []


def _last(paragraph: str | None) -> str | None:
    return paragraph.rpartition(".")[2] if paragraph else None


def _position_before(entity: Entity) -> str:
    """Return the position before the addendum: the report's, since matrix and databases may hold that of the addendum."""
    row = choose_position([row for row in entity.rows if row.source == "working_group_report"] or entity.rows)
    return (row.position if row else None) or "unknown"
