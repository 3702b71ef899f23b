"""A filled-in workbook is read row by row; whatever is wrong is named by its cell."""

from datetime import date, datetime

import openpyxl
import pytest

from pipeline.judgements import text_hash
from pipeline.review_book import ReviewBookError, told


def said(reading):
    return set(
        reading.said[["recommendation_id", "dimension", "concept_id", "verdict"]].itertuples(index=False, name=None)
    )


def messages(reading):
    return {problem.address: problem.message for problem in reading.problems}


def test_verdicts_and_additions_are_judgements_with_the_text_they_were_made_on(filled):
    filled.put("Verdict", 1, "accept")
    filled.put("Note", 1, "clear")
    filled.put("Add theme", 4, "Death penalty")
    filled.put("Same ask?", 1, "no", "Same ask")
    filled.put("Covers it?", 1, "no", "Framework")
    filled.put("Other item", 1, "1.2 Prisons are humane", "Framework")
    reading = filled.saved_and_read()
    assert reading.problems == []
    assert reading.rows == 4
    assert said(reading) == {
        ("1e5", "sdgs", "sdg:5.2", "accept"),
        ("00123456789a", "themes", "upr-info:death-penalty", "add"),
        ("00123456789a", "same_ask", "12e4567890ab", "no"),
        ("12e4567890ab", "framework", "XAA-1/o1", "no"),
        ("12e4567890ab", "framework", "XAA-1/o2", "add"),
    }
    first = reading.said.iloc[0]
    assert first[["reviewer", "date", "note"]].tolist() == ["Ada Berg", "2026-02-28", "clear"]
    assert first["text_hash"] == text_hash("XAA", "=Ratify the convention on the rights of judges")


def test_an_untouched_workbook_says_nothing(filled):
    reading = filled.saved_and_read()
    assert reading.said.empty
    assert reading.problems == []


def test_a_row_names_its_own_reviewer_and_day(filled):
    filled.put("Verdict", 1, "reject")
    filled.put("Reviewer", 1, "Ben")
    filled.put("Date", 1, "2026-01-05")
    assert filled.saved_and_read().said.iloc[0][["reviewer", "date"]].tolist() == ["Ben", "2026-01-05"]


@pytest.mark.parametrize(
    ("value", "day"),
    [(date(2026, 2, 1), "2026-02-01"), (datetime(2026, 2, 1, 13, 5), "2026-02-01"), (46054, "2026-02-01"), ("2026-02-01 ", "2026-02-01")],
)  # fmt: skip
def test_a_day_is_read_whichever_way_a_program_keeps_it(filled, value, day):
    filled.put("Verdict", 1, "reject")
    filled.put("Date", 1, value)
    assert filled.saved_and_read().said["date"].tolist() == [day]


def test_all_errors_are_named_at_once_by_cell_with_the_remedy(filled):
    filled.put("Verdict", 1, "perhaps")
    filled.put("Add theme", 1, "Deth penalty")
    filled.put("Date", 2, "1.2.2026")
    filled.put("Verdict", 2, "accept")
    filled.put("Date", 3, date(2027, 1, 1))
    filled.put("Verdict", 3, "accept")
    filled.put("Note", 4, "what is this?")
    filled.put("Verdict", 5, "accept")
    reading = filled.saved_and_read()
    found = messages(reading)
    assert "'perhaps' is no verdict; choose accept, reject or unsure" in found["Tags!G2"]
    assert "did you mean 'Death penalty'" in found["Tags!K2"]
    assert "'1.2.2026' is no day; write it as 2024-05-31" in found["Tags!U3"]
    assert "later than today (2026-03-01)" in found["Tags!U4"]
    assert "a note without verdict" in found["Tags!V5"]
    assert said(reading) == {("12e4567890ab", "themes", "upr-info:death-penalty", "accept")}


def test_who_did_not_sign_is_asked_once_with_all_cells(filled):
    filled.sign(name="", day=None)
    for row in (1, 2, 3):
        filled.put("Verdict", row, "unsure")
    lines = told(filled.saved_and_read().problems)
    assert lines[0].startswith("Tags!T2, Tags!T3, Tags!T4: ")
    assert lines[1].startswith("Read me!B")
    assert len(lines) == 2
    assert "who judged?" in lines[0]
    assert "on which day?" in lines[1]


def test_columns_may_be_moved_and_rows_sorted_and_put_in_between(filled):
    filled.put("Verdict", 5, "reject")
    page = filled.page()
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    head, body = rows[0], list(reversed(rows[1:]))
    for number, row in enumerate([head, body[0], [None] * len(head), *body[1:]], start=3):
        for at, value in enumerate(reversed(row), start=1):
            page.cell(number, at).value = value
    for row in (1, 2):
        for at in range(1, len(head) + 1):
            page.cell(row, at).value = "Judged in March" if at == row == 1 else None
    assert said(filled.saved_and_read()) == {("12e4567890ab", "themes", "upr-info:death-penalty", "reject")}


def test_a_renamed_sheet_and_a_copy_of_a_sheet_are_known_by_their_headings(filled):
    copy = filled.book.copy_worksheet(filled.page())
    filled.put("Verdict", 1, "accept")
    copy.cell(5, filled.column("Verdict")).value = "reject"
    filled.page().title = "Meine Urteile"
    filled.page("Framework").title = "Plan"
    filled.put("Covers it?", 1, "yes", "Plan")
    reading = filled.saved_and_read()
    assert said(reading) == {
        ("1e5", "sdgs", "sdg:5.2", "accept"),
        ("00123456789a", "sdgs", "sdg:16", "reject"),
        ("12e4567890ab", "framework", "XAA-1/o1", "yes"),
    }


