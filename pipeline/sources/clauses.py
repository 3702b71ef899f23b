"""Attribution: a paragraph of a report -> its clauses, each with the States that made it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from pipeline.states import State, States
from pipeline.text import fold

_JOINT = re.compile(r"\s*[,;/]\s*(?:(?:and|et|y|e|or)\s+)?|\s+(?:and|et|y|e|&)\s+|\s*&\s*", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?<=[^\W\d])(,?)\s?\d{1,3}(?=\s|[,;]|$)")
_OTHERS = re.compile(r"^(?:recommended|recommendation(?:s)?|made|proposed)?\s*(?:of|by|from)\s+", re.IGNORECASE)
_NAME = re.compile(r"^[^\W\d_][\w’'`´.()\- ]{3,59}$")
_LIKE_STATE = re.compile(r"^[^\W\d_][a-zà-ÿ]+(?:[ '’-](?:[^\W\d_][a-zà-ÿ]+|of|the|and|de|del|la|du|des|et|y)){0,7}$")
_NOT_STATE = re.compile(
    r"\b(?:act|law|code|convention|protocol|covenant|principles|rules|guidelines|ministry|committee|commission|court|"
    r"programme|plan|policy|council|fund|rights|recommendation|ley|loi|convenci[oó]n|principios|principes)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"^(?:[\s,;/.&\d*]|\band\b|\bet\b|\by\b|\be\b)*$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:[\s,;:.*&]|(?:and|et|y|e)\s+(?=\S))+", re.IGNORECASE)
_COMMENT = re.compile(r"^[\s\d*]*[.;:]\s*\S")
_ENDS = re.compile(r"^[\s\d*]*[;.]")
_LATE = re.compile(
    r"^\s+(?:as soon as possible|at the earliest(?: possible \w+)?|without (?:further )?delay|promptly|as appropriate|"
    r"in (?:due course|a timely manner))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:\s*/\s*(?=[a-zà-ÿ])|\s+(?!(?:and|or|as well as|y|et|o|ou)\b)(?=[a-zà-ÿ])|"
    r"(?P<adds>\s*,?\s+(?:including|in particular|particularly|especially|such as|as recommended|of|its|for|on|with|by|"
    r"in line)\b))"
)
_NEAR = 82.0  # similarity in per cent from which an unknown name counts as a misspelt State


@dataclass(frozen=True, slots=True)
class Clause:
    """One request of a paragraph and the names, as written, of the States in the brackets after it."""

    text: str
    recommending_raw: tuple[str, ...]


def split_clauses(text: str, states: States, *, ends_in_states: bool = False) -> list[Clause]:
    """Return the attributed clauses of a paragraph in order, at least one; a paragraph may be a single clause.

    Brackets that hold no State stay in the text. Consecutive brackets belong to one clause. Words after the last
    attribution stay with the last clause, so that no word is lost; words that only go on with a sentence stay with
    it. A clause without States comes back only if the paragraph has no attribution at all.

    With `ends_in_states` (lists of a report) a last bracket that reads like a name counts as an attribution even if
    no such State is known, so that the name gets reported; and a new sentence after the last attribution is a
    comment of the State under review, no part of the request.
    """
    found = list(_attributions(text, states)) or (list(_last_name(text)) if ends_in_states else [])
    if not found:
        return [Clause(_tidy(text), ())]
    parts: list[_Part] = []
    end = 0
    for open_at, close_at, names in found:
        between = text[end:open_at]
        if parts and _BETWEEN.match(between):
            parts[-1].names.extend(names)
        elif parts and (late := _LATE.match(between)):
            parts[-1].text += between[: late.end()]
            if _BETWEEN.match(between[late.end() :]):
                parts[-1].names.extend(names)
            else:
                _add(parts, between[late.end() :], list(names))
        else:
            _add(parts, between, list(names))
        end = close_at
    rest = text[end:]
    if not _BETWEEN.match(rest) and not (ends_in_states and _COMMENT.match(rest)):
        parts[-1].text = f"{parts[-1].text} {rest.strip()}"
    return [Clause(_tidy(part.text), tuple(dict.fromkeys(part.names))) for part in parts]


@dataclass(slots=True)
class _Part:
    """A clause while it grows; `whole` if a full stop or semicolon, or the beginning, stands before it."""

    text: str
    names: list[str]
    whole: bool


def _add(parts: list[_Part], between: str, names: list[str]) -> None:
    """Add the words after an attribution: a clause of their own, or the rest of the sentence they go on with.

    "Accede to (Peru)/ratify (Chile) the Convention (Chile, Peru)" is one request: no part of it says it alone.
    """
    if not parts or not (goes_on := _GOES_ON.match(between)):
        parts.append(_Part(between, names, not parts or _ENDS.match(between) is not None))
        return
    if goes_on["adds"] is None:
        while not parts[-1].whole:
            last = parts.pop()
            parts[-1].text += last.text
            parts[-1].names += last.names
    parts[-1].text += between
    parts[-1].names += names


def names_of(content: str, states: States) -> tuple[str, ...]:
    """Return the names of States that the inside of a bracket lists, as written; () if it is no list of States.

    An unknown name is kept where it is the misspelling of a State or stands among States.
    """
    pieces = _segment(_FOOTNOTE.sub(r"\1", _OTHERS.sub("", content.strip())), states)
    known = sum(found for _, found in pieces)
    unknown = [name for name, found in pieces if not found]
    if not pieces or any(not _NAME.match(name) for name in unknown):
        return ()
    if known >= max(1, len(unknown)) or all(_misspelt(name, states) for name in unknown):
        return tuple(name for name, _ in pieces)
    return ()


def _attributions(text: str, states: States) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield begin, end and names of the outermost brackets that hold States."""
    for begin, end in _brackets(text):
        if names := names_of(text[begin + 1 : end - 1], states):
            yield begin, end, names


