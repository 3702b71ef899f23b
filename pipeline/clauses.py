"""A recommendation taken apart: one clause for each act it requests, and what each part of a clause is for.

Rules over words, no parser: a request opens with the base form of a verb, and so does each further request that "and",
a comma or a semicolon joins to it ("Ratify X and establish Y"). Long paragraphs are taken apart by sentence and by (a), (b).
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.clause_marks import ROLES, Mark, Part, marks, parts
from pipeline.text import straighten

__all__ = ["ROLES", "Clause", "Verbs", "clauses"]

_JOIN = re.compile(
    r"(?P<sign>[,;:]\s*(?:(?:and|or|as well as|but|while)\s+)?|(?<=\s)(?:and|or|as well as|while)\s+|\s[-/]\s)"
    r"(?P<fill>(?:(?:also|further|then|to|thus|[a-z]+ly|at the same time|in this regard|in addition|in the meantime|meanwhile|"
    r"where (?:necessary|appropriate)|if (?:necessary|appropriate)|as appropriate|to this end)[,]?\s+)*)"
    r"(?P<verb>[a-z]+)\b(?P<next>\s+[\w*']+)?"
)
_STOP = re.compile(
    r"(?<!\bno)(?<!\bnos)(?<!\bart)(?<!\barts)(?<!\bparas)(?<!\bpara)[.?!](?=\s+[A-Z(\"'])|;\s+(?:and\s+)?|"
    r"(?<=[:;,.])\s*(?:and\s+)?(?=\((?:[a-z]|[ivx]{2,4}|\d)\)\s)"
)
_ITEM = re.compile(r"\s*(?:\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[-•])\s*")
_OPENING = re.compile(
    r"[\s,]*(?:(?:(?!apply|comply|supply|reply)[a-z]+ly|also|further|then|and|to|that|in this (?:regard|connection|context)|in addition|moreover|please|"
    r"(?:the |this )?(?:committee|special rapporteur|working group|independent expert|government|state party|state|it|he|she|they)|"
    r"(?:strongly )?(?:recommend(?:s|ed)?|urge[sd]?|encourage[sd]|call(?:s|ed)? (?:up)?on|invite[sd]|request(?:s|ed)|reiterate[sd]?|suggest(?:s|ed)?)|"
    r"its (?:previous |earlier )?recommendations?|should|must|has|have|be|of)\b[,:]?\s*)*"
)
_REQUESTS = re.compile(
    r"\b(?:recommend|urge[sd]?|call(?:s|ed)? (?:up)?on|invite[sd] the|encourage[sd] the|request(?:s|ed) (?:that|the)|should|must)\b"
)
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "all",
        "any",
        "every",
        "each",
        "such",
        "those",
        "these",
        "this",
        "that",
        "his",
        "her",
        "up",
    ]
)
_WORD = re.compile(r"[\w*']+")
_NO_OBJECT = frozenset(
    ["and", "or", "to", "the", "its", "also", "further", "up", "out", "on", "with", "effectively", "fully", "in", "of"]
)


class Verbs(NamedTuple):
    """Verbs in their base form that open a request, and those of them that are nouns as well ("support", "report")."""

    bases: Set[str]
    nouns: Set[str]


@dataclass(frozen=True, slots=True)
class Clause:
    """One act requested: its place in the text, its words, and its parts in lower case with what each is for."""

    start: int
    end: int
    words: str
    parts: tuple[Part, ...]

    def of(self, *roles: str) -> str:
        """Return the words of all parts with one of these roles."""
        return " ".join(part.words for part in self.parts if part.role in roles)


def clauses(text: str, verbs: Verbs) -> list[Clause]:
    """Return the clauses of `text` in their order, at least one; sentences that request nothing are left out.

    A text whose sentences all state facts is one clause.
    """
    plain = straighten(text)
    pieces = list(_pieces(plain))
    asking = [piece for piece in pieces if len(pieces) == 1 or _requests(plain[slice(*piece)], verbs)]
    found = []
    for start, end in asking or [(0, len(plain))]:
        lower = plain[start:end].lower()
        signs = marks(lower, verbs.bases)
        for begin, verb, stop in _cut(lower, signs, verbs):
            cut = tuple(part._replace(start=part.start + start) for part in parts(lower, signs, begin, verb, stop))
            found.append(Clause(start + begin, start + stop, text[start + begin : start + stop].strip(" ,;"), cut))
    return found


def _pieces(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences and listed items of a text stand; the whole text if it has no words."""
    start, found = 0, False
    for stop in [*((match.start(), match.end()) for match in _STOP.finditer(plain)), (len(plain), len(plain))]:
        if plain[start : stop[0]].strip(" .;,:"):
            found = True
            yield start, stop[0]
        start = stop[1]
    if not found:
        yield 0, len(plain)


def _requests(piece: str, verbs: Verbs) -> bool:
    """Return whether a sentence requests something: it opens with a verb, is an item of a list, or says so."""
    lower = piece.lower()
    return bool(_ITEM.match(lower) or _REQUESTS.search(lower) or _first(lower, _opening(lower)) in verbs.bases)


def _opening(lower: str) -> int:
    """Return where the request of a sentence begins, behind "(a)" and "The Committee recommends that"."""
    item = _ITEM.match(lower)
    opening = _OPENING.match(lower, item.end() if item else 0)
    return opening.end() if opening else 0


def _first(lower: str, place: int) -> str:
    """Return the word at `place`."""
    word = _WORD.match(lower, place)
    return word[0] if word else ""


def _cut(lower: str, signs: list[Mark], verbs: Verbs) -> Iterator[tuple[int, int, int]]:
    """Yield for each clause of a sentence where it begins, where its verb stands and where it ends."""
    item = _ITEM.match(lower)
    begin = item.end() if item else 0
    verb = _opening(lower)
    opened = _first(lower, verb) in verbs.bases
    for join in _JOIN.finditer(lower, verb):
        if not _opens(join, verbs):
            continue
        if not opened:
            opened, verb = True, join.start("verb")
        elif _has_object(lower[verb : join.start()], verbs) and not _goes_on(lower, signs, begin, join):
            yield begin, verb, join.start()
            begin, verb = join.start() + len(join["sign"]), join.start("verb")
    yield begin, verb, len(lower)


def _opens(join: re.Match[str], verbs: Verbs) -> bool:
    """Return whether what follows "and" is a verb that opens a request, not a noun."""
    verb, following = join["verb"], (join["next"] or "").strip()
    if verb not in verbs.bases:
        return verb == "that" and "and" in join["sign"]
    return verb not in verbs.nouns or following in _DETERMINERS or join["fill"].strip() == "to"


def _has_object(between: str, verbs: Verbs) -> bool:
    """Return whether the last verb before "and" has an object of its own; "prevent and punish X" is one clause."""
    words = _WORD.findall(between)
    last = max(
        (
            place
            for place, word in enumerate(words)
            if word in verbs.bases and (word not in verbs.nouns or not place or words[place - 1] == "to")
        ),
        default=-1,
    )
    return not all(word in _NO_OBJECT or word.endswith("ly") for word in words[last + 1 :])


def _goes_on(lower: str, signs: list[Mark], begin: int, join: re.Match[str]) -> bool:
    """Return whether a verb behind a bare "and" goes on with a purpose: "a law to protect X and punish Y"."""
    if join["sign"].strip()[:1] in {",", ";", ":"}:
        return False
    before = [sign for sign in signs if begin <= sign.start < join.start() and not sign.closed]
    return bool(before) and lower.startswith("to ", before[-1].verb - 3) and before[-1].role in {"to", "purpose"}
