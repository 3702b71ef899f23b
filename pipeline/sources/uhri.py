"""What the JSON and XLSX exports of the Universal Human Rights Index share: one row of either -> records.

A row that concerns several States (special procedures, general recommendations) becomes one record per State,
with running clause numbers: a recommendation is one request to one State, and each State must find it under its
own name. Rows are never dropped: concerns and observations are kept with a reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.sources.bodies import resolve_body, state_of_symbol
from pipeline.sources.grid import header_key
from pipeline.sources.paragraphs import plain, split_number, upr_clauses
from pipeline.sources.positions import combined
from pipeline.sources.record import Record
from pipeline.sources.tally import Tally
from pipeline.sources.values import cycle_number, iso_date, session_number, state_names
from pipeline.states import States
from pipeline.text import clean, fold

NOT_A_RECOMMENDATION = "concern or observation, not a recommendation"
SYNONYMS = {
    "text": ["Text", "Recommendation Text", "Annotation Text"],
    "countries": ["Countries", "Country", "Countries Concerned", "Country Concerned", "States Concerned"],
    "body": ["Body", "Bodies", "Reccomending Body", "Recommending Body", "Mechanism", "Mechanisms"],
    "symbol": ["Symbol", "Document Symbol", "Symbols"],
    "themes": ["Themes", "Theme"],
    "persons": ["AffectedPersons", "Affected Persons", "Affected Person", "Persons Affected", "Concerned Persons"],
    "sdgs": ["Sdgs", "Sdg", "SDGs and targets"],
    "date": ["PublicationDate", "Document Publication Date"],
    "recommending": ["UprRecommendingCountry", "UprRecommendingCountries", "UprRecommendingState",
                     "UprRecommendingStates", "UPR Reccomending States", "UPR Recommending States",
                     "UPR Reccomending State"],
    "positions": ["UprPositions", "UprPosition", "UPR Position", "UPR Positions"],
    "type": ["AnnotationType", "Annotation Type", "Type", "AnnotationTypes"],
    "annotation": ["AnnotationId", "OHCHR Annotation Id", "Annotation Id"],
    "session": ["UprSession", "UPR Session", "UprSessions"],
    "cycle": ["UprCycle", "UPR Cycle", "UprCycles"],
    "published": ["PublicationDateOnUhri", "Date of publication on UHRI"],
    "regions": ["Regions", "Regions Concerned"],
    "recommending_regions": ["UprRecommendingRegions", "Recommending Regions"],
    "document": ["DocumentId", "Document Id"],
}  # fmt: skip
FIELDS = {header_key(name): field for field, names in SYNONYMS.items() for name in names}
_OWN = {"annotation", "persons", "regions", "published", "positions", "type", "document"}
UNUSED = {"annotation", "regions", "published", "recommending_regions", "document"}
_SCHEMES = (("themes", "uhri-theme"), ("persons", "uhri-person"), ("sdgs", "sdg"))

Values = Mapping[str, Sequence[str]]


def is_uhri(names: Sequence[str]) -> bool:
    """Return whether headers or keys are those of an export of the index, in any of its releases."""
    fields = {FIELDS[key] for key in map(header_key, names) if key in FIELDS}
    return "text" in fields and len(fields) >= 4 and len(fields & _OWN) >= 2


def records_of(row: int, text: str, values: Values, states: States, tally: Tally) -> Iterator[Record]:
    """Yield the records of one row: `text` as exported, `values` the cleaned labels of every other field."""
    body = next(iter(values.get("body", ())), "")
    symbol = next(iter(values.get("symbol", ())), None)
    upr_fields = any(values.get(field) for field in ("positions", "session", "recommending", "cycle"))
    resolved = resolve_body(body, symbol, upr_fields=upr_fields)
    whole = plain(text)
    if reason := _skip_reason(values.get("type", ()), whole, body, resolved is not None):
        mechanism, known = resolved or ("upr", None)
        yield Record(source_row=row, mechanism=mechanism, body=known, document_symbol=symbol,
                     text=clean(whole) or None, skip_reason=reason)  # fmt: skip
        return
    assert resolved is not None
    paragraph, rest = split_number(whole)
    common = Record(
        source_row=row, mechanism=resolved[0], body=resolved[1], document_symbol=symbol, paragraph=paragraph,
        session=next(filter(None, map(session_number, values.get("session", ()))), None),
        cycle=next(filter(None, map(cycle_number, values.get("cycle", ()))), None),
        date=next(filter(None, map(iso_date, values.get("date", ()))), None),
        text=rest, text_original=whole if whole != rest else None,
        source_tags=tuple((scheme, label) for field, scheme in _SCHEMES for label in values.get(field, ())),
    )  # fmt: skip
    clause = 0
    for state in _addressed(values.get("countries", ()), symbol, states, tally, row):
        for part in _attributed(common, values, states, tally):
            clause += 1
            yield replace(part, state_raw=state, clause=clause)


def _skip_reason(types: Sequence[str], text: str, body: str, known: bool) -> str | None:
    """Return why the row is no recommendation, or None."""
    kinds = [fold(kind) for kind in types]
    if kinds and not any("recom" in kind for kind in kinds):
        if any("concern" in k or "observ" in k or "preoc" in k for k in kinds):
            return NOT_A_RECOMMENDATION
        return f"annotation of type '{'; '.join(types)}', not a recommendation"
    if not text:
        return "no text"
    if not known:
        return f"mechanism unknown: neither the body '{body}' nor the document symbol tells it"
    return None


def _addressed(
    countries: Sequence[str], symbol: str | None, states: States, tally: Tally, row: int
) -> list[str | None]:
    """Return the names of the States addressed; the symbol of a treaty body overrules another country."""
    names = dict.fromkeys(_country(name, states) for name in countries)
    witness = state_of_symbol(symbol, states)
    if witness is None:
        if not names:
            tally.add("no country, and none in the document symbol: the State addressed is unknown", row)
        return list(names) or [None]
    found = [states.find(name) for name in names]
    if witness in found:
        if len(names) > 1:
            tally.add("several countries; the one in the document symbol is kept", row)
        return [next(name for name, state in zip(names, found, strict=True) if state is witness)]
    said = "another country than" if names else "no country; taken from"
    tally.add(f"{said} the document symbol, which stands", row)
    return [witness.name]


def _country(name: str, states: States) -> str:
    state = states.by_iso2(name) if len(name) == 2 else None
    return state.name if state else name


def _attributed(record: Record, values: Values, states: States, tally: Tally) -> Iterator[Record]:
    """Yield a UPR record once for each attributed clause, with its States and position; others as they are."""
    if record.mechanism != "upr":
        yield record
        return
    listed = "; ".join(values.get("recommending", ()))
    clauses = upr_clauses(record.text or "", state_names(listed, states), states, tally, record.source_row)
    wordings = list(values.get("positions", ()))
    position = combined(wordings)
    if len(set(map(fold, wordings))) > 1 and len(clauses) > 1:
        position = None
        tally.add("several positions for several clauses: which belongs to which is not said; left unknown",
                  record.source_row)  # fmt: skip
    elif wordings and position is None:
        tally.add(f"the position '{'; '.join(wordings)[:60]}' is not known; left unknown", record.source_row)
    for clause in clauses:
        whole = record.text_original or (record.text if clause.text != record.text else None)
        yield replace(
            record, text=clause.text, text_original=whole, recommending_raw=clause.recommending_raw,
            position=position, position_source="uhri" if position else None,
            position_quote="; ".join(wordings) or None,
        )  # fmt: skip
