"""Which rows of one review say the same recommendation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from pipeline.reconcile.entity import TRUST, Entity, Row

_PARAGRAPH_SIMILARITY = 0.5
"""Two sources that give one paragraph number mean one recommendation unless their texts differ more than this."""

_REWORDED_SIMILARITY = 0.6
_CONTAINED_SIMILARITY = 0.9
_SHORTEST_PART = 20
"""Least likeness of what is left on both sides; of words within words, and their least number of characters."""


def entities_of_review(rows: Iterable[Row], min_similarity: float) -> list[Entity]:
    """Return the recommendations of one review, from the rows of all its sources.

    Sources that number their paragraphs come first, then by trust: a number tells two requests in the same words
    apart. Each row joins a recommendation of an earlier source with the same
    paragraph, else with the same text and recommending State, else with a text at least `min_similarity` (0-1)
    alike and a recommending State in common; what joins none makes recommendations of its own.
    """
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.place):
        by_source[row.source].append(row)
    entities: list[Entity] = []
    numbered = {source: any(row.paragraph for row in found) for source, found in by_source.items()}
    for source in sorted(by_source, key=lambda source: (not numbered[source], TRUST.index(source))):
        left = join(by_source[source], entities, min_similarity) if entities else by_source[source]
        entities.extend(_own_entities(left))
    return entities


def _own_entities(rows: Sequence[Row]) -> list[Entity]:
    """Return one entity for each distinct request of one source; its States may stand in several rows."""
    groups: dict[tuple[object, ...], Entity] = {}
    for row in rows:
        key = (row.document_symbol, row.paragraph, row.clause, row.folded, row.position, row.is_pledge)
        groups.setdefault(key, Entity()).add([row])
    return list(groups.values())


def join(rows: Sequence[Row], entities: Sequence[Entity], min_similarity: float) -> list[Row]:
    """Add to `entities` the rows of the next source that say the same; return the rows that join none."""
    finder = _Finder(entities, min_similarity)
    left = []
    for row in rows:
        entity = finder.find(row)
        if entity is None:
            left.append(row)
        else:
            entity.add([row])
    return left if any(row.paragraph for row in rows) else _join_reworded(left, entities)


def _join_reworded(rows: Sequence[Row], entities: Sequence[Entity]) -> list[Row]:
    """Add rows of an unnumbered source to numbered entities that it has not met, in other words; return the rest.

    Both sides list the whole review, so what is left of one State on both sides is likely the same: the best pairs
    first, each recommending State of an entity once. Then a row whose words stand within a numbered text of its
    State, or the other way round, joins it: databases cut compound paragraphs in their own way.
    """
    sources = {row.source for row in rows}
    unmet = [entity for entity in entities if entity.lead.paragraph and not sources & {r.source for r in entity.rows}]
    scored = [
        (fuzz.ratio(row.folded, entity.lead.folded), i, j)
        for i, row in enumerate(rows)
        for j, entity in enumerate(unmet)
        if row.askers & entity.askers and row.is_pledge == entity.lead.is_pledge
    ]
    joined: dict[int, Entity] = {}
    taken: set[tuple[int, frozenset[str]]] = set()
    for score, i, j in sorted(scored, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if score >= 100 * _REWORDED_SIMILARITY and i not in joined and (j, rows[i].askers) not in taken:
            joined[i] = unmet[j]
            taken.add((j, rows[i].askers))
    numbered = [entity for entity in entities if entity.lead.paragraph]
    for i, row in enumerate(rows):
        if i not in joined and (whole := _holding(row, numbered)):
            joined[i] = whole
    for i, entity in joined.items():
        entity.add([rows[i]])
    return [row for i, row in enumerate(rows) if i not in joined]


def _holding(row: Row, entities: Sequence[Entity]) -> Entity | None:
    """Return the entity of a common recommending State that holds the words of `row`, or whose words it holds."""
    best: tuple[float, Entity] | None = None
    for entity in entities:
        lead = entity.lead
        if not row.askers & entity.askers or row.is_pledge != lead.is_pledge:
            continue
        if min(len(row.folded), len(lead.folded)) < _SHORTEST_PART:
            continue
        alike = fuzz.partial_ratio(row.folded, lead.folded)
        if alike >= 100 * _CONTAINED_SIMILARITY and (best is None or alike > best[0]):
            best = (alike, entity)
    return best[1] if best else None


class _Finder:
    """Finds the entity a row belongs to, among those of the sources trusted more."""

    def __init__(self, entities: Sequence[Entity], min_similarity: float) -> None:
        self._entities = entities
        self._min_similarity = 100 * min_similarity
        self._texts = [entity.lead.folded for entity in entities]
        self._by_text: dict[str, list[Entity]] = defaultdict(list)
        self._by_paragraph: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            self._by_text[entity.lead.folded].append(entity)
            for paragraph in {row.paragraph for row in entity.rows if row.paragraph}:
                self._by_paragraph[paragraph].append(entity)

    def find(self, row: Row) -> Entity | None:
        """Return the entity that says what `row` says, or None."""
        return self._on_paragraph(row) or self._on_same_text(row) or self._on_similar_text(row)

    def _on_paragraph(self, row: Row) -> Entity | None:
        """Return the entity of that paragraph whose text is nearest."""
        best: tuple[float, Entity] | None = None
        for entity in self._by_paragraph.get(row.paragraph or "", []):
            symbol = entity.lead.document_symbol
            if symbol and row.document_symbol and symbol != row.document_symbol:
                continue
            alike = fuzz.token_sort_ratio(row.folded, entity.lead.folded)
            if alike >= 100 * _PARAGRAPH_SIMILARITY and (best is None or alike > best[0]):
                best = (alike, entity)
        return best[1] if best else None

    def _on_same_text(self, row: Row) -> Entity | None:
        return next((e for e in self._by_text.get(row.folded, []) if _may_be_one(row, e)), None)

    def _on_similar_text(self, row: Row) -> Entity | None:
        hits = process.extract(
            row.folded, self._texts, scorer=fuzz.ratio, score_cutoff=self._min_similarity, limit=10, processor=None
        )
        return next((self._entities[i] for _, _, i in hits if _may_be_one(row, self._entities[i])), None)


def _may_be_one(row: Row, entity: Entity) -> bool:
    """Return whether row and entity may say one recommendation: no two numbers, and States in common.

    The same words under two paragraph numbers of one document are two recommendations.
    """
    lead = entity.lead
    if row.is_pledge != lead.is_pledge:
        return False
    same_document = row.document_symbol == lead.document_symbol and row.document_symbol is not None
    if same_document and row.paragraph and lead.paragraph and row.paragraph != lead.paragraph:
        return False
    return not row.askers or not entity.askers or bool(row.askers & entity.askers)
