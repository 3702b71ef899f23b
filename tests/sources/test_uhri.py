"""The Universal Human Rights Index: bulk JSON and search export give the same records."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.sources import SourceError
from pipeline.sources.uhri_xlsx import HEADERS

UPR: dict[str, Any] = {
    "AffectedPersons": ["Children", "\u00a0Women & girls"],
    "AnnotationId": "a1",
    "AnnotationType": "- Recommendations",
    "Body": "- UPR",
    "Countries": ["Arvandia"],
    "PublicationDate": "2020-03-20T00:00:00",
    "Regions": ["Africa"],
    "Sdgs": ["6 - CLEAN WATER AND SANITATION", "6.1 - Safe water"],
    "Symbol": "A/HRC/99/5",
    "Text": "137.10 Dig wells (Chad);",
    "Themes": ["Safe drinking water & sanitation"],
    "UprCycle": "3",
    "UprPositions": ["Supported"],
    "UprRecommendingCountry": ["Chad"],
    "UprSession": ["36th Session"],
}
TREATY: dict[str, Any] = {
    **dict.fromkeys(UPR),
    "AnnotationId": "a2",
    "AnnotationType": "- Recommendations",
    "Body": "- Committee on the Rights of the Child",
    "Countries": ["Belmora"],
    "Symbol": "CRC/C/XBB/CO/4",
    "Text": "<p>Rural children</p><p>49. The Committee recommends that the State party <b>dig</b> wells.</p>",
    "Themes": [],
    "AffectedPersons": ["not provided"],
}


def dumped(*items: Any) -> str:
    """Return the items as a JSON array."""
    return json.dumps(list(items), ensure_ascii=False)


def test_a_upr_row(read: Callable) -> None:
    source, (record,) = read(dumped(UPR))
    assert source.format == "uhri_json"
    assert (record.mechanism, record.body, record.document_symbol) == ("upr", "UPR", "A/HRC/99/5")
    assert (record.paragraph, record.session, record.cycle, record.date) == ("137.10", 36, 3, "2020-03-20")
    assert (record.text, record.text_original) == ("Dig wells", "137.10 Dig wells (Chad);")
    assert (record.state_raw, record.recommending_raw) == ("Arvandia", ("Chad",))
    assert (record.position, record.position_source, record.position_quote) == ("supported", "uhri", "Supported")
    assert record.source_tags == (
        ("uhri-theme", "Safe drinking water & sanitation"),
        ("uhri-person", "Children"),
        ("uhri-person", "Women & girls"),
        ("sdg", "6 - CLEAN WATER AND SANITATION"),
        ("sdg", "6.1 - Safe water"),
    )


def test_a_treaty_body_row(read: Callable) -> None:
    (record,) = read(dumped(TREATY)).records
    assert (record.mechanism, record.body, record.paragraph) == ("treaty_body", "CRC", "49")
    assert record.text == "The Committee recommends that the State party dig wells."
    assert record.text_original is not None and record.text_original.startswith("Rural children")
    assert (record.state_raw, record.position, record.source_tags) == ("Belmora", None, ())


def test_concerns_are_kept_with_a_reason(read: Callable) -> None:
    (record,) = read(dumped({**TREATY, "AnnotationType": "- Concerns/Observations"})).records
    assert record.skip_reason == "concern or observation, not a recommendation"
    assert record.source_row == 1


def test_a_compound_paragraph_keeps_its_number(read: Callable) -> None:
    text = "137.11 Dig wells (Chad); continue digging wells (Niger) (Mali);"
    records = read(dumped({**UPR, "Text": text, "UprRecommendingCountry": ["Mali"]})).records
    assert [(r.paragraph, r.clause, r.text, r.recommending_raw) for r in records] == [
        ("137.11", 1, "Dig wells", ("Chad",)),
        ("137.11", 2, "continue digging wells", ("Niger", "Mali")),
    ]
    assert {r.text_original for r in records} == {text}
    assert {r.source_row for r in records} == {1}


@pytest.mark.parametrize("changed", [
    {"Countries": ["Chad"]}, {"Countries": []}, {"Countries": None}, {"Countries": ["Chad", "Niger"]},
    {"Countries": "BR"},
])  # fmt: skip
def test_the_symbol_of_a_treaty_body_is_a_second_witness(changed: dict[str, Any], read: Callable) -> None:
    source, (record,) = read(dumped({**TREATY, **changed}))
    assert record.state_raw == "Belmora"
    assert "the document symbol, which stands" in source.notes[0]


def test_two_letter_countries_and_no_country(read: Callable) -> None:
    special = {**TREATY, "Body": "- SR Water", "Symbol": "A/HRC/99/8"}
    source, records = read(dumped({**special, "Countries": ["AL"]}, {**special, "Countries": []}))
    assert [record.state_raw for record in records] == ["Albania", None]
    assert source.notes == ["row 2: no country, and none in the document symbol: the State addressed is unknown"]


def test_several_countries_become_one_record_each(read: Callable) -> None:
    row = {**TREATY, "Body": "- WG Wells", "Symbol": "A/HRC/99/8", "Countries": ["Arvandia", "Belmora"]}
    records = read(dumped(row)).records
    assert [(r.state_raw, r.clause, r.mechanism) for r in records] == [
        ("Arvandia", 1, "special_procedure"),
        ("Belmora", 2, "special_procedure"),
    ]


def test_releases_differ_in_keys_and_types(read: Callable) -> None:
    expected = read(dumped(UPR)).records
    variant = {key: value for key, value in UPR.items() if key not in ("UprRecommendingCountry", "UprPositions")}
    variant |= {"UprRecommendingStates": "Chad", "UprPosition": "- Supported", "Countries": "- Arvandia",
                "UprSession": "36 Session", "UprCycle": 3}  # fmt: skip
    assert read(dumped(variant)).records == expected
    assert read("\ufeff" + json.dumps({"total": 1, "items": [UPR]})).records == expected
    assert read(json.dumps(UPR) + "\n" + json.dumps(UPR)).records[0] == expected[0]
    assert read(dumped(UPR).encode("utf-16")).records == expected


def test_odd_members_are_rows_with_a_reason(read: Callable) -> None:
    records = read(dumped(UPR, 5, {**UPR, "Text": None}, {**TREATY, "Body": None, "Symbol": None})).records
    reasons = [record.skip_reason for record in records]
    assert [record.source_row for record in records] == [1, 2, 3, 4]
    assert reasons[:3] == [None, "not an object with named fields", "no text"]
    assert reasons[3] is not None and reasons[3].startswith("mechanism unknown")


def test_positions_are_never_guessed(read: Callable) -> None:
    source, records = read(dumped({**UPR, "UprPositions": ["Perhaps"]}, {**UPR, "UprPositions": []},
                                  {**UPR, "UprPositions": ["Supported", "Noted"]}))  # fmt: skip
    assert [record.position for record in records] == [None, None, "partially_supported"]
    assert "'Perhaps' is not known" in source.notes[0]


def test_two_positions_of_two_clauses_are_not_dealt_out(read: Callable) -> None:
    text = "137.11 Dig wells (Chad); continue digging wells (Niger);"
    source, records = read(dumped({**UPR, "Text": text, "UprPositions": ["Supported", "Noted"]}))
    assert [(r.position, r.position_quote) for r in records] == [(None, "Supported; Noted")] * 2
    assert "which belongs to which is not said" in source.notes[-1]


def test_the_search_export_gives_the_same_records(read: Callable, xlsx: Callable) -> None:
    def dashed(values: Any) -> str | None:
        return "\n".join(f"- {value}" for value in values or []) or None

    def cells(row: dict[str, Any]) -> list[object]:
        return [
            row["Text"], dashed(row["Countries"]), row["Body"], row["Symbol"], dashed(row["Themes"]),
            dashed(row["AffectedPersons"]), dashed(row["Sdgs"]), row["PublicationDate"] and 43910,
            dashed(row["UprRecommendingCountry"]), dashed(row["UprPositions"]), row["AnnotationType"],
            row["AnnotationId"], dashed(row["UprSession"]), dashed(row["Regions"]), None, 46126,
        ]  # fmt: skip

    right = [header.replace("Reccomending", "Recommending") for header in HEADERS]
    expected = read(dumped({**UPR, "UprCycle": None}, TREATY)).records
    for header in (list(HEADERS), right):
        source, records = read(xlsx([header, cells(UPR), cells(TREATY)]))
        assert source.format == "uhri_xlsx"
        assert records == expected


def test_a_truncated_file_gives_what_came_before(read: Callable, states: Any, limits: Any, tmp_path: Any) -> None:
    from pipeline.sources import open_source

    whole = dumped(*[UPR] * 50)
    path = tmp_path / "cut.json"
    path.write_text(whole[: int(len(whole) * 0.7)], encoding="utf-8")
    records = []
    with pytest.raises(SourceError, match=r"after record 3\d: the JSON breaks off.*download it again"):
        for record in open_source(path, states=states, limits=limits, columns={}).records:
            records.append(record)
    assert len(records) >= 30
    assert records[0] == read(whole).records[0]


def test_long_texts_are_cut_and_said(read: Callable, limits: Any) -> None:
    source, (record,) = read(dumped({**TREATY, "Text": "Dig wells. " * 1_000_000}))
    assert len(record.text or "") <= limits.max_cell_characters
    assert "max_cell_characters" in source.notes[0]


def test_no_records(read: Callable) -> None:
    source, records = read("[]")
    assert (records, source.notes) == ([], ["no records in the file"])