def _last_name(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the bracket that ends the text if it reads like the name of a State: "(Ruritania);"."""
    for begin, end in _brackets(text):
        name = text[begin + 1 : end - 1].strip()
        if _BETWEEN.match(text[end:]) and _LIKE_STATE.match(name) and not _NOT_STATE.search(name):
            yield begin, end, (name,)


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of the outermost round or square brackets; one left open ends at its last inner one."""
    depth = begin = 0
    for at, char in enumerate(text):
        if char in "([":
            begin = at if depth == 0 else begin
            depth += 1
        elif char in ")]" and depth:
            depth -= 1
            if depth == 0:
                yield begin, at + 1
    if depth:
        yield from _unclosed(text, begin)


def _unclosed(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Yield the brackets after an opening one that is never closed: "(Spain;" at the end, or those inside it."""
    if "(" in text[begin + 1 :]:
        yield from ((a + begin + 1, b + begin + 1) for a, b in _brackets(text[begin + 1 :]))
    else:
        yield begin, len(text.rstrip(" ;.")) + 1


def _segment(content: str, states: States) -> list[tuple[str, bool]]:
    """Return the names in a list of States and whether each is known; the longest known names win.

    So "Trinidad and Tobago" is one name and "Spain and Portugal" two.
    """
    cuts = list(_JOINT.finditer(content))
    begins = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(content)]
    pieces: list[tuple[str, bool]] = []
    at = 0
    while at < len(begins):
        for last in range(min(len(ends), at + 5) - 1, at - 1, -1):
            name = content[begins[at] : ends[last]].strip(" ;.,:*")
            found = states.find(name) is not None
            if found or last == at:
                pieces.extend([(name, True)] if found else _without_comma(name, states))
                at = last + 1
                break
    return pieces


def _without_comma(name: str, states: States) -> list[tuple[str, bool]]:
    """Return the names in an unknown one, split where a comma was forgotten: "Chile Egypt"."""
    words = name.split()
    for cut in range(1, len(words)):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        if states.find(left) and states.find(right):
            return [(left, True), (right, True)]
    return [(name, False)] if name else []


def _misspelt(name: str, states: States) -> bool:
    """Return whether an unknown name is nearly that of a State."""
    if len(name) < 4 or name.isupper():
        return False
    return process.extractOne(fold(name), _spellings(states.states), scorer=fuzz.ratio, score_cutoff=_NEAR) is not None


@lru_cache(maxsize=4)
def _spellings(states: tuple[State, ...]) -> tuple[str, ...]:
    """Return all spellings of the States as compared."""
    return tuple(fold(spelling) for state in states for spelling in (state.name, *state.names))


def _tidy(text: str) -> str:
    """Return a clause without the marks and the "and" that joined it to its neighbours."""
    joined = re.sub(r"\s+(?=[/,;.])|(?<=/)\s+", "", re.sub(r"\s+", " ", _LEADING.sub("", text)))
    return joined.strip().rstrip(" ;,:")
