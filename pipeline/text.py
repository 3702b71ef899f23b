"""Cleaning texts and making ids from them."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable

_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,200}>.{0,5000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\ud800-\udfff\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-"})


def clean(value: str) -> str:
    """Return `value` in NFC without markup, entities, invisible characters and runs of white space."""
    plain = html.unescape(html.unescape(value)) if "&" in value else value
    if "<" in plain:
        plain = html.unescape(_TAG.sub(" ", _SCRIPT.sub(" ", plain)))
    return _SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", plain))).strip()


def storable(value: str) -> str:
    """Return `value` without halves of characters (lone surrogates), which damaged JSON holds and no file can."""
    return value.encode("utf-8", "ignore").decode()


def xml_safe(value: str) -> str:
    """Return `value` without characters that an XML file, and so a Word or Excel file, cannot hold."""
    return _NOT_XML.sub("", value)


def fold(value: str) -> str:
    """Return `value` for comparison: cleaned, lower case, without accents; words joined by one space.

    Texts of other scripts keep their letters.
    """
    plain = clean(value).casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in parts if not unicodedata.combining(c))
    if plain.isascii():
        return _NOT_WORD.sub(" ", plain).strip()
    return _SPACE.sub(" ", "".join(c if c.isalnum() else " " for c in plain)).strip()


def straighten(value: str) -> str:
    """Return `value` with typographic quotes and dashes made plain, for patterns to match."""
    return value.translate(_QUOTES)


def content_id(*parts: object, length: int = 12) -> str:
    """Return a short hex id of the parts in order; None and "" differ, and so do ("ab", "c") and ("a", "bc")."""
    joined = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()[:length]


def texts_by_key(texts: Iterable[str]) -> dict[str, str]:
    """Return key -> text, by `text_key`; of texts with one key the same one, whatever their order."""
    return {text_key(text): text for text in sorted(set(texts), reverse=True)}


def text_key(text: str) -> str:
    """Return by which a text is known in a file of labels without texts: the beginning of a hash of its folded words."""
    return hashlib.sha256(fold(text).encode()).hexdigest()[:20]


def paragraph_order(paragraph: str | None) -> tuple[int, ...]:
    """Return a sort key that puts 138.9 before 138.10; None last."""
    numbers = tuple(int(n) for n in re.findall(r"\d+", paragraph or ""))
    return numbers or (10**9,)
