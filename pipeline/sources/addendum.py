"""An addendum: the positions the State under review gives after the review, by recommendation number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.sources.addendum_statements import (
    LEAD,
    Statement,
    counts_itself,
    heads_of,
    is_unfinished,
    stated_about,
    statements_of,
    together,
)
from pipeline.sources.lines import Document, Line, join_lines, words_of
from pipeline.sources.record import Record, SourceFile
from pipeline.sources.report_metadata import Metadata
from pipeline.sources.report_positions import Stated, stated_in

_HOME = re.compile(
    r"\blist(?:ed)?\s+in\s+paragraph\s+(\d{1,3})\b|\bparagraph\s+(\d{1,3})\s+of\s+the\s+report\b", re.IGNORECASE
)
_HEADING = re.compile(r"\brecommendations?\b|\brecomendaciones\b|\brecommandations\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}\.\d{1,3}(?![\d.]*\d)")
_OWN = re.compile(r"^(\d{1,3})\.\s+(?=\D)")
_GOES_ON = re.compile(r"\b(?:and|to|y|et|Nos?\.?|paragraphs?|recommendations?|recs?\.?)$", re.IGNORECASE)
_LONGEST_HEADING = 160


@dataclass(slots=True)
class _Block:
    """A paragraph of the addendum, with the lines it was set in."""

    lines: list[str] = field(default_factory=list)
    text: str = ""


def read_addendum(document: Document, metadata: Metadata) -> SourceFile:
    """Return a record for each recommendation the addendum gives a position on: paragraph and position, no text.

    `document_symbol` is that of the report it belongs to, `position_quote` begins with the addendum's own symbol
    and paragraph. Paragraph "*" stands for all recommendations not mentioned. A number without its prefix ("5"
    for 111.5) comes as written if the addendum does not tell the paragraph of the list.
    """
    found = _positions(_blocks(document), " ".join(document.margins))
    notes = [] if found else [f"{metadata.symbol or 'the addendum'}: no position on any recommendation found"]
    return SourceFile("addendum", _records(found, metadata), notes=notes)


def _blocks(document: Document) -> list[_Block]:
    """Return the paragraphs of an addendum: a new one at each wider gap and at each number that leads a line.

    The first page of a PDF is a cover, unless a recommendation is named there.
    """
    words = words_of(document.lines)
    blocks: list[_Block] = []
    cover = not any(line.page == 1 and _NUMBER.search(line.text) for line in document.lines)
    for line in (line for line in document.lines if line.page != 1 or not cover):
        if line.opens or not blocks or _leads(line, blocks[-1]):
            blocks.append(_Block())
        blocks[-1].lines.append(line.text)
    for block in blocks:
        block.text = join_lines(block.lines, words)
    return blocks


def _leads(line: Line, block: _Block) -> bool:
    """Return whether a line begins with the number of a recommendation, not with one of a list that goes on."""
    match, before = LEAD.match(line.text), block.lines[-1].rstrip()
    if match is None or is_unfinished(before) or before.endswith((",", ";", "-", "–", "(")) or _GOES_ON.search(before):
        return False
    return (
        bool(match["word"] and line.text[0].isupper())
        or re.match(r"\d{1,3}\.(?:\d{1,3}\b|\s|,)", line.text) is not None
    )


@dataclass(slots=True)
class _Found:
    """What was found so far: number -> position and the addendum's paragraph; numbers of which it said so."""

    prefix: str
    positions: dict[str, tuple[Stated | None, str]] = field(default_factory=dict)
    explicit: set[str] = field(default_factory=set)
    last: tuple[str, ...] = ()

    def add(self, statement: Statement, place: str) -> None:
        """Enter a statement: one on the recommendation itself beats that of a heading."""
        names = tuple(n if "." in n or n == "*" else self.prefix + n for n in statement.numbers)
        for name in names:
            if statement.explicit or name not in self.explicit:
                kept = self.positions.get(name, (None, place))
                self.positions[name] = (statement.stated, place) if statement.stated else kept
        self.explicit |= set(names) if statement.explicit else set()
        self.last = names

    def go_on(self, text: str) -> None:
        """Enter a further paragraph on the last recommendation: "However, it cannot accept ..."."""
        stated = stated_about(text, ())
        for name in self.last if stated else ():
            before, place = self.positions[name]
            if stated and name in self.explicit and before and before.position != stated.position:
                self.positions[name] = (together([before, stated]), place)


def _positions(blocks: Sequence[_Block], footnotes: str) -> dict[str, tuple[Stated | None, str]]:
    """Return number -> position and the addendum's paragraph it stands in."""
    texts = [block.text for block in blocks]
    home = next((match for match in map(_HOME.search, (*texts, footnotes)) if match), None)
    heads = heads_of(texts)
    counted = counts_itself(texts, heads)
    found = _Found(f"{home[1] or home[2]}." if home else "")
    heading: Stated | None = None
    place = ""
    for block in blocks:
        own = _OWN.match(block.text) if counted else None
        place = own[1] if own else place
        statements = list(statements_of(block.text, block.lines, heading, counted, heads))
        for statement in statements:
            found.add(statement, place)
        if not statements and _is_heading(block):
            heading = stated_in(block.text) or (heading if not _HEADING.search(block.text) else None)
            found.last = ()
        elif not statements:
            found.go_on(block.text)
    return found.positions


def _is_heading(block: _Block) -> bool:
    """Return whether a paragraph is a heading (short, no sentence) or a sentence that opens a list."""
    return (
        len(block.text) < _LONGEST_HEADING and not block.text.rstrip().endswith(".")
    ) or block.text.rstrip().endswith((":", "below.", "following:"))


def _records(found: dict[str, tuple[Stated | None, str]], metadata: Metadata) -> Iterator[Record]:
    """Yield the records in the order of the addendum."""
    for row, (number, (stated, place)) in enumerate(found.items(), start=1):
        source = f"{metadata.symbol or 'addendum'}{f', para. {place}' if place else ''}"
        yield Record(
            source_row=row,
            document_symbol=metadata.parent_symbol,
            paragraph=number,
            session=metadata.session,
            date=metadata.date,
            state_raw=metadata.state_raw,
            position=stated.position if stated else None,
            position_source="addendum" if stated else None,
            position_quote=f"{source}: {stated.quote}" if stated else None,
            skip_reason=None if stated else "the addendum comments on it and states no position",
        )
