"""What a document is read to, whatever its format: lines in reading order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a PDF, or one paragraph of a Word or text file.

    `opens` tells that the layout begins a paragraph here (a wider gap above, a paragraph of Word). `level` is the
    distance from the left margin in points, None if unknown. `page` is 1-based, 0 if the format has no pages.
    """

    text: str
    opens: bool = False
    level: float | None = None
    page: int = 0


Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file: its lines, what stood in the margins of its pages and, in Word, its tables.

    The lines of a Word document hold the text of its tables too, in reading order. A table is its rows of cells;
    the lines of a cell are parted by line feeds.
    """

    lines: tuple[Line, ...]
    margins: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a document is read before it is taken for hostile, so that one file cannot hold up the others.

    Working Group reports have 15-40 pages, 0.1 million characters and take 0.1 seconds.
    """

    pages: int = 1_000
    characters: int = 10_000_000
    cells: int = 200_000
    seconds: float = 120.0


_HYPHEN = "\ufffe"
_BROKEN = re.compile(rf"([^\W\d_]+)(?:{_HYPHEN}\s*|-\s+(?=[a-zà-ÿ]))([^\W\d_]+)")
_SUSPENDED = re.compile(r"^(?:and|or|to|y|o|e|et|ou)$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def join_lines(texts: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """Return the lines as running text; a word broken at a line end is joined as the document writes it elsewhere.

    UN documents are set without hyphenation, so a hyphen at a line end belongs to the word ("non-governmental")
    unless the joined word stands among `words`, the words of the whole document, and the hyphenated one does not.
    """
    text = " ".join(part.strip() for part in texts)
    text = _BROKEN.sub(lambda match: _mend(match[1], match[2], words), text)
    return _SPACE.sub(" ", text.replace(_HYPHEN, "-")).strip()


def _mend(left: str, right: str, words: frozenset[str]) -> str:
    """Return the two parts of a word broken at a hyphen, with or without it."""
    if _SUSPENDED.match(right):
        return f"{left}- {right}"
    joined, hyphenated = f"{left}{right}".lower(), f"{left}-{right}".lower()
    return f"{left}{right}" if joined in words and hyphenated not in words else f"{left}-{right}"


def words_of(lines: Sequence[Line]) -> frozenset[str]:
    """Return the words of the document in lower case, those broken at a line end left out."""
    text = " ".join(line.text for line in lines)
    return frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![\w\ufffe-])", text.lower()))
