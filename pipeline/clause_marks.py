"""Words that say what a part of a request is for: its aim, its means, what it is about above all, its manner, its grounds."""

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

MAIN = "main"
ROLES = (MAIN, "to", "purpose", "means", "focus", "manner", "reason")
"""The request; what the thing requested is to do; why; by what; what above all; in what manner; on what grounds."""

_SIGNS = {
    "purpose": re.compile(
        r"(?:in order (?:to|that)|so as to|so that|for the purposes? of|leading to|followed by|pending|"
        r"(?:with|having) (?:(?:a|an|the|its) )?(?:[\w-]+ )?(?:view|aim|objective|purpose|intention|goal)s?(?: (?:to|of|towards?|that|at))?|"
        r"aim(?:ed|ing|s)? (?:at|to|towards)|as (?:a|an) (?:[\w-]+ ){0,2}(?:step|means|way)s? (?:to|towards?|of)|in an effort to)\b"
    ),
    "means": re.compile(
        r"(?:(?:including|inter alia|notably|in particular|especially|among others),? )?"
        r"(?:by(?:,? inter alia)?,? (?=(?:[a-z]+ly )?[a-z]+ing\b)|through\b|by means of\b|by way of\b|via\b)"
    ),
    "focus": re.compile(
        r"(?:in particular|particularly|especially|notably|including|inter alia|such as|specifically|namely|above all|among others|"
        r"with (?:a |an )?(?:special |particular |specific |due )?(?:attention|emphasis|focus|regard|reference)|for example|primarily)\b"
    ),
    "brief": re.compile(
        r"(?:as (?:soon|early|quickly|rapidly|promptly|far|well|fully) as (?:possible|appropriate|practicable)|as (?:appropriate|necessary)|as a (?:matter of )?(?:\w+ )?(?:priority|urgency)|"
        r"without (?:further |any |undue )?delay|at the earliest(?: \w+)?|(?:where|if|when|whenever) (?:necessary|appropriate|needed|possible)|in the (?:near|shortest|nearest|very near) (?:future|time)(?: possible)?|"
        r"with (?:a |the )?(?:\w+ )?priority|in a timely manner)\b,?"
    ),
    "manner": re.compile(
        r"(?:(?:in|into) (?:full |close |strict |better )?(?:accordance|conform\w+|line|compliance|keeping|consistency|accord|harmony|consonance) with|"
        r"as (?:recommended|requested|required|stipulated|provided|set out|called|enshrined|defined|prescribed|suggested|agreed|established|"
        r"per|envisaged|contained|guaranteed|stated|planned)|"
        r"(?:consistent|consonant|compatible|compliant) with|pursuant to|in the (?:framework|context|light|spirit) of|within the (?:framework|context) of|"
        r"taking into (?:account|consideration)|based on|on the basis of|according to|"
        r"in (?:close )?(?:cooperation|collaboration|consultation|partnership|coordination|conjunction) with|following the recommendations?|"
        r"with (?:the )?(?:[\w-]+ )?(?:support|assistance|help|participation|involvement|cooperation|aid) of)\b"
    ),
    "reason": re.compile(
        r"(?:, (?:which|who|where|as|while|although|whereas)|(?:given (?:that|the)|since|because|in (?:the )?light of|bearing in mind|considering (?:that|the)|"
        r"due to|in view of|recalling|noting|as a result of|despite|even though|whose))\b"
    ),
}  # fmt: skip
_BEGINNINGS = {
    "purpose": "in so for leading followed pending with having aim aimed aiming aims as",
    "means": "including inter notably in especially among by through via",
    "focus": "in particularly especially notably including inter such specifically namely above among with for primarily",
    "brief": "as without at where if when whenever in with",
    "manner": "in into as consistent consonant compatible compliant pursuant within taking based on according following with",
    "reason": "which who where as while although whereas given since because in bearing considering due recalling noting despite even whose",
}
_TRIED: dict[str, list[str]] = {}
for _role in ("brief", *(role for role in _BEGINNINGS if role != "brief")):
    for _word in _BEGINNINGS[_role].split():
        _TRIED.setdefault(_word, []).append(_role)
