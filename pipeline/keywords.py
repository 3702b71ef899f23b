"""Concepts found in text by the words of their taxonomy: spaCy phrase and token matchers, no model.

Words are compared by lemma (`pipeline.lemmas`), so that "girls' rights" meets "the right of a girl". Acronyms written
in the taxonomy keep their capitals: "CAT" is a treaty, "cat" is not.

A pattern of a concept is a list of spaCy token patterns, in which these keys may stand too:

- `{ANY: [police, "security force"]}`: one of these words or phrases;
- `{GAP: 6}`: at most six tokens within the sentence; `{GAP: sentence}`: any number of them;
- `{UNLESS: ["prison sentence"]}`: the pattern does not count where one of these phrases is in the text;
- `{RULE: alone}`: the pattern counts only where no other concept of the taxonomy is found;
- `{RULE: exclusion}`: the pattern excludes, as a phrase among `exclusions` does.

What lies between gaps is looked up once for all patterns and joined by position: spaCy's own `OP: "{0,6}"` is
right as well, and a hundred times slower.
"""

import itertools
import json
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from pipeline.lemmas import blank_english, plain
from pipeline.taxonomy import Concept

_ANY_DISTANCE = 100_000

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
        self._nlp = blank_english(_written_words(concepts))
        self._phrases = {attr: PhraseMatcher(self._nlp.vocab, attr=attr) for attr in ("NORM", "LOWER", "ORTH")}
        self._tokens = Matcher(self._nlp.vocab)
        self._finders: list[PhraseMatcher | Matcher] = [*self._phrases.values(), self._tokens]
        self._rules: dict[int, list[_Rule]] = defaultdict(list)
        for concept in concepts:
            try:
                self._add_concept(concept)
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"Pattern of concept '{concept.id}' is not valid: {error}") from error
        self._finders = [finder for finder in self._finders if len(finder)]

    def match(self, texts: Sequence[str]) -> list[Match]:
        """Return the concepts of each text, ordered by row and then by concept id, each at most once a row."""
        return [
            Match(row, concept_id, _evidence(text, doc, spans))
            for row, text in enumerate(texts)
            for doc in [self._nlp.make_doc(plain(text))]
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
        if any(name in finder for finder in self._finders):
            return key
        if all("ANY" in token for token in tokens):
            phrases = map(" ".join, itertools.product(*(token["ANY"] for token in tokens)))
            self._phrases["NORM"].add(name, [self._nlp.make_doc(plain(phrase)) for phrase in phrases])
        elif written := _plain_words(tokens):
            attr, words = written
            self._phrases[attr].add(name, [Doc(self._nlp.vocab, [word]) for word in words])
        else:
            self._tokens.add(name, [[self._spacy_token(token) for token in tokens]])
        return key

    def _spacy_token(self, token: dict[str, Any]) -> dict[str, Any]:
        if "ANY" not in token:
            return token
        if phrases := [word for word in token["ANY"] if " " in plain(word)]:
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
        for key, start, end in itertools.chain.from_iterable(finder(doc) for finder in self._finders):
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


def _plain_words(tokens: list[dict[str, Any]]) -> tuple[str, list[str]] | None:
    """Return attribute and words of a single token that is only a list of words: a PhraseMatcher is faster."""
    match tokens:
        case [{"LOWER": str() as word}] if len(tokens[0]) == 1:
            return "LOWER", [word]
        case [{"LOWER": {"IN": words}}] if len(tokens[0]) == 1:
            return "LOWER", words
        case [{"ORTH": {"IN": words}}] if len(tokens[0]) == 1:
            return "ORTH", words
    return None


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
    words = doc.to_array("ORTH")
    positions = np.flatnonzero(np.isin(words, [doc.vocab.strings[end] for end in ".;?!"])).tolist()
    return [i for i in positions if doc[i].text != "." or i + 1 == len(doc) or doc[i + 1].text[0].isupper()]


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


def _written_words(concepts: Sequence[Concept]) -> Iterator[str]:
    """Return every phrase that the rules write."""
    for concept in concepts:
        yield from (*concept.synonyms, *concept.exclusions)
        for token in itertools.chain.from_iterable(concept.patterns):
            yield from (*token.get("ANY", ()), *token.get("UNLESS", ()))
