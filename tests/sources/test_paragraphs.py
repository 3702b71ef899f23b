"""Number and heading of a paragraph, and who made its clauses."""

import pytest

from pipeline.sources.paragraphs import plain, split_number, upr_clauses
from pipeline.sources.tally import Tally
from pipeline.states import States


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("137.197 Ratify the treaty", "137.197", "Ratify the treaty"),
        ("138.10. Ratify the treaty", "138.10", "Ratify the treaty"),
        ("12. Ratify the treaty", "12", "Ratify the treaty"),
        ("3.The Committee recommends lamps", "3", "The Committee recommends lamps"),
        ("Rural women 49. The Committee recommends wells", "49", "The Committee recommends wells"),
        ("Roads and wells \n9. The Committee recommends wells", "9", "The Committee recommends wells"),
        ("B.Positive aspects\n3.The Committee welcomes wells", "3", "The Committee welcomes wells"),
        ("C. Roads\n 44. (a) Build roads", "44", "(a) Build roads"),
        ("Ratify the treaty", None, "Ratify the treaty"),
        ("Act in line with article 6. The State should build wells", None,
         "Act in line with article 6. The State should build wells"),
        ("The Committee recommends wells. 5. The rest", None, "The Committee recommends wells. 5. The rest"),
        ("2030 Agenda: build wells", None, "2030 Agenda: build wells"),
        ("5.2 million persons should have wells", None, "5.2 million persons should have wells"),
        ("16 days of activism against drought", None, "16 days of activism against drought"),
    ],
)  # fmt: skip
def test_the_number_is_taken_from_the_front_only_where_it_is_one(text: str, number: str | None, rest: str) -> None:
    assert split_number(text) == (number, rest)


def test_html_leaves_lines_where_it_began_them() -> None:
    assert (
        plain("<p>Rural women</p><p>49. The&nbsp;Committee &amp; others</p>")
        == "Rural women\n\n49. The Committee & others"
    )
    assert split_number(plain("<h2>Rural women</h2>49. The <b>Committee</b> asks")) == ("49", "The Committee asks")


def test_the_column_names_the_states_of_a_single_clause(states: States) -> None:
    tally = Tally()
    (clause,) = upr_clauses("Ratify the treaty (Bosnia and Herzegovina);", ("Bosnia", "Herzegovina"), states, tally, 1)
    assert (clause.text, clause.recommending_raw) == ("Ratify the treaty", ("Bosnia and Herzegovina",))
    (clause,) = upr_clauses("Ratify the treaty", ("Chad", "Mali"), states, tally, 2)
    assert clause.recommending_raw == ("Chad", "Mali")
    assert tally.lines() == []


def test_brackets_that_name_others_stand_and_are_counted(states: States) -> None:
    tally = Tally()
    (clause,) = upr_clauses("Ratify the treaty (Chad) (Niger);", ("Niger",), states, tally, 7)
    assert clause.recommending_raw == ("Chad", "Niger")
    assert "row 7" in tally.lines()[0]


def test_a_compound_paragraph_is_split_whatever_the_column_says(states: States) -> None:
    clauses = upr_clauses("Ratify the treaty (Chad); dig wells (Niger);", ("Niger",), states, Tally(), 1)
    assert [(c.text, c.recommending_raw) for c in clauses] == [
        ("Ratify the treaty", ("Chad",)),
        ("dig wells", ("Niger",)),
    ]
