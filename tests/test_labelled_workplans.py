"""Exports of joint work plans: which rows become labelled activities, and what their text is."""

import csv
from collections import Counter

import openpyxl
import pytest

from pipeline.labelled_workplans import holds_workplan, read_workplan
from pipeline.sources.record import Limits

LIMITS = Limits(10_000, 10_000_000)
HEADER = ["Country", "Plan name", "Sub-Output", "Description", "SDG Targets", "SDG Goals"]
WATER = "6.1 By 2030, achieve universal access to safe water, for all,6.b Support local communities"


def row(title="Wells are drilled in the dry north of the country", description="-", targets=WATER, state="Arvandia"):
    return [state, "Framework", title, description, targets, ""]


@pytest.fixture
def write(tmp_path):
    def written(*rows):
        path = tmp_path / "plan.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEADER, *rows])
        return path

    return written


def read(path, left_out=None):
    return read_workplan(
        path, LIMITS, min_language_probability=0.9, left_out=Counter() if left_out is None else left_out
    )


def test_an_activity_has_its_title_the_beginning_of_its_description_and_the_codes_of_its_targets(write):
    (found,) = read(write(row(description="The wells are kept by committees of villages. " * 20)))
    assert found.text.startswith("Wells are drilled in the dry north of the country. The wells are kept")
    assert 300 < len(found.text) <= 600
    assert (found.state, found.targets) == ("Arvandia", ("6.1", "6.b"))


@pytest.mark.parametrize("number", ["2.1.3 - ", "1.2.4.1: ", "BLM 12 ", "3) "])
def test_the_number_of_the_plan_is_no_part_of_the_text(write, number):
    (found,) = read(write(row(title=f"{number}Wells are drilled in the dry north of the country")))
    assert found.text == "Wells are drilled in the dry north of the country"


def test_capitals_that_begin_a_title_stay(write):
    (found,) = read(write(row(title="HIV testing is offered in all clinics of the country")))
    assert found.text.startswith("HIV testing")


def test_rows_without_title_target_or_english_are_counted(write):
    left_out = Counter()
    french = "Les capacités des écoles et des enseignants du pays sont renforcées pour tous les enfants"
    many = ",".join(f"{goal}.1 Some target" for goal in range(1, 9))
    plan = write(row(), row(), row(), row(title="Wells 2"), row(targets=""), row(targets=many), row(title=french))
    assert len(read(plan, left_out)) == 3
    assert dict(left_out) == {
        "activity without a title that tells what it does": 1,
        "activity without SDG target, or with more than 6": 2,
        "activity that is not in English": 1,
    }


def test_text_whose_encoding_was_lost_is_mended(write):
    (found,) = read(write(row(title="The State’s wells are drilled in the dry north".encode().decode("cp1252"))))
    assert found.text.startswith("The State’s wells")


def test_a_workbook_with_the_columns_is_known_and_read_and_other_files_are_not(tmp_path, write):
    book = openpyxl.Workbook()
    for cells in (HEADER, row()):
        book.active.append(cells)
    book.save(tmp_path / "plan.xlsx")
    book.active.delete_rows(1)
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "other.csv").write_text("To,Text,From\n")
    assert holds_workplan(tmp_path / "plan.xlsx", LIMITS)
    assert holds_workplan(write(row()), LIMITS)
    assert not holds_workplan(tmp_path / "other.xlsx", LIMITS)
    assert not holds_workplan(tmp_path / "other.csv", LIMITS)
    assert len(read(tmp_path / "plan.xlsx")) == 1
