"""Any table of recommendations, one a row: headers in English, French or Spanish, or a mapping from the user."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.sources.bodies import resolve_body
from pipeline.sources.grid import Columns, header_key, matched
from pipeline.sources.paragraphs import plain, split_number, upr_clauses
from pipeline.sources.positions import position_of
from pipeline.sources.record import Record, SourceError
from pipeline.sources.tally import Tally
from pipeline.sources.values import (
    cycle_number,
    is_missing,
    iso_date,
    issues,
    label,
    listed,
    session_number,
    state_names,
)
from pipeline.states import States
from pipeline.text import fold

HEADERS = ("Text", "State under review", "Recommending States", "Position", "Session")
SYNONYMS = {
    "text": ["Text", "Recommendation", "Recommendations", "Recommendation text", "Full recommendation",
             "Text of recommendation", "Text of the recommendation", "Wording",
             "Recommandation", "Recommandations", "Texte", "Texte de la recommandation", "Libellé",
             "Recomendación", "Recomendaciones", "Texto", "Texto de la recomendación"],
    "state_under_review": ["State under review", "SuR", "Reviewed State", "State reviewed", "Country", "State",
                           "Country concerned", "Countries concerned", "Country under review", "Addressee",
                           "État examiné", "Etat soumis à l'examen", "État faisant l'objet de l'examen", "Pays",
                           "Pays examiné", "Estado examinado", "Estado objeto de examen", "País", "País examinado"],
    "recommending_states": ["Recommending State", "Recommending States", "Recommending State(s)", "RS", "Recommender",
                            "Recommending country", "Recommending countries", "Made by", "Proposed by", "From",
                            "État auteur", "État recommandant", "État auteur de la recommandation",
                            "États auteurs", "Pays recommandant", "Recommandé par", "Auteur",
                            "Estado recomendante", "Estados recomendantes", "Estado que recomienda",
                            "Estado que formula la recomendación", "País recomendante", "Formulada por"],
    "position": ["Position", "Response", "Status of recommendation", "Position of State", "State position",
                 "Position of the State under review", "UPR position", "Réponse", "Position de l'État",
                 "Position de l'État examiné", "Respuesta", "Posición", "Posición del Estado",
                 "Posición del Estado examinado"],
    "session": ["Session", "UPR session", "Working Group session", "Session de l'EPU", "Sesión", "Sesión del EPU",
                "Período de sesiones", "Periodo de sesiones"],
    "cycle": ["Cycle", "UPR cycle", "Cycle de l'EPU", "Ciclo", "Ciclo del EPU"],
    "paragraph": ["Paragraph", "Paragraph number", "Para", "Para.", "Paragraph no.", "Recommendation number", "Number",
                  "Recommendation no.", "Rec. no.", "Rec no", "No.", "Nr", "N°", "Nº", "Paragraphe",
                  "Numéro de paragraphe", "Numéro", "Párrafo", "Número de párrafo", "Número"],
    "document_symbol": ["Document symbol", "Symbol", "UN symbol", "Document", "Cote", "Cote du document", "Signatura",
                        "Símbolo", "Signatura del documento"],
    "mechanism": ["Mechanism", "Mécanisme", "Mecanismo"],
    "body": ["Body", "Recommending body", "Treaty body", "Committee", "Organe", "Comité", "Órgano",
             "Órgano de tratado"],
    "date": ["Date", "Year", "Publication date", "Document publication date", "Année", "Año", "Fecha"],
    "themes": ["Theme", "Themes", "Human rights themes", "Full list of themes", "Thème", "Thèmes", "Tema", "Temas"],
    "issues": ["Issue", "Issues"],
    "action": ["Action", "Action category"],
    "groups": ["Affected persons", "Groups", "Groups of persons", "Group", "Personnes concernées", "Groupes",
               "Personas afectadas", "Grupos"],
    "sdgs": ["SDG", "SDGs", "Relevant SDGs", "SDG targets", "SDG goals", "ODD", "ODS"],
}  # fmt: skip
_FRAMEWORK = {"planname", "frameworkid", "outcome", "outcomecode", "strategicpriority", "suboutput"}
_SECOND = set(SYNONYMS) - {"text", "date", "themes", "issues", "action", "groups", "sdgs", "body"}
_TAGS = (("themes", "uhri-theme"), ("groups", "uhri-person"), ("sdgs", "sdg"))


def columns_of(header: Sequence[str]) -> Columns | None:
    """Return our column -> index, or None where there is no text or nothing of a recommendation beside it.

    Tables of frameworks, whose items have a text and a State too, are none.
    """
    found = matched(header, SYNONYMS)
    if _FRAMEWORK & set(map(header_key, header)):
        return None
    return found if "text" in found and _SECOND & found.keys() else None


def mapped_columns(header: Sequence[str], mapping: Mapping[str, str]) -> Columns | None:
    """Return our column -> index by the user's mapping, synonyms for the rest; None if a header is not there."""
    keys = [header_key(name) for name in header]
    wanted = {column: header_key(name) for column, name in mapping.items()}
    if any(key not in keys for key in wanted.values()):
        return None
    named = {column: keys.index(key) for column, key in wanted.items()}
    rest = {column: index for column, index in matched(header, SYNONYMS).items() if index not in named.values()}
    return rest | named


