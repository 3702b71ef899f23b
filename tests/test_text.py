"""Texts are cleaned without losing words, and ids depend on content alone."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import clean, content_id, fold, paragraph_order, storable


def test_markup_entities_and_invisible_characters_leave_the_words():
    assert clean("<p>Ratify\u00a0the &amp;amp; <b>CRC</b>\u200b</p>") == "Ratify the & CRC"


def test_scripts_go_with_their_content():
    assert clean("Protect <script type='x'>alert(1)</script>journalists") == "Protect journalists"


def test_halves_of_characters_are_dropped():
    assert clean("Ratify \ud83d CAT") == "Ratify CAT"
    assert storable("a\ud800b") == "ab"


def test_comparison_signs_are_not_markup():
    assert clean("reduce mortality to < 5 and > 3") == "reduce mortality to < 5 and > 3"


def test_folding_joins_spellings_of_one_text():
    assert fold("Côte d’Ivoire") == fold("COTE D'IVOIRE") == "cote d ivoire"


def test_folding_keeps_other_scripts():
    assert fold("Ратифицировать") == "ратифицировать"


def test_paragraph_numbers_sort_as_numbers():
    assert sorted(["138.10", "138.9", "138.1", None], key=paragraph_order) == ["138.1", "138.9", "138.10", None]


@given(st.text())
def test_cleaning_and_folding_twice_changes_nothing_more(value):
    assert fold(fold(value)) == fold(value)
    assert clean(clean(value)).split() == clean(value).split() or "&" in value or "<" in value


parts = st.lists(st.one_of(st.none(), st.text(st.characters(blacklist_characters="\x00\x1f")), st.integers()))


@given(parts, parts)
def test_ids_differ_where_the_parts_differ(left, right):
    same = [None if p is None else str(p) for p in left] == [None if p is None else str(p) for p in right]
    assert (content_id(*left) == content_id(*right)) == (
        same or (not left and right == [""]) or (not right and left == [""])
    )


def test_ids_hold_their_value_between_versions():
    assert content_id("upr", "XAA", "session 5", "12.1", 1) == "36a3bcf81809"
