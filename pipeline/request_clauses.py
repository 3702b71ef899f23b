"""The single requests of a text, each in words that can be compared alone with other requests.

`clauses` takes a text apart; here each clause gets the beginning it shares with the one before ("continue efforts to",
"ensure"), a list of treaties becomes one request for each, and what cannot be read alone ("implement it") is left out.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.clauses import Clause, Verbs, clauses
from pipeline.text import straighten

_ACTS = frozenset([
    "abolish", "accede", "adopt", "amend", "appoint", "commute", "continue", "criminalise", "criminalize", "decriminalise",
    "decriminalize", "enact", "establish", "extend", "invite", "issue", "lift", "ratify", "release", "repeal", "rescind",
    "sign", "submit", "withdraw",
])  # fmt: skip
"""Acts that seldom depend on an earlier "continue efforts to": they begin a request of their own."""

_THINGS = r"(?:efforts?|measures|steps|actions?|work|initiatives|policies)"
_LEAD = re.compile(
    r"(?:[a-z]+ly |further )?(?:continue to |(?:continue|pursue|step up|intensify|increase|strengthen|redouble|enhance|make|take|"
    rf"undertake|adopt|work|persist|persevere|carry on)\b(?:[\s,]+[\w-]+){{0,7}}?\s{_THINGS}"
    r"(?: with a view| aimed at| in order)?,? to |(?:ensure|guarantee|make sure) (?=that ))",
    re.IGNORECASE,
)
"""A beginning that later clauses of the sentence share."""
_BARE = re.compile(rf"(?P<effort>[\w-]+(?:[\s,]+[\w-]+){{0,4}} {_THINGS})(?:,[^.;]*)?", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"^.{0,300}\b(?:(?:recommends?|urges?|encourages?|calls? (?:up)?on|invites?|requests?)(?: that| to)?|that|so\s?,|,) "
    r"(?:the )?(?:state p ?arty|government|authorities)(?: (?:should|must|to))?(?: (?:also|further|therefore))* ",
    re.IGNORECASE,
)
"""What is left of "The Committee reiterates ... and recommends that the State party" before a request."""
_CONSIDER = re.compile(
    r"(?:[a-z]+ly |further )?(?:consider|(?:study|explore|examine|consider|envisage) (?:the )?(?:possibility|feasibility) of) "
    r"(?=[a-z-]+ing\b)",
    re.IGNORECASE,
)
_GERUND = re.compile(
    r"(?:,\s+(?:and\s+)?|\s+and\s+)(?:to\s+)?(?=(?!including|regarding|concerning|following)(?P<verb>[a-z-]+?)(?P<doubled>[bgnpt]?)ing\s(?!programmes?\b))"
)
_ALONE = re.compile(
    r"\W*(?:[\w-]+(?:\s+(?:it|them|this|these|those|so|to|the same|thereto|and|implement\w*|ratify\w*|fully))*|[\w-]+ (?:it|them) .*)\W*",
    re.IGNORECASE,
)
"""What says nothing without the words before it."""
_MEANS = re.compile(
    r",? (?:including|in particular|notably|inter alia),?(?: inter alia,?)? (?:by|through|with) .*$", re.IGNORECASE
)
_LISTED = re.compile(r"[\s,;/&]*(?:(?:and|or|as well as|its|also|to|the)[\s,]*)*")
_LONG_WORDS = 25
"""Words from which a request is given without the means it names."""
_LEAST_LEAD = 25
"""Characters before the only request of a text from which the request alone is compared too."""
_FAR_WORDS = 12
"""Words after which an instrument is no object of the request: "as provided for by the Covenants"."""


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of the instruments' canonical `names`, ILO conventions by number added."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join([*map(re.escape, longest_first), r"ILO Convention \d+"]))


def request_clauses(text: str, verbs: Verbs, instruments: re.Pattern[str]) -> list[str]:
    """Return the requests of `text` in order, at least one, in its words.

    Args:
        text: in canonical wording.
        verbs: that open a request, as `clauses` takes them.
        instruments: see `any_of`; a list of them is one request for each.
    """
    found = [
        _tidy(single)
        for request in _in_full(clauses(text, verbs), text, verbs)
        for joined in _considered(request, verbs)
        for single in _each_instrument(joined, instruments)
    ]
    kept = [clause for clause in dict.fromkeys(found) if not _ALONE.fullmatch(clause)]
    return [text] if not kept or (len(found) == 1 and text.find(found[0]) < _LEAST_LEAD) else kept


def _in_full(found: list[Clause], text: str, verbs: Verbs) -> Iterator[str]:
    """Yield each clause from its verb on, after the beginning it shares with an earlier clause of its sentence."""
    lead, end = "", 0
    for clause in found:
        start = next((part.start for part in clause.parts if part.role == "main"), clause.start)
        words = _ADDRESSED.sub("", text[start : clause.end].strip(" ,;"))
        if re.search(r"[.;]\s", text[end:start]):
            lead = ""
        end = clause.end
        first = straighten(words).lower().partition(" ")[0]
        if own := _LEAD.match(words):
            lead = own[0]
        elif bare := _BARE.fullmatch(words):
            lead = f"{bare['effort']} to "
            continue
        elif first == "that":
            if not lead.endswith(" "):
                continue
            words = lead + words
        elif first == "to" or (first in verbs.bases and first not in _ACTS):
            words = lead * lead.endswith("to ") + words.removeprefix("to ")
        yield words


def _considered(request: str, verbs: Verbs) -> Iterator[str]:
    """Yield "consider ratifying X" and "consider adopting Y" of "consider ratifying X and adopting Y"."""
    if not (lead := _CONSIDER.match(request)):
        yield request
        return
    start = lead.end()
    for cut in _GERUND.finditer(request, start):
        if {cut["verb"], f"{cut['verb']}e", cut["verb"] + cut["doubled"]} & verbs.bases:
            yield lead[0] + request[start : cut.start()]
            start = cut.end()
    yield lead[0] + request[start:]


def _each_instrument(clause: str, instruments: re.Pattern[str]) -> Iterator[str]:
    """Yield `clause` once for each instrument of the first list that its act takes, or as it is."""
    run: list[re.Match[str]] = []
    for name in instruments.finditer(clause):
        if run and not _LISTED.fullmatch(clause, run[-1].end(), name.start()):
            if len(run) > 1:
                break
            run = []
        run.append(name)
    if len(run) < 2 or len(clause[: run[0].start()].split()) > _FAR_WORDS:
        yield clause
        return
    for name in run:
        yield clause[: run[0].start()] + name[0] + clause[run[-1].end() :]


def _tidy(clause: str) -> str:
    """Return a clause without the marks that joined it, and without the means it names if it is long."""
    words = re.sub(r"^\W+|[\s,;:.]+$", "", clause)
    short = _MEANS.sub("", words) if len(words.split()) > _LONG_WORDS else words
    return re.sub(r"\s+", " ", short)
