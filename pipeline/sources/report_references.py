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
    r"\brecommend(?:ed|s|ing|ations?)?\b|\bcalled (?:up)?on\b|\burged\b|\bencouraged\b|\binvited\b|\bsuggested\b|\basked\b|"
    r"\brequested\b|\bcalled for\b|\brecomend\w+|\brecommand\w+",
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
    """Return the paragraphs a text cites, each with its letters: "24 (c), 43 (a) (ii) and 31".

    A Roman number after a letter names a part of that part: "43 (a) (ii)" is ("43", ("a(ii)",)).
    """
    call = _CALL.search(text)
    found: list[tuple[str, tuple[str, ...]]] = []
    for match in _REFERENCE.finditer(text, call.end() if call else len(text)):
        parts: list[str] = []
        for part in _PART.findall(match[2]):
            if _ROMAN.match(part) and parts and parts[-1][0] not in "h" and len(part) > 1 - (part in "iv"):
                base = parts[-1].split("(")[0]
                if "(" not in parts[-1]:
                    parts.pop()
                parts.append(f"{base}({part})")
            else:
                parts.append(part.lower())
        found.append((match[1], tuple(parts)))
    return found


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


def referenced(text: str, dialogue: dict[str, str], states: States) -> list[Referenced]:
    """Return the recommendations of the dialogue that `text` refers to, as worded there.

    The recommending State is the one the paragraph begins with. A reference that leads nowhere comes back with
    an empty text, to be reported.
    """
    found = []
    for number, parts in references_in(text):
        original = dialogue.get(number, "")
        speaker = speaker_of(original, states)
        for part in parts or ("",):
            label = f"{number}({part})" if part else number
            found.append(Referenced(label, _part_of(original, part), original, speaker))
    return found


def speaker_of(text: str, states: States) -> tuple[str, ...]:
    """Return the State that a paragraph of the dialogue begins with, as written, or ()."""
    words = text.split()
    for begin in range(min(3, len(words))):
        for end in range(min(len(words), begin + _LONGEST_NAME), begin, -1):
            name = " ".join(words[begin:end]).strip(",.;:’'")
            if name[:1].isupper() or begin:
                for spelling in (name, re.sub(r"[’']s?$", "", name)):
                    if states.find(spelling):
                        return (spelling,)
    return ()


def _part_of(original: str, part: str) -> str:
    """Return the lettered part of a paragraph, or what it recommends as a whole."""
    if part:
        text = original
        for letter in re.findall(r"[a-z]+", part):
            text = _between(text, letter)
        return text
    sentences = re.split(r"(?<=[.;])\s+(?=[A-Z])", original)
    asking = [sentence for sentence in sentences if _ASKS.search(sentence)]
    match = _ASKS.search(asking[0]) if asking else None
    if match is None:
        return original
    return _LEAD.sub("", " ".join([asking[0][match.end() :], *asking[1:]])).strip(" ;,.")


def _between(text: str, letter: str) -> str:
    """Return what stands between "(c)" and "(d)", or the end of its sentence; "" if there is no "(c)"."""
    begin = re.search(rf"\({letter}\)\s*", text, re.IGNORECASE)
    if begin is None:
        return ""
    rest = text[begin.end() :]
    following = {"i": "ii", "ii": "iii", "iii": "iv", "iv": "v"}.get(letter, chr(ord(letter[-1]) + 1))
    end = re.search(rf"\s*(?:[,;.]|\band\b)*\s*\({following}\)", rest, re.IGNORECASE)
    stop = end.start() if end else _sentence_end(rest)
    return re.sub(r"[;,.\s]+(?:and)?$", "", rest[:stop]).strip()


def _sentence_end(text: str) -> int:
    """Return where the first sentence of a text ends."""
    match = re.search(r"\.(?=\s+[A-Z])", text)
    return match.start() if match else len(text)
