"""An addendum: the positions the State under review gives after the review, by recommendation number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.sources.lines import Document, Line, join_lines, words_of
from pipeline.sources.positions import position_of
from pipeline.sources.record import Record, SourceFile
from pipeline.sources.report_metadata import Metadata
from pipeline.sources.report_positions import Stated, spelt_out, stated_in

_N = r"\d{1,3}(?:\.\d{1,3})?(?!\d|\.\d|\s*(?:per cent|%))"
_JOIN = r"(?:\s*\.?\s*(?:[-–—,;/&]|\band\b|\bto\b|\by\b|\bet\b|\ba\b|\bà\b)\s*)+"
_SERIES = rf"{_N}(?:{_JOIN}{_N})*"
_WORD = r"(?:Recs?\.?|Recommendations?|Recomendaci(?:ón|ones)|Recommandations?)"
_NO = r"(?:\s*(?:Nos?\.?|numbers?|numbered|n[úu]ms?\.?|n[°º]s?|#|:))?"
_LEAD = re.compile(rf"^(?P<word>{_WORD}{_NO}\s*)?(?P<numbers>{_SERIES})\s*[.,;:)\]–-]*\s*(?P<rest>.*)$", re.IGNORECASE)
_CITED = re.compile(
    rf"\b{_WORD}{_NO}\s*(?:contained in |in )?(?:paragraphs? )?\(?(?P<numbers>{_SERIES})", re.IGNORECASE
)
_DOTTED = re.compile(rf"(?<![\w/.])(?P<numbers>\d{{1,3}}\.\d{{1,3}}(?![\d.])(?:{_JOIN}{_N})*)")
_SENTENCE = re.compile(r"(?<=[.;])(?<!\bNos\.)(?<!\bNo\.)(?<!\bRec\.)(?<!\bRecs\.)(?<!\bpara\.)\s+(?=[A-ZÀ-Ý“\"])")
_HOME = re.compile(
    r"\blist(?:ed)?\s+in\s+paragraph\s+(\d{1,3})\b|\bparagraph\s+(\d{1,3})\s+of\s+the\s+report\b", re.IGNORECASE
)
_REST = re.compile(
    r"\b(?:(?:all )?(?:the )?(?:remaining|other|rest of the)|las demás|las restantes|les autres|le reste des)\s+"
    r"(?:\w+\s+){0,2}?"
    r"(?:recommendations|recomendaciones|recommandations)\b(?!.*\bof which\b)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\brecommendations?\b|\brecomendaci|\brecommandation|^(?:fully |partially )?(?:accept|support|not|noted|reject)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\brecommendations?\b|\brecomendaciones\b|\brecommandations\b", re.IGNORECASE)
_OUTLINE = re.compile(r"^(?:[IVX]+|[A-Z]|\d{1,2})\s*[.)]\s+(?=[A-Z])")
_LONGEST_HEADING = 160
_OWN = re.compile(r"^(\d{1,3})\.\s+(?=\D)")
_GOES_ON = re.compile(r"\b(?:and|to|y|et|Nos?\.?|paragraphs?|recommendations?|recs?\.?)$", re.IGNORECASE)
_AFTER_STATES = re.compile(
    r"\)\s*[;.]?\s*((?:fully |partially |not )?(?:accepted|supported|noted|rejected|accepts?|supports?|enjoys? support))"
    r"\b",
    re.IGNORECASE,
)
_MANY = 10  # numbers cited in running text, from which "3." at the head of a paragraph counts the paragraphs


@dataclass(slots=True)
class _Block:
    """A paragraph of the addendum, with the lines it was set in."""

    lines: list[str] = field(default_factory=list)
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Statement:
    """A position on some recommendations; `explicit` if said of them there, not by the heading above."""

    numbers: tuple[str, ...]
    stated: Stated | None
    explicit: bool


def read_addendum(document: Document, metadata: Metadata) -> SourceFile:
    """Return a record for each recommendation the addendum gives a position on: paragraph and position, no text.

    `document_symbol` is that of the report it belongs to, `position_quote` begins with the addendum's own symbol
    and paragraph. Paragraph "*" stands for all recommendations not mentioned. A number without its prefix ("5"
    for 111.5) comes as written if the addendum does not tell the paragraph of the list.
    """
    found = _positions(_blocks(document))
    notes = [] if found else [f"{metadata.symbol or 'the addendum'}: no position on any recommendation found"]
    return SourceFile("addendum", _records(found, metadata), notes=notes)


def _blocks(document: Document) -> list[_Block]:
    """Return the paragraphs of an addendum: a new one at each wider gap and at each number that leads a line."""
    words = words_of(document.lines)
    blocks: list[_Block] = []
    for line in (line for line in document.lines if line.page != 1):
        if line.opens or not blocks or _leads(line, blocks[-1]):
            blocks.append(_Block())
        blocks[-1].lines.append(line.text)
    for block in blocks:
        block.text = join_lines(block.lines, words)
    return blocks


def _leads(line: Line, block: _Block) -> bool:
    """Return whether a line begins with the number of a recommendation, not with one of a list that goes on."""
    match, before = _LEAD.match(line.text), block.lines[-1].rstrip()
    if match is None or before.endswith((",", ";", "-", "–", "(")) or _GOES_ON.search(before):
        return False
    return (
        bool(match["word"] and line.text[0].isupper())
        or re.match(r"\d{1,3}\.(?:\d{1,3}\b|\s|,)", line.text) is not None
    )


def _positions(blocks: Sequence[_Block]) -> dict[str, tuple[Stated | None, str]]:
    """Return number -> position and the addendum's paragraph; said of the recommendation itself beats a heading."""
    home = next((match for match in (_HOME.search(block.text) for block in blocks) if match), None)
    prefix = f"{home[1] or home[2]}." if home else ""
    heads = _heads(blocks)
    counted = _counts_itself(blocks, heads)
    found: dict[str, tuple[Stated | None, str]] = {}
    explicit: set[str] = set()
    heading: Stated | None = None
    place = ""
    for block in blocks:
        own = _OWN.match(block.text) if counted else None
        place = own[1] if own else place
        statements = list(_statements(block, heading, counted, heads))
        if not statements and _is_heading(block):
            heading = stated_in(block.text) or (heading if not _HEADING.search(block.text) else None)
        for statement in statements:
            for number in statement.numbers:
                name = number if "." in number or number == "*" else prefix + number
                if statement.explicit or name not in explicit:
                    found[name] = (statement.stated, place) if statement.stated else found.get(name, (None, place))
                explicit |= {name} if statement.explicit else set()
    return found


