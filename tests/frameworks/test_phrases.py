"""Phrases found word by word, whatever the case, accents and punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.frameworks.phrases import PhraseFinder, words_of


def found(text: str, *phrases: str) -> list[str]:
    """Return the words of the text that the phrases are found in."""
    words = words_of(text)
    return [words.quote(*span) for span in PhraseFinder({"it": phrases}).find(words.folded).get("it", [])]


def test_a_phrase_stands_as_whole_words() -> None:
    assert found("Drain the marsh; land rights, not islands", "land") == ["land"]


def test_a_star_is_any_ending() -> None:
    assert found("Violence and violent acts", "violen*") == ["Violence", "violent"]


def test_accents_case_and_apostrophes_do_not_count() -> None:
    assert found("L’ÉGALITÉ des sexes", "l egalite des sexes") == ["L’ÉGALITÉ des sexes"]


def test_a_gap_is_at_most_six_words() -> None:
    assert found("women in the far valleys take leadership", "women .. leadership") == [
        "women in the far valleys take leadership"
    ]
    assert found("women one two three four five six seven leadership", "women .. leadership") == []


def test_the_quote_is_what_the_text_says() -> None:
    assert found("end Gender-Based Violence now", "gender based violence") == ["Gender-Based Violence"]


@pytest.mark.parametrize("phrase", ["", "..", ".. law", "law .."])
def test_a_phrase_without_a_word_at_its_ends_is_an_error_that_names_it(phrase: str) -> None:
    with pytest.raises(ValueError, match="'justice'"):
        PhraseFinder({"justice": [phrase]})


@given(st.lists(st.sampled_from(["law", "lawful", "order", "of", "women", "leaders"]), max_size=12))
def test_it_finds_what_a_plain_search_finds(words: list[str]) -> None:
    spans = PhraseFinder({"it": ["law* .. order"]}).find(words).get("it", [])
    plain = [
        first for first, word in enumerate(words)
        if word.startswith("law") and "order" in words[first + 1 : first + 8]
    ]  # fmt: skip
    assert [first for first, _ in spans] == plain
