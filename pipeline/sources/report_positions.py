"""Positions that a Working Group report states: from the words of a chapeau, or by citing numbers."""

import re
from dataclasses import dataclass

from pipeline.text import straighten

_PARTIAL = re.compile(
    r"\bpartial(?:ly)?\b|\bin part\b|\bpartly\b|\bparcialmente\b|\ben parte\b|\bpartiellement\b|\ben partie\b", re.IGNORECASE
)
_NOT_SUPPORTED = re.compile(
    r"\b(?:do|does|did|could|can|would|will|has|have|had)\s*(?:not|n't)\s+(?:\w+\s+){0,2}?(?:enjoy\w*|support\w*|accept\w*|"
    r"recei\w+|meet|be (?:accepted|supported))|\bcannot\s+(?:be\s+)?(?:accept\w*|support\w*|enjoy)|\bnot enjoy|"
    r"\b(?:unable|not in a position|not able) to (?:accept|support)|\breject(?:s|ed)?\b|\brefus(?:ed|es)\b|"
    r"\bno (?:dio|dieron|da|ha dado|han dado|presta|goza\w*|cuenta\w*|recib\w+|apoy\w+|acept\w+|pued\w+ (?:apoyar|aceptar))|"
    r"\bno (?:gozan|cuentan|han recibido|obtuvieron|recibieron)\b|\brechaz\w+|"
    r"\bn(?:e|'ont|'a|'y)\s*(?:\w+\s+){0,3}?(?:pas|point)\b|\brejet\w+",
    re.IGNORECASE,
)
_PENDING = re.compile(
    r"\b(?:will|to) be (?:\w+ )?(?:examined|considered|studied|reviewed)\b|\bwill (?:\w+ )?(?:provide|respond|examine|consider)\b|"
    r"\bresponses?\b.{0,160}?\bwill be (?:\w+ )?(?:included|provided|given|communicated|submitted)\b|"
    r"\bresponses? to the following recommendations will\b|\bpending\b|\bserán? (?:examinad|estudiad)\w+|\bexaminará\w*|"
    r"\bse examinar[áa]n|\bproporcionará\w*|\bresponderá|\brespuesta\w* .{0,120}?se incluir[áa]n?|"
    r"\b(?:seront?|va|vont) (?:être )?(?:examiné\w*|étudié\w*)|\bexaminera\b|\brépondra\b|\bréponses? .{0,160}?(?:sera|seront)\b",
    re.IGNORECASE,
)
_NOTED_IN = re.compile(
    r"\bnoted in (?:the|this|present|following|paragraphs?)\b|\b(?:mencionadas|señaladas|consignadas) en\b", re.IGNORECASE
)
_NOTED = re.compile(
    r"\b(?:be|been|are|is|were|was|thus|and|has|have) (?:\w+ )?noted\b|\bnoted by\b|\bnotes (?:the|these|that|those)\b|"
    r"\bnoted the (?:following|recommendations?)\b|\btakes? note\b|\btook note\b|\btom\w+ nota\b|\bpr(?:is|end|end acte)\w* note\b|"
    r"\bpris acte\b|\bprend acte\b|^noted\b",
    re.IGNORECASE,
)
_SUPPORTED = re.compile(
    r"\benjoy\w*\b.{0,60}?\bsupport\b|\benjoy\w* (?:the )?support\b|\baccepts?\b|\b(?:is|are|were|was|been|be) (?:\w+ )?accepted\b|"
    r"\baccepted (?:by|the following|recommendations?)\b|\bagree[sd]? to (?:follow|implement)\b|\bsupports\b|\bsupported (?:by|the)\b|"
    r"\b(?:is|are|were|was|been|be) (?:\w+ )?supported\b|\b(?:receive|has the support)\w*\b.{0,40}\bsupport\b|"
    r"\b(?:dio|dieron|da|prest\w+) su apoyo\b|\b(?:goza\w*|cuenta\w*|recib\w+|obtuv\w+) (?:con )?(?:d?el )?apoyo\b|"
    r"\bapoya\b|\bacept[aóo]\w*\b|\b(?:recueill\w+|reçu|bénéfici\w+|emport\w+|ont) .{0,40}?\b(?:appui|adhésion|agrément|soutien)\b|"
    r"\baccepte\b|\bappuie\b|\bsouscrit\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^(?:all (?:the )?conclusions|todas las conclusiones|toutes les conclusions)", re.IGNORECASE)
_CITED = re.compile(r"\b(?:Nos?\.?|n[úu]ms?\.?|n[°º]s?|numbers?|recommendations?|recomendaciones|recommandations)\s*(?=\d)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})?(?:\s*[-–]\s*\d{1,3}(?:\.\d{1,3})?)?(?:\s*(?:,|;|and|y|et|&)\s*)*)+")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(?:\s*[-–]\s*(\d{1,3}(?:\.\d{1,3})?))?")
_LIST = re.compile(r"\b(?:paragraphs?|párrafos?|paragraphes?)\s+(\d{1,3})\b", re.IGNORECASE)
_LONGEST_RANGE = 400


@dataclass(frozen=True, slots=True)
class Stated:
    """A position and the words that state it."""

    position: str
    quote: str


def stated_in(text: str) -> Stated | None:
    """Return the position a chapeau states, None where it states none: never a guess.

    What is asked in this order decides: partial, not supported, to be examined, noted, supported; so "did not
    enjoy the support" is found before "enjoy the support", and "notes ... and will respond" is pending.
    """
    plain = _NOTED_IN.sub(" ", straighten(text))
    if _NOTHING.match(plain):
        return None
    for position, pattern in (
        ("partially_supported", _PARTIAL),
        ("noted", _NOT_SUPPORTED),
        ("pending", _PENDING),
        ("noted", _NOTED),
        ("supported", _SUPPORTED),
    ):
        if pattern.search(plain):
            return Stated(position, text)
    return None


def cited_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of recommendations that a paragraph cites: "Nos. 1, 2 and 5-7", "79.1 and 79.2".

    With "in paragraph 98 above" the numbers below 98 are meant: they come back as "98.1". Ranges are spelt out.
    """
    match = _CITED.search(text)
    numbers = _NUMBERS.match(text, match.end()) if match else None
    if numbers is None:
        return ()
    home = _LIST.search(text, numbers.end())
    prefix = f"{home[1]}." if home else ""
    return tuple(number if "." in number else prefix + number for number in spelt_out(numbers[0]))


def spelt_out(numbers: str) -> list[str]:
    """Return every number of a list with ranges and inherited prefixes: "50.5-50.8, 50.23, 25" and "50.5-8" too."""
    found: list[str] = []
    prefix = ""
    for match in _NUMBER.finditer(numbers):
        first, last = match[1], match[2]
        if "." in first:
            prefix = first.split(".")[0] + "."
            low = int(first.split(".")[1])
        else:
            low = int(first)
        high = int(last.split(".")[-1]) if last else low
        if not low <= high <= low + _LONGEST_RANGE:
            high = low
        found.extend(f"{prefix}{number}" for number in range(low, high + 1))
    return found
