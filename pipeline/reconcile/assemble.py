"""Ingested rows -> the tables of what the sources say."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from pipeline.reconcile.addenda import apply_addenda, cited
from pipeline.reconcile.choose import choose_position, conflicts, first_known, recommending_states
from pipeline.reconcile.entity import Entity, Recommending, Row
from pipeline.reconcile.identity import assign_ids
from pipeline.reconcile.matching import entities_of_review, join
from pipeline.states import States
from pipeline.text import fold

_SDG_PREFIX = re.compile(r"^\s*(?:SDGs?|Goal|Target|ODS|ODD)\s+(?=\d)", re.IGNORECASE)
_THEMES, _PERSONS = "uhri-theme", "uhri-person"
_LISTS = ("recommending", "source_tags", "skip_reason")


@dataclass
class Reconciled:
    """The tables, as lists of rows, and the rows that became no recommendation."""

    recommendations: list[dict[str, Any]] = field(default_factory=list)
    recommending_states: list[dict[str, Any]] = field(default_factory=list)
    recommendation_sources: list[dict[str, Any]] = field(default_factory=list)
    source_tags: list[dict[str, Any]] = field(default_factory=list)
    source_conflicts: list[dict[str, Any]] = field(default_factory=list)
    position_changes: list[dict[str, Any]] = field(default_factory=list)
    skipped: dict[tuple[str, int], str] = field(default_factory=dict)


def reconcile(
    ingested: pd.DataFrame, states: States, labels: Mapping[str, Mapping[str, str]], min_similarity: float
) -> Reconciled:
    """Return one set of recommendations, and what its sources say of each.

    Args:
        ingested: table `Ingested`.
        states: registry that resolves recommending States.
        labels: scheme -> folded label -> concept id.
        min_similarity: 0-1; texts of two sources at least this alike are one recommendation.
    """
    out = Reconciled()
    reviews: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in placed(list(rows_of(ingested[ingested["skip_reason"].isna()], states))):
        reviews[row.review].append(row)
    for review in sorted(reviews):
        _add_review(out, reviews[review], labels, min_similarity)
    return out


def rows_of(frame: pd.DataFrame, states: States) -> Iterable[Row]:
    """Yield the rows of `frame` (table `Ingested`) with their recommending States resolved."""
    plain = [name for name in Row.__dataclass_fields__ if name not in _LISTS]
    columns = {name: frame[name].astype(object).where(frame[name].notna(), None) for name in plain}
    for values in zip(*columns.values(), frame["recommending"], frame["source_tags"], strict=True):
        named = dict(zip(columns, values, strict=False))
        for name in ("session", "cycle", "year"):
            named[name] = None if named[name] is None else int(named[name])
        asking = tuple(_resolve(raw, states) for raw in json.loads(values[-2]))
        tags = tuple((scheme, label) for scheme, label in json.loads(values[-1]))
        yield Row(**named, recommending=asking, source_tags=tags)


def placed(rows: list[Row]) -> list[Row]:
    """Return the rows with session and cycle where another row of the same State and document knows them.

    An addendum names the report it belongs to, and no session.
    """
    cycles = (row for row in rows if row.document_symbol and row.cycle)
    known: dict[tuple[str | None, str | None], Row] = {
        (row.state_under_review, row.document_symbol): row for row in cycles
    }
    found = []
    for row in rows:
        twin = known.get((row.state_under_review, row.document_symbol)) if row.cycle is None else None
        found.append(replace(row, session=twin.session, cycle=twin.cycle, year=twin.year) if twin else row)
    return found


def _resolve(raw: str, states: States) -> Recommending:
    state = states.find(raw)
    return Recommending(raw, state.iso3, state.name, state.region) if state else Recommending(raw, None, None, None)


def _add_review(
    out: Reconciled, rows: list[Row], labels: Mapping[str, Mapping[str, str]], min_similarity: float
) -> None:
    """Reconcile the sources of one review and append its rows to the tables."""
    final = next((r for r in rows if r.source == "working_group_report" and not r.is_provisional), None)
    texts = [row for row in rows if row.text]
    drafts = [row for row in texts if row.is_provisional and final]
    entities = entities_of_review([row for row in texts if not (row.is_provisional and final)], min_similarity)
    superseded = join(drafts, entities, min_similarity)
    changes, lost = apply_addenda(entities, [row for row in rows if not row.text])
    for row in superseded:
        out.skipped[row.source_file, row.source_row] = f"draft superseded by {final and final.document_symbol}"
    for row in lost:
        out.skipped[row.source_file, row.source_row] = f"position on paragraph {row.paragraph}, which no source holds"
    ids = dict(zip(map(id, entities), assign_ids(entities), strict=True))
    for entity in entities:
        _add_entity(out, entity, ids[id(entity)], labels, min_similarity)
    for entity, before, row in changes:
        symbol, paragraph, quote = cited(row)
        changed = {
            "document_symbol": symbol,
            "paragraph": paragraph,
            "old": before,
            "new": row.position,
            "quote": quote,
        }
        out.position_changes.append({"recommendation_id": ids[id(entity)], **changed})


def _add_entity(
    out: Reconciled, entity: Entity, identity: str, labels: Mapping[str, Mapping[str, str]], min_similarity: float
) -> None:
    out.recommendations.append({"recommendation_id": identity, **_fields(entity)})
    for state in recommending_states(entity):
        out.recommending_states.append(
            {
                "recommendation_id": identity,
                "state_raw": state.raw,
                "state_iso3": state.iso3,
                "state_name": state.name,
                "region": state.region,
            }
        )
    for conflict in conflicts(entity, min_similarity):
        out.source_conflicts.append({"recommendation_id": identity, **conflict._asdict()})
    for row in {(row.source_file, row.source_row): row for row in reversed(entity.rows)}.values():
        out.recommendation_sources.append(
            {
                "recommendation_id": identity,
                "source": row.source,
                "source_file": row.source_file,
                "source_row": row.source_row,
                "fields": _taken_from(entity, row),
            }
        )
    tags: list[dict[str, Any]] = []
    for scheme, label in sorted({tag for row in entity.rows for tag in row.source_tags}):
        concept = _concept(label, labels.get(scheme, {}))
        # Matrices of the fourth cycle name themes and groups of persons in one column.
        if concept is None and scheme == _THEMES and (person := _concept(label, labels.get(_PERSONS, {}))):
            tag: dict[str, Any] = {
                "recommendation_id": identity,
                "scheme": _PERSONS,
                "label_raw": label,
                "concept_id": person,
            }
        else:
            tag = {"recommendation_id": identity, "scheme": scheme, "label_raw": label, "concept_id": concept}
        if tag not in tags:
            tags.append(tag)
    out.source_tags.extend(tags)


_CHOSEN = ("body", "document_symbol", "paragraph", "session", "cycle", "year", "state_under_review", "text")
_WITH_TEXT = ("text_original", "language")


def _fields(entity: Entity) -> dict[str, Any]:
    """Return the columns of the recommendation, each from the most trusted row that knows it."""
    lead = entity.lead
    chosen = {name: (row := first_known(entity.rows, name)) and getattr(row, name) for name in _CHOSEN}
    stated = choose_position(entity.rows)
    numbered = first_known(entity.rows, "paragraph") or lead
    return {
        "mechanism": lead.mechanism,
        **chosen,
        "clause": numbered.clause,
        "state_name": lead.state_name,
        "region": lead.region,
        **{name: getattr(lead, name) for name in _WITH_TEXT},
        "position": stated.position if stated else "unknown",
        "position_source": stated.position_source if stated else None,
        "position_quote": stated.position_quote if stated else None,
        "is_pledge": lead.is_pledge,
        "is_provisional": lead.is_provisional,
    }


def _taken_from(entity: Entity, row: Row) -> str | None:
    """Return the fields of the recommendation that were read from `row`, joined by "; "."""
    taken = [name for name in _CHOSEN if first_known(entity.rows, name) is row]
    taken += ["position"] if choose_position(entity.rows) is row else []
    asking = first_known(entity.rows, "recommending")
    taken += ["recommending_states"] if asking and asking.source == row.source and row.recommending else []
    return "; ".join(taken) or None


def _concept(label: str, by_label: Mapping[str, str]) -> str | None:
    """Return the concept of a label; SDG labels carry their code before the first " - ", "SDG 6" and "Target 6.1" among them."""
    code = _SDG_PREFIX.sub("", label.split(" - ", 1)[0])
    return by_label.get(fold(label)) or by_label.get(fold(code))
