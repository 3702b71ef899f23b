"""Single cells: labels, States, sessions, cycles, dates."""

import pytest

from pipeline.sources.values import (
    cycle_number,
    iso_date,
    issues,
    label,
    lines,
    listed,
    rejoined,
    session_number,
    state_names,
)
from pipeline.states import States


def test_labels_lose_prefix_and_odd_spaces_and_nothing_else() -> None:
    assert label("- \u00a0Women\u00a0& girls ") == "Women & girls"
    assert label("Equality &amp; non-discrimination") == "Equality & non-discrimination"
    assert label("16 - PEACE") == "16 - PEACE"


def test_lines_of_labels() -> None:
    assert lines("- Women & girls\n- \u00a0Children\n- not provided") == ["Women & girls", "Children"]
    assert lines("- 16.a - Strong institutions to prevent\nviolence\n- 5 - GENDER EQUALITY") == [
        "16.a - Strong institutions to prevent violence",
        "5 - GENDER EQUALITY",
    ]
    assert lines("Chad\nNiger") == ["Chad", "Niger"]
    assert lines("") == lines("- ") == []


def test_issues_are_split_at_commas_that_begin_a_label() -> None:
    assert issues("Rights of the Child,Women's rights") == ["Rights of the Child", "Women's rights"]
    assert issues("Economic, social and cultural rights, Justice") == [
        "Economic, social and cultural rights",
        "Justice",
    ]
    assert issues("Justice; Detention, conditions of") == ["Justice", "Detention, conditions of"]
    assert listed("Children: definition; Health | Food") == ["Children: definition", "Health", "Food"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Chad", ["Chad"]),
        ("Chad; Niger", ["Chad", "Niger"]),
        ("Chad|Niger", ["Chad", "Niger"]),
        ("- Chad\n- Niger", ["Chad", "Niger"]),
        ("Chad, Niger and Mali", ["Chad", "Niger", "Mali"]),
        ("Trinidad and Tobago", ["Trinidad and Tobago"]),
        ("Bolivia (Plurinational State of), Peru", ["Bolivia (Plurinational State of)", "Peru"]),
        ("Iran, Islamic Republic of", ["Iran, Islamic Republic of"]),
        ("Ruritania", ["Ruritania"]),
        ("&#40;Unknown&#41;", []),
        ("not provided", []),
        ("Chad; Chad", ["Chad"]),
    ],
)
def test_a_cell_of_recommending_states(cell: str, names: list[str], states: States) -> None:
    assert list(state_names(cell, states)) == names


def test_halves_of_a_state_are_brought_together(states: States) -> None:
    assert rejoined(["Bosnia", "Herzegovina", "Chad"], states) == ("Bosnia and Herzegovina", "Chad")
    whole = "United Kingdom of Great Britain and Northern Ireland"
    assert rejoined(["United Kingdom of Great Britain", "Northern Ireland"], states) == (whole,)
    assert rejoined(["Chad", "Niger"], states) == ("Chad", "Niger")


@pytest.mark.parametrize(
    ("cell", "number"),
    [("5", 5), ("5.0", 5), ("5th session", 5), ("Session 5", 5), ("36th Session", 36), ("- 20 Session", 20),
     ("36th Session (Nov 2020)", 36), ("UPR 41", 41), ("1st session", 1), ("22e session", 22), ("2020", None),
     ("0", None), ("", None), ("A/HRC/43/15", None)],
)  # fmt: skip
def test_sessions(cell: str, number: int | None) -> None:
    assert session_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "number"), [("2", 2), ("Cycle III", 3), ("third cycle", 3), ("2nd cycle", 2), ("", None), ("27", None)]
)
def test_cycles(cell: str, number: int | None) -> None:
    assert cycle_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "date"),
    [("2020-03-20T00:00:00", "2020-03-20"), ("43910", "2020-03-20"), ("43910.0", "2020-03-20"), ("", None),
     ("20/03/2020", "2020-03-20"), ("03/04/2020", "03/04/2020"), ("2020", "2020"), ("March 2020", "March 2020")],
)  # fmt: skip
def test_dates_are_turned_only_where_their_form_is_certain(cell: str, date: str | None) -> None:
    assert iso_date(cell) == date
