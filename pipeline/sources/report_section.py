"""The recommendations section of a Working Group report, as numbered paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.sources.lines import Line, join_lines, words_of

_HEADING = re.compile(
    r"^\W*(?:(?:[IVX]+|\d)\s*[.)]?\s*)?(?:"
    r"conclusions?\s*,?\s*(?:and\s*/?\s*or|and)\s*recommendations?|"
    r"conclusiones\s*(?:y\s*/?\s*o|y)\s*recomendaciones|"
    r"conclusions?\s*(?:et\s*/?\s*ou|et)\s*recommandations?)\W*$",
    re.IGNORECASE,
)
_PLEDGES = re.compile(
    r"^\W*(?:[IVX]+|\d)\s*[.)]?\s*(?:voluntary|compromisos|promesas|engagements|contributions volontaires).*$",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"^\W*(?:annex(?:e|es)?|anexos?)\s*(?:[IVX\d]+)?\W*$", re.IGNORECASE)
_DOTTED = re.compile(
    r"^(?:[A-Z]\s?[-–.]\s?)?(?P<top>\d{1,3})\s?[.,]\s?(?P<item>\d{1,3})\s?[.)]?(?=\s|[^\W\d]|[(“\"'«]|$)"
)
_BARE = re.compile(r"^(?P<number>\d{1,3})\s+(?=[A-ZÀ-Ý])")
_SINGLE = re.compile(r"^(?P<number>\d{1,3})\s?[.)](?=\s|[^\W\d]|[(“\"'«]|$)\s*")
_ENDED = re.compile(r"[.;:)\]”\"*,]\s*(?:and|y|et)?\s*$|\d$")
_SENTENCE = re.compile(
    r"^(?:the (?:above|following|recommendations?)|all (?:of )?(?:the|these)|these recommendations|recommendations?|"
    r"the (?:government|delegation|response)|las recomendaciones|les recommandations)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:all (?:the )?conclusions|todas las conclusiones|toutes les conclusions|l.ensemble des)", re.IGNORECASE
)
_OF_LISTS = re.compile(r"\b(?:recommendations?|conclusions|recomendaciones|recommandations)\b", re.IGNORECASE)

Kind = Literal["chapeau", "item", "text", "pledge"]


@dataclass(slots=True)
class Paragraph:
    """One paragraph of the section: a chapeau, an item of its list, unnumbered text or a pledge."""

    kind: Kind
    number: str
    page: int
    lines: list[str] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class _Cursor:
    """Where the reading stands: the last chapeau, the last item below it and the margins of both."""

    top: int = 0
    item: int = 0
    dotted: bool = False
    top_level: float | None = None
    item_level: float | None = None


def section_of(lines: Sequence[Line]) -> range | None:
    """Return the places of the lines from below the section's heading to the annex; None if there is no section."""
    starts = [at for at, line in enumerate(lines) if _HEADING.match(line.text)]
    if not starts:
        return None
    start = next((at for at in reversed(starts) if _begins_list(lines[at + 1 : at + 40])), starts[-1])
    ends = [at for at in range(start + 1, len(lines)) if _ANNEX.match(lines[at].text)]
    return range(start + 1, ends[0] if ends else len(lines))


def _begins_list(lines: Sequence[Line]) -> bool:
    """Return whether the lines after a heading are text with a numbered paragraph, not a table of contents."""
    return any(_SINGLE.match(line.text) or _DOTTED.match(line.text) for line in lines[:12])


def paragraphs_of(lines: Sequence[Line], section: range) -> list[Paragraph]:
    """Return the paragraphs of the section of a document in order, their lines joined; headings are left out."""
    found = list(_split(lines[section.start : section.stop]))
    words = words_of(lines)
    for paragraph in found:
        paragraph.text = join_lines(paragraph.lines, words)
    return [paragraph for paragraph in found if paragraph.text]


