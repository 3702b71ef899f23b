"""Ids of recommendations: functions of their content, stable between runs, file order and file names."""

from collections import defaultdict
from collections.abc import Sequence

from pipeline.reconcile.choose import choose_position, first_known
from pipeline.reconcile.entity import Entity
from pipeline.text import content_id


def assign_ids(entities: Sequence[Entity]) -> list[str]:
    """Return one id for each entity, in order.

    The id is a hash of mechanism, State, session or document, and paragraph with clause, or text where no source
    numbers it. Where two recommendations would share it (a split position, a number printed twice), position,
    text and recommending States enter too, as far as needed.
    """
    ids = [_hash(entity, 0) for entity in entities]
    for depth in range(1, 5):
        groups: dict[str, list[int]] = defaultdict(list)
        for index, identity in enumerate(ids):
            groups[identity].append(index)
        for indices in groups.values():
            for order, index in enumerate(indices if len(indices) > 1 else []):
                ids[index] = _hash(entities[index], depth, order)
    return ids


def _hash(entity: Entity, depth: int, order: int = 0) -> str:
    lead = entity.lead
    numbered = first_known(entity.rows, "paragraph")
    session = next((row.session for row in entity.rows if row.session), None)
    symbol = next((row.document_symbol for row in entity.rows if row.document_symbol), None)
    review = f"session {session}" if lead.mechanism == "upr" and session else symbol or f"{lead.cycle} {lead.year}"
    place = (numbered.paragraph, numbered.clause) if numbered else (lead.folded,)
    stated = choose_position(entity.rows)
    more = (stated and stated.position, lead.folded, *sorted(entity.askers), order)
    upto = {0: 0, 1: 1, 2: 2, 3: len(more) - 1, 4: len(more)}[depth]
    return content_id(lead.mechanism, lead.review[1], review, *place, *more[:upto])
