"""Phrases with optional and alternative parts, as written in configs by people, and the patterns they stand for.

`[x]` may be missing, `(x|y)` is one of the two, also within a word: "[the] right[s] of (women|girls)". Capitals, commas
and hyphens of a text do not matter.
"""

import re

BETWEEN = r"[\s,/-]+"
"""What may stand between two words of a phrase."""


class PhraseError(ValueError):
    """A phrase breaks its form: quotes it."""


def required_words(phrase: str) -> tuple[str, ...]:
    """Return the words, in lower case and the longest first, without which `phrase` cannot stand in a text."""
    words = {word.lower() for word in _split(phrase, " ") if word.isalnum()}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def regex(phrase: str) -> str:
    """Return the regular expression of `phrase`, to be compiled with IGNORECASE; it has no capturing group.

    Raises:
        PhraseError: a bracket is not closed.
    """
    pattern, begun = "", False
    for item in _split(phrase, " "):
        optional = item.startswith("[") and _closing(item, 0) == len(item) - 1
        piece = "|".join(regex(part) for part in _split(item[1:-1], "|")) if optional else _word(item)
        if optional:
            pattern += rf"(?:{BETWEEN}(?:{piece}))?" if begun else rf"(?:(?:{piece}){BETWEEN})?"
        else:
            pattern += (BETWEEN if begun else "") + piece
            begun = True
    return pattern


def _word(item: str) -> str:
    """Return the pattern of one word, in which (a|b) and [x] may stand."""
    pattern, place = "", 0
    while place < len(item):
        if item[place] in "[(":
            end = _closing(item, place)
            inner = "|".join(regex(part) for part in _split(item[place + 1 : end], "|"))
            pattern += f"(?:{inner})" + ("?" if item[place] == "[" else "")
            place = end
        else:
            pattern += r"\w*" if item[place] == "*" else re.escape(item[place])
        place += 1
    return pattern


def _closing(phrase: str, start: int) -> int:
    """Return where the bracket that opens at `start` closes."""
    depth = 0
    for place in range(start, len(phrase)):
        depth += (phrase[place] in "[(") - (phrase[place] in "])")
        if depth == 0:
            return place
    raise PhraseError(f"'{phrase}': a bracket is not closed")


def _split(phrase: str, sign: str) -> list[str]:
    """Return the parts of `phrase` between the signs outside all brackets."""
    parts, depth = [""], 0
    for letter in phrase:
        depth += (letter in "[(") - (letter in "])")
        if letter == sign and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part]
