"""What a recommendation asks, by its words: strength, acts, persons, matter; and its core without phrases of manner.

`configs/slots.yaml` holds the words. Two recommendations are compared slot by slot; see `matching`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipeline.clauses import Verbs
from pipeline.phrases import PhraseError, regex
from pipeline.text import straighten

STRENGTHS = ("consider", "continue", "specific")
_SAME_AS = {"toward": "continue"}

_WORD = re.compile(r"[a-z][a-z'-]+")
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b(?:[A-Z][a-z]+|[A-Z]{2,})\b")
_NUMBER = re.compile(r"\b\d+\b")
_ADVERB = re.compile(
    r"[\s,]*(?:(?:[a-z]+ly|also|then|to|soon|that|it|the|recommended|recommend(?:s|ation)?|urge[sd]?|please|and|encouraged?|"
    r"should|as a matter of [a-z]+|in this regard|without delay)[,:]? )*"
)
_TAIL = re.compile(
    r",? (?:in (?:full )?(?:accordance|conform\w+|line|compliance|keeping|consistency|particular) (?:with|to)|"
    r"(?:consistent|consonant|compatible) with|as (?:soon as possible|a matter of|\w+ed by)|"
    r"at the earliest|without (?:further )?delay|in order to|so as to|with the aim of|aim(?:ed|ing) (?:at|to)|"
    r"with a view (?:to|of)|pursuant to|as per|as well as possible|within the framework of)\b.*$"
)
_PURPOSE = re.compile(
    r",? (?:with (?:a|the) (?:long-term )?(?:view|aim|objective|purpose|intention) (?:to|of)|"
    r"as a (?:\w+ )?steps? |"
    r"aim(?:ed|ing) (?:at|to)|in order to|so as to|so that|leading to|followed by|with the (?:\w+ )?(?:aim|goal) of|"
    r"towards (?=(?:its |the |a )?(?:final |full |complete |total |eventual |effective )?aboli)|pending)[^.;]*"
)


class SlotsError(ValueError):
    """The file of words breaks its form: names the slot and the remedy."""


@dataclass(frozen=True, slots=True)
class Slots:
    """What one text asks."""

    strength: str
    acts: frozenset[str]
    aims: frozenset[str]
    groups: frozenset[str]
    topics: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    first_act: str | None = None


@dataclass(frozen=True)
class SlotWords:
    """The words of all slots, indexed by how a phrase begins."""

    strength: tuple[tuple[str, re.Pattern[str]], ...] = field(repr=False)
    lists: dict[str, dict[str, list[tuple[re.Pattern[str], str]]]] = field(repr=False)
    alike: dict[str, str] = field(repr=False)
    verbs: Verbs = field(repr=False)


def load_slot_words(path: Path) -> SlotWords:
    """Return the words of `configs/slots.yaml`.

    Raises:
        SlotsError: a list is missing or a phrase breaks its form.
    """
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if missing := {"strength", "acts", "groups", "topics", "things", "alike", "verbs", "nouns"} - set(content):
        raise SlotsError(f"{path}: the lists {', '.join(sorted(missing))} are missing")
    alike = {word: name for name, words in content["alike"].items() for word in words}
    verbs = Verbs(frozenset(content["verbs"]), frozenset(content["nouns"]))
    try:
        strength = tuple(
            (name, re.compile("(?:" + "|".join(regex(phrase) for phrase in phrases) + r")(?!\w)"))
            for name, phrases in content["strength"].items()
        )
        lists = {name: _index(content[name]) for name in ("acts", "groups", "topics", "things")}
        return SlotWords(strength, lists, alike, verbs)
    except PhraseError as error:
        raise SlotsError(f"{path}: {error}") from error


def load_verbs(path: Path) -> Verbs:
    """Return the verbs of `configs/slots.yaml` that open a request.

    Raises:
        SlotsError: a list is missing.
    """
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if missing := {"verbs", "nouns"} - set(content):
        raise SlotsError(f"{path}: the lists {', '.join(sorted(missing))} are missing")
    return Verbs(frozenset(content["verbs"]), frozenset(content["nouns"]))


def _index(concepts: dict[str, list[str]]) -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Return the compiled phrases by their first three letters."""
    index: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for concept, phrases in concepts.items():
        for phrase in phrases:
            if not re.match(r"[\w'-]{2,3}", phrase) and not phrase.startswith("("):
                raise PhraseError(f"'{phrase}' of '{concept}' does not begin with three letters")
            pattern = re.compile(regex(phrase.lower()) + r"(?!\w)")
            for start in _starts(phrase.lower()):
                index.setdefault(start, []).append((pattern, concept))
    return index


