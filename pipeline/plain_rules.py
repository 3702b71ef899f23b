"""The plainest rules: a theme where the words of its label stand, an action by the verb that opens. A yardstick, no tagger."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.keywords import KeywordMatcher
from pipeline.taxonomy import Concept

Flags = NDArray[np.bool_]

GENERAL = "upr-action:4"
"""The action category that most texts have."""

_JOINTS = re.compile(r" - |, | and | or |/")
_LEADING = re.compile(r"^(?:rights? (?:to|of)(?: the)?|freedom of(?: the)?) ", re.IGNORECASE)
_TRAILING = re.compile(r"(?:['’]s? rights?)$", re.IGNORECASE)
_EMPTY = {"general", "other"}
"""Parts of labels that say nothing of a text."""


def by_label(texts: Sequence[str], concepts: Sequence[Concept]) -> Flags:
    """Return texts x concepts: whether words of the concept's label, or of another wording of it, stand in the text."""
    named = [concept.model_copy(update={"synonyms": phrases_of(concept), "patterns": (), "exclusions": ()})
             for concept in concepts]  # fmt: skip
    return _found(texts, [concept for concept in named if concept.synonyms], [concept.id for concept in concepts])


def phrases_of(concept: Concept) -> tuple[str, ...]:
    """Return the parts of a concept's label and aliases as phrases: "Right to education" is "education"."""
    parts = [part for wording in (concept.label, *concept.aliases) for part in _JOINTS.split(wording)]
    phrases = [_TRAILING.sub("", _LEADING.sub("", part.strip())) for part in parts]
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase and phrase.lower() not in _EMPTY))


def by_opening_verb(texts: Sequence[str], concepts: Sequence[Concept], otherwise: str = GENERAL) -> Flags:
    """Return texts x concepts, one each: the concept whose verb stands first; of two that open, the second.

    The rule of UPR Info's codebook. `otherwise` is the id of the concept where no verb is known.
    """
    column = {concept.id: at for at, concept in enumerate(concepts)}
    first = [(len(text), otherwise) for text in texts]
    found: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    for match in KeywordMatcher(concepts).match(texts):
        start = texts[match.row].find(match.evidence.split(" … ")[0])
        found[match.row].append((start, start + len(match.evidence), match.concept_id))
    for row, verbs in enumerate(found):
        if verbs:
            (start, end, concept), *others = sorted(verbs)
            joined = [other for other in others if texts[row][end : other[0]].strip(" ,") == "and"]
            first[row] = (start, joined[0][2] if joined else concept)
    flags = np.zeros((len(texts), len(concepts)), dtype=bool)
    flags[np.arange(len(texts)), [column[concept] for _, concept in first]] = True
    return flags


def _found(texts: Sequence[str], concepts: Sequence[Concept], order: Sequence[str]) -> Flags:
    column = {concept: at for at, concept in enumerate(order)}
    flags = np.zeros((len(texts), len(order)), dtype=bool)
    for match in KeywordMatcher(concepts).match(texts):
        flags[match.row, column[match.concept_id]] = True
    return flags
