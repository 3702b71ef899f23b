"""OHCHR's thematic list (matrix) of recommendations: the same recommendation under several themes, in one table or several."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.sources.clauses import split_clauses
from pipeline.sources.lines import Document
from pipeline.sources.positions import position_of
from pipeline.sources.record import Record, SourceFile
from pipeline.sources.report_metadata import Metadata
from pipeline.states import States
from pipeline.text import fold

_COLUMNS = (
    ("position", re.compile(r"\bposition\b|\bposicion\b|\bresponse\b")),
    ("sdgs", re.compile(r"^(?:relevant |related )?sdgs?\b|\bsustainable development\b|^(?:ods|odd)\b")),
    ("assessment", re.compile(r"assessment|level of implementation|evaluacion|evaluation")),
    ("themes", re.compile(r"themes?\b|temas?\b|groups of persons|rights")),
    ("text", re.compile(r"recommendation|recomendacion|recommandation")),
)
_SECTION = re.compile(r"^(?:Right or area|Themes?|Tema|Thème)\s*:\s*(.*)$", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"^\s*(?:[A-Z]\s?[-–]\s?)?(\d{1,3}\s?[.,]\s?\d{1,3}|\d{1,3})\s?[.)]?\s+")
_SOURCE = re.compile(
    r"\s*\b(?:Source of (?:the )?position|Fuente de la posición|Source de la position)\s*:?\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_REPORT = re.compile(r"A/HRC/\d+/\d+")
_BLOCK = re.compile(
    r"^\s*(SDGs?|ODS|ODD|Affected persons|Groups? of persons|Themes?|Personas afectadas)\s*:\s*(.*)$", re.IGNORECASE
)
_HEAD = re.compile(
    r"(?:UPR|EPU) (?:of|del?|de l[ae'])\s*(?P<state>.+?)\s*\(\s*(?P<cycle>\d)\s*\w*\s*cycle\s*"
    r"[–,-]?\s*(?P<session>\d{1,2})\s*\w*\s*session",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[\s•▪*–-]+(?=\S)")
_SCHEME = {"sdg": "sdg", "ods": "sdg", "odd": "sdg", "aff": "uhri-person", "gro": "uhri-person", "per": "uhri-person"}
_HEADER_ROWS = 5


@dataclass(slots=True)
class _Entry:
    """A recommendation gathered from all the rows it stands in."""

    row: int
    paragraph: str | None
    text: str
    source: str
    position: str
    tags: dict[tuple[str, str], None] = field(default_factory=dict)


class _List(NamedTuple):
    """A table of recommendations: its rows below the header, and our column -> place."""

    rows: list[tuple[str, ...]]
    columns: dict[str, int]


def is_matrix(document: Document) -> bool:
    """Return whether a table of the document has the headers of a thematic list."""
    return bool(_lists(document))


def read_matrix(document: Document, metadata: Metadata, states: States) -> SourceFile:
    """Return each recommendation once, with all its themes, groups and SDGs as `source_tags`.

    `document_symbol` is the report's: that of "Source of position" without its addendum.
    """
    lists = _lists(document)
    if not lists:
        return SourceFile("ohchr_matrix", iter(()), notes=["no table of recommendations found"])
    entries, notes = _entries(lists)
    head = _HEAD.search(
        re.sub(r"\s+", " ", " ".join((*document.margins, *(line.text for line in document.lines[:10]))))
    )
    session = int(head["session"]) if head else metadata.session
    state = head["state"].strip() if head else metadata.state_raw
    symbols = [match[0] for entry in entries if (match := _REPORT.search(entry.source))]
    symbol = max(set(symbols), key=symbols.count) if symbols else metadata.parent_symbol
    base = Record(source_row=1, document_symbol=symbol, session=session, state_raw=state)
    rows = sum(any(row) for one in lists for row in one.rows)
    notes.append(f"{rows} rows, {len(entries)} recommendations: the same one under several themes is read once")
    return SourceFile("ohchr_matrix", _records(entries, base, states), notes=notes)


def _lists(document: Document) -> list[_List]:
    """Return the tables with recommendations and positions in their header; lists of some themes only have several."""
    found = []
    for table in document.tables:
        for at, row in enumerate(table[:_HEADER_ROWS]):
            columns: dict[str, int] = {}
            for column, cell in enumerate(row):
                name = next((name for name, pattern in _COLUMNS if pattern.search(fold(cell))), None)
                if name and name not in columns and len(cell) < 120:
                    columns[name] = column
            if {"text", "position"} <= set(columns):
                header = [fold(cell) for cell in row]
                # A header is set again on each page, and above each theme.
                rows = [one if [fold(cell) for cell in one] != header else () for one in table[at + 1 :]]
                found.append(_List(rows, columns))
                break
    return found


def _entries(lists: list[_List]) -> tuple[list[_Entry], list[str]]:
    """Return the recommendations in order of their first row, and notes on rows that disagree."""
    entries: dict[str, _Entry] = {}
    notes: list[str] = []
    theme = ""
    for at, (row, columns) in enumerate(((row, one.columns) for one in lists for row in one.rows), start=1):
        filled = [cell for cell in row if cell.strip()]
        if filled and (section := _SECTION.match(filled[0])) and len(set(filled)) == 1:
            theme = _label(section[1])
            continue
        text = row[columns["text"]] if columns["text"] < len(row) else ""
        if not text.strip() or len(row) <= columns["position"]:
            continue
        entry = _entry(at, text, row[columns["position"]])
        known = entries.setdefault(entry.paragraph or fold(entry.text), entry)
        if known.position != entry.position:
            notes.append(f"row {at}: {entry.paragraph} is {entry.position} here and {known.position} above")
        if theme:
            known.tags[("uhri-theme", theme)] = None
        for name in ("themes", "sdgs"):
            if name in columns and columns[name] < len(row):
                known.tags.update(dict.fromkeys(_tags(row[columns[name]], "uhri-theme" if name == "themes" else "sdg")))
    return list(entries.values()), notes


def _entry(row: int, cell: str, position: str) -> _Entry:
    """Return what the first two cells of a row say."""
    source = _SOURCE.search(cell)
    text = re.sub(r"\s+", " ", cell[: source.start()] if source else cell).strip()
    number = _NUMBER.match(text)
    paragraph = re.sub(r"\s", "", number[1]).replace(",", ".") if number else None
    quote = re.sub(r"\s+", " ", source[1]).strip() if source else ""
    return _Entry(
        row, paragraph, text[number.end() :] if number else text, quote, re.sub(r"\s+", " ", position).strip()
    )


def _tags(cell: str, scheme: str) -> Iterator[tuple[str, str]]:
    """Yield the labels of a cell; "SDGs:" and "Affected persons:" open blocks of their own within it."""
    for line in cell.split("\n"):
        block = _BLOCK.match(line)
        if block:
            scheme = _SCHEME.get(block[1][:3].lower(), "uhri-theme")
        if label := _label(block[2] if block else line):
            yield scheme, label


def _label(line: str) -> str:
    """Return a label without its bullet."""
    return re.sub(r"\s+", " ", _BULLET.sub("", line)).strip()


def _records(entries: list[_Entry], base: Record, states: States) -> Iterator[Record]:
    """Yield a record for each attributed clause."""
    for entry in entries:
        position = position_of(entry.position)
        quote = f"{entry.position} ({entry.source})" if entry.source else entry.position
        record = replace(
            base,
            source_row=entry.row,
            paragraph=entry.paragraph,
            text_original=entry.text,
            position=position,
            position_source="matrix" if position else None,
            position_quote=quote if position else None,
            source_tags=tuple(entry.tags),
        )
        for clause, found in enumerate(split_clauses(entry.text, states, ends_in_states=True), start=1):
            yield replace(record, clause=clause, text=found.text, recommending_raw=found.recommending_raw)