def _starts(phrase: str) -> set[str]:
    """Return the first three letters with which a phrase may begin."""
    if phrase.startswith("("):
        return {part.strip()[:3] for part in phrase[1 : phrase.index(")")].split("|")}
    return {re.split(r"[(*\[ ]", phrase)[0][:3]}


def read_slots(text: str, words: SlotWords) -> Slots:
    """Return what `text` asks; give it in the canonical wording of its instruments."""
    plain = straighten(text)
    lower = plain.lower()
    request = _TAIL.sub("", _PURPOSE.sub("", lower))
    acts = _found(request, words.lists["acts"]) or _found(lower, words.lists["acts"])
    return Slots(
        strength=strength_of(lower, words),
        acts=frozenset(acts),
        aims=frozenset(_found(lower, words.lists["acts"])) - frozenset(acts),
        groups=frozenset(_found(lower, words.lists["groups"])),
        topics=frozenset(_found(lower, words.lists["topics"])),
        names=frozenset(name.lower() for name in _NAME.findall(plain)),
        numbers=frozenset(_NUMBER.findall(plain)),
        first_act=acts[0] if acts else None,
    )


def core(text: str, words: SlotWords) -> str:
    """Return `text` in lower case without the words of strength before and of manner behind the request."""
    lower = _TAIL.sub("", straighten(text).lower().rstrip(" .;"))
    place = 0
    while hit := _leading(lower, place, words):
        place = hit[1]
    rest = re.sub(r"^(?:its|the|to|on|of|with|efforts?|work|measures|steps|possibility|further|for|and|,|\s)+\b", "",
                  lower[place:].strip())  # fmt: skip
    return rest if len(rest) > 12 else lower


def _found(lower: str, index: dict[str, list[tuple[re.Pattern[str], str]]]) -> list[str]:
    """Return the concepts in the order of the text, the longest phrase at each place."""
    return list(dict.fromkeys(concept for _, _, concept in placed(lower, index)))


def placed(lower: str, index: dict[str, list[tuple[re.Pattern[str], str]]]) -> Iterator[tuple[int, int, str]]:
    """Yield where the longest phrase at each place of a text in lower case begins and ends, and its concept."""
    end = 0
    for word in _WORD.finditer(lower):
        if word.start() < end:
            continue
        tried = ((pattern.match(lower, word.start()), concept) for pattern, concept in index.get(word[0][:3], ()))
        hits = [(hit.end(), concept) for hit, concept in tried if hit]
        if not hits:
            continue
        end = max(hits)[0]
        for stop, concept in sorted(set(hits)):
            if stop == end:
                yield word.start(), end, concept


def _leading(lower: str, place: int, words: SlotWords) -> tuple[str, int] | None:
    """Return the class of strength whose words stand at `place`, adverbs aside, and where they end."""
    adverbs = _ADVERB.match(lower, place)
    start = adverbs.end() if adverbs else place
    for name, pattern in words.strength:
        if hit := pattern.match(lower, start):
            return name, hit.end()
    return None


def strength_of(lower: str, words: SlotWords) -> str:
    """Return the class of the request: to consider, to continue, or a specific act.

    Rules R2 and R2a of the annotation rules: to accelerate an act, or to take measures to it, is the act itself.
    """
    place = 0
    while hit := _leading(lower, place, words):
        if (strength := _SAME_AS.get(hit[0], hit[0])) in STRENGTHS:
            return strength
        place = hit[1]
    return "specific"
