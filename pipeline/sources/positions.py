"""The wording of a position in any source (en, fr, es) -> a value of the contract.

"Rejected" is `noted`: since resolution 5/1 a State supports a recommendation or notes it. Only part of a
recommendation supported is `partially_supported`. A wording not covered here is None, never a guess; that
includes "supported in principle", which States and databases read both ways.
"""

import re
from functools import lru_cache

from pipeline.text import fold, straighten

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST = 14  # words; more is an explanation, which may speak of anything

_SUPPORT = r"(?:support\w*|accept\w*|appui\w*|appuy\w*|soutien\w*|souten\w*|apoy\w*|acepta\w*)"
_PART = r"(?:partial\w*|partly|partiel\w*|parcial\w*|in part|en part(?:ie|e))"
_RULES = [
    ("partially_supported", rf"\b{_PART}\b|^supported and noted$|^accepted and (?:noted|rejected)$|"
                            r"^(?:supported|accepted) (?:noted|rejected)$"),
    ("pending", r"\b(?:pending|deferred|under (?:consideration|examination|review|study)|not yet|later|"
                r"(?:to|will) be (?:examined|considered)|en suspens|en attente|differee?s?|a l examen|"
                r"en cours d examen|sera (?:examinee?|etudiee?)|"
                r"pendientes?|en examen|aplazada|sera examinada|examinara)\b"),
    ("unknown", r"^(?:unknown|unclear|not clear|inconnue?|desconocid[ao])$|"
                r"^(?:no|not?) (?:clear )?(?:response|position|answer|reply|answered|stated)\b|"
                r"^general response$|^(?:sans|pas de) reponse\b|^sin respuesta\b"),
    ("noted", rf"\b(?:not|non|no|cannot|can t|won t|unable|unwilling|never|neither|nor|didn t|doesn t|does not|did not|ne|n)\b(?: \w+){{0,4}} ?\b{_SUPPORT}\b|"
              rf"\b(?:not) (?:enjoy|{_SUPPORT})|\bpas {_SUPPORT}|\bunsupported\b|"
              r"\b(?:noted|notes?d?|take(?:s|n)? note|took note|reject\w*|refus\w*|rechaz\w*|rejet\w*|"
              r"notees?|pris(?:es?)? note|prend note|prises? en note|prend acte|"
              r"anotad[ao]s?|tomad[ao]s? nota|toma(?:n|do)? nota|tomo nota)\b"),
    ("supported", rf"\b{_SUPPORT}\b"),
]  # fmt: skip
_COMPILED = [(position, re.compile(pattern)) for position, pattern in _RULES]
_HEDGED = re.compile(
    r"\b(?:principle|principe|principio|reserv\w*|except\w*|but|however|mais|pero|provided|condition\w*|fully|"
    r"no objection)\b"
)


@lru_cache(maxsize=1 << 12)
def position_of(wording: str | None) -> str | None:
    """Return the position a short wording states, or None where it is empty, hedged, long or not known."""
    plain = fold(straighten(_BRACKETS.sub(" ", wording or "")))
    if not plain or len(plain.split()) > _LONGEST or _HEDGED.search(plain):
        return None
    return next((position for position, pattern in _COMPILED if pattern.search(plain)), None)


def combined(wordings: list[str]) -> str | None:
    """Return the one position of several wordings for one text; supported and noted together are partial support."""
    found = {position_of(wording) for wording in wordings}
    if len(found) == 1:
        return found.pop()
    return "partially_supported" if found and found <= {"supported", "noted", "partially_supported"} else None
