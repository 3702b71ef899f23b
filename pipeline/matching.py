"""Pairs of recommendations to one State that may request the same: found by cosine, compared slot by slot, scored.

A block is the recommendations to one State. Nothing here knows of other blocks: a pool can map over them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz

from pipeline.alignment import ALIGNED, alignment_features
from pipeline.request_words import AIM, AROUND, CORE, INSTRUMENT, SIDE, THING, RequestWords

Vectors: TypeAlias = NDArray[np.float32]
Pairs: TypeAlias = NDArray[np.int64]
"""Rows (left, right) of places in a block, left < right."""

_SEARCH_ROWS = 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """One text as compared: its slots, its core without phrases of manner, and its stems."""

    strength: str
    acts: frozenset[str]
    aims: frozenset[str]
    first_act: str | None
    instruments: frozenset[str]
    groups: frozenset[str]
    topics: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    core: str
    words: frozenset[str]
    request: RequestWords
    polarity: str = ""
    articles: frozenset[str] = frozenset()

    @property
    def asked_instruments(self) -> frozenset[str]:
        """Return the ids of the instruments that the request is about; not those it should only be in line with."""
        named = self.request.of(INSTRUMENT, CORE, SIDE, AIM)
        return frozenset(name.removeprefix(INSTRUMENT) for name in named)


def candidate_pairs(vectors: Vectors, min_cosine: float, max_neighbours: int) -> tuple[Pairs, NDArray[np.float32]]:
    """Return the pairs of rows with at least `min_cosine`, of each row the `max_neighbours` nearest, and their cosines.

    Exact: every row is compared with every other, a thousand rows at a time. A pair stays if near for one of both.
    """
    found = []
    for start in range(0, len(vectors), _SEARCH_ROWS):
        cosines = vectors[start : start + _SEARCH_ROWS] @ vectors.T
        rows = np.arange(len(cosines))
        cosines[rows, rows + start] = -2.0
        if max_neighbours < len(vectors) - 1:
            floor = np.partition(cosines, -max_neighbours, axis=1)[:, -max_neighbours]
            cosines[cosines < floor[:, None]] = -2.0
        left, right = np.nonzero(cosines >= min_cosine)
        found.append(np.stack([left + start, right], axis=1))
    pairs = np.concatenate(found) if found else np.zeros((0, 2), dtype=np.int64)
    pairs = np.unique(np.sort(pairs, axis=1), axis=0).astype(np.int64)
    cosines = np.einsum("ij,ij->i", vectors[pairs[:, 0]], vectors[pairs[:, 1]])
    return pairs, np.clip(cosines, -1.0, 1.0).astype(np.float32)


SLOTS = ("acts", "aims", "instruments", "groups", "topics", "names", "numbers")
_SET_FEATURES = ("share", "equal", "apart", "one_empty", "both_empty", "extra")
_OPPOSED = (("abolish", "moratorium"), ("sign", "ratify"), ("reservations", "ratify"), ("implement", "ratify"),
            ("report", "ratify"), ("establish", "strengthen"), ("standing-invitation", "invite"),
            ("adopt-law", "implement"), ("criminalise", "decriminalise"), ("prosecute", "combat"),
            ("adopt-law", "combat"))  # fmt: skip

FEATURES = (
    "cosine", "token_set", "token_sort", "word_share", "word_cover_least", "word_cover_most", "length_ratio",
    "same_words", "rarest_missing", "same_strength", "consider_differs", "continue_specific", "both_continue",
    "both_specific", "same_first_act", "act_count_differs", "act_count", "same_matter",
    *(f"{slot}_{name}" for slot in SLOTS for name in _SET_FEATURES),
    *(f"{one}_against_{other}" for one, other in _OPPOSED),
    *ALIGNED,
)  # fmt: skip


def pair_features(
    asked: Sequence[Asked], pairs: Pairs, cosines: NDArray[np.float32], rarity: Mapping[str, float]
) -> NDArray[np.float64]:
    """Return one row of `FEATURES` for each pair; the order of its two texts does not matter."""
    usual = max(rarity.values(), default=1.0)
    rows = [
        _features(asked[left], asked[right], float(cosine), rarity, usual)
        for (left, right), cosine in zip(pairs.tolist(), cosines.tolist(), strict=True)
    ]
    slots = np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES) - len(ALIGNED))
    return np.concatenate([slots, alignment_features([text.request for text in asked], pairs, rarity)], axis=1)


def _features(a: Asked, b: Asked, cosine: float, rarity: Mapping[str, float], usual: float) -> list[float]:
    shared, either = a.words & b.words, a.words | b.words
    in_a, in_b, common = (fsum(rarity.get(word, usual) for word in part) for part in (a.words, b.words, shared))
    covers = sorted((common / in_a if in_a else 0.0, common / in_b if in_b else 0.0))
    missing = max((rarity.get(word, usual) for word in either - shared), default=0.0)
    strengths = {a.strength, b.strength}
    row = [
        cosine,
        fuzz.token_set_ratio(a.core, b.core) / 100,
        fuzz.token_sort_ratio(a.core, b.core) / 100,
        common / (in_a + in_b - common) if either else 1.0,
        *covers,
        min(in_a, in_b) / max(in_a, in_b) if in_a and in_b else 0.0,
        float(a.words == b.words),
        missing / usual,
        float(len(strengths) == 1),
        float("consider" in strengths and len(strengths) == 2),
        float(strengths == {"continue", "specific"}),
        float(strengths == {"continue"}),
        float(strengths == {"specific"}),
        float(a.first_act == b.first_act),
        min(abs(len(a.acts) - len(b.acts)), 5) / 5,
        min(len(a.acts) + len(b.acts), 12) / 12,
        float((a.topics | a.instruments) == (b.topics | b.instruments) and a.groups == b.groups),
    ]
    for slot in SLOTS:
        row += _compared(getattr(a, slot), getattr(b, slot))
    for one, other in _OPPOSED:
        row.append(float(_opposed(one, other, a.acts, b.acts) or _opposed(other, one, a.acts, b.acts)))
    return row


def _opposed(one: str, other: str, a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether one text has the act `one` where the other has the act `other` in its place."""
    return one in a and other not in a and other in b and one not in b


