"""Separated text, spreadsheets and Parquet: every row is there, and what was odd is said."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources import Limits, SourceError, open_source
from pipeline.states import States

HEADER = ["Text", "State under review", "Recommending States", "Position", "Session"]
ROW = ["Dig wells", "Arvandia", "Chad", "Supported", 36]
CSV = "Text,State under review,Recommending States,Position,Session\n"


def test_a_header_without_rows_is_said(read: Callable, xlsx: Callable) -> None:
    for content in (CSV, xlsx([HEADER])):
        source, records = read(content)
        assert (records, source.notes) == ([], ["no data rows below the header"])


def test_a_wrong_header_is_shown_with_the_nearest_layout(read: Callable) -> None:
    with pytest.raises(SourceError) as caught:
        read("SuR,Rgrp,Recomendation,RS,Respons,Actoin,Issue,Session\nArvandia,Africa,Dig wells,Chad,Noted,5,Other,5\n")
    message = str(caught.value)
    assert "the nearest is 'UPR Info re-saved as CSV'" in message or "UPR Info" in message
    assert "Found: SuR, Rgrp, Recomendation" in message
    assert "ingest.generic_columns" in message


def test_a_table_of_another_kind_is_no_file_of_recommendations(read: Callable) -> None:
    for content in (
        "Country,Plan name,Outcome code,Outcome,Output\n" + "Arvandia,Framework,1,Wells for all,Deep wells\n" * 5,
        "id,name,price\n1,lamp,3\n2,chair,4\n",
        "state,plan_name,outcome,text\nArvandia,Framework,1,Wells for all\n",
    ):
        with pytest.raises(SourceError, match="a framework belongs in data/raw/frameworks"):
            read(content)


def test_blank_rows_count_between_rows_and_not_after(read: Callable, xlsx: Callable) -> None:
    records = read(xlsx([HEADER, ROW, [None], [" "], ROW, [None], [None, ""]])).records
    assert [(r.source_row, r.skip_reason) for r in records] == [
        (1, None),
        (2, "blank row"),
        (3, "blank row"),
        (4, None),
    ]
    records = read(CSV + "Dig wells,Arvandia,Chad,Noted,5\n,,,,\nDig wells,Arvandia,Mali,Noted,5\n,,,,\n\n").records
    assert [(r.source_row, r.skip_reason) for r in records] == [(1, None), (2, "blank row"), (3, None)]


def test_tables_put_below_each_other_give_their_second_header_a_reason(read: Callable, xlsx: Callable) -> None:
    for content in (CSV + "Dig wells,Arvandia,Chad,Noted,5\n" + CSV + "Dig wells,Arvandia,Mali,Noted,5\n",
                    xlsx([HEADER, ROW, HEADER, ROW])):  # fmt: skip
        source, records = read(content)
        reasons = [record.skip_reason for record in records]
        assert reasons == [None, "the header again: tables were put below each other", None]
        assert source.notes == []


def test_a_table_of_few_rows_none_as_wide_as_another_is_known_by_its_header(read: Callable) -> None:
    _, records = read(CSV + "Dig wells,Arvandia,Chad\nPlant trees,Arvandia,Chad,Noted,5,and,more\n")
    assert records[0].text == "Dig wells"
    assert records[1].skip_reason == "7 cells where the header has 5: a separator or quotation mark too many"


def test_few_lines_of_prose_are_no_table(read: Callable) -> None:
    with pytest.raises(SourceError, match="no Working Group report"):
        read("In the morning, at noon, in the evening, at night\nwe dig, and plant\nwe rest\n")


def test_a_row_without_text_has_a_reason(read: Callable) -> None:
    (record,) = read(CSV + ",Arvandia,Chad,Noted,5\n").records
    assert record.skip_reason == "no text"


def test_a_shifted_row_is_not_read_into_the_wrong_columns(read: Callable) -> None:
    source, records = read(CSV + "Dig wells, now,Arvandia,Chad,Noted,5\nDig wells,Arvandia,Chad,Noted,5\n")
    assert records[0].skip_reason == "6 cells where the header has 5: a separator or quotation mark too many"
    assert records[1].position == "noted"
    assert source.notes[0].startswith("row 1: 6 cells")


def test_an_open_quotation_mark_ends_the_reading_with_a_message(tmp_path: Path, states: States, limits: Limits) -> None:
    path = tmp_path / "table"
    path.write_text(
        CSV + "Dig wells,Arvandia,Chad,Noted,5\n" * 3 + '"Dig wells,Arvandia,Chad,Noted,5\n', encoding="utf-8"
    )
    records = []
    with pytest.raises(
        SourceError, match=r"row 5, the header being row 1: a quotation mark is opened and never closed"
    ):
        for record in open_source(path, states=states, limits=limits, columns={}).records:
            records.append(record)
    assert len(records) == 3


def test_a_file_that_ends_within_a_row(tmp_path: Path, states: States, limits: Limits) -> None:
    path = tmp_path / "table"
    path.write_text(CSV + "Dig wells,Arvandia,Chad,Noted,5\n" * 3 + "Dig wells,Arva", encoding="utf-8")
    records = []
    with pytest.raises(SourceError, match=r"row 5, .*ends within a row \(2 of 5 cells\)"):
        for record in open_source(path, states=states, limits=limits, columns={}).records:
            records.append(record)
    assert len(records) == 3


def test_rows_swallowed_by_a_quotation_mark_are_noticed(read: Callable) -> None:
    rows = '"Dig wells,Arvandia,Chad,Noted,5\nDig wells,Arvandia,Chad,Noted,5\nDig ""wells",Arvandia,Mali,Noted,5\n'
    source, records = read(CSV + rows)
    assert len(records) == 1
    assert any("a cell holds lines that look like rows" in note for note in source.notes)


def test_a_huge_cell_is_cut_and_counted(read: Callable, xlsx: Callable, limits: Limits) -> None:
    source, (record,) = read(CSV + f'"{"Dig wells. " * 1_000_000}",Arvandia,Chad,Noted,5\n')
    assert len(record.text or "") <= limits.max_cell_characters
    assert "longer than 2,000 characters was cut there" in source.notes[0]
    source, (record,) = read(xlsx([HEADER, ["Dig wells. " * 2_900, *ROW[1:]]]))
    assert len(record.text or "") <= limits.max_cell_characters


def test_nul_characters_are_left_out(read: Callable) -> None:
    source, (record,) = read(CSV + "Dig\x00 wells,Arvandia,Chad,Noted,5\n")
    assert record.text == "Dig wells"
    assert "NUL characters" in source.notes[0]


def test_texts_that_look_like_formulas_stay_texts(read: Callable) -> None:
    records = read(CSV + "".join(f"{sign}SUM(A1),Arvandia,Chad,Noted,5\n" for sign in "=+-@")).records
    assert [record.text for record in records] == ["=SUM(A1)", "+SUM(A1)", "-SUM(A1)", "@SUM(A1)"]


def test_a_header_that_occurs_twice(read: Callable) -> None:
    source, (record,) = read("Text,Text,State under review\nDig wells,Dig roads,Arvandia\n")
    assert record.text == "Dig wells"
    assert source.notes == ["row 1: the header 'Text' occurs more than once; the first column is read"]


def test_sheets_of_one_layout_are_read_through_and_others_named(read: Callable, xlsx: Callable) -> None:
    source, records = read(xlsx([["About"], ["this book"]], [HEADER, ROW], [["Notes"], ["x"]], [HEADER, ROW, ROW]))
    assert [record.source_row for record in records] == [1, 2, 3]
    assert source.notes == [f"sheet 'Sheet{n}' has no header known here and was not read" for n in (1, 3)]


def test_numbers_and_days_in_cells(read: Callable, xlsx: Callable) -> None:
    import datetime as dt

    header = [*HEADER, "Paragraph", "Date"]
    (record,) = read(
        xlsx([header, ["Dig wells", "Arvandia", "Chad", "Noted", 5.0, "138.10", dt.datetime(2020, 5, 2)]])
    ).records
    assert (record.session, record.paragraph, record.date) == (5, "138.10", "2020-05-02")


def test_parquet_with_lists(read: Callable, tmp_path: Path) -> None:
    frame = pd.DataFrame({"Text": ["Dig wells", None], "State under review": ["Arvandia"] * 2,
                          "Recommending States": [["Chad", "Mali"], []], "Session": [36, 37]})  # fmt: skip
    frame.to_parquet(tmp_path / "table")
    source, records = read(tmp_path / "table")
    assert source.format == "generic_table"
    assert records[0].recommending_raw == ("Chad", "Mali")
    assert records[1].skip_reason == "no text"


def test_parquet_that_unpacks_to_too_much(tmp_path: Path, states: States) -> None:
    pd.DataFrame({"Text": ["Dig wells"] * 1000, "State": ["Arvandia"] * 1000}).to_parquet(tmp_path / "table")
    with pytest.raises(SourceError, match="max_uncompressed_megabytes"):
        open_source(tmp_path / "table", states=states, limits=Limits(1000, 10), columns={})


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
CELLS = st.lists(CELL | st.sampled_from(["two\nlines", "two\r\nlines", '"said"', "a;b,c\td|e"]), min_size=5, max_size=5)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(CELLS, max_size=6), separator=st.sampled_from(",;\t|"))
def test_rows_are_numbered_through_and_none_is_lost(
    rows: list[list[str]], separator: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import csv

    path = tmp_path_factory.getbasetemp() / "any"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(HEADER)
        writer.writerows(rows)
    source = open_source(path, states=States.of([]), limits=Limits(1000, 1 << 20), columns={})
    numbers = [record.source_row for record in source.records]
    filled = [at for at, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    assert sorted(set(numbers)) == list(range(1, (filled or [0])[-1] + 1))


def test_damage_anywhere_is_a_message_and_no_crash(xlsx: Callable, tmp_path: Path, states: States) -> None:
    import random

    whole = xlsx([HEADER, *[ROW] * 300]).read_bytes()
    path = tmp_path / "damaged"
    for seed in range(40):
        random.seed(seed)
        damaged = bytearray(whole)
        for _ in range(15):
            damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
        path.write_bytes(bytes(damaged))
        with contextlib.suppress(SourceError):
            records = list(open_source(path, states=states, limits=Limits(1000, 50 << 20), columns={}).records)
            assert [record.source_row for record in records] == list(range(1, 301))
