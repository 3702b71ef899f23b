"""Recommendations a report mentions only by reference into its dialogue: "in paragraphs 24 (c), 43 (f) ... above"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.sources.lines import Line, join_lines, words_of
from pipeline.states import States

_CALL = re.compile(r"\bparagraphs?\b|\bpárrafos?\b|\bparagraphes?\b", re.IGNORECASE)
_REFERENCE = re.compile(r"(?<![\d.])(\d{1,3})\b((?:\s*(?:,|and|y|et)?\s*\([a-z]{1,5}\))*)", re.IGNORECASE)
_PART = re.compile(r"\(([a-z]{1,5})\)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d{1,3})\s?\.\s+(?=\D)")
_ASKS = re.compile(
    r"\brecommend(?:ed|s|ing|ations?)?\b|\bcalled (?:up)?on\b|\burged\b|\bencouraged\b|\binvited\b|\bsuggested\b|"
    r"\basked\b|\brequested\b|\bcalled for\b|\brecomend\w+|\brecommand\w+",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^\W*(?:(?:that|to|the|it)\b\W*)*", re.IGNORECASE)
_ROMAN = re.compile(r"^[ivx]+$", re.IGNORECASE)
_LONGEST_NAME = 9  # words


@dataclass(frozen=True, slots=True)
class Referenced:
    """One recommendation found in the dialogue."""

    paragraph: str
    text: str
    original: str
    recommending_raw: tuple[str, ...]


def references_in(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the paragraphs a text cites, each with its letters: "24 (c), 43 (a) (ii) and 31"."""
    call = _CALL.search(text)
    return [
        (match[1], tuple(part.lower() for part in _PART.findall(match[2])))
        for match in _REFERENCE.finditer(text, call.end() if call else len(text))
    ]


def dialogue_of(lines: Sequence[Line]) -> dict[str, str]:
    """Return the numbered paragraphs before the recommendations section, number -> text."""
    words = words_of(lines)
    found: dict[str, list[str]] = {}
    last = 0
    for line in lines:
        match = _NUMBERED.match(line.text)
        if match and last < int(match[1]) <= last + 3:
            last = int(match[1])
            found[match[1]] = [line.text[match.end() :]]
        elif last:
            found[str(last)].append(line.text)
    return {number: join_lines(texts, words) for number, texts in found.items()}


def referenced(text: str, dialogue: dict[str, str], states: States, reviewed: str | None) -> list[Referenced]:
    """Return the recommendations of the dialogue that `text` refers to, as worded there.

    The recommending State is the first one the paragraph names beside the State under review. A reference that
    leads nowhere comes back with an empty text, to be reported; one to a paragraph not in the dialogue is left out.
    """
    found = []
    for number, letters in references_in(text):
        if number not in dialogue:
            continue
        original = dialogue[number]
        speaker = speaker_of(original, states, reviewed)
        for label, part in _parts(original, letters):
            found.append(Referenced(f"{number}{label}", part, original, speaker))
    return found


def speaker_of(text: str, states: States, reviewed: str | None) -> tuple[str, ...]:
    """Return the first State, as written, that a paragraph of the dialogue names beside the one under review."""
    own = states.find(reviewed)
    words = text.split()
    at = 0
    while at < len(words):
        name = _name_at(words, at, states)
        if name is None:
            at += 1
            continue
        if states.find(name) != own:
            return (name,)
        at += len(name.split())
    return ()


def _name_at(words: Sequence[str], begin: int, states: States) -> str | None:
    """Return the longest name of a State that begins with a word, or None."""
    if not words[begin][:1].isupper():
        return None
    for end in range(min(len(words), begin + _LONGEST_NAME), begin, -1):
        name = " ".join(words[begin:end]).strip(",.;:")
        for spelling in (name, re.sub(r"[’']s?$", "", name)):
            if states.find(spelling):
                return spelling
    return None


def _parts(original: str, letters: Sequence[str]) -> list[tuple[str, str]]:
    """Return the label and text of each lettered part; a Roman number after a letter may name a part of that part.

    "(b) (i)" is the ninth part if (b) has no parts of its own.
    """
    if not letters:
        return [("", _asked(original))]
    parts: list[tuple[str, str]] = []
    above = ""
    for letter in letters:
        within = _between(_between(original, above, whole=True), letter) if above and _ROMAN.match(letter) else ""
        if within:
            if parts[-1][0] == f"({above})":
                parts.pop()
            parts.append((f"({above})({letter})", within))
        else:
            parts.append((f"({letter})", _between(original, letter)))
            above = letter
    return parts


def _asked(original: str) -> str:
    """Return what a paragraph without letters recommends."""
    sentences = re.split(r"(?<=[.;])\s+(?=[A-Z])", original)
    asking = [sentence for sentence in sentences if _ASKS.search(sentence)]
    match = _ASKS.search(asking[0]) if asking else None
    if match is None:
        return original
    return _LEAD.sub("", " ".join([asking[0][match.end() :], *asking[1:]])).strip(" ;,.")


def _between(text: str, letter: str, *, whole: bool = False) -> str:
    """Return what stands between "(c)" and "(d)"; unless `whole`, no further than its sentence. "" if no "(c)"."""
    begin = re.search(rf"(?<!\w)\(?{letter}\)\s*:?\s*", text, re.IGNORECASE)
    if begin is None:
        return ""
    rest = text[begin.end() :]
    following = {"i": "ii", "ii": "iii", "iii": "iv", "iv": "v"}.get(letter, chr(ord(letter[-1]) + 1))
    end = re.search(rf"\s*(?:[,;.]|\band\b)*\s*(?<!\w)\(?{following}\)", rest, re.IGNORECASE)
    stop = end.start() if end else _sentence_end(rest)
    part = rest[:stop] if whole else rest[: min(stop, _sentence_end(rest))]
    return re.sub(r"[;,.\s]+(?:and)?$", "", part).strip()


def _sentence_end(text: str) -> int:
    """Return where the first sentence of a text ends."""
    match = re.search(r"\.(?=\s+[A-Z])", text)
    return match.start() if match else len(text)
