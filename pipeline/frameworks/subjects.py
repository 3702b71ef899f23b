"""The subjects of configs/framework_subjects.yaml: what a request asks, what an item names, and what carries what."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from pipeline.frameworks.phrases import PhraseFinder, Words, words_of

Array = NDArray[np.float64]

_KEYS = {"label", "words", "asked", "named", "unless", "not_with", "carried_by", "means", "general", "group", "persons", "sdgs"}  # fmt: skip

SUBORDINATE = 0.8
"""How far an item names what it only conforms to ("in line with international standards")."""
_CONFORMING = re.compile(
    r"^(accordance|line|compl\w*|conform\w*|based|basee?s?|basad[oa]s?|baseadas?|baseados?|pursuant|according|acorde|aligne\w*|"
    r"alignement|observance|enfoques?|approch\w*|approach\w*|perspectiv\w*|abordage\w*)$"
)
_FOLLOWING = frozenset({"approach", "approaches", "responsive", "sensitive"})
_REACH = 6  # words between "in line with" and what is conformed to
MEANS, GROUP, GENERAL, BESIDE_TREATY, BESIDE_MECHANISM = 0.5, 0.5, 0.6, 0.6, 0.7
"""What a way of acting, a group of persons and a general phrase count beside a theme; a theme beside a treaty."""
_FADING = 0.4  # what a theme named at the very end counts less than one named first


class SubjectsError(ValueError):
    """The file of subjects breaks its form: names the subject and the remedy."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject; see the head of the YAML file."""

    id: str
    label: str
    words: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    carried_by: Mapping[str, float] = field(default_factory=dict)
    means: bool = False
    general: bool = False
    group: bool = False
    persons: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A subject in a text: how strongly (0-1), and the words that say so."""

    strength: float
    quote: str


@dataclass(frozen=True)
class Subjects:
    """All subjects, to be asked of texts."""

    all: tuple[Subject, ...]

    @cached_property
    def ids(self) -> list[str]:
        """Return the ids, in the order of every array of subjects."""
        return [subject.id for subject in self.all]

    @cached_property
    def carried(self) -> Array:
        """Return asked subjects x named subjects: how directly the second carries the first (0-1)."""
        place = {name: row for row, name in enumerate(self.ids)}
        table = np.eye(len(self.all))
        for row, subject in enumerate(self.all):
            for other, strength in subject.carried_by.items():
                table[row, place[other]] = strength
        return table

    @cached_property
    def _finders(self) -> tuple[PhraseFinder, PhraseFinder, PhraseFinder, PhraseFinder]:
        return (
            PhraseFinder({s.id: (*s.words, *s.asked) for s in self.all}),
            PhraseFinder({s.id: (*s.words, *s.named) for s in self.all}),
            PhraseFinder({s.id: s.unless for s in self.all}),
            PhraseFinder({s.id: s.not_with for s in self.all}),
        )

    def named(self, text: str) -> dict[str, Mention]:
        """Return what an outcome or output names; what it only conforms to counts `SUBORDINATE`."""
        words = words_of(text)
        found = {}
        for subject, spans in self._spans(words, self._finders[1]).items():
            strengths = [_strength(words, first, last) for first, last in spans]
            best = strengths.index(max(strengths))
            found[subject] = Mention(strengths[best], words.quote(*spans[best]))
        return found

    def asked(self, text: str) -> dict[str, Mention]:
        """Return what a recommendation asks, the theme first: means, groups and general phrases count less beside it."""
        words = words_of(text)
        excluded = self._finders[3].find(words.folded)
        spans = {name: at for name, at in self._spans(words, self._finders[0]).items() if name not in excluded}
        known = {subject.id: subject for subject in self.all}
        themes = [name for name in spans if not known[name].means and not known[name].group]
        length = max(len(words.folded), 1)
        first = min((spans[name][0][0] for name in themes), default=0) / length
        found = {}
        for name, at in spans.items():
            weight = 1 - _FADING * max(0.0, at[0][0] / length - first)
            weight *= MEANS if known[name].means and themes else 1.0
            weight *= GROUP if known[name].group and themes else 1.0
            weight *= GENERAL if known[name].general and len(themes) > 1 else 1.0
            found[name] = Mention(weight, words.quote(*at[0]))
        return _formal(found)

    def _spans(self, words: Words, finder: PhraseFinder) -> dict[str, list[tuple[int, int]]]:
        hidden = self._finders[2].find(words.folded)
        found = {}
        for name, spans in finder.find(words.folded).items():
            covered = {n for first, last in hidden.get(name, ()) for n in range(first, last + 1)}
            kept = [span for span in spans if covered.isdisjoint(range(span[0], span[1] + 1))]
            if kept:
                found[name] = kept
        return found

    def weights(self, mentions: Iterable[Mapping[str, Mention]]) -> Array:
        """Return texts x subjects, the strength of each mention."""
        return np.array([[text[name].strength if name in text else 0.0 for name in self.ids] for text in mentions]).reshape(-1, len(self.all))  # fmt: skip


def _strength(words: Words, first: int, last: int) -> float:
    """Return how strongly the words from `first` to `last` name a subject: less in "gender-sensitive" or "in line with"."""
    before = words.folded[max(0, first - _REACH) : first]
    after = words.folded[last + 1 : last + 2]
    return SUBORDINATE if any(map(_CONFORMING.match, before)) or not _FOLLOWING.isdisjoint(after) else 1.0


def _formal(found: dict[str, Mention]) -> dict[str, Mention]:
    """Return the mentions of a request about a treaty or mechanism: that decides, its matter counts less."""
    for leading, beside, kept in (
        ("treaties", BESIDE_TREATY, ("treaties", "justice_treaties")),
        ("mechanisms", BESIDE_MECHANISM, ("mechanisms",)),
    ):
        if leading in found:
            return {
                name: Mention(1.0 if name in kept else beside * mention.strength, mention.quote)
                for name, mention in found.items()
            }
    return found


def load_subjects(path: Path) -> Subjects:
    """Return the subjects of the YAML file at `path`.

    Raises:
        SubjectsError: an unknown key, a subject that is carried by one that does not exist, or a phrase without words.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    subjects = []
    for name, entry in content.items():
        if unknown := set(entry) - _KEYS:
            raise SubjectsError(
                f"{path}: '{name}' has the unknown key '{min(unknown)}'; known: {', '.join(sorted(_KEYS))}"
            )
        for other in entry.get("carried_by", {}):
            if other not in content:
                near = difflib.get_close_matches(other, list(content), n=1)
                raise SubjectsError(
                    f"{path}: '{name}' is carried by '{other}', which is no subject; did you mean {near}?"
                )
        values: dict[str, Any] = {
            key: tuple(map(str, value)) if isinstance(value, list) else value for key, value in entry.items()
        }
        subjects.append(Subject(id=name, **values))
    found = Subjects(tuple(subjects))
    try:
        found._finders  # noqa: B018  phrases are checked now, not at the first text
    except ValueError as error:
        raise SubjectsError(f"{path}: {error}") from error
    return found


def names_of(mentions: Sequence[Mapping[str, Mention]], outputs: float) -> dict[str, Mention]:
    """Return what an outcome names by its own text (the first of `mentions`) or its outputs, those counted `outputs`."""
    found: dict[str, Mention] = dict(mentions[0]) if mentions else {}
    for other in mentions[1:]:
        for name, mention in other.items():
            strength = outputs * mention.strength
            if name not in found or found[name].strength < strength:
                found[name] = Mention(strength, mention.quote)
    return found
