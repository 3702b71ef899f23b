"""The paragraph of a document in one text: its number, its heading, and who made which of its clauses."""

import html
import re

from pipeline.sources.clauses import Clause, split_clauses
from pipeline.sources.tally import Tally
from pipeline.sources.values import rejoined
from pipeline.states import States
from pipeline.text import clean, fold

_BLOCK = re.compile(r"<\s*(?:/?(?:p|div|li|ul|ol|h[1-6]|tr)|br)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_OPENING = r"(?=[^\W\d_]|[(\[“\"'«¿‘])"
_NOT_PROSE = r"(?!\s*(?:per cent|percent|%|million|billion|thousand|years?|days?|hours?|months?)\b)"
_DOTTED = re.compile(rf"^\s*(\d{{1,3}}\.\d{{1,3}})\s*[.):]?(?!\d|\.\d)\s*{_NOT_PROSE}{_OPENING}")
_SINGLE = re.compile(rf"^\s*(\d{{1,3}})\s*[.)]\s*(?!\d){_OPENING}")
_LINE_START = re.compile(rf"\n\s*(\d{{1,3}}(?:\.\d{{1,3}})?)\s*[.)]?\s*(?!\d){_OPENING}")
_INLINE = re.compile(r"(?<=\s)(\d{1,3})\.\s*(?=[^\W\d_a-zà-ÿ]|[(\[“\"«¿])")
_LONGEST_HEADING = 220
_OUTLINE = re.compile(r"^\s*(?:[A-Z]|[IVX]{1,5}|\d{1,2})\s*[.)]\s*")
_SENTENCE = re.compile(
    r"[.;:?!]\s|\b(?:committee|comité|recommends?|recommande|recomienda|should|urges|welcomes|calls)\b", re.IGNORECASE
)
_REFERS = re.compile(
    r"\b(?:art(?:icle|iculo|ículo)?s?|para(?:graph|grafo|graphe|s)?s?|párr(?:afo)?s?|rule|nos?|comment|observation|resolution|target|"
    r"goal|part|protocol|section|convention|chapter|and|to|of|y|et|de)\.?\s*$",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return a text without HTML and entities; what HTML begins on a new line stays on one."""
    if "<" in text:
        text = _TAG.sub("", _BLOCK.sub("\n", text))
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return re.sub(r"[^\S\n]+", " ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def split_number(text: str) -> tuple[str | None, str]:
    """Return the paragraph number a plain text opens with, or None, and the text after number and heading.

    "137.197 Ratify ..." -> "137.197"; "Rural women 49. The Committee ..." -> "49". The number after a heading must
    begin a line, or follow words that are no sentence and do not refer to it ("in article 6. The ...").
    """
    if match := _DOTTED.match(text) or _SINGLE.match(text):
        return match[1], clean(text[match.end() :])
    head = text[: _LONGEST_HEADING + 10]
    for pattern in (_LINE_START, _INLINE):
        for match in pattern.finditer(head):
            heading = _OUTLINE.sub("", text[: match.start()])
            if len(heading) <= _LONGEST_HEADING and not _SENTENCE.search(heading) and not _REFERS.search(heading):
                return match[1], clean(text[match.end() :])
    return None, clean(text)


def upr_clauses(text: str, named: tuple[str, ...], states: States, tally: Tally, row: int) -> list[Clause]:
    """Return the clauses of a UPR paragraph without its number, each with the States that made it.

    `named` are the States of the source's own column. They stand for a single clause whose brackets agree or are
    absent; where the brackets name others, the brackets, being the document's words, stand and it is counted.
    """
    clauses = split_clauses(text, states)
    named = rejoined(list(named), states)
    if len(clauses) > 1 or not named:
        return clauses
    bracket = clauses[0].recommending_raw
    if _same(bracket, states) <= _same(named, states):
        return [Clause(clauses[0].text, named)]
    tally.add("the States in the text's brackets are not those of the column; the text's are kept", row)
    return clauses


def _same(names: tuple[str, ...], states: States) -> set[str]:
    """Return the States as codes, unknown names folded."""
    return {state.iso3 if (state := states.find(name)) else fold(name) for name in names}
