import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pipeline.instruments import canonicalise, load_instruments
from pipeline.matching import FEATURES, Asked, candidate_pairs, pair_features, reason, slot_table
from pipeline.paths import ROOT
from pipeline.request_words import stems
from pipeline.slots import load_slot_words
from pipeline.stages.match import read_asked

INSTRUMENTS = load_instruments(ROOT / "configs" / "instruments.yaml")
WORDS = load_slot_words(ROOT / "configs" / "slots.yaml")


def asked(text: str) -> Asked:
    return read_asked(canonicalise(text, INSTRUMENTS), INSTRUMENTS, WORDS)


def features(one: str, other: str) -> dict[str, float]:
    row = pair_features([asked(one), asked(other)], np.array([[0, 1]]), np.array([0.8], dtype=np.float32), {})
    return dict(zip(FEATURES, row[0], strict=True))


def test_the_reason_names_what_agrees_and_differs() -> None:
    assert reason(
        asked("Ratify OP-CAT"), asked("Accede to the Optional Protocol to the Convention against Torture")
    ) == ("same act: ratify; same instrument: OP-CAT; differs: -")
    text = reason(asked("Ratify OP-CAT"), asked("Consider ratifying CAT"))
    assert "strength (consider / specific)" in text
    assert "instrument (CAT, OP-CAT)" in text


def test_near_texts_that_are_not_the_same_ask_differ_in_a_slot() -> None:
    assert features("Abolish the death penalty", "Establish a moratorium on the death penalty")[
        "abolish_against_moratorium"
    ]
    assert features("Ratify OP-CAT", "Ratify CAT")["instruments_apart"]
    assert features("Protect women from violence", "Protect children from violence")["groups_apart"]
    assert features("Sign the CRPD", "Ratify the CRPD")["sign_against_ratify"]
    assert features("Ratify CRPD", "Consider ratifying CRPD")["consider_differs"]


def test_features_do_not_depend_on_which_text_comes_first() -> None:
    one, other = "Train judges in Arvandia on child rights", "Continue to train prison staff"
    assert features(one, other) == features(other, one)


def test_stems_meet_over_endings() -> None:
    assert stems("Ratifying protections") & stems("protection of protected") == {"protect"}


@settings(deadline=None)
@given(hnp.arrays(np.float32, (12, 4), elements=st.floats(-1, 1, width=16)), st.randoms())
def test_search_is_exact_and_order_does_not_matter(raw: np.ndarray, random: object) -> None:
    vectors = raw + np.arange(12, dtype=np.float32)[:, None] * np.float32(0.013)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-3)
    pairs, cosines = candidate_pairs(vectors, 0.6, 50)
    full = vectors @ vectors.T
    near = {(i, j) for i in range(12) for j in range(i + 1, 12) if full[i, j] >= 0.6 + 1e-5}
    assert near <= set(map(tuple, pairs.tolist()))
    assert all(full[i, j] >= 0.6 - 1e-5 for i, j in pairs.tolist())
    backwards, _ = candidate_pairs(vectors[::-1].copy(), 0.6 + 1e-5, 50)
    assert {(11 - int(j), 11 - int(i)) for i, j in backwards.tolist()} <= {
        (i, j) for i, j in map(tuple, pairs.tolist())
    }
    assert (np.abs(cosines) <= 1).all()


def test_of_many_near_texts_only_the_nearest_are_looked_at() -> None:
    angles = np.linspace(0, 0.5, 40)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    pairs, _ = candidate_pairs(vectors, 0.6, 3)
    assert len(pairs) < 40 * 3 + 1
    assert all(right - left <= 3 for left, right in pairs.tolist())


def test_the_table_of_slots_tells_the_request_from_its_purpose() -> None:
    table = slot_table(
        ["r1"], [asked("Adopt a law on prisons and ratify OP-CAT with a view to abolishing the death penalty")]
    )
    rows = set(table[["slot", "value", "in_request"]].itertuples(index=False, name=None))
    assert ("instrument", "OP-CAT", True) in rows
    assert ("act", "ratify", True) in rows
    assert ("aim", "abolish", False) in rows
    assert ("thing", "death-penalty", False) in rows
    assert ("strength", "specific", True) in rows
    assert not table.duplicated(["recommendation_id", "slot", "value"]).any()


def test_opposite_requests_have_opposite_polarity() -> None:
    assert asked("Decriminalize defamation").polarity == "against"
    assert asked("Retain the ban on mining").polarity == "for"
    assert asked("End discrimination against women").polarity == ""
