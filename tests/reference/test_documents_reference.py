"""The readers of documents on the real files: against UPR Info, and the three Slovenian cycles against OHCHR."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from pipeline.compare_documents import EXPECTED, PARSED, compare_documents
from pipeline.sources import open_source
from pipeline.sources.documents import open_document
from pipeline.sources.record import Limits, Record
from pipeline.states import States

pytestmark = pytest.mark.reference
LIMITS = Limits(100_000, 1 << 31)


def _records(path: Path, states: States) -> list[Record]:
    return list(open_document(path, states=states, limits=LIMITS).records)


def _positions(path: Path, states: States) -> dict[str | None, str | None]:
    return {record.paragraph: record.position for record in _records(path, states)}


def _code(name: str | None, states: States) -> str | None:
    state = states.find(name)
    return state.iso3 if state else name


def _rows(records: list[Record], states: States, columns: list[str]) -> pd.DataFrame:
    rows = [
        {
            "state": _code(record.state_raw, states), "session": record.session, "paragraph": record.paragraph,
            "clause": record.clause, "recommending": _code(name, states), "text": record.text,
            "text_original": record.text_original or record.text, "position": record.position,
        }
        for record in records
        if record.text and not record.is_pledge and not record.skip_reason
        for name in record.recommending_raw or (None,)
    ]  # fmt: skip
    return pd.DataFrame(rows)[columns]


@pytest.mark.slow
def test_working_group_reports_hold_what_upr_info_transcribed(reference_data: Path, states: States) -> None:
    parsed = [
        record
        for path in sorted((reference_data / "working_group_reports").glob("*.pdf"))
        for record in _records(path, states)
    ]
    expected = [
        record
        for path in sorted((reference_data / "upr_info").glob("*-*.csv"))
        for record in open_source(path, states=states, limits=LIMITS, columns={}).records
    ]
    found = compare_documents(_rows(parsed, states, PARSED), _rows(expected, states, EXPECTED))
    reviews = found.reviews
    assert len(reviews) == 93
    assert reviews["found"].sum() / reviews["expected"].sum() >= 0.999
    assert (reviews["states_right"] * reviews["found"]).sum() / reviews["found"].sum() >= 0.998
    stated = reviews[reviews["positions_stated"] > 0]
    assert (stated["positions_right"] * stated["positions_stated"]).sum() / stated["positions_stated"].sum() >= 0.99
    assert reviews["parsed_unmatched"].sum() / reviews["parsed"].sum() <= 0.015


@pytest.mark.parametrize(
    ("report", "addendum", "matrix"),
    [
        ("A_HRC_28_15.pdf", "A_HRC_28_15_Add.1.pdf", "UPR20__Slovenia_ThematicListRecommendations_E.docx"),
        ("A_HRC_43_15.pdf", "A_HRC_43_15_Add.1.pdf", "UPR34_Slovenia_Thematic_list_of_Recommendations.docx"),
    ],
)
def test_report_and_addendum_agree_with_the_matrix(
    report: str, addendum: str, matrix: str, reference_data: Path, states: States
) -> None:
    dossier = reference_data / "dossier_slovenia"
    told = _positions(dossier / report, states)
    changed = _positions(dossier / addendum, states)
    assert set(changed) <= set(told)
    assert {**told, **changed} == _positions(reference_data / "ohchr_matrices" / matrix, states)


def test_the_first_addendum_answers_each_recommendation(reference_data: Path, states: States) -> None:
    found = _positions(reference_data / "dossier_slovenia" / "A_HRC_14_15.pdf", states)
    assert {str(number) for number in range(1, 98)} == set(found)
    assert Counter(found.values()) == {"supported": 90, "noted": 3, "partially_supported": 2, None: 2}


def test_a_report_in_spanish_equals_the_one_in_english(reference_data: Path, states: States) -> None:
    spanish = _records(
        reference_data / "working_group_reports_other_languages" / "EPU_Bolivia_2010_WG_report_ES.pdf", states
    )
    english = _records(reference_data / "working_group_reports" / "bolivia2010.pdf", states)

    def told(records: list[Record]) -> dict[str | None, tuple[frozenset[str | None], str | None]]:
        pairs: dict[str | None, tuple[frozenset[str | None], str | None]] = {}
        for record in records:
            if not record.is_pledge:
                names = frozenset(_code(name, states) for name in record.recommending_raw)
                pairs[record.paragraph] = (pairs.get(record.paragraph, (frozenset(), None))[0] | names, record.position)
        return pairs

    assert told(spanish) == told(english)
    assert {record.state_raw and _code(record.state_raw, states) for record in spanish} == {"BOL"}
