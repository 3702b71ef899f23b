"""Requests taken out of texts that make several, each readable alone."""

import pytest

from pipeline.clauses import Verbs
from pipeline.request_clauses import any_of, request_clauses

VERBS = Verbs(
    frozenset(
        ["abolish", "adopt", "consider", "continue", "ensure", "establish", "give", "implement", "open", "pave", "ratify",
         "repair", "strengthen", "support", "take", "train", "accelerate"]
    ),
    frozenset(["open", "support", "train"]),
)  # fmt: skip
CAT, OPCAT = "the Convention against Torture (CAT)", "the Optional Protocol to the Convention against Torture (OP-CAT)"
CRC = "the Convention on the Rights of the Child (CRC)"
INSTRUMENTS = any_of([CAT, OPCAT, CRC])


def requests(text: str) -> list[str]:
    return request_clauses(text, VERBS, INSTRUMENTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abolish the river toll", ["Abolish the river toll"]),
        (
            "Abolish the river toll and establish a free ferry in Oren",
            ["Abolish the river toll", "establish a free ferry in Oren"],
        ),
        (
            "Continue efforts to repair mountain roads and to pave the coastal track",
            ["Continue efforts to repair mountain roads", "Continue efforts to pave the coastal track"],
        ),
        (
            "Continue to repair mountain roads and ratify the border treaty",
            ["Continue to repair mountain roads", "ratify the border treaty"],
        ),
        (
            "Consider opening the archives and adopting a law on fishing",
            ["Consider opening the archives", "Consider adopting a law on fishing"],
        ),
        (
            "Ensure that ferries run daily, and that tolls are abolished",
            ["Ensure that ferries run daily", "Ensure that tolls are abolished"],
        ),
        ("Adopt the ferry law and implement it", ["Adopt the ferry law"]),
        (
            "Take further measures, with the districts, to repair bridges, and to pave tracks",
            ["Take further measures to repair bridges", "Take further measures to pave tracks"],
        ),
    ],
)
def test_verbs_joined_by_and(text: str, expected: list[str]) -> None:
    assert requests(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Ratify {CAT} and {OPCAT}", [f"Ratify {CAT}", f"Ratify {OPCAT}"]),
        (f"Consider ratifying {CAT}, {CRC} and ILO Convention 169 soon",
         [f"Consider ratifying {CAT} soon", f"Consider ratifying {CRC} soon", "Consider ratifying ILO Convention 169 soon"]),
        (f"Ratify {OPCAT}", [f"Ratify {OPCAT}"]),
        (f"Ensure the safety of all who cross the river by ferry at night, as provided for in {CAT} and {CRC}",
         [f"Ensure the safety of all who cross the river by ferry at night, as provided for in {CAT} and {CRC}"]),
    ],
)  # fmt: skip
def test_a_list_of_treaties_is_a_request_for_each(text: str, expected: list[str]) -> None:
    assert requests(text) == expected


def test_items_of_a_paragraph_without_the_words_that_address_the_state() -> None:
    text = (
        "The Committee is concerned about the ferries. The Committee recommends that the State party: (a) Repair the landing "
        "stages of Oren; (b) Give the ferrymen a school of their own. It also recommends that the State party ratify the "
        "border treaty."
    )
    assert requests(text) == [
        "Repair the landing stages of Oren",
        "Give the ferrymen a school of their own",
        "ratify the border treaty",
    ]


def test_a_single_request_behind_a_long_address_is_given_alone() -> None:
    text = "Recalling its earlier concern, the Committee urges the State party to abolish the river toll without delay"
    assert requests(text) == ["abolish the river toll without delay"]


def test_a_long_request_is_given_without_its_means() -> None:
    text = (
        "Strengthen the ferry service between the islands of the north and the islands of the south for everybody who lives "
        "there, including by buying boats and opening new lines. Abolish the river toll."
    )
    first, second = requests(text)
    assert first.endswith("for everybody who lives there")
    assert second == "Abolish the river toll"
