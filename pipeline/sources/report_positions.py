"""Positions that a Working Group report states: from the words of a chapeau, or by citing numbers."""

import re
from dataclasses import dataclass

from pipeline.text import straighten


def _any(*patterns: str) -> re.Pattern[str]:
    """Return a pattern for any of several wordings."""
    return re.compile("|".join(patterns), re.IGNORECASE)


_PARTIAL = _any(
    r"\bpartial(?:ly)?\b", r"\bin part\b", r"\bpartly\b",
    r"\bparcialmente\b", r"\ben parte\b", r"\bpartiellement\b", r"\ben partie\b",
)  # fmt: skip
_NOT_SUPPORTED = _any(
    r"\b(?:do|does|did|could|can|would|will|has|have|had)\s*(?:not|n't)\s+(?:\w+\s+){0,2}?"
    r"(?:enjoy\w*|support\w*|accept\w*|recei\w+|meet|be (?:accepted|supported))",
    r"\bcannot\s+(?:be\s+)?(?:accept\w*|support\w*|enjoy)", r"\bnot enjoy",
    r"\b(?:unable|not in a position|not able) to (?:accept|support)",
    r"\breject(?:s|ed)?\b", r"\brefus(?:ed|es)\b",
    r"\bno (?:dio|dieron|da|ha dado|han dado|presta|goza\w*|cuenta\w*|recib\w+|apoy\w+|acept\w+)",
    r"\bno pued\w+ (?:apoyar|aceptar)", r"\bno (?:gozan|cuentan|han recibido|obtuvieron|recibieron)\b", r"\brechaz\w+",
    r"\bn(?:e|'ont|'a|'y)\s*(?:\w+\s+){0,3}?(?:pas|point)\b", r"\brejet\w+",
)  # fmt: skip
_PENDING = _any(
    r"\b(?:will|to) be (?:\w+ )?(?:examined|considered|studied|reviewed)\b",
    r"\bwill (?:\w+ )?(?:provide|respond|examine|consider)\b",
    r"\bresponses?\b.{0,160}?\bwill be (?:\w+ )?(?:included|provided|given|communicated|submitted)\b",
    r"\bresponses? to the following recommendations will\b", r"\bpending\b",
    r"\bserán? (?:examinad|estudiad)\w+", r"\bexaminará\w*", r"\bse examinar[áa]n|\bproporcionará\w*", r"\bresponderá",
    r"\brespuesta\w* .{0,120}?se incluir[áa]n?",
    r"\b(?:seront?|va|vont) (?:être )?(?:examiné\w*|étudié\w*)", r"\bexaminera\b", r"\brépondra\b",
    r"\bréponses? .{0,160}?(?:sera|seront)\b",
)  # fmt: skip
_NOTED_IN = _any(
    r"\bnoted in (?:the|this|present|following|paragraphs?)\b", r"\b(?:mencionadas|señaladas|consignadas) en\b"
)
_NOTED = _any(
    r"\b(?:be|been|are|is|were|was|thus|and|has|have) (?:\w+ )?noted\b", r"\bnoted by\b", r"^noted\b",
    r"\bnote[sd]? (?:the |these |those |all )?(?:\w+ )?(?:of )?(?:the )?recommendations?\b",
    r"\bnoted the (?:following|recommendations?)\b", r"\btakes? note\b", r"\btook note\b",
    r"\btom\w+ nota\b", r"\bpr(?:is|end) (?:acte|note)\b",
)  # fmt: skip
_SUPPORTED = _any(
    r"\benjoy\w*\b.{0,60}?\bsupport\b", r"\benjoy\w* (?:the )?support\b", r"\bsupports\b", r"\bsupported (?:by|the)\b",
    r"\b(?:is|are|were|was|been|be) (?:\w+ )?(?:supported|accepted)\b", r"\baccepts?\b",
    r"\baccepted (?:by|the following|recommendations?)\b", r"\bagree[sd]? to (?:follow|implement)\b",
    r"\b(?:receive|has the support)\w*\b.{0,40}\bsupport\b",
    r"\b(?:dio|dieron|da|prest\w+) su apoyo\b", r"\b(?:goza\w*|cuenta\w*|recib\w+|obtuv\w+) (?:con )?(?:d?el )?apoyo\b",
    r"\bapoya\b", r"\bacept[aóo]\w*\b",
    r"\b(?:recueill\w+|reçu|bénéfici\w+|emport\w+|ont) .{0,40}?\b(?:appui|adhésion|agrément|soutien)\b",
    r"\baccepte\b", r"\bappuie\b", r"\bsouscrit\b",
)  # fmt: skip
_NOTHING = re.compile(r"^(?:all (?:the )?conclusions|todas las conclusiones|toutes les conclusions)", re.IGNORECASE)
_CITED = re.compile(
    r"\b(?:Nos?\.?|n[úu]ms?\.?|n[°º]s?|numbers?|recommendations?|recomendaciones|recommandations)\s*(?=\d)",
    re.IGNORECASE,
)
_N = r"\d{1,3}(?:\.\d{1,3})?"
_TO = r"\s*(?:[-–—]|\b(?:to|through|al?|à)\b)\s*"
_NUMBERS = re.compile(rf"(?:{_N}(?:{_TO}{_N})?(?:\s*(?:,|;|and|y|et|&)\s*)*)+")
_NUMBER = re.compile(rf"({_N})(?:{_TO}({_N}))?", re.IGNORECASE)
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
    """Return every number of a list with ranges and inherited prefixes: "50.5-50.8, 50.23, 25" and "50.5 to 8" too."""
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
