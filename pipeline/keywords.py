"""Concepts found in text by the words of their taxonomy: spaCy phrase and token matchers, no model.

A word is compared by its lemma from the lookup tables of `spacy-lookups-data`, so that "girls' rights" meets "the
right of a girl". The lemma is set as the norm of the lexeme: once for each distinct word, not for each token.
Acronyms written in the taxonomy keep their capitals: "CAT" is a treaty, "cat" is not.

A pattern of a concept is a list of spaCy token patterns, in which these keys may stand too:

- `{ANY: [police, "security force"]}`: one of these words or phrases;
- `{GAP: 6}`: at most six tokens within the sentence; `{GAP: sentence}`: any number of them;
- `{UNLESS: ["prison sentence"]}`: the pattern does not count where one of these phrases is in the text;
- `{RULE: alone}`: the pattern counts only where no other concept of the taxonomy is found;
- `{RULE: exclusion}`: the pattern excludes, as a phrase among `exclusions` does.

What lies between gaps is looked up once for all patterns and joined by position: spaCy's own `OP: "{0,6}"` is
right as well, and a hundred times slower.
"""

import gzip
import itertools
import json
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

import spacy
from spacy.attrs import NORM
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from pipeline.taxonomy import Concept

_KEPT_FORMS = frozenset(
    "aged building data disadvantaged elder elders elderly housing left media minors missing older polices policing "
    "poorest united".split()
)
"""Words whose lemma in the lookup table is another word: "media" would meet "medium-sized"."""

_ANY_DISTANCE = 100_000
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*")
_JOINS = re.compile(r"(?<=[^\s\-/–])[-/–‑](?=[^\s\-/–])")
_UNKNOWN_PLURAL = re.compile(r"[a-z]{3,}[^siu\W]s")
_BRITISH = re.compile(r"(?<=\w{4})(?:isation|ise|our)$")
_AMERICAN = {"isation": "ization", "ise": "ize", "our": "or"}
_QUOTES = str.maketrans("\u00a0\u2018\u2019\u201c\u201d\t\n\r", " ''\"\"   ")

_Span: TypeAlias = tuple[int, ...]
"""Positions of the tokens that carry a match, in order; those in a gap are left out."""
_Hits: TypeAlias = dict[int, list[_Span]]
"""The spans of each piece that stands in a document."""


@dataclass(frozen=True, slots=True)
class Match:
    """One concept found in one text.

    `row` is the 0-based place of the text, `concept_id` the concept, `evidence` the exact words of the text that
    carry it; words that do not stand side by side are joined by " … ".
    """

    row: int
    concept_id: str
    evidence: str


class _Rule(NamedTuple):
    """The pieces that make a concept, in order, with the longest gap (tokens) after each but the last."""

    concept_id: str
    pieces: tuple[int, ...]
    gaps: tuple[int, ...] = ()
    excludes: bool = False
    alone: bool = False
    unless: int | None = None


