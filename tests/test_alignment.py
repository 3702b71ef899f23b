import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alignment import ALIGNED, alignment_features
from pipeline.instruments import in_order, load_instruments
from pipeline.paths import ROOT
from pipeline.request_words import RequestWords, request_words
from pipeline.slots import load_slot_words

INSTRUMENTS = load_instruments(ROOT / "configs" / "instruments.yaml")
WORDS = load_slot_words(ROOT / "configs" / "slots.yaml")
TEXTS = [
    "Abolish the death penalty",
    "Abolish capital punishment without delay",
    "Abolish the death penalty and build clinics in all districts",
    "Consider building schools for the children of Belmora, in particular in the north, with a view to ending illiteracy",
    "Ratify CAT; ratify OP-CAT; train judges; train the police; open clinics; close the prison of Costaverda",
    "...",
]


def read(text: str) -> RequestWords:
    named, plain = in_order(text, INSTRUMENTS)
    return request_words(plain, named, WORDS)


def features(one: str, other: str) -> dict[str, float]:
    row = alignment_features([read(one), read(other)], np.array([[0, 1]]), {})[0]
    return dict(zip(ALIGNED, row, strict=True))


def test_another_wording_leaves_nothing_unmatched() -> None:
    found = features(TEXTS[0], TEXTS[1])
    assert found["most_request_unmatched"] == 0
    assert found["least_covered_clause"] == 1


def test_an_act_more_is_a_clause_that_is_missing() -> None:
    found = features(TEXTS[0], TEXTS[2])
    assert found["clauses_missing"] == 1
    assert found["most_core_words_missing"] == 3, "build, clinics, districts"
    assert found["least_core_words_missing"] == 0
    assert found["clause_count_differs"] == 1


def test_a_purpose_more_is_no_part_of_the_request() -> None:
    found = features("Open clinics in Belmora", "Open clinics in Belmora with a view to ending disease")
    assert found["most_request_unmatched"] == 0
    assert found["most_aim_unmatched"] > 0


def test_words_that_mean_nearly_the_same_are_near() -> None:
    assert 0 < features("Enact a water law", "Adopt a water law")["most_core_unmatched"] < 0.5
    assert features("Enact a water law", "Repeal a water law")["most_core_unmatched"] == 1


def test_strength_of_the_request_is_compared() -> None:
    assert features("Consider opening clinics", "Open clinics")["first_strength_differs"] == 2


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(len(TEXTS))))
def test_neither_order_nor_company_changes_the_features_of_a_pair(order: list[int]) -> None:
    texts = [read(text) for text in TEXTS]
    pairs = np.array([[a, b] for a in range(len(TEXTS)) for b in range(a + 1, len(TEXTS))])
    expected = alignment_features(texts, pairs, {"clinic": 2.0})
    place = np.argsort(order)
    found = alignment_features([texts[row] for row in order], place[pairs][:, ::-1], {"clinic": 2.0})
    np.testing.assert_allclose(found, expected)
    alone = alignment_features([texts[0], texts[4]], np.array([[0, 1]]), {"clinic": 2.0})
    np.testing.assert_allclose(alone[0], expected[3])


def test_no_pairs_no_rows() -> None:
    assert alignment_features([], np.zeros((0, 2), dtype=np.int64), {}).shape == (0, len(ALIGNED))
