"""The five layouts of an addendum, and what it leaves alone."""

from pipeline.sources.addendum import read_addendum
from pipeline.sources.lines import Document, Line
from pipeline.sources.record import Record
from pipeline.sources.report_metadata import Metadata

METADATA = Metadata("addendum", "A/HRC/99/7/Add.1", "Arvandia", 21, "2015-06-01", is_draft=False)


def _read(text: str) -> dict[str, Record]:
    before, lines = "", []
    for line in text.splitlines():
        if line.strip():
            lines.append(Line(line.strip(), opens=not before.strip(), page=2))
        before = line
    return {str(record.paragraph): record for record in read_addendum(Document(tuple(lines)), METADATA).records}


def _positions(text: str) -> dict[str, str | None]:
    return {number: record.position for number, record in _read(text).items()}


def test_a_table_of_numbers_and_positions() -> None:
    text = """
Recommendation
Position

50.1
Supported
The bridge is being mended.

50.2
Noted

50.3
Partially accepted
"""
    assert _positions(text) == {"50.1": "supported", "50.2": "noted", "50.3": "partially_supported"}


def test_lines_of_number_and_word() -> None:
    assert _positions("50.12 Supported\n50.13 Noted\n50.14 Cannot be accepted") == {
        "50.12": "supported", "50.13": "noted", "50.14": "noted",
    }  # fmt: skip


def test_prose_with_ranges_and_inherited_prefixes() -> None:
    text = """
2. Arvandia supports the following recommendations: 50.5-50.7, 50.23, 25 and 26.

3. Arvandia takes note of recommendations 50.1, 50.30-
32.
"""
    found = _read(text)
    assert {number for number, row in found.items() if row.position == "supported"} == {
        "50.5", "50.6", "50.7", "50.23", "50.25", "50.26",
    }  # fmt: skip
    assert {number for number, row in found.items() if row.position == "noted"} == {"50.1", "50.30", "50.31", "50.32"}
    row = found["50.5"]
    assert row.document_symbol == "A/HRC/99/7"
    assert row.position_source == "addendum"
    assert row.position_quote is not None
    assert row.position_quote.startswith("A/HRC/99/7/Add.1, para. 2: Arvandia supports")


def test_rows_of_several_numbers_a_word_and_reasons() -> None:
    text = """
50.1, 50.4, 50.9 Accepted. The toll was halved last year and the bridge is being mended.

50.2 and 50.3 Arvandia does not accept these recommendations. The law forbids it.
"""
    assert _positions(text) == {
        "50.1": "supported", "50.4": "supported", "50.9": "supported", "50.2": "noted", "50.3": "noted",
    }  # fmt: skip


def test_long_lists_under_headings() -> None:
    text = """
Recommendations that enjoy the support of Arvandia

50.1 Plant trees (Peru);

50.2 Dig wells (Chile);

Recommendations that do not enjoy the support of Arvandia

50.3 Abolish the toll (Spain);
"""
    assert _positions(text) == {"50.1": "supported", "50.2": "supported", "50.3": "noted"}


def test_only_the_supported_ones_are_listed_and_the_rest_is_noted() -> None:
    text = """
1. Arvandia accepts recommendations 50.1 and 50.2.

2. The remaining recommendations are noted.
"""
    assert _positions(text) == {"50.1": "supported", "50.2": "supported", "*": "noted"}


def test_numbers_left_over_in_a_count_say_nothing_of_the_rest() -> None:
    text = """
1. Arvandia answers the remaining 7 recommendations, of which 5 are now supported and 2 noted.

2. Arvandia accepts recommendation 50.1.
"""
    assert _positions(text) == {"50.1": "supported"}


def test_numbers_of_the_first_cycle_stand_alone_and_may_be_answered_in_parts() -> None:
    text = """
1. Arvandia accepts the recommendation.

2., 3. Arvandia accepts these recommendations.

4. Arvandia accepts the recommendation on the bridge.

Arvandia cannot accept the recommendation on the toll.

5. Arvandia agrees that lighthouses matter.
"""
    assert _positions(text) == {
        "1": "supported", "2": "supported", "3": "supported", "4": "partially_supported", "5": None,
    }  # fmt: skip
    assert _read(text)["5"].skip_reason is not None


def test_reasons_that_cite_figures_or_other_recommendations_change_nothing() -> None:
    text = """
1. Arvandia accepts recommendations 50.1, 50.2 and 50.3.

50.1 Deaths fell from 15.1 to 9.4 in a thousand. See also recommendation 50.3, which concerns noted authors.

50.2 Arvandia has already done so.
"""
    assert _positions(text) == {"50.1": "supported", "50.2": "supported", "50.3": "supported"}


def test_ranges_in_words_reach_the_numbers_between() -> None:
    assert _positions("1. Arvandia accepts recommendations 50.3 to 50.6 and 50.9-50.10.") == dict.fromkeys(
        ["50.3", "50.4", "50.5", "50.6", "50.9", "50.10"], "supported"
    )


def test_a_sentence_that_begins_with_the_numbers_states_their_position() -> None:
    text = """
1. Recommendations 50.1 and 50.2 enjoy the support of Arvandia.

2. Recommendation 50.3 is partially supported, as the toll pays for the bridge.

3. Recommendation 50.4 is noted. The lighthouse stands.
"""
    assert _positions(text) == {
        "50.1": "supported", "50.2": "supported", "50.3": "partially_supported", "50.4": "noted",
    }  # fmt: skip
    assert (_read(text)["50.4"].position_quote or "").endswith("para. 3: Recommendation 50.4 is noted.")


COVER = ("United Nations A/HRC/99/7/Add.1", "Distr.: General 1 June 2015", "Addendum", "GE.15-12345")


def _paged(*pages: tuple[str, ...]) -> set[str]:
    lines = [Line(text, opens=True, page=page) for page, texts in enumerate(pages, start=1) for text in texts]
    return {str(record.paragraph) for record in read_addendum(Document(tuple(lines)), METADATA).records}


def test_a_first_page_that_answers_already_is_read_and_a_mere_cover_is_not() -> None:
    answers = ("1. Arvandia supports recommendations 50.1 and 50.2.",)
    assert _paged((*COVER, *answers)) == {"50.1", "50.2"}
    assert _paged((*COVER, *answers), ("2. Recommendation 50.3 is noted.",)) == {"50.1", "50.2", "50.3"}
    assert _paged(COVER, ("2. Recommendation 50.3 is noted.",)) == {"50.3"}
