"""A Working Group report: its recommendations with their States, positions and where those were stated."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.sources.clauses import split_clauses
from pipeline.sources.lines import Document
from pipeline.sources.record import Record, SourceFile
from pipeline.sources.report_metadata import Metadata
from pipeline.sources.report_positions import Stated, cited_numbers, stated_in
from pipeline.sources.report_references import Referenced, dialogue_of, referenced
from pipeline.sources.report_section import Paragraph, paragraphs_of, section_of
from pipeline.states import States

_DISCLAIMER = re.compile(
    r"^(?:all (?:the )?conclusions|todas las conclusiones|toutes les conclusions|l.ensemble des conclusions)",
    re.IGNORECASE,
)
_COMMITMENT = re.compile(
    r"\bvoluntary (?:commitments?|pledges?)\b|\bcompromisos voluntarios\b|\bengagements volontaires\b", re.IGNORECASE
)
_LETTERED = re.compile(r"\s*(?:\([a-z]{1,3}\)|[•▪])\s+")
_IS_COMMENT = "a comment of the State under review, no recommendation"
_COMMENT = re.compile(
    r"^(?:regarding|concerning|with regard to|as regards|on|en cuanto a|concernant) (?:the )?re?com+[ae]nda",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"^ (?:also )?(?:explain|indicat|stat|consider|believ|not|recall|clarif|point|reject|cannot|do|"
    r"is of the|did|express|wish)",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(r"\)\s*[;.]?\s*$")
_RECOMMENDATIONS = re.compile(r"\brecommendations?\b|\brecomendaciones\b|\brecommandations\b", re.IGNORECASE)


@dataclass(slots=True)
class _Row:
    """One paragraph on its way to records: `stated` and its source may still change."""

    paragraph: str
    text: str
    stated: Stated | None = None
    source: str | None = None
    is_pledge: bool = False
    given: Referenced | None = None
    skip_reason: str | None = None


@dataclass(slots=True)
class _Block:
    """A chapeau and what stands below it."""

    chapeau: Paragraph
    items: list[Paragraph] = field(default_factory=list)
    texts: list[Paragraph] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Report:
    """What the lists refer to."""

    dialogue: dict[str, str]
    states: States
    reviewed: str | None


def read_working_group_report(document: Document, metadata: Metadata, states: States) -> SourceFile:
    """Return the recommendations of the report, and the numbers missing from or twice in its lists."""
    section = section_of(document.lines)
    if section is None:
        note = f"{metadata.symbol or 'the document'} has no section of conclusions and recommendations: nothing to read"
        return SourceFile("working_group_report", iter(()), notes=[note])
    paragraphs = paragraphs_of(document.lines, section)
    before = document.lines[: section.start - 1]
    rows = _rows(_blocks(paragraphs), _Report(dialogue_of(before), states, metadata.state_raw))
    missing, twice = _irregular(paragraph.number for paragraph in paragraphs if paragraph.kind == "item")
    notes = [f"numbers missing: {', '.join(missing)}"] if missing else []
    notes += [f"numbers twice: {', '.join(twice)}"] if twice else []
    return SourceFile(
        "working_group_report", _records(rows, metadata, states), None, notes, len(missing), len(twice)
    )  # fmt: skip


def _blocks(paragraphs: Iterable[Paragraph]) -> list[_Block]:
    """Return the paragraphs grouped under their chapeaux; the first chapeau may be missing."""
    blocks: list[_Block] = []
    for paragraph in paragraphs:
        if paragraph.kind in ("chapeau", "pledge") or not blocks:
            is_item = paragraph.kind == "item"
            head = Paragraph("chapeau", paragraph.number.split(".")[0], paragraph.page) if is_item else paragraph
            blocks.append(_Block(head, [paragraph] if is_item else []))
        elif paragraph.kind == "item":
            blocks[-1].items.append(paragraph)
        else:
            blocks[-1].texts.append(paragraph)
    return blocks


def _rows(blocks: Sequence[_Block], report: _Report) -> list[_Row]:
    """Return the rows of all blocks, with the positions that chapeaux and later paragraphs state."""
    rows: list[_Row] = []
    for block in blocks:
        head = block.chapeau
        if head.kind == "pledge" or (_COMMITMENT.search(head.text) and not block.items):
            rows.extend(_Row(row.number, row.text, is_pledge=True) for row in (head, *block.items) if row.text)
        elif block.items:
            rows.extend(_referred(block.chapeau, report))
            rows.extend(_listed(block, report))
        elif not _DISCLAIMER.match(head.text):
            _alone(block, rows, report)
    return rows


def _listed(block: _Block, report: _Report) -> list[_Row]:
    """Return the items of a list with the position its chapeau, or the text below it, states.

    An item without recommending States in which the State under review explains itself is its comment.
    """
    stated = stated_in(block.chapeau.text)
    for text in block.texts:
        stated = stated or stated_in(text.text)
    source = "chapeau" if stated else None
    rows = [_Row(item.number, item.text, stated, source) for item in block.items]
    for row in rows:
        own = report.reviewed is not None and row.text.startswith(f"{report.reviewed} ")
        explains = own and _EXPLAINS.match(row.text[len(report.reviewed or "") :])
        if not _ATTRIBUTED.search(row.text) and (explains or _COMMENT.match(row.text)):
            row.skip_reason = _IS_COMMENT
    comments = [text for text in block.texts if stated_in(text.text) is None]
    return rows + [_Row(text.number, text.text, skip_reason=_IS_COMMENT) for text in comments]


def _referred(head: Paragraph, report: _Report) -> list[_Row]:
    """Return the recommendations of the dialogue that a paragraph refers to, with the position it states."""
    if not _RECOMMENDATIONS.search(head.text):
        return []
    found = referenced(head.text, report.dialogue, report.states, report.reviewed)
    stated = stated_in(head.text)
    return [_Row(ref.paragraph, ref.text, stated, "paragraph", given=ref) for ref in found]


def _alone(block: _Block, rows: list[_Row], report: _Report) -> None:
    """Apply a paragraph without a list: it cites numbers, refers to the dialogue, holds one recommendation or
    speaks of the list above it.
    """
    head = block.chapeau
    stated = stated_in(head.text)
    if numbers := _resolved(cited_numbers(head.text), rows):
        for row in rows:
            if stated and row.paragraph in numbers:
                row.stated, row.source = stated, "paragraph"
        return
    if found := _referred(head, report):
        rows.extend(found)
        return
    chapeau, colon, request = head.text.partition(":")
    if colon and split_clauses(request, report.states, ends_in_states=True)[0].recommending_raw:
        rows.append(_Row(head.number, request.strip(), stated_in(chapeau) or stated, "chapeau"))
        return
    open_rows = [row for row in rows if row.stated is None and not row.is_pledge and row.skip_reason is None]
    for row in open_rows if stated else ():
        row.stated, row.source = stated, "chapeau"
    if not (stated and open_rows):
        rows.append(_Row(head.number, head.text, skip_reason=_IS_COMMENT))


def _resolved(numbers: tuple[str, ...], rows: Sequence[_Row]) -> set[str]:
    """Return the cited numbers as paragraphs; a bare number is meant in the list just above."""
    last = next((row.paragraph.split(".")[0] for row in reversed(rows) if "." in row.paragraph), "")
    known = {row.paragraph for row in rows}
    items = {number: f"{last}.{number.split('.')[-1]}" for number in numbers}
    return {name if name in known else items[name] for name in items if name in known or items[name] in known}


def _records(rows: Sequence[_Row], metadata: Metadata, states: States) -> Iterator[Record]:
    """Yield the records: one for each attributed clause of a paragraph."""
    for number, row in enumerate(rows, start=1):
        record = Record(
            source_row=number,
            document_symbol=metadata.symbol,
            paragraph=row.paragraph or None,
            session=metadata.session,
            date=metadata.date,
            state_raw=metadata.state_raw,
            text_original=row.text,
            position=row.stated.position if row.stated else None,
            position_source=row.source if row.stated else None,
            position_quote=row.stated.quote if row.stated else None,
            is_pledge=row.is_pledge,
            is_provisional=metadata.is_draft,
            skip_reason=row.skip_reason,
        )
        yield from _clauses(row, record, states)


def _clauses(row: _Row, record: Record, states: States) -> Iterator[Record]:
    """Yield the clauses of one row."""
    if row.skip_reason or not row.text:
        reason = row.skip_reason or f"no text found for paragraph {row.paragraph}"
        yield replace(record, text=row.text or None, skip_reason=reason)
    elif row.given:
        yield replace(
            record, text=row.text, text_original=row.given.original, recommending_raw=row.given.recommending_raw
        )
    elif row.is_pledge:
        parts = [part for part in _LETTERED.split(row.text) if part.strip()]
        parts = parts[1:] if len(parts) > 2 and parts[0].rstrip().endswith(":") else parts
        for clause, part in enumerate(parts, start=1):
            yield replace(record, clause=clause, text=part.strip(" ;"))
    else:
        for clause, found in enumerate(split_clauses(row.text, states, ends_in_states=True), start=1):
            yield replace(record, clause=clause, text=found.text, recommending_raw=found.recommending_raw)


def _irregular(numbers: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the numbers missing from their lists and those that occur twice."""
    counts = Counter(numbers)
    lists: dict[str, list[int]] = {}
    for number in counts:
        head, _, item = number.partition(".")
        lists.setdefault(head, []).append(int(item))
    missing = [
        f"{head}.{item}" for head, items in lists.items() for item in range(1, max(items)) if item not in set(items)
    ]
    return missing, [number for number, count in counts.items() if count > 1]
