"""Phrases of several languages found in texts, word by word: one pass a text, whatever the number of phrases.

`violen*` is a word that begins so; ` .. ` is at most six words; case, accents and punctuation do not count.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.text import fold

GAP = ".."
LONGEST_GAP = 6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Words:
    """A text as folded words, with the place of each in the text."""

    text: str
    folded: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    def quote(self, first: int, last: int) -> str:
        """Return the text from word `first` to word `last` as written."""
        return self.text[self.places[first][0] : self.places[last][1]]


@functools.lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    return fold(word).replace(" ", "")


def words_of(text: str) -> Words:
    """Return the words of `text`."""
    found = [(match.span(), _folded(match.group())) for match in _WORD.finditer(text)]
    return Words(text, tuple(word for _, word in found), tuple(place for place, _ in found))


def _agrees(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


class PhraseFinder:
    """Finds the phrases of many names at once."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Take for each name its phrases.

        Raises:
            ValueError: a phrase is empty, or begins or ends with a gap: names it.
        """
        self._exact: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        self._begins: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        for name, listed in phrases.items():
            for phrase in dict.fromkeys(listed):
                first, *rest = phrase.split() or [GAP]
                if first == GAP or (rest and rest[-1] == GAP):
                    raise ValueError(f"'{name}': the phrase '{phrase}' must begin and end with a word")
                target = self._begins if first.endswith("*") else self._exact
                target[first.removesuffix("*")].append((name, rest))
        self._lengths = sorted({len(start) for start in self._begins})

    def find(self, words: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
        """Return for each name found the first and last word of each of its phrases, in the order of the text."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for start, word in enumerate(words):
            candidates = list(self._exact.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                candidates += self._begins.get(word[:length], ())
            for name, rest in candidates:
                if (end := _end(words, start, rest)) is not None:
                    found[name].append((start, end))
        return found


def _end(words: Sequence[str], at: int, rest: Sequence[str]) -> int | None:
    """Return the last word of a phrase whose first word is at `at`; None if the rest does not follow."""
    reach = 1
    for pattern in rest:
        if pattern == GAP:
            reach = LONGEST_GAP + 1
            continue
        following = range(at + 1, min(at + 1 + reach, len(words)))
        place = next((n for n in following if _agrees(pattern, words[n])), None)
        if place is None:
            return None
        at, reach = place, 1
    return at
