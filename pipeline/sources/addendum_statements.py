"""What the sentences of an addendum state: positions on recommendations, cited by number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.sources.positions import position_of
from pipeline.sources.report_positions import Stated, spelt_out, stated_in

_N = r"\d{1,3}(?:\.\d{1,3})?(?!\d|\.\d|\s*(?:per cent|%))"
_JOIN = r"(?:\s*\.?\s*(?:[-–—,;/&]|\band\b|\bto\b|\by\b|\bet\b|\ba\b|\bà\b)\s*)+"
_SERIES = rf"{_N}(?:{_JOIN}{_N})*"
_WORD = r"(?:Recs?\.?|Recommendations?|Recomendaci(?:ón|ones)|Recommandations?)"
_NO = r"(?:\s*(?:Nos?\.?|numbers?|numbered|n[úu]ms?\.?|n[°º]s?|#|:))?"
LEAD = re.compile(rf"^(?P<word>{_WORD}{_NO}\s*)?(?P<numbers>{_SERIES})\s*[.,;:)\]–-]*\s*(?P<rest>.*)$", re.IGNORECASE)
_UNFINISHED = re.compile(rf"^{_SERIES}\.?,\s+\D")
_CITED = re.compile(
    rf"\b{_WORD}{_NO}\s*(?:contained in |in )?(?:paragraphs? )?\(?(?P<numbers>{_SERIES})", re.IGNORECASE
)
_DOTTED = re.compile(rf"(?<![\w/.])(?P<numbers>\d{{1,3}}\.\d{{1,3}}(?![\d.])(?:{_JOIN}{_N})*)")
_SENTENCE = re.compile(r"(?<=[.;])(?<!\bNos\.)(?<!\bNo\.)(?<!\bRec\.)(?<!\bRecs\.)(?<!\bpara\.)\s+(?=[A-ZÀ-Ý“\"])")
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
_AFTER_STATES = re.compile(
    r"\)\s*[;.]?\s*((?:fully |partially |not )?(?:accept(?:s|ed)|support(?:s|ed)|noted|rejected|enjoys? support))\b",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"^(?:is|are|was|were|has|have|had|do|does|did|can|could|cannot|will|would|enjoys?|receives?)\b"
)
_OWN = re.compile(r"^(\d{1,3})\.\s+(?=\D)")
_FEW = 6  # words, up to which a line or sentence is a position and nothing else
_MANY = 10  # numbers cited in running text, from which "3." at the head of a paragraph counts the paragraphs


@dataclass(frozen=True, slots=True)
class Statement:
    """A position on some recommendations; `explicit` if said of them there, not by the heading above."""

    numbers: tuple[str, ...]
    stated: Stated | None
    explicit: bool


def heads_of(texts: Sequence[str]) -> frozenset[str]:
    """Return the paragraphs of the report whose lists are meant: the 122 of "122.5", not the 9 of "9.4 deaths"."""
    series = [match["numbers"] for text in texts for match in _CITED.finditer(text)]
    series += [match["numbers"] for text in texts if (match := LEAD.match(text))]
    return frozenset(head for numbers in series for head in re.findall(r"(\d+)\.\d", numbers))


def counts_itself(texts: Sequence[str], heads: frozenset[str]) -> bool:
    """Return whether "3." at the head of a paragraph counts the addendum's paragraphs, not recommendations."""
    cited = [number for text in texts for sentence in _sentences(text) for number in _cited(sentence, heads)]
    return bool(heads) or len(cited) > _MANY


def statements_of(
    paragraph: str,
    lines: Sequence[str],
    heading: Stated | None,
    counted: bool,
    heads: frozenset[str],
) -> Iterator[Statement]:
    """Yield what a paragraph states: on the numbers it begins with, and on those its sentences cite.

    Args:
        paragraph: its text.
        lines: the same as set, for a position that stands on a line of its own.
        heading: the position stated by the heading above, for lists without one.
        counted: whether the addendum counts its own paragraphs.
        heads: paragraphs of the report whose lists are cited.
    """
    text = _OWN.sub("", paragraph) if counted else paragraph
    lead = LEAD.match(text)
    if lead and (lead["word"] or not counted or "." in lead["numbers"]) and not _cited(lead["rest"], heads):
        stated = stated_about(lead["rest"], lines) or _predicate(lead["rest"], text)
        more = _more_numbers(lines) if not counted else []
        yield Statement((*spelt_out(lead["numbers"]), *more), stated or heading, stated is not None)
        return
    said: Stated | None = None
    for sentence in _sentences(text):
        said = stated_in(sentence) or said
        if (rest := _REST.search(sentence)) and (stated := stated_in(sentence[rest.start() :])):
            yield Statement(("*",), stated, True)
        elif numbers := _cited(sentence, heads):
            for part, names in _parts(sentence, heads):
                stated = stated_in(part) or stated_in(sentence)
                if stated:
                    yield Statement(names, Stated(stated.position, sentence), True)
                elif heading and len(numbers) > 1 and len(sentence) < 6 * len(numbers) + 40:
                    yield Statement(names, heading, False)


def is_unfinished(line: str) -> bool:
    """Return whether the numbers at the head of a line go on in the next one: "40., 41., 42., The State accepts"."""
    return _UNFINISHED.match(line) is not None


def _more_numbers(lines: Sequence[str]) -> list[str]:
    """Return the numbers at the head of further lines, while the line before leaves its own unfinished."""
    found: list[str] = []
    for line, following in pairwise(lines):
        lead = LEAD.match(following)
        if lead is None or not is_unfinished(line):
            break
        found.extend(spelt_out(lead["numbers"]))
    return found


def stated_about(rest: str, lines: Sequence[str]) -> Stated | None:
    """Return the position that a row or paragraph on a recommendation states.

    A line of its own ("Accepted") decides; else the sentences about the recommendation, in part supported and in
    part not making partial support; else the word after the recommending States.
    """
    leads = [(LEAD.match(line), line) for line in lines if len(line.split()) <= _FEW]
    alone = [lead["rest"] if lead else line for lead, line in leads]
    for wording in (*alone, rest if len(rest.split()) <= _FEW else ""):
        if wording[:1].isupper() and (found := _stated(wording)):
            return found
    about = [sentence for sentence in _sentences(rest) if _ABOUT.search(sentence)]
    stated = [found for found in map(_stated, about) if found and found.position != "pending"]
    if stated:
        return together(stated)
    if (after := _AFTER_STATES.search(rest)) and (position := position_of(after[1])):
        return Stated(position, after[1])
    return None


def _predicate(rest: str, text: str) -> Stated | None:
    """Return the position of a sentence whose subject is the numbers: "Recommendations 5.1 and 5.2 are noted"."""
    stated = stated_in(_sentences(rest)[0]) if _PREDICATE.match(rest) else None
    return Stated(stated.position, _sentences(text)[0]) if stated else None


def _stated(sentence: str) -> Stated | None:
    """Return the position of a sentence, or of the word that stands for one: "Accepted."."""
    if stated := stated_in(sentence):
        return stated
    position = position_of(sentence) if len(sentence.split()) <= _FEW else None
    return Stated(position, sentence) if position else None


def together(stated: Sequence[Stated]) -> Stated:
    """Return the one position of several sentences on one recommendation: supported and noted is partial support."""
    if {found.position for found in stated} >= {"supported", "noted"}:
        return Stated("partially_supported", " ".join(found.quote for found in stated))
    return stated[0]


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
