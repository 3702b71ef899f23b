"""What a drop-down offers, and what is understood of what stands in its cell."""

import pandas as pd
import pytest

from pipeline.review_book import framework_choices
from tests.review_book.conftest import ITEMS


@pytest.mark.parametrize("words", ["Death penalty", "death  PENALTY", "upr-info:death-penalty"])
def test_a_concept_is_known_by_its_label_in_any_letters_and_by_its_id(offered, words):
    assert offered["themes"].concept(words) == "upr-info:death-penalty"


def test_a_label_that_is_but_a_code_is_shown_with_words_and_known_by_both(offered):
    shown = next(words for words, concept in offered["action"].shown.items() if concept == "upr-action:4")
    assert shown.startswith("4 - ")
    assert offered["action"].concept(shown) == offered["action"].concept("4") == "upr-action:4"


def test_every_concept_is_offered_once_under_words_of_its_own(offered):
    for choices in offered.values():
        assert len(set(choices.shown.values())) == len(choices.shown)
        assert all(choices.concept(words) == concept for words, concept in choices.shown.items())


def test_what_is_no_concept_is_none_and_has_its_nearest(offered):
    assert offered["themes"].concept("Deth penalty") is None
    assert offered["themes"].nearest("Deth penalty")[0] == "Death penalty"


def test_of_a_framework_outcomes_outputs_and_none_are_offered():
    assert framework_choices(ITEMS).shown == {
        "(no item covers it)": "XAA-1/none",
        "1.1 Courts are independent": "XAA-1/o1",
        "1.2 Prisons are humane": "XAA-1/o2",
    }


def test_of_several_plans_state_and_years_stand_before_each_item_and_none_is_lost():
    other = ITEMS.assign(framework_id="XAA-2", years=None)
    shown = framework_choices(pd.concat([ITEMS, other, ITEMS.assign(framework_id="XAA-3")])).shown
    assert shown["XAA 2021-2025: 1.1 Courts are independent"] == "XAA-1/o1"
    assert shown["XAA: 1.1 Courts are independent"] == "XAA-2/o1"
    assert len(shown) == len(set(shown.values())) == 9