def _compared(a: frozenset[str], b: frozenset[str]) -> list[float]:
    """Return how two sets agree, in the order of `_SET_FEATURES`."""
    if not a and not b:
        return [1.0, 1.0, 0.0, 0.0, 1.0, 0.0]
    shared = len(a & b)
    return [
        shared / len(a | b),
        float(a == b),
        float(bool(a) and bool(b) and not shared),
        float(not a or not b),
        0.0,
        min(len(a ^ b), 5) / 5,
    ]


_SLOT_WORDS = {"acts": "act", "instruments": "instrument", "groups": "group", "topics": "matter", "numbers": "number"}


def reason(a: Asked, b: Asked) -> str:
    """Return what agrees and differs, in words: "same act: ratify; same instrument: OP-CAT; differs: -"."""
    same, differs = [], []
    if a.strength != b.strength:
        differs.append(f"strength ({' / '.join(sorted((a.strength, b.strength)))})")
    for slot, word in _SLOT_WORDS.items():
        one, other = getattr(a, slot), getattr(b, slot)
        if shared := one & other:
            same.append(f"same {word}: {', '.join(sorted(shared))}")
        if apart := one ^ other:
            differs.append(f"{word} ({', '.join(sorted(apart))})")
    return "; ".join([*same, f"differs: {', '.join(differs) or '-'}"])


def slot_table(ids: Sequence[str], asked: Sequence[Asked]) -> pd.DataFrame:
    """Return one row a recommendation, slot and value, with the columns of the schema `Slots`."""
    rows = [(name, *row) for name, text in zip(ids, asked, strict=True) for row in _slot_rows(text)]
    return pd.DataFrame(rows, columns=["recommendation_id", "slot", "value", "in_request"])


def _slot_rows(text: Asked) -> Iterator[tuple[str, str, bool]]:
    """Yield slot, value, and whether it stands in the request itself."""
    core, everywhere = (CORE, SIDE), (CORE, SIDE, AIM, AROUND)
    yield "strength", text.strength, True
    if text.polarity:
        yield "polarity", text.polarity, True
    for slot, values, inside in (
        ("act", text.acts, text.request.core_acts),
        ("aim", text.aims, frozenset()),
        ("group", text.groups, text.request.core_groups),
        ("matter", text.topics, text.topics),
    ):
        for value in sorted(values):
            yield slot, value, value in inside
    for slot, mark in (("instrument", INSTRUMENT), ("thing", THING)):
        inside = text.request.of(mark, *core)
        for word in sorted(text.request.of(mark, *everywhere)):
            yield slot, word.removeprefix(mark), word in inside
