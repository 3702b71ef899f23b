"""Records as written become rows with resolved States, sessions, years and languages."""

import json

import pytest

from pipeline.sessions import Session
from pipeline.sources.record import Record
from pipeline.standardise import Standardiser


@pytest.fixture
def standardiser(states):
    return Standardiser("upr_info_csv", "a.csv", states, {19: Session(19, 2, 2014)}, 0.9)


def one(standardiser, **fields):
    (row,) = standardiser.rows([Record(source_row=1, **{"state_raw": "Arvandia", "text": "Protect judges"} | fields)])
    return row


def test_session_gives_cycle_and_year(standardiser):
    row = one(standardiser, session=19, date="2015-03-01")
    assert (row["session"], row["cycle"], row["year"]) == (19, 2, 2014)


def test_without_session_the_date_gives_the_year_and_the_source_the_cycle(standardiser):
    row = one(standardiser, date="1 March 2015", cycle=2)
    assert (row["session"], row["cycle"], row["year"]) == (None, 2, 2015)


def test_a_session_the_table_does_not_know_keeps_its_number(standardiser):
    assert (one(standardiser, session=99)["session"], one(standardiser, session=99)["cycle"]) == (99, None)


def test_an_unknown_state_is_kept_as_written_and_told_with_the_nearest(standardiser):
    row = one(standardiser, state_raw="Arvandija", recommending_raw=("Frence", "Chile", "Chile"))
    assert (row["state_under_review"], row["state_name"]) == (None, "Arvandija")
    assert json.loads(row["recommending"]) == ["Frence", "Chile"]
    message = standardiser.unknown_states_message()
    assert "'Arvandija' (1x; nearest: Arvandia" in message
    assert "'Frence' (1x; nearest: France" in message
    assert "configs/states.csv" in message


def test_a_row_without_text_is_skipped_with_the_reason(standardiser):
    assert one(standardiser, text="  ")["skip_reason"] == "no text"


def test_a_row_of_an_addendum_needs_no_text(standardiser):
    assert one(standardiser, text=None, paragraph="90.1", position="noted")["skip_reason"] is None


def test_the_reason_of_the_reader_stands(standardiser):
    assert one(standardiser, skip_reason="concern, not a recommendation")["skip_reason"].startswith("concern")


def test_text_is_cleaned_and_the_original_kept(standardiser):
    row = one(standardiser, text="<b>Protect</b>\u00a0judges", text_original="9.1 <b>Protect</b> judges (Chile);")
    assert (row["text"], row["text_original"]) == ("Protect judges", "9.1 <b>Protect</b> judges (Chile);")


def test_no_position_is_null_not_a_guess(standardiser):
    row = one(standardiser, position_source="upr_info")
    assert (row["position"], row["position_source"]) == (None, None)


def test_halves_of_characters_that_no_file_can_hold_are_dropped(standardiser):
    row = one(
        standardiser, text="Protect\ud83d judges", text_original="1. Protect\ud83d judges", state_raw="Arvan\udc00dia"
    )
    for value in row.values():
        str(value).encode()
    assert row["text"] == "Protect judges"
