"""What stands in each field of a recommendation, and where its sources disagree."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.reconcile.entity import TRUST, Entity, Recommending, Row

POSITION_TRUST = (
    "addendum",
    "ohchr_matrix",
    *(source for source in TRUST if source not in {"addendum", "ohchr_matrix"}),
)
"""Sources from the most to the least trusted for positions: what was said last, by the State itself, stands."""

OPEN_POSITIONS = frozenset({"pending", "unknown"})


class Conflict(NamedTuple):
    """Two sources that disagree on a field."""

    field: str
    source_a: str
    source_b: str
    value_a: str | None
    value_b: str | None
    chosen: str | None
    rule: str


def choose_position(rows: Iterable[Row]) -> Row | None:
    """Return the row whose position stands, or None if no source states one.

    A definite position stands over a pending one: the pending one is older.
    """
    stated = [row for row in rows if row.position]
    ranked = sorted(stated, key=lambda row: (row.position in OPEN_POSITIONS, POSITION_TRUST.index(row.source)))
    return ranked[0] if ranked else None


def first_known(rows: Sequence[Row], field: str) -> Row | None:
    """Return the most trusted row that knows `field`, or None."""
    return next((row for row in rows if getattr(row, field) not in (None, ())), None)


def recommending_states(entity: Entity) -> list[Recommending]:
    """Return the recommending States by the most trusted source that names any, each once, in reading order."""
    lead = first_known(entity.rows, "recommending")
    if lead is None:
        return []
    found: dict[str, Recommending] = {}
    for row in entity.rows:
        if row.source == lead.source:
            for state in row.recommending:
                found.setdefault(state.iso3 or state.raw, state)
    return list(found.values())


def conflicts(entity: Entity, min_similarity: float) -> list[Conflict]:
    """Return where the sources of one recommendation disagree: on position, recommending States or text."""
    texts = (row for row in entity.rows if row.text)
    by_source = [(source, list(rows)) for source, rows in groupby(texts, key=lambda row: row.source)]
    if len(by_source) == 1:
        return []
    position = choose_position(entity.rows)
    official = [("addendum", [position])] if position and position.source == "addendum" else []
    positions = official + [(s, rows) for s, rows in by_source if not (official and s == "working_group_report")]
    states = "; ".join(sorted(state.iso3 or state.raw for state in recommending_states(entity)))
    return [
        *_differ(positions, "position", _position, position.position if position else None, "definite over pending; then addendum, matrix, report, UHRI, UPR Info"),
        *_differ(by_source, "recommending_states", _askers, states, "the source trusted most: report, matrix, UHRI, UPR Info"),
        *_texts_differ(by_source, min_similarity),
    ]  # fmt: skip


def _differ(
    by_source: list[tuple[str, list[Row]]],
    field: str,
    value_of: Callable[[list[Row]], str | None],
    chosen: str | None,
    rule: str,
) -> list[Conflict]:
    """Return one conflict for each source whose value differs from that of the first source that has one."""
    known = [(source, value) for source, rows in by_source if (value := value_of(rows)) is not None]
    if not known:
        return []
    source_a, value_a = known[0]
    return [Conflict(field, source_a, b, value_a, value, chosen, rule) for b, value in known[1:] if value != value_a]


def _position(rows: list[Row]) -> str | None:
    row = choose_position(rows)
    return row.position if row and row.position not in OPEN_POSITIONS else None


def _askers(rows: list[Row]) -> str | None:
    return "; ".join(sorted(frozenset().union(*(row.askers for row in rows)))) or None


def _texts_differ(by_source: list[tuple[str, list[Row]]], min_similarity: float) -> list[Conflict]:
    """Return one conflict for each source whose text is less than `min_similarity` (0-1) like the first one's."""
    (source_a, (first, *_)), *others = [(s, rows) for s, rows in by_source if rows[0].text]
    rule = "one recommendation in other words; the text of the source trusted most"
    return [
        Conflict("text", source_a, b, first.text, rows[0].text, first.text, rule)
        for b, rows in others
        if fuzz.ratio(first.folded, rows[0].folded) < 100 * min_similarity
    ]
