"""How cells of frameworks are read."""

import pytest

from pipeline.frameworks.entries import (
    code_in,
    is_broken,
    level_of,
    list_of,
    mended,
    target_order,
    targets_of,
    years_of,
)


@pytest.mark.parametrize(
    ("word", "level"),
    [("Outcome", "outcome"), ("OUTCOME 2", "outcome"), ("Effet", "outcome"), ("Resultado", "outcome"), ("Outputs", "output"),
     ("Produit", "output"), ("Producto", "output"), ("Strategic priority", "priority"), ("Indicator", None), ("", None)],
)  # fmt: skip
def test_levels_are_known_in_four_languages(word: str, level: str | None) -> None:
    assert level_of(word) == level


@pytest.mark.parametrize(
    ("plan", "years"),
    [("UNSDCF 2021-2025", "2021-2025"), ("UNSDCF 2022 – 2026", "2022-2026"), ("Belmora 2024 to 2025", "2024-2025"),
     ("Cadre 2021 à 2023", "2021-2023"), ("Plan 2019/23", "2019-2023"), ("Cooperation Framework", None), ("Plan 2026-2021", None)],
)  # fmt: skip
def test_years_come_from_the_plan_s_name(plan: str, years: str | None) -> None:
    assert years_of(plan, {}) == years


def test_columns_of_years_come_before_the_name() -> None:
    assert years_of("UNSDCF 2016-2020", {"start_year": "2021-01-01", "end_year": "2025-12-31"}) == "2021-2025"


@pytest.mark.parametrize(
    ("cell", "targets"),
    [("16.3 Promote the rule of law, at 2.5 levels.,5.2 Eliminate violence", ("5.2", "16.3")), ("5.10; 5.2; 5.a", ("5.2", "5.10", "5.a")),
     ("1.3|16.b", ("1.3", "16.b")), ("19.1", ()), ("-", ()), ("SDG target 4.7: peace", ("4.7",))],
)  # fmt: skip
def test_targets_are_codes_that_begin_a_part(cell: str, targets: tuple[str, ...]) -> None:
    assert targets_of(cell) == targets


def test_5_2_comes_before_5_10_and_a_goal_before_its_targets() -> None:
    assert sorted(["5.10", "16", "5.a", "5.2", "5"], key=target_order) == ["5", "5.2", "5.10", "5.a", "16"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Outcome 1.2 - People", "1.2"), ("EFFET 2.1 : Les puits", "2.1"), ("Outcome 1:1 By 2022", "1.1"), ("ED 3.1. POZOS", "3.1"),
     ("By 2022, people in", None), ("People enjoy 3 meals", None), ("2030 Agenda", None)],
)  # fmt: skip
def test_the_code_is_the_number_a_text_begins_with(text: str, code: str | None) -> None:
    assert code_in(text) == code


def test_broken_characters_are_mended_and_right_ones_left() -> None:
    assert mended("wells ‚Äì deep  ones") == "wells – deep ones"
    assert mended("Ã©ducation pour tous") == "éducation pour tous"
    assert is_broken("wells ‚Äì deep") and not is_broken("énergie – propre") and not is_broken("plain")


def test_a_dash_is_no_agency() -> None:
    assert list_of("UNDP; UNICEF;-; UNDP") == ("UNDP", "UNICEF")
