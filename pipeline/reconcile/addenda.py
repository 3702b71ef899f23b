"""Positions that an addendum states of recommendations printed in the report before it."""

from collections.abc import Iterable, Sequence

from pipeline.reconcile.choose import OPEN_POSITIONS, choose_position
from pipeline.reconcile.entity import Entity, Row

REMAINING = "*"
"""Paragraph of a row that speaks of all recommendations the addendum does not name."""


def apply_addenda(entities: Sequence[Entity], statements: Iterable[Row]) -> tuple[list[tuple[Entity, str, Row]], list[Row]]:
    """Add to each entity the addendum rows that state its position.

    "The remaining recommendations are ..." reaches those whose position is open and which no row names.

    Returns:
        The changes (entity, position before, row), and the rows that name no recommendation of the review.
    """
    named, remaining, lost = [], [], []
    for row in sorted(statements, key=lambda row: row.place):
        (remaining if row.paragraph == REMAINING else named).append(row)
    changes = []
    for row in named:
        found = [entity for entity in entities if _speaks_of(row, entity)]
        changes += [(entity, _position(entity), row) for entity in found]
        lost += [] if found else [row]
    open_ones = [e for e in entities if _position(e) in OPEN_POSITIONS and all(e is not named for named, _, _ in changes)]
    changes += [(entity, _position(entity), row) for row in remaining[:1] for entity in open_ones]
    for entity, _, row in changes:
        entity.add([row])
    return [(entity, before, row) for entity, before, row in changes if before != row.position], lost


def _speaks_of(row: Row, entity: Entity) -> bool:
    """Return whether the addendum row names the paragraph (and clause, if it says one) of the entity."""
    return any(
        other.paragraph == row.paragraph and (row.document_symbol in (None, other.document_symbol))
        for other in entity.rows
        if other.text
    )


def _position(entity: Entity) -> str:
    row = choose_position(entity.rows)
    return (row.position if row else None) or "unknown"
