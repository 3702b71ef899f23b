"""From entries to the one form: each item once, below the item above it, each plan apart."""

import dataclasses

import pandas as pd
import pytest

from pipeline.frameworks.entries import Entry
from pipeline.frameworks.normal_form import normal_form, report_line
from pipeline.frameworks.reading import FrameworkFile
from pipeline.states import States

OUTCOME = Entry(1, "Arvandia", "UNSDCF 2021-2025", "2021-2025", "outcome", "Schools teach every child", code="1.1")
OUTPUT = Entry(
    2, "Arvandia", "UNSDCF 2021-2025", "2021-2025", "output", "Teachers are paid", code="1.1.1", parent_code="1.1"
)


def items(states: States, *entries: Entry) -> pd.DataFrame:
    return normal_form(
        [FrameworkFile("typed.csv", "results_matrix", entries=list(entries), rows=len(entries))], states
    )[0]


def test_an_output_finds_its_outcome_by_the_code_typed_for_it(states: States) -> None:
    found = items(states, OUTPUT, OUTCOME).set_index("code")
    assert found.at["1.1.1", "parent_id"] == found.at["1.1", "item_id"]


def test_or_by_the_beginning_of_its_own_code(states: States) -> None:
    other = dataclasses.replace(OUTCOME, text="Clinics heal", code="1.10")
    output = dataclasses.replace(OUTPUT, parent_code=None, code="1.10.2")
    found = items(states, OUTCOME, other, output).set_index("code")
    assert found.at["1.10.2", "parent_id"] == found.at["1.10", "item_id"]


def test_an_item_of_many_rows_is_one_with_all_its_targets(states: States) -> None:
    rows = [
        dataclasses.replace(OUTPUT, row=n, sdg_targets=targets) for n, targets in ((2, ("4.10", "4.1")), (3, ("4.2",)))
    ]
    found = items(states, OUTCOME, *rows)
    assert found.loc[found["level"] == "output", "sdg_targets"].tolist() == ["4.1; 4.2; 4.10"]


def test_plans_of_one_state_are_kept_apart_by_name_and_years(states: States) -> None:
    later = dataclasses.replace(OUTCOME, plan="UNSDCF 2026-2030", years="2026-2030")
    same_name = dataclasses.replace(OUTCOME, plan="UNSDCF", years="2026-2030")
    again = dataclasses.replace(OUTCOME, plan="UNSDCF", years="2016-2020")
    found = items(states, OUTCOME, later, same_name, again)
    assert found["framework_id"].nunique() == 4
    assert (found["state"] == "XAA").all()


def test_ids_do_not_depend_on_the_order_of_rows_or_the_name_of_the_file(states: States) -> None:
    one = items(states, OUTCOME, OUTPUT)
    other = normal_form([FrameworkFile("renamed.csv", entries=[OUTPUT, OUTCOME])], states)[0]
    assert sorted(one["item_id"]) == sorted(other["item_id"])


def test_an_unknown_state_is_told_with_the_nearest_and_becomes_no_item(states: States) -> None:
    file = FrameworkFile(
        "typed.csv", "results_matrix", entries=[dataclasses.replace(OUTCOME, state="Arvandja", row=7)], rows=7
    )
    found, unknown = normal_form([file], states)
    line = report_line(file, found, unknown["typed.csv"], states)
    assert found.empty and line["status"] == "failed" and line["unknown_states"] == 1
    assert "row 7: unknown State 'Arvandja'; nearest: Arvandia" in line["message"]


@pytest.mark.parametrize(("entry", "status", "part"), [
    (OUTCOME, "ok", None),
    (dataclasses.replace(OUTPUT, parent_code=None, code=None), "partial", "belong to no outcome"),
    (dataclasses.replace(OUTCOME, state="Pacific"), "failed", "several States"),
])  # fmt: skip
def test_the_report_says_what_is_missing(entry: Entry, status: str, part: str | None, states: States) -> None:
    file = FrameworkFile("typed.csv", "results_matrix", entries=[entry], rows=1)
    found, unknown = normal_form([file], states)
    line = report_line(file, found, unknown.get("typed.csv", {}), states)
    assert line["status"] == status
    assert (line["message"] is None) if part is None else (part in line["message"])
