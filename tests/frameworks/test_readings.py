"""Readings of frameworks: with texts, or with keys whose texts are looked up."""

from pathlib import Path

from pipeline.frameworks.readings import outcome_key, read_readings, text_key


def test_a_file_with_texts_is_read_by_country(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("country,key,text,primary,also\nBelmora,k,Dig wells,O2,O1;O3\nArvandia,k,Carry on,none,\n")
    first, second = read_readings([path], {})
    assert (first.country, second.country) == ("Arvandia", "Belmora")
    assert second.truth(["O1", "O2", "O3", "O4"]).tolist() == [[0.5, 1.0, 0.5, 0.0, 0.0]]
    assert first.truth(["O1"]).tolist() == [[0.0, 1.0]]


def test_keys_find_their_texts_and_a_text_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "keys.csv"
    path.write_text(f"country,key,primary,also\nBelmora,{text_key('Dig wells')},abc,\nBelmora,ffffffffffff,abc,\n")
    (found,) = read_readings([path], {text_key("Dig wells"): "Dig wells"})
    assert found.texts == ("Dig wells",)


def test_other_tables_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("state_a,text_a\nA,b\n")
    assert read_readings([path], {}) == []


def test_keys_do_not_see_blanks_or_the_writing_of_an_outcome() -> None:
    assert text_key(" Dig wells ") == text_key("Dig wells")
    assert outcome_key("Outcome 1 - Families  have WATER") == outcome_key("outcome 1: families have water")
