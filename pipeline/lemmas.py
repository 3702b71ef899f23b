"""A blank English spaCy pipeline that compares words by lemma, from lookup tables and without a model.

The lemma is set as the norm of the lexeme: once for each distinct word, not for each token. Matchers use `attr="NORM"`.
"""

import gzip
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import spacy
from spacy.attrs import NORM
from spacy.language import Language

_KEPT_FORMS = frozenset({
    "aged", "building", "data", "disadvantaged", "elder", "elderly", "housing", "left", "media", "minors", "missing",
    "older", "polices", "policing", "poorest", "united", "wasting",
})  # fmt: skip
"""Words whose lemma in the lookup table is another word: "media" would meet "medium-sized"."""

_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*")
_JOINS = re.compile(r"(?<=[^\s\-/–])[-/–‑](?=[^\s\-/–])")
_QUOTES = str.maketrans("\u00a0\u2018\u2019\u201c\u201d\t\n\r", " ''\"\"   ")
_UNKNOWN_PLURAL = re.compile(r"[a-z]{3,}[^siu\W]s")
_BRITISH = re.compile(r"(?<=\w{4})(?:isation|ise|our)$")
_AMERICAN = {"isation": "ization", "ise": "ize", "our": "or"}


def plain(text: str) -> str:
    """Return the text with joined words set apart ("HIV/AIDS") and plain quotes; its length stays the same."""
    return _JOINS.sub(" ", text).translate(_QUOTES)


def blank_english(phrases: Iterable[str]) -> Language:
    """Return a pipeline that only tokenises, whose norms are lemmas in lower case and American spelling.

    Acronyms that occur in `phrases` keep their capitals, so that "AIDS" is not "aids". Give it `plain` texts.
    """
    words = {word for phrase in phrases for word in plain(phrase).split()}
    acronyms = frozenset(word for word in words if _ACRONYM.fullmatch(word))
    lemmas = _lemmas()

    def norm(word: str) -> str:
        if word in acronyms or word.removesuffix("s") in acronyms:
            return word.removesuffix("s")
        lower = word.lower()
        if lower in _KEPT_FORMS:
            return lower
        lemma = lemmas.get(lower) or (lower[:-1] if _UNKNOWN_PLURAL.fullmatch(lower) else lower)
        return _BRITISH.sub(lambda ending: _AMERICAN[ending[0]], lemma)

    nlp = spacy.blank("en")
    vocab: Any = nlp.vocab
    vocab.lex_attr_getters[NORM] = norm
    for lexeme in vocab:
        lexeme.norm_ = norm(lexeme.orth_)
    return nlp


@cache
def _lemmas() -> dict[str, str]:
    """Return lower-case word -> lemma, looked up twice: "killings" -> "killing" -> "kill"."""
    packed = files("spacy_lookups_data").joinpath("data", "en_lemma_lookup.json.gz").read_bytes()
    table = {form.lower(): str(lemma).lower() for form, lemma in json.loads(gzip.decompress(packed)).items()}
    return {form: table.get(lemma, lemma) for form, lemma in table.items()}
