"""The workbook offers what can be said, shows texts as texts, and keeps its ids beside each row."""

import openpyxl

from pipeline.review_book import write_review
from pipeline.review_book.form import PAIRS, READ_ME, TAGS, check
from tests.review_book.conftest import TEXTS, pair_sheet, tag_sheet


def test_no_text_is_a_formula_a_number_or_a_link(filled):
    for page in filled.book.worksheets:
        types = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
        assert "f" not in types, page.title
    ids = [row[filled.column("recommendation_id") - 1].value for row in filled.page().iter_rows(min_row=2)]
    assert ids == ["1e5", "1e5", "1e5", "00123456789a", "12e4567890ab"]
    assert filled.page().cell(2, filled.column("Text")).quotePrefix


def test_every_column_to_choose_in_has_a_list_of_all_choices(filled, offered):
    rules = {rule.formula1: rule for rule in filled.page().data_validations.dataValidation}
    assert len(rules) == 6
    lists = filled.book["Lists"]
    columns = {
        column[0].value: [cell.value for cell in column[1:] if cell.value is not None] for column in lists.iter_cols()
    }
    assert columns["themes"] == list(offered["themes"].shown)
    assert columns["sdgs"] == list(offered["sdgs"].shown)
    strict = {str(rule.sqref): rule.errorStyle for rule in rules.values()}
    assert strict["G2:G6"] is None or strict["G2:G6"] == "stop"
    assert "information" in strict.values()


def test_only_the_cells_to_fill_in_are_open_and_ids_are_hidden(filled):
    page = filled.page()
    assert page.protection.sheet
    open_ones = {page.cell(1, cell.column).value for cell in page[2] if not cell.protection.locked}
    assert open_ones == {column.heading for column in TAGS.columns if column.role == "typed"}
    hidden = {page.cell(1, cell.column).value for cell in page[2] if page.column_dimensions[cell.column_letter].hidden}
    assert {"recommendation_id", "check"} <= hidden | {"check", "concept_id", "dimension_id", "text_hash"}
    assert filled.book["Lists"].sheet_state == "hidden"


def test_cells_to_type_in_keep_codes_as_text_and_days_as_days(filled):
    assert filled.page().cell(2, filled.column("Add SDG")).number_format == "@"
    assert filled.page().cell(2, filled.column("Date")).number_format == "yyyy-mm-dd"


def test_a_sheet_without_rows_is_whole_and_one_not_asked_for_is_left_out(tmp_path, offered):
    write_review(
        {TAGS.name: tag_sheet().iloc[:0], PAIRS.name: pair_sheet()}, offered, tmp_path / "r.xlsx", reviewer="=Ada"
    )
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == [READ_ME, "Tags", "Same ask", "Lists"]
    assert [cell.value for cell in book["Tags"][1]][:3] == ["State", "Paragraph", "Text"]
    signed = next(row for row in book[READ_ME].iter_rows(max_col=2) if row[0].value == "Reviewer")
    assert (signed[1].value, signed[1].data_type) == ("=Ada", "s")


def test_a_check_notices_another_text_and_another_id_and_nothing_else():
    row = {"text": TEXTS["1e5"], "recommendation_id": "1e5", "concept_id": "sdg:5"}
    assert check(row) == check({**row, "text": TEXTS["1e5"] + " ", "note": "x"})
    assert check(row) != check({**row, "text": "Another"})
    assert check(row) != check({**row, "recommendation_id": "1e6"})