def _split(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs with their lines."""
    cursor = _Cursor()
    current: Paragraph | None = None
    pledges = False
    before = ""
    for line in lines:
        if _PLEDGES.match(line.text) and len(line.text) < 90:
            pledges, before = True, ""
            continue
        opened = _open(line, cursor, before, pledges)
        if opened is None and current is None:
            opened = Paragraph("text", "", line.page, [line.text])
        if opened is not None:
            if current is not None:
                yield current
            current = opened
        elif current is not None:
            current.lines.append(line.text)
        before = line.text
    if current is not None:
        yield current


def _open(line: Line, cursor: _Cursor, before: str, pledges: bool) -> Paragraph | None:
    """Return the paragraph that the line opens, or None if it goes on with the one before."""
    if match := _DOTTED.match(line.text):
        top, item = int(match["top"]), int(match["item"])
        starts = line.opens or not before or _ENDED.search(before) is not None
        if starts and _is_misprint(top, item, cursor):
            top = cursor.top
        if starts and match["item"].startswith("0") and top == cursor.top:
            item = cursor.item + 1
        if starts and _fits_dotted(top, item, cursor):
            _enter(cursor, top, item, line.level, dotted=True)
            return Paragraph("item", f"{top}.{item}", line.page, [line.text[match.end() :]])
    bare = _BARE.match(line.text) if _ENDED.search(before) and not cursor.dotted else None
    if bare and int(bare["number"]) == cursor.item + 1 > 1:
        return _open_single(line, cursor.item + 1, line.text[bare.end() :], cursor, pledges)
    if (match := _SINGLE.match(line.text)) and (line.opens or not before or _ENDED.search(before)):
        return _open_single(line, int(match["number"]), line.text[match.end() :], cursor, pledges)
    if _SENTENCE.match(line.text) and _ENDED.search(before) and (line.opens or "above" in line.text):
        return Paragraph("text", str(cursor.top or ""), line.page, [line.text])
    return None


def _is_misprint(top: int, item: int, cursor: _Cursor) -> bool:
    """Return whether the number goes on with the list but for its head: "84.93" between 82.92 and 82.94."""
    return cursor.dotted and top != cursor.top and item == cursor.item + 1 > 3


def _fits_dotted(top: int, item: int, cursor: _Cursor) -> bool:
    """Return whether "top.item" goes on with the list: a gap of some numbers is allowed and reported elsewhere."""
    if top == cursor.top:
        return 0 < item <= cursor.item + 25
    return item <= 3 and (cursor.top <= top <= cursor.top + 3 or cursor.top == 0)


def _open_single(line: Line, number: int, rest: str, cursor: _Cursor, pledges: bool) -> Paragraph | None:
    """Return the chapeau or the item "number." opens, or None if the number fits neither sequence."""
    as_top = cursor.top == 0 or cursor.top < number <= cursor.top + 3 or _CLOSING.match(rest) is not None
    as_item = not cursor.dotted and cursor.top > 0 and (number == 1 or cursor.item < number <= cursor.item + 3)
    if as_top and as_item:
        next_item, next_top = number == cursor.item + 1, number == cursor.top + 1
        as_top = next_top if next_item != next_top else not _nearer_item(line, rest, cursor)
    if as_top:
        cursor.top, cursor.item, cursor.dotted, cursor.top_level = number, 0, False, line.level
        return Paragraph("pledge" if pledges else "chapeau", str(number), line.page, [rest])
    if as_item:
        _enter(cursor, cursor.top, number, line.level, dotted=False)
        return Paragraph("pledge" if pledges else "item", f"{cursor.top}.{number}", line.page, [rest])
    return None


def _enter(cursor: _Cursor, top: int, item: int, level: float | None, *, dotted: bool) -> None:
    """Move the cursor to an item; a number that goes back within its list is a misprint and moves nothing back."""
    back = dotted and top == cursor.top and item < cursor.item
    cursor.item = cursor.item + 1 if back else item
    cursor.top, cursor.item_level, cursor.dotted = top, level, dotted


def _nearer_item(line: Line, rest: str, cursor: _Cursor) -> bool:
    """Return whether a line stands at the margin of the items; where margins are unknown, reads like one."""
    if line.level is None or cursor.top_level is None or cursor.item_level is None:
        return _OF_LISTS.search(rest) is None
    return abs(line.level - cursor.item_level) < abs(line.level - cursor.top_level)
