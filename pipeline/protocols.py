"""Optional protocols in a text whose treaties are marked: "the Optional Protocol to X", "X and its two Protocols".

A mark is one private-use character in place of an instrument's name, so that no later rule reads the name again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

FIRST_MARK = 0xF0000
MARK = re.compile("[\U000f0000-\U000f1fff]")

_MARKS = rf"{MARK.pattern}(?:\s*(?:,|and|or|&|as well as|\s|to|of|the)*\s*{MARK.pattern})*"
_PROTOCOL = re.compile(
    r"\b(?P<own>(?:(?:the|its|their|both|all)\s+)*)(?P<which>(?:(?:first|second|third|1st|2nd|3rd|two|both|three|all|new|"
    r"recent|and|or)\b[\s,]*)*)(?:(?:(?:optional|facultative|additional)\s+)*protocol|OP)(?P<plural>s?)\b(?!-)"
    r"(?:\s+(?:No\.? ?)?(?P<number>(?:I{1,3}|[123])\b(?:\s*(?:,|and|&)\s*(?:I{1,3}|[123])\b)*))?"
    rf"(?P<owners>(?:\s+and\s+\w+)?\s+(?:to|of|on|for)\s+(?:both\s+)?(?:the\s+)?(?:said\s+)?{_MARKS})?"
    r"(?P<thereto>\s+(?:thereto|to (?:it|them|(?:this|the|that) convention)\b))?",
    re.IGNORECASE,
)
_ORDINALS = {"first": "first", "1st": "first", "i": "first", "1": "first", "second": "second", "2nd": "second",
             "ii": "second", "2": "second", "third": "third", "3rd": "third", "iii": "third", "3": "third"}  # fmt: skip
_JOINT = re.compile(r"\s*,?\s*(?:(?:and|as well as|or)\s+)?(?:the\s+)?(?:optional protocol\s+)?", re.IGNORECASE)


class ProtocolOf(NamedTuple):
    """One protocol of a treaty: its mark, its ordinals, and whether a bare name or "the two Protocols" means it."""

    mark: str
    ordinals: tuple[str, ...]
    default: bool
    two: bool


Protocols: TypeAlias = Mapping[str, Sequence[ProtocolOf]]
"""Mark of a treaty -> its protocols."""
Subjects: TypeAlias = Sequence[tuple[re.Pattern[str], str]]
"""What may stand after "Protocol on", and the mark of the protocol it means."""


def resolved(text: str, protocols: Protocols, subjects: Subjects) -> Iterator[str]:
    """Yield the pieces of `text` with "the Optional Protocol to X" and the like replaced by the protocol's mark."""
    place = 0
    for match in _PROTOCOL.finditer(text):
        if match.start() >= place and (meant := _meant(text, match, protocols, subjects))[0]:
            yield text[place : match.start()]
            yield " and ".join(meant[0])
            place = meant[1]
    yield text[place:]


def _meant(text: str, match: re.Match[str], protocols: Protocols, subjects: Subjects) -> tuple[list[str], int]:
    """Return the marks of the protocols that a match of `_PROTOCOL` means, and where its words end."""
    several = bool(match["plural"]) or " and " in match["which"]
    owners, end = _owners(text, match, several, protocols)
    families = [protocols[owner] for owner in owners]
    children = {child.mark for family in families for child in family}
    named, subject_end = _subjects(text, end, subjects)
    if fitting := [mark for mark in named if mark in children or not owners]:
        return fitting, subject_end
    words = re.findall(r"\w+", f"{match['which']} {match['number'] or ''}".lower())
    ordinals = {_ORDINALS[word] for word in words if word in _ORDINALS}
    if counted := [child.mark for family in families for child in family if ordinals & set(child.ordinals)]:
        return counted, end
    chosen = []
    for family in families:
        two = [child.mark for child in family if child.two] if several else []
        chosen += two or [child.mark for child in family if child.default]
    return chosen, end


def _owners(text: str, match: re.Match[str], several: bool, protocols: Protocols) -> tuple[list[str], int]:
    """Return the marks of the treaties whose protocol is meant, and where the words that say so end."""
    if match["owners"]:
        marks = list(MARK.finditer(match["owners"]))
        taken = [mark for mark in (marks if several else marks[:1]) if mark[0] in protocols]
        return [mark[0] for mark in taken], match.start("owners") + (taken[-1].end() if taken else 0)
    own = match["own"].lower()
    earlier = MARK.findall(re.split(r"[.;]", text[: match.start()])[-1])
    earlier = [mark for mark in earlier if mark in protocols]
    if "their" in own:
        return earlier, match.end()
    return (earlier[-1:] if match["thereto"] or "its" in own else []), match.end()


def _subjects(text: str, place: int, subjects: Subjects) -> tuple[list[str], int]:
    """Return the protocols named by what stands at `place` ("on the sale of children ..."), and where it ends."""
    found: list[str] = []
    end = place
    while joint := _JOINT.match(text, end):
        tried = ((pattern.match(text, joint.end()), mark) for pattern, mark in subjects)
        hits = [(hit.end(), mark) for hit, mark in tried if hit]
        if not hits:
            break
        end, mark = max(hits)
        found.append(mark)
    return found, end