_WORD = re.compile(r"[\w'*]+")
_LEADS = frozenset(
    [
        "measures",
        "steps",
        "efforts",
        "action",
        "actions",
        "effort",
        "work",
        "continue",
        "proceed",
        "seek",
        "strive",
        "commitment",
        "possibility",
        "necessary",
        "endeavour",
        "try",
        "begin",
        "start",
        "progress",
        "initiatives",
        "need",
        "attempts",
        "order",
        "steadily",
        "consider",
        "committed",
        "endeavours",
        "needed",
        "required",
        "appropriate",
        "attention",
        "priority",
        "process",
        "procedure",
        "procedures",
        "way",
        "underway",
    ]
)
"""Words behind which "to" opens the request itself: "take measures to"."""
_NOT_AIMS = frozenset(
    [
        "right",
        "rights",
        "access",
        "ability",
        "capacity",
        "freedom",
        "respect",
        "regard",
        "relation",
        "addition",
        "return",
        "contribution",
        "response",
        "opportunity",
    ]
)


class Part(NamedTuple):
    """What a part of a clause is for, one of `ROLES`, its words in lower case, and where they stand in the text."""

    role: str
    words: str
    start: int


class Mark(NamedTuple):
    """Words that open a part: where they stand, where what they open begins, its role; `closed` if they are all of it."""

    start: int
    verb: int
    role: str
    closed: bool


def marks(lower: str, verbs: Set[str]) -> list[Mark]:
    """Return the marks of a sentence in lower case, in order and without overlap."""
    found: list[Mark] = []
    end = 0
    words = list(_WORD.finditer(lower))
    for place, word in enumerate(words):
        if word.start() < end:
            continue
        if word[0] == "to":
            mark = _aim(words, place, verbs)
        elif word[0] in _TRIED:
            mark = _sign(lower, word.start(), _TRIED[word[0]])
        else:
            continue
        if mark:
            found.append(mark)
            end = mark.verb
    return found


def _sign(lower: str, place: int, roles: list[str]) -> Mark | None:
    """Return the mark whose words stand at `place`, if any; a relative clause needs its comma."""
    for role in roles:
        if hit := _SIGNS[role].match(lower, place):
            return Mark(place, hit.end(), "manner" if role == "brief" else role, role == "brief")
        if role == "reason" and lower[place - 2 : place] == ", " and (hit := _SIGNS[role].match(lower, place - 2)):
            return Mark(place, hit.end(), role, closed=False)
    return None


def _aim(words: list[re.Match[str]], place: int, verbs: Set[str]) -> Mark | None:
    """Return the mark of "to" and a verb if they say what a thing requested is for: "a law to protect children"."""
    following = [word[0] for word in words[place + 1 : place + 3]]
    verb = following[1:] if following and following[0].endswith("ly") else following[:1]
    if place < 2 or not verb or verb[0] not in verbs or words[place - 1][0] in _LEADS | _NOT_AIMS:
        return None
    return Mark(words[place].start(), words[place + 1].start(), "to", closed=False)


def parts(lower: str, signs: list[Mark], begin: int, verb: int, stop: int) -> Iterator[Part]:
    """Yield the parts of the clause from `begin` to `stop` whose verb stands at `verb`; what stands before it is manner."""
    if lower[begin:verb].strip(" ,"):
        yield Part("manner", lower[begin:verb], begin)
    role, start = MAIN, verb
    for sign in [*(sign for sign in signs if verb < sign.start < stop), Mark(stop, stop, MAIN, closed=True)]:
        yield from _closed(role, lower, start, sign.start)
        if sign.closed:
            yield from _closed(sign.role, lower, sign.start, min(sign.verb, stop))
            start = sign.verb
        else:
            role, start = sign.role, sign.start


def _closed(role: str, lower: str, start: int, stop: int) -> Iterator[Part]:
    """Yield a part, cut where the second of two commas around it closes it; a list behind "in particular" goes on."""
    piece = lower[start:stop]
    comma = piece.find(",", 1)
    if role not in {MAIN, "to"} and 0 < comma < len(piece) - 12 and _set_apart(role, lower[:start], piece[:comma]):
        yield Part(role, piece[:comma], start)
        role, piece, start = MAIN, piece[comma:], start + comma
    if piece.strip(" ,.;"):
        yield Part(role, piece, start)


def _set_apart(role: str, before: str, piece: str) -> bool:
    """Return whether a part ends at its comma: one stands before it too, or "in particular" has nothing behind it."""
    return before.rstrip().endswith(",") if role != "focus" else bool(_SIGNS["focus"].fullmatch(piece.strip()))
