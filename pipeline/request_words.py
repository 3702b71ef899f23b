"""The words of a request one by one: which thing each names, in what part of which clause it stands.

Two requests are laid side by side word by word (`alignment`); a name of several words ("national human rights institution",
a treaty) is one word there, whatever its wording.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.clause_marks import Part
from pipeline.clauses import clauses
from pipeline.slots import SlotWords, placed, strength_of
from pipeline.text import straighten

CORE, SIDE, AIM, AROUND = range(4)
"""What a word belongs to: the request itself; its means and focus; its purpose; its manner, grounds and the rest."""

THING, INSTRUMENT = "thing:", "instrument:"
"""How the words begin that stand for a thing of `configs/slots.yaml` and for a treaty."""

_PART = {"main": CORE, "to": CORE, "focus": SIDE, "means": SIDE, "purpose": AIM, "manner": AROUND, "reason": AROUND}
_BROAD = frozenset(["ensure", "protect", "promote", "provide", "respect", "strengthen", "combat", "plan", "monitor"])
"""Acts that go with almost any request: whether both name them says little."""
_WORD = re.compile(r"\*|[a-z0-9][a-z0-9']*")
_TOKEN = re.compile(r"[a-z0-9]+")
_STOP = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "in", "including", "into",
    "is", "it", "its", "not", "of", "on", "or", "other", "that", "the", "their", "this", "those", "these", "to",
    "under", "was", "were", "which", "who", "will", "with", "within", "all", "any", "also", "such", "so", "than",
    "more", "most", "further", "necessary", "appropriate", "effective", "order", "view", "measures", "take", "efforts",
    "steps", "ensure",
])  # fmt: skip
_FILLING = _STOP | frozenset([
    "should", "must", "would", "could", "may", "recommended", "recommend", "recommends", "please", "he", "she", "they",
    "per", "thereto", "thereof", "etc", "both", "inter", "alia", "if", "where", "when", "there", "between", "among",
    "upon", "through", "via", "up", "out",
])  # fmt: skip
_ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ities", "ity", "ies", "es", "ed", "s", "e", "y",
)  # fmt: skip
_OR = re.compile(r"\bor\b")
_AGAINST = re.compile(r"\b(?:not|no|refrain|without|cease|stop|end|avoid|withdraw|never|abandon)\b")
_BRACKETS = re.compile(r"\([^()]*\)|paragraphs? \d+")
_ARTICLES = re.compile(r"\bart(?:icle)?s?\.?\s+((?:\d+|\([^()]*\)|paragraphs?|and|or|,|\s)+)", re.IGNORECASE)

_OPPOSES = frozenset(["decriminalise", "decriminalize", "abolish", "repeal", "abrogate", "rescind", "revoke"])
_KEEPS = frozenset(["criminalise", "criminalize", "maintain", "retain", "reintroduce", "restore"])


@dataclass(frozen=True, slots=True)
class RequestWords:
    """One text read word by word; the four sequences have one entry a word."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    parts: tuple[int, ...]
    clauses: tuple[int, ...]
    n_clauses: int
    strengths: tuple[str, ...]
    first_verb: str
    core_acts: frozenset[str]
    side_acts: frozenset[str]
    core_groups: frozenset[str]
    alternatives: bool
    against: bool

    def of(self, beginning: str, *parts: int) -> frozenset[str]:
        """Return the words that begin so (`THING`, `INSTRUMENT`) in the parts given."""
        return frozenset(
            word
            for word, part in zip(self.words, self.parts, strict=True)
            if part in parts and word.startswith(beginning)
        )

    def telling_acts(self) -> frozenset[str]:
        """Return the acts of the request itself without those that go with almost any."""
        return self.core_acts - _BROAD


def stems(text: str) -> frozenset[str]:
    """Return the words of `text` that carry meaning, cut to their stems."""
    return frozenset(stem(word) for word in _TOKEN.findall(text.lower()) if word not in _STOP and len(word) > 1)


def stem(word: str) -> str:
    """Return a word in lower case without its ending, if four letters stay."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def request_words(plain: str, instruments: Sequence[str], words: SlotWords) -> RequestWords:
    """Return the words of a text.

    Args:
        plain: the text with an asterisk in place of each instrument.
        instruments: their ids in the order of the text, one for each asterisk.
        words: of `configs/slots.yaml`.
    """
    lower = straighten(plain).lower()
    found = clauses(plain, words.verbs)
    part_of, clause_of = [AROUND] * (len(lower) + 1), [0] * (len(lower) + 1)
    for number, clause in enumerate(found):
        for part in clause.parts:
            inside = slice(part.start, part.start + len(part.words))
            part_of[inside] = [_PART[part.role]] * len(part.words)
            clause_of[inside] = [number] * len(part.words)
    tokens = _tokens(lower, instruments, words)
    acts = [(part_of[start], act) for start, _, act in placed(lower, words.lists["acts"])]
    core = " ".join(clause.of("main", "to") for clause in found)
    main = " ".join(clause.of("main") for clause in found)
    strengths = (strength_of(_without_reasons(clause.parts), words) for clause in found)
    return RequestWords(
        words=tuple(word for _, word in tokens),
        kinds=tuple(words.alike.get(word, "") for _, word in tokens),
        parts=tuple(part_of[start] for start, _ in tokens),
        clauses=tuple(clause_of[start] for start, _ in tokens),
        n_clauses=len(found),
        strengths=tuple(strengths),
        first_verb=(found[0].of("main").split() or [""])[0],
        core_acts=frozenset(act for part, act in acts if part == CORE),
        side_acts=frozenset(act for part, act in acts if part in {SIDE, AIM}),
        core_groups=frozenset(group for _, _, group in placed(core, words.lists["groups"])),
        alternatives=bool(_OR.search(main)),
        against=bool(_AGAINST.search(main)),
    )


def polarity(text: RequestWords) -> str:
    """Return "for" or "against" where the first verb or an act says so beyond doubt, else "".

    Only what can be opposed is told (rule R8): to criminalise or to keep a thing, to decriminalise or to abolish it. "End
    discrimination" is no opposite of "promote equality", so most texts have none.
    """
    if text.first_verb in _OPPOSES or "decriminalise" in text.core_acts:
        return "against"
    return "for" if text.first_verb in _KEEPS else ""


def articles(text: str) -> frozenset[str]:
    """Return the numbers of the articles that a text names, without paragraphs: of "articles 9 (2) and 16" 9 and 16."""
    listed = (_BRACKETS.sub(" ", match[1]) for match in _ARTICLES.finditer(text))
    return frozenset(number for numbers in listed for number in re.findall(r"\d+", numbers))


def _tokens(lower: str, instruments: Sequence[str], words: SlotWords) -> list[tuple[int, str]]:
    """Return where each word stands and the word; a thing and an instrument are one word."""
    things = list(placed(lower, words.lists["things"]))
    tokens = [(start, THING + name) for start, _, name in things]
    covered = {place for start, end, _ in things for place in range(start, end)}
    named = iter(instruments)
    for match in _WORD.finditer(lower):
        if match[0] == "*":
            tokens.append((match.start(), INSTRUMENT + next(named, "")))
        elif match.start() not in covered and len(match[0]) > 1 and match[0] not in _FILLING:
            tokens.append((match.start(), match[0]))
    return sorted(tokens)


def _without_reasons(parts: Sequence[Part]) -> str:
    return " ".join(part.words for part in parts if part.role != "reason").strip()