def test_a_cell_merged_over_rows_says_the_same_for_each(filled):
    at = filled.column("Verdict")
    filled.put("Verdict", 1, "reject")
    filled.page().merge_cells(start_row=2, end_row=4, start_column=at, end_column=at)
    assert {row[1:] for row in said(filled.saved_and_read())} == {
        ("sdgs", "sdg:5.2", "reject"), ("groups", "uhri-person:women-girls", "reject"), ("action", "upr-action:4", "reject"),
    }  # fmt: skip


def test_a_formula_never_computed_is_named_not_lost(filled):
    filled.put("Verdict", 1, "accept")
    filled.put("Verdict", 2, "=G2")
    assert "formula that was never computed" in messages(filled.saved_and_read())["Tags!G3"]


def test_an_error_value_is_named(filled):
    filled.put("Verdict", 1, "#N/A")
    filled.page().cell(2, filled.column("Verdict")).data_type = "e"
    assert "holds the error #N/A" in messages(filled.saved_and_read())["Tags!G2"]


@pytest.mark.parametrize("value", [5, 5.0, "5", " 5 ", "sdg:5"])
def test_a_code_is_read_as_text_and_as_number(filled, value):
    filled.put("Add SDG", 1, value)
    assert said(filled.saved_and_read()) == {("1e5", "sdgs", "sdg:5", "add")}


def test_a_number_that_lost_its_last_zero_is_asked_about(filled):
    filled.put("Add SDG", 1, 16.1)
    filled.put("Add SDG", 2, "16.1")
    filled.put("Add SDG", 3, 5.2)
    filled.put("Add SDG", 4, "16.10")
    reading = filled.saved_and_read()
    assert "can have been typed as 16.1 or as 16.10" in messages(reading)["Tags!O2"]
    assert {row[2] for row in said(reading)} == {"sdg:16.1", "sdg:5.2", "sdg:16.10"}


def test_a_code_that_became_a_date_is_named(filled):
    filled.put("Add SDG", 1, datetime(2026, 2, 5))
    assert "a date stands here" in messages(filled.saved_and_read())["Tags!O2"]


def test_several_codes_in_one_cell_are_separated_by_semicolons(filled):
    filled.put("Add SDG", 1, "16.10; 5.1;")
    assert {row[2] for row in said(filled.saved_and_read())} == {"sdg:16.10", "sdg:5.1"}


def test_an_id_that_became_a_number_is_named(filled):
    filled.put("Verdict", 1, "accept")
    filled.put("recommendation_id", 1, 1e5)
    found = [problem for problem in filled.saved_and_read().problems if "made a number" in problem.message]
    assert len(found) == 1


def test_a_row_whose_ids_belong_to_another_text_is_refused(filled):
    filled.put("Verdict", 4, "accept")
    filled.put("Text", 4, "Close the old prison of Lume and open no other")
    filled.put("Verdict", 1, "accept")
    reading = filled.saved_and_read()
    assert "do not belong together" in messages(reading)["Tags!C5"]
    assert said(reading) == {("1e5", "sdgs", "sdg:5.2", "accept")}


def test_a_row_that_a_person_wrote_below_has_no_id_and_is_refused(filled):
    filled.put("Text", 6, "Ratify everything")
    filled.put("Verdict", 6, "accept")
    assert "only rows that the export wrote can be judged" in messages(filled.saved_and_read())["Tags!G7"]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (("Verdict", 1, "reject"), ("Add SDG", 1, "5.2"), "'add' contradicts 'reject' in Tags!G2"),
        (("Verdict", 3, "accept"), ("Right action", 1, "2"), "a text has but one action"),
    ],
)
def test_what_contradicts_itself_is_named_on_both_sides(filled, first, second, message):
    filled.put(*first)
    filled.put(*second)
    reading = filled.saved_and_read()
    assert len(reading.problems) == 2
    assert any(message in line for line in told(reading.problems))
    assert reading.said.empty


def test_that_no_item_covers_it_contradicts_an_item(filled):
    filled.put("Covers it?", 1, "yes", "Framework")
    filled.put("Other item", 1, "(no item covers it)", "Framework")
    assert any("no item covers it contradicts" in line for line in told(filled.saved_and_read().problems))


def test_a_column_that_is_gone_is_named(filled):
    filled.page().delete_cols(filled.column("Note"))
    with pytest.raises(ReviewBookError, match="sheet Tags: the columns Note are gone"):
        filled.saved_and_read()


def test_a_column_that_only_people_read_may_be_gone(filled):
    filled.put("Verdict", 1, "accept")
    filled.page().delete_cols(filled.column("Why asked"))
    assert len(filled.saved_and_read().said) == 1


def test_another_workbook_is_refused_and_a_broken_file_too(filled, tmp_path):
    other = openpyxl.Workbook()
    other.active.append(["Text", "Verdict"])
    other.save(tmp_path / "other.xlsx")
    with pytest.raises(ReviewBookError, match="other.xlsx has none of the sheets Tags"):
        filled.read(tmp_path / "other.xlsx")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(filled.path.read_bytes()[:2000])
    with pytest.raises(ReviewBookError, match="broken.xlsx"):
        filled.read(broken)
    (tmp_path / "review.csv").write_text("a,b\n")
    with pytest.raises(ReviewBookError, match="review.csv"):
        filled.read(tmp_path / "review.csv")


def test_a_page_with_a_million_empty_rows_is_refused_with_the_remedy(filled):
    filled.page().cell(1_000_000, 1).value = " "
    with pytest.raises(ReviewBookError, match="1,000,000 rows; delete the empty rows"):
        filled.saved_and_read()