def check_mapping(path: Path, mapping: Mapping[str, str]) -> None:
    """Refuse a mapping of columns there are not.

    Raises:
        SourceError: names the column and the nearest, or says that the text is not mapped.
    """
    for column in mapping:
        if column not in SYNONYMS:
            near = difflib.get_close_matches(column, SYNONYMS, n=1, cutoff=0)[0]
            raise SourceError(
                path, "ingest.generic_columns", f"there is no column '{column}'; the nearest is '{near}'",
                f"Columns are: {', '.join(SYNONYMS)}",
            )  # fmt: skip


def read_row(row: int, fields: Mapping[str, str], states: States, tally: Tally) -> Iterator[Record]:
    """Yield the records of one row: several where the text holds several attributed clauses.

    Without a mechanism or body the row is of the UPR. Number and States are taken from the text where they have no
    column of their own.
    """
    body, symbol = label(fields.get("mechanism", "") or fields.get("body", "")), _value(fields, "document_symbol")
    resolved = _resolved(fields, body, symbol)
    whole = plain(fields.get("text", ""))
    number, rest = split_number(whole)
    position = position_of(fields.get("position", ""))
    quote = _value(fields, "position")
    if quote and position is None:
        tally.add(f"the position '{quote[:60]}' is not known; left unknown", row)
    record = Record(
        source_row=row, mechanism=resolved[0] if resolved else "upr", body=resolved[1] if resolved else None,
        document_symbol=symbol, paragraph=_value(fields, "paragraph") or number,
        session=session_number(fields.get("session", "")), cycle=cycle_number(fields.get("cycle", "")),
        date=iso_date(fields.get("date", "")), state_raw=_value(fields, "state_under_review"),
        text=rest or None, text_original=whole if whole != rest else None,
        position=position, position_source="generic_table" if position else None, position_quote=quote,
        source_tags=_tags(fields), skip_reason=_skip_reason(rest, resolved is not None, body),
    )  # fmt: skip
    yield from _attributed(record, fields, states, tally)


def _resolved(fields: Mapping[str, str], body: str, symbol: str | None) -> tuple[str, str | None] | None:
    """Return mechanism and body: by the body, the mechanism or the symbol; "treaty body" alone leaves the body open."""
    for name in (label(fields.get("body", "")), body):
        if found := resolve_body(name, symbol, upr_fields=is_missing(body)):
            return found
    words = fold(fields.get("mechanism", ""))
    return ("treaty_body", _value(fields, "body")) if words in {"treaty body", "treaty bodies"} else None


def _skip_reason(text: str, known: bool, body: str) -> str | None:
    if not text:
        return "no text"
    return None if known else f"mechanism '{body}' is none of UPR, treaty body and special procedure"


def _attributed(record: Record, fields: Mapping[str, str], states: States, tally: Tally) -> Iterator[Record]:
    named = state_names(fields.get("recommending_states", ""), states)
    if record.mechanism != "upr" or record.skip_reason:
        yield record
        return
    if len(named) == 1 and states.find(named[0]) and states.find(named[0]) is states.find(record.state_raw):
        yield replace(record, is_pledge=True, position=None, position_source=None, position_quote=None)
        return
    for number, clause in enumerate(upr_clauses(record.text or "", named, states, tally, record.source_row), start=1):
        whole = record.text_original or (record.text if clause.text != record.text else None)
        yield replace(
            record, clause=number, text=clause.text, text_original=whole, recommending_raw=clause.recommending_raw
        )


def _tags(fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = [(scheme, name) for column, scheme in _TAGS for name in listed(fields.get(column, ""))]
    found += [("upr-info", name) for name in issues(fields.get("issues", ""))]
    action = label(fields.get("action", ""))
    return (*found, ("upr-action", action)) if action in set("12345") else tuple(found)


def _value(fields: Mapping[str, str], column: str) -> str | None:
    value = label(fields.get(column, ""))
    return None if is_missing(value) else value
