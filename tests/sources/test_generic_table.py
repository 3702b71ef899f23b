"""Tables of the users' own: headers in three languages, or a mapping."""

import json
from collections.abc import Callable

import pytest

from pipeline.sources import SourceError


@pytest.mark.parametrize(
    "header",
    [
        "Recommendation,State under review,Recommending States,Position,Session,Paragraph,Document symbol",
        "Recommandation,État examiné,État auteur,Réponse,Session,Paragraphe,Cote",
        "Recomendación,Estado examinado,Estado que recomienda,Respuesta,Período de sesiones,Párrafo,Signatura",
        "TEXT,sur,rs,POSITION,upr_session,para,symbol",
    ],
)
def test_headers_in_three_languages(header: str, read: Callable) -> None:
    source, (record,) = read(header + "\nDig wells,Arvandia,Chad,Noted,36,138.10,A/HRC/99/5\n")
    assert source.format == "generic_table"
    assert (record.text, record.state_raw, record.recommending_raw) == ("Dig wells", "Arvandia", ("Chad",))
    assert (record.position, record.position_source, record.session) == ("noted", "generic_table", 36)
    assert (record.paragraph, record.document_symbol, record.mechanism) == ("138.10", "A/HRC/99/5", "upr")


def test_a_mapping_wins_over_the_synonyms(read: Callable) -> None:
    table = "Wortlaut,Text,Land,State\nDig wells,a remark,Arvandia,Belmora\n"
    (record,) = read(table, columns={"text": "Wortlaut", "state_under_review": "Land"}).records
    assert (record.text, record.state_raw) == ("Dig wells", "Arvandia")


def test_a_mapping_that_fits_nothing_is_explained(read: Callable) -> None:
    with pytest.raises(SourceError, match="no column 'state_under_revue'; the nearest is 'state_under_review'"):
        read("Wortlaut,Land\nDig wells,Arvandia\n", columns={"state_under_revue": "Land"})
    with pytest.raises(
        SourceError, match=r"mapping in ingest.generic_columns.*it lacks Wort \(here 'Wortlaut'\?\)|lacks Wort"
    ):
        read("Wortlaut,Land\nDig wells,Arvandia\n", columns={"text": "Wort", "state_under_review": "Land"})


def test_number_and_states_are_taken_from_the_text_where_they_have_no_column(read: Callable) -> None:
    table = 'Recommendation,Position\n"138.10 Dig wells (Chad); continue digging wells (Mali);",Supported\n'
    records = read(table).records
    assert [(r.paragraph, r.clause, r.text, r.recommending_raw) for r in records] == [
        ("138.10", 1, "Dig wells", ("Chad",)),
        ("138.10", 2, "continue digging wells", ("Mali",)),
    ]


def test_other_mechanisms(read: Callable) -> None:
    table = (
        "Text,State,Mechanism,Body\nDig wells,Arvandia,,CRC\nDig wells,Arvandia,treaty body,\nDig,Arvandia,,SR Water\n"
    )
    records = read(table + "Dig,Arvandia,Ministry of Wells,\n").records
    assert [(r.mechanism, r.body) for r in records[:3]] == [
        ("treaty_body", "CRC"),
        ("treaty_body", None),
        ("special_procedure", "SR Water"),
    ]
    assert records[3].skip_reason == "mechanism 'Ministry of Wells' is none of UPR, treaty body and special procedure"


def test_a_state_that_recommends_to_itself_pledges(read: Callable) -> None:
    (record,) = read("Text,SuR,RS,Response\nDig wells,Republic of Arvandia,Arvandia,Accepted\n").records
    assert record.is_pledge
    assert (record.recommending_raw, record.position) == ((), None)


def test_labels_of_the_source(read: Callable) -> None:
    table = "Text,State,Themes,SDGs,Groups\nDig wells,Arvandia,Children: definition; Food,6.1 | 6,Children\n"
    (record,) = read(table).records
    assert record.source_tags == (
        ("uhri-theme", "Children: definition"),
        ("uhri-theme", "Food"),
        ("uhri-person", "Children"),
        ("sdg", "6.1"),
        ("sdg", "6"),
    )


def test_json_objects_are_a_table_too(read: Callable) -> None:
    rows = [{"text": "Dig wells", "state_under_review": "Arvandia", "recommending_states": ["Chad", "Mali"]}] * 2
    expected = read("text,state_under_review,recommending_states\n" + "Dig wells,Arvandia,Chad; Mali\n" * 2).records
    assert read(json.dumps(rows)).records == expected
    assert read("\n".join(map(json.dumps, rows))).records == expected
    with pytest.raises(SourceError, match="is not that of a file of recommendations"):
        read(json.dumps([{"name": "lamp", "price": 3}]))