class KeywordMatcher:
    """Finds the concepts of one taxonomy in texts.

    A concept is found where one of its synonyms or patterns is, unless an exclusion overlaps it there. A broader
    concept is left out beside its narrower one.
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        """Compile the rules of `concepts`; their order does not matter.

        Raises:
            ValueError: a pattern has no words, or spaCy does not accept it; the message names the concept.
        """
        self._broader = {concept.id: concept.broader for concept in concepts}
        self._nlp = _language(_acronyms(concepts))
        self._phrases = PhraseMatcher(self._nlp.vocab, attr="NORM")
        self._tokens = Matcher(self._nlp.vocab)
        self._rules: dict[int, list[_Rule]] = defaultdict(list)
        for concept in concepts:
            try:
                self._add_concept(concept)
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"Pattern of concept '{concept.id}' is not valid: {error}") from error

    def match(self, texts: Sequence[str]) -> list[Match]:
        """Return the concepts of each text, ordered by row and then by concept id, each at most once a row."""
        return [
            Match(row, concept_id, _evidence(text, doc, spans))
            for row, text in enumerate(texts)
            for doc in [self._nlp.make_doc(_plain(text))]
            for concept_id, spans in sorted(self._concepts_of(doc).items())
        ]

    def _add_concept(self, concept: Concept) -> None:
        for phrases, excludes in ((concept.synonyms, False), (concept.exclusions, True)):
            if phrases:
                piece = self._piece([{"ANY": list(phrases)}])
                self._rules[piece].append(_Rule(concept.id, (piece,), excludes=excludes))
        for pattern in concept.patterns:
            rule = self._pattern(concept.id, pattern)
            self._rules[rule.pieces[0]].append(rule)

    def _pattern(self, concept_id: str, pattern: Sequence[dict[str, Any]]) -> _Rule:
        tokens = [token for token in pattern if token.keys().isdisjoint({"RULE", "UNLESS"})]
        runs = itertools.groupby(tokens, key=lambda token: "GAP" in token)
        pieces = tuple(self._piece(list(run)) for is_gap, run in runs if not is_gap)
        gaps = tuple(_ANY_DISTANCE if t["GAP"] == "sentence" else int(t["GAP"]) for t in tokens if "GAP" in t)
        if len(gaps) != len(pieces) - 1:
            raise ValueError(f"each GAP stands between words: {list(pattern)}")
        roles = {token["RULE"] for token in pattern if "RULE" in token}
        blockers = [phrase for token in pattern for phrase in token.get("UNLESS", ())]
        unless = self._piece([{"ANY": blockers}]) if blockers else None
        return _Rule(concept_id, pieces, gaps, "exclusion" in roles, "alone" in roles, unless)

    def _piece(self, tokens: list[dict[str, Any]]) -> int:
        """Return the key of a run of tokens, entered in the matcher that finds it."""
        name = json.dumps(tokens)
        key = self._nlp.vocab.strings.add(name)
        if name in self._phrases or key in self._tokens:
            return key
        if all("ANY" in token for token in tokens):
            phrases = map(" ".join, itertools.product(*(token["ANY"] for token in tokens)))
            self._phrases.add(name, [self._nlp.make_doc(_plain(phrase)) for phrase in phrases])
        else:
            self._tokens.add(name, [[self._spacy_token(token) for token in tokens]])
        return key

    def _spacy_token(self, token: dict[str, Any]) -> dict[str, Any]:
        if "ANY" not in token:
            return token
        if phrases := [word for word in token["ANY"] if " " in _plain(word)]:
            raise ValueError(f"phrases cannot stand beside spaCy's own keys without a GAP: {phrases}")
        return {"NORM": {"IN": [self._nlp.vocab[word].norm_ for word in token["ANY"]]}}

    def _concepts_of(self, doc: Doc) -> dict[str, list[_Span]]:
        """Return the spans of each concept that stands in the document."""
        kept: dict[str, set[_Span]] = defaultdict(set)
        alone: dict[str, set[_Span]] = defaultdict(set)
        excluded: dict[str, set[int]] = defaultdict(set)
        for rule, span in self._rule_hits(doc):
            if rule.excludes:
                excluded[rule.concept_id].update(range(span[0], span[-1] + 1))
            else:
                (alone if rule.alone else kept)[rule.concept_id].add(span)
        return self._most_specific(kept, excluded) or self._most_specific(alone, excluded)

    def _rule_hits(self, doc: Doc) -> Iterator[tuple[_Rule, _Span]]:
        """Return each rule that holds in the document with the tokens that carry it."""
        hits: _Hits = defaultdict(list)
        for key, start, end in itertools.chain(self._phrases(doc), self._tokens(doc)):
            hits[key].append(tuple(range(start, end)))
        ends: list[int] | None = None
        for piece in list(hits):
            for rule in self._rules.get(piece, ()):
                if rule.unless in hits or not all(other in hits for other in rule.pieces):
                    continue
                if rule.gaps and ends is None:
                    ends = _sentence_ends(doc)
                for span in _joined(rule, hits, ends or []):
                    yield rule, span

    def _most_specific(self, spans: dict[str, set[_Span]], excluded: dict[str, set[int]]) -> dict[str, list[_Span]]:
        found = {concept_id: _outermost(spans[concept_id], excluded[concept_id]) for concept_id in spans}
        broader = {self._broader[concept_id] for concept_id, kept in found.items() if kept}
        return {concept_id: kept for concept_id, kept in found.items() if kept and concept_id not in broader}


def _joined(rule: _Rule, hits: _Hits, ends: list[int]) -> list[_Span]:
    """Return the spans of the rule: each piece joined to the nearest one before it, within gap and sentence."""
    spans = hits[rule.pieces[0]]
    for piece, gap in zip(rule.pieces[1:], rule.gaps, strict=True):
        spans = [
            nearest + span
            for span in hits[piece]
            for nearest in [max((s for s in spans if s[-1] < span[0]), key=lambda s: s[-1], default=None)]
            if nearest and span[0] - nearest[-1] - 1 <= gap and bisect(ends, nearest[-1]) == bisect(ends, span[0])
        ]
    return spans


def _sentence_ends(doc: Doc) -> list[int]:
    """Return the positions that end a sentence or an item; "No. 169" goes on."""
    texts = [token.text for token in doc] + ["A"]
    return [i for i, text in enumerate(texts[:-1]) if text in ";?!" or (text == "." and texts[i + 1][0].isupper())]


def _outermost(spans: set[_Span], excluded: set[int]) -> list[_Span]:
    """Return the spans that touch no excluded token and lie in no other span, in the order of the text."""
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda span: (-len(span), span)):
        if excluded.isdisjoint(span) and not any(set(span) <= set(other) for other in kept):
            kept.append(span)
    return sorted(kept)


def _evidence(text: str, doc: Doc, spans: list[_Span]) -> str:
    """Return the words at the spans as they stand in the text, each wording once."""
    pieces: dict[str, str] = {}
    for span in spans:
        for _, run in itertools.groupby(enumerate(span), key=lambda pair: pair[1] - pair[0]):
            tokens = [doc[position] for _, position in run]
            words = text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])]
            pieces.setdefault(words.lower(), words)
    return " … ".join(pieces.values())


def _plain(text: str) -> str:
    """Return the text with joined words set apart ("HIV/AIDS") and plain quotes; its length stays the same."""
    return _JOINS.sub(" ", text).translate(_QUOTES)


def _acronyms(concepts: Sequence[Concept]) -> frozenset[str]:
    """Return the words that the rules write in capitals."""
    words = itertools.chain.from_iterable(_words(concept) for concept in concepts)
    return frozenset(part for word in words for part in _plain(word).split() if _ACRONYM.fullmatch(part))


def _words(concept: Concept) -> Iterable[str]:
    yield from (*concept.synonyms, *concept.exclusions)
    for token in itertools.chain.from_iterable(concept.patterns):
        yield from (*token.get("ANY", ()), *token.get("UNLESS", ()))


def _language(acronyms: frozenset[str]) -> Language:
    """Return a blank English pipeline whose norms are lemmas, and the acronyms as they are written."""
    lemmas = _lemmas()

    def norm(word: str) -> str:
        if word in acronyms or word.removesuffix("s") in acronyms:
            return word.removesuffix("s")
        lower = word.lower()
        if lower in _KEPT_FORMS:
            return lower
        known = lemmas.get(lower) or (lower[:-1] if _UNKNOWN_PLURAL.fullmatch(lower) else lower)
        return _BRITISH.sub(lambda ending: _AMERICAN[ending[0]], known)

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