def _heads(blocks: Sequence[_Block]) -> frozenset[str]:
    """Return the paragraphs of the report whose lists are meant: the 122 of "122.5", not the 9 of "9.4 deaths"."""
    series = [match["numbers"] for block in blocks for match in _CITED.finditer(block.text)]
    series += [match["numbers"] for block in blocks if (match := _LEAD.match(block.text))]
    return frozenset(head for numbers in series for head in re.findall(r"(\d+)\.\d", numbers))


def _counts_itself(blocks: Sequence[_Block], heads: frozenset[str]) -> bool:
    """Return whether "3." at the head of a paragraph counts the addendum's paragraphs, not recommendations."""
    cited = [number for block in blocks for sentence in _sentences(block.text) for number in _cited(sentence, heads)]
    dotted = sum(re.match(r"(?:\D{0,20})\d{1,3}\.\d", block.text) is not None for block in blocks)
    return dotted > 2 or len(cited) > _MANY


def _statements(block: _Block, heading: Stated | None, counted: bool, heads: frozenset[str]) -> Iterator[_Statement]:
    """Yield what a paragraph states: on the numbers it begins with, and on those its sentences cite."""
    text = _OWN.sub("", block.text) if counted else block.text
    lead = _LEAD.match(text)
    if lead and (lead["word"] or not counted or "." in lead["numbers"]) and not _cited(lead["rest"], heads):
        stated = _stated_of(lead["rest"], block.lines)
        yield _Statement(tuple(spelt_out(lead["numbers"])), stated or heading, stated is not None)
        return
    said: Stated | None = None
    for sentence in _sentences(text):
        said = stated_in(sentence) or said
        if (rest := _REST.search(sentence)) and (stated := stated_in(sentence[rest.start() :])):
            yield _Statement(("*",), stated, True)
        elif numbers := _cited(sentence, heads):
            for part, names in _parts(sentence, heads):
                stated = stated_in(part) or stated_in(sentence)
                if stated:
                    yield _Statement(names, Stated(stated.position, sentence), True)
                elif heading and len(numbers) > 1 and len(sentence) < 6 * len(numbers) + 40:
                    yield _Statement(names, heading, False)


def _stated_of(rest: str, lines: Sequence[str]) -> Stated | None:
    """Return the position that a row or paragraph on a recommendation states.

    A line of its own ("Accepted") decides; else the sentences about the recommendation, in part supported and in
    part not making partial support; else the word after the recommending States.
    """
    alone = [line for line in lines if len(line.split()) <= 6]
    for line in (*alone, rest if len(rest.split()) <= 6 else ""):
        wording = _LEAD.match(line)["rest"] if _LEAD.match(line) else line  # type: ignore[index]
        if (position := position_of(wording)) is not None:
            return Stated(position, wording)
    about = [sentence for sentence in _sentences(rest) if _ABOUT.search(sentence)]
    stated = [found for found in map(stated_in, about) if found and found.position != "pending"]
    if {found.position for found in stated} >= {"supported", "noted"}:
        return Stated("partially_supported", " ".join(found.quote for found in stated))
    if stated:
        return stated[0]
    if (after := _AFTER_STATES.search(rest)) and (position := position_of(after[1])):
        return Stated(position, after[1])
    return None


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text; abbreviations before numbers do not end one."""
    return _SENTENCE.split(text)


def _cited(text: str, heads: frozenset[str]) -> list[str]:
    """Return all numbers of recommendations a text cites, ranges spelt out."""
    return [number for _, names in _parts(text, heads) for number in names]


def _parts(text: str, heads: frozenset[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the text up to each series of numbers, from the series before, with its numbers."""
    parts, end = [], 0
    matches = sorted(
        (*_CITED.finditer(text), *_DOTTED.finditer(text)), key=lambda match: (match.start("numbers"), -match.end())
    )
    for match in matches:
        head, dot, _ = match["numbers"].partition(".")
        if match.start("numbers") >= end and (match.re is _CITED or not dot or head in heads):
            parts.append(
                (text[end : match.start("numbers")], tuple(spelt_out(re.sub(r"\s*\.\s*", ".", match["numbers"]))))
            )
            end = match.end("numbers")
    return parts


def _is_heading(block: _Block) -> bool:
    """Return whether a paragraph is a heading, or a sentence that opens a list."""
    return len(block.text) < _LONGEST_HEADING or block.text.rstrip().endswith((":", "below.", "following:"))


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
