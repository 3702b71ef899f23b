"""A paragraph is split by who asks what, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.clauses import Clause, names_of, split_clauses
from pipeline.states import State, States

SMALL = States.of(
    State(code, None, name, "state", None, ())
    for code, name in (("FRA", "France"), ("IRQ", "Iraq"), ("PER", "Peru"), ("TTO", "Trinidad and Tobago"))
)


def test_a_compound_paragraph_becomes_its_attributed_clauses(states: States) -> None:
    text = "Sign the pact (France) (Iraq) and open its registers (Uruguay); Sign the pact without delay (Belgium);"
    assert split_clauses(text, states) == [
        Clause("Sign the pact", ("France", "Iraq")),
        Clause("open its registers", ("Uruguay",)),
        Clause("Sign the pact without delay", ("Belgium",)),
    ]


@pytest.mark.parametrize(
    ("bracket", "names"),
    [
        ("(Spain)", ("Spain",)),
        ("(Spain, Tunisia and Portugal)", ("Spain", "Tunisia", "Portugal")),
        ("(Iran (Islamic Republic of))", ("Iran (Islamic Republic of)",)),
        ("(Trinidad and Tobago, Bosnia and Herzegovina)", ("Trinidad and Tobago", "Bosnia and Herzegovina")),
        ("(Brazil/Spain)", ("Brazil", "Spain")),
        ("(Chile Egypt, Peru)", ("Chile", "Egypt", "Peru")),
        ("(Chile,1 China,2 Mexico3)", ("Chile", "China", "Mexico")),
        ("(the former Yugoslav Republic of Macedonia)", ("the former Yugoslav Republic of Macedonia",)),
        (
            "(United Kingdom of Great Britain and Northern Ireland)",
            ("United Kingdom of Great Britain and Northern Ireland",),
        ),
    ],
)
def test_names_in_brackets_come_back_as_written(bracket: str, names: tuple[str, ...], states: States) -> None:
    assert split_clauses(f"Plant more trees {bracket};", states) == [Clause("Plant more trees", names)]


def test_brackets_that_are_no_states_are_left_alone(states: States) -> None:
    text = (
        "Ratify (a) the convention (CRPD) and (b) its protocol (OP-CAT) for internally displaced persons (IDPs) (Peru)."
    )
    assert split_clauses(text, states) == [Clause(text.removesuffix(" (Peru)."), ("Peru",))]


@pytest.mark.parametrize("name", ["Wonderland", "Phillippines"])
def test_an_unknown_name_is_kept_to_be_reported(name: str, states: States) -> None:
    assert split_clauses(f"Build wells (Peru, {name});", states)[0].recommending_raw == ("Peru", name)


def test_a_misspelt_name_alone_counts_as_a_state_and_an_invented_one_only_at_the_end_of_a_list(states: States) -> None:
    assert split_clauses("Build wells (Phillippines)", states)[0].recommending_raw == ("Phillippines",)
    assert split_clauses("Build wells (Wonderland);", states)[0].recommending_raw == ()
    assert split_clauses("Build wells (Wonderland);", states, ends_in_states=True)[0].recommending_raw == (
        "Wonderland",
    )
    assert split_clauses("Follow the rules (Paris Principles)", states, ends_in_states=True)[0].recommending_raw == ()


def test_alternatives_of_one_request_stay_one_clause(states: States) -> None:
    text = "Consider joining (Algeria)/sign and ratify (Egypt) the convention on rivers (Algeria, Egypt, Peru);"
    assert split_clauses(text, states) == [
        Clause("Consider joining/sign and ratify the convention on rivers", ("Algeria", "Egypt", "Peru"))
    ]


def test_words_after_the_last_bracket_stay_and_comments_of_a_list_go(states: States) -> None:
    assert (
        split_clauses("Sign the pact (Peru) as soon as possible.", states)[0].text
        == "Sign the pact as soon as possible."
    )
    twice = "Sign the pact (Peru) as soon as possible (Chile)"
    assert split_clauses(twice, states) == [Clause("Sign the pact as soon as possible", ("Peru", "Chile"))]
    comment = "Sign the pact (Peru). Arvandia cannot do so."
    assert split_clauses(comment, states, ends_in_states=True) == [Clause("Sign the pact", ("Peru",))]


def test_a_bracket_left_open_is_read(states: States) -> None:
    assert split_clauses("Sign the pact (Peru;", states) == [Clause("Sign the pact", ("Peru",))]


def test_a_text_without_states_comes_back_whole(states: States) -> None:
    assert split_clauses("Sign the pact;", states) == [Clause("Sign the pact", ())]
    assert names_of("", states) == ()


REQUESTS = st.sampled_from(["Plant trees", "Dig wells", "Open the archive (OA)"])
NAMES = st.lists(st.sampled_from(["France", "Iraq", "Peru", "Trinidad and Tobago"]), min_size=1)


@given(st.lists(st.tuples(REQUESTS, NAMES), min_size=1))
def test_what_was_joined_is_split_again(parts: list[tuple[str, list[str]]]) -> None:
    text = "; ".join(f"{request} ({', '.join(names)})" for request, names in parts)
    expected = [Clause(request, tuple(dict.fromkeys(names))) for request, names in parts]
    assert split_clauses(f"{text};", SMALL) == expected
