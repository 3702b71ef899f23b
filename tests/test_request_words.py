from pipeline.instruments import in_order, load_instruments
from pipeline.paths import ROOT
from pipeline.request_words import AIM, CORE, INSTRUMENT, THING, RequestWords, articles, request_words, stem
from pipeline.slots import load_slot_words

INSTRUMENTS = load_instruments(ROOT / "configs" / "instruments.yaml")
WORDS = load_slot_words(ROOT / "configs" / "slots.yaml")


def read(text: str) -> RequestWords:
    named, plain = in_order(text, INSTRUMENTS)
    return request_words(plain, named, WORDS)


def test_two_wordings_of_one_thing_are_one_word() -> None:
    one = read("Establish a national human rights commission in Arvandia")
    other = read("Establish a national institution for the promotion and protection of human rights")
    assert one.of(THING, CORE) == other.of(THING, CORE) == {"thing:nhri"}


def test_treaties_are_words_in_their_order_and_part() -> None:
    text = read("Withdraw reservations to CEDAW and ratify OP-CAT")
    assert [word for word in text.words if word.startswith(INSTRUMENT)] == ["instrument:CEDAW", "instrument:OP-CAT"]


def test_what_the_request_is_for_is_no_part_of_it() -> None:
    text = read("Establish a moratorium on the use of force with a view to abolishing the death penalty")
    assert "abolish" not in text.core_acts
    assert "moratorium" in text.core_acts
    assert text.of(THING, AIM) == {"thing:death-penalty"}
    assert not text.of(THING, CORE)


def test_two_requests_are_two_clauses() -> None:
    text = read("Ratify OP-CAT and establish clinics in all districts of Belmora")
    assert text.n_clauses == 2
    assert text.strengths == ("specific", "specific")
    assert dict(zip(text.words, text.clauses, strict=True))["clinics"] == 1


def test_an_asterisk_of_the_text_is_no_treaty() -> None:
    text = read("Ratify * CAT * in full")
    assert text.of(INSTRUMENT, CORE) == {"instrument:CAT"}


def test_a_text_without_words_is_read() -> None:
    assert read("...").words == ()


def test_a_stem_keeps_four_letters() -> None:
    assert stem("protections") == stem("protecting") == "protect"
    assert stem("rates") == "rate"


def test_a_mechanism_against_torture_is_one_thing_in_any_wording() -> None:
    wordings = (
        "Establish a national preventative mechanism",
        "Give Arvandia a mechanism or a national body for the prevention of torture",
        "Found a national mechanism to monitor prisons on the coast",
    )
    assert [read(text).of(THING, CORE) for text in wordings] == [{"thing:prevention-mechanism"}] * 3


def test_articles_are_told_without_their_paragraphs() -> None:
    assert articles("Lift what Belmora reserved on articles 3 (1), 12 (5) and 21 (2), (a) and (b)") == {"3", "12", "21"}
    assert articles("Drop the reservation of 1987 to article 7, paragraph 4") == {"7"}
    assert articles("Withdraw all 12 reservations") == set()
