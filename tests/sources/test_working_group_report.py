"""A report of an invented review, in the layouts seen since 2008."""

from pipeline.sources.lines import Document, Line
from pipeline.sources.record import Record, SourceFile
from pipeline.sources.report_metadata import read_metadata
from pipeline.sources.working_group_report import read_working_group_report
from pipeline.states import States

COVER = """
United Nations A/HRC/99/7
General Assembly Distr.: General
12 March 2015

Report of the Working Group on the Universal Periodic Review

Arvandia
"""
INTRODUCTION = """
1. The Working Group on the Universal Periodic Review held its twenty-first session. The review of Arvandia was held.

2. Documents: (A/HRC/WG.6/21/XAA/1).

3. While welcoming what Arvandia had done, Peru recommended that it (a) mend the lighthouse; (b) paint it and light it.

4. Chile called on Arvandia to open the archive to everybody.

II. Conclusions and/or recommendations
"""
END = """
9. All conclusions and/or recommendations contained in the present report reflect the position of the submitting
State(s).
"""


def _document(text: str) -> Document:
    before, lines = "", []
    for line in text.splitlines():
        if line.strip():
            lines.append(Line(line.strip(), opens=not before.strip(), page=1 if line in COVER.splitlines() else 2))
        before = line
    return Document(tuple(lines))


def _read(section: str, states: States, cover: str = COVER) -> SourceFile:
    document = _document(cover + INTRODUCTION + section + END)
    return read_working_group_report(document, read_metadata(document, states), states)


def _rows(section: str, states: States) -> dict[str, Record]:
    return {str(record.paragraph): record for record in _read(section, states).records}


def test_a_list_of_today_gives_number_text_states_and_position_with_its_words(states: States) -> None:
    section = """
5. The recommendations formulated during the interactive dialogue and listed below enjoy the support of Arvandia:

5.1 Plant more trees along the
rivers (Peru);

5.2 Dig wells (Chile, Spain);

6. The recommendations below did not enjoy the support of Arvandia:

6.1 Abolish the toll (Iran (Islamic Republic of));
"""
    source = _read(section, states)
    rows = list(source.records)
    assert [(row.paragraph, row.text, row.recommending_raw, row.position) for row in rows] == [
        ("5.1", "Plant more trees along the rivers", ("Peru",), "supported"),
        ("5.2", "Dig wells", ("Chile", "Spain"), "supported"),
        ("6.1", "Abolish the toll", ("Iran (Islamic Republic of)",), "noted"),
    ]
    assert rows[2].position_source == "chapeau"
    assert rows[2].position_quote == "The recommendations below did not enjoy the support of Arvandia:"
    assert (rows[0].document_symbol, rows[0].state_raw, rows[0].session, rows[0].date) == (
        "A/HRC/99/7", "Arvandia", 21, "2015-03-12",
    )  # fmt: skip
    assert (source.number_gaps, source.duplicate_numbers) == (0, 0)


def test_lists_that_restart_are_numbered_under_their_chapeau(states: States) -> None:
    section = """
5. In the course of the discussion, the following recommendations were made:

1. Plant trees (Peru);

2. Dig wells (Chile).

The recommendations listed above enjoy the support of Arvandia.

6. The following recommendations will be examined by Arvandia, which will provide responses in due time:

1. Abolish the toll (Spain);
"""
    rows = _rows(section, states)
    assert {number: row.position for number, row in rows.items()} == {
        "5.1": "supported", "5.2": "supported", "6.1": "pending",
    }  # fmt: skip


def test_where_the_report_gives_no_position_none_is_made_up(states: States) -> None:
    section = "\n5. The following recommendations were made to Arvandia:\n\n1. Plant trees (Peru);\n"
    assert _rows(section, states)["5.1"].position is None


def test_a_later_paragraph_on_the_list_above_gives_its_position(states: States) -> None:
    section = """
5. The following recommendations were made to Arvandia:

1. Plant trees (Peru);

6. The response of Arvandia to these recommendations will be included in the outcome report adopted by the Council.
"""
    row = _rows(section, states)["5.1"]
    assert (row.position, row.position_source) == ("pending", "chapeau")


def test_a_paragraph_that_cites_numbers_changes_only_those(states: States) -> None:
    section = """
5. The recommendations listed below enjoy the support of Arvandia:

1. Plant trees (Peru);

2. Dig wells (Chile);

3. Abolish the toll (Spain);

6. Arvandia rejected recommendations Nos. 2 and 3 above, for want of water.
"""
    rows = _rows(section, states)
    assert [rows[f"5.{n}"].position for n in (1, 2, 3)] == ["supported", "noted", "noted"]
    assert rows["5.2"].position_source == "paragraph"


def test_references_into_the_dialogue_are_read_there(states: States) -> None:
    section = """
5. The recommendations listed below enjoy the support of Arvandia:

1. Plant trees (Peru);

6. The recommendations noted in the report in paragraphs 3 (a), (b) and 4 above did not enjoy the support of Arvandia.
"""
    rows = _rows(section, states)
    assert [(rows[n].text, rows[n].recommending_raw) for n in ("3(a)", "3(b)", "4")] == [
        ("mend the lighthouse", ("Peru",)), ("paint it and light it", ("Peru",)),
        ("Arvandia to open the archive to everybody", ("Chile",)),
    ]  # fmt: skip
    assert {rows[n].position for n in ("3(a)", "3(b)", "4")} == {"noted"}
    assert rows["4"].position_source == "paragraph"


def test_a_compound_paragraph_keeps_its_number_and_its_row(states: States) -> None:
    section = (
        "\n5. The following enjoy the support of Arvandia:\n\n5.1 Plant trees (Peru); Dig wells (Chile) (Spain);\n"
    )
    rows = list(_read(section, states).records)
    assert [(row.source_row, row.clause, row.text) for row in rows] == [(1, 1, "Plant trees"), (1, 2, "Dig wells")]
    assert {row.text_original for row in rows} == {"Plant trees (Peru); Dig wells (Chile) (Spain);"}


def test_gaps_and_misprinted_numbers_are_told(states: States) -> None:
    section = """
5. The following enjoy the support of Arvandia:

5.1 Plant trees (Peru);

5.2 Dig wells (Peru);

5.3 Mend roads (Peru);

4.4 Paint the tower (Peru);

5.6 Open the archive (Peru);
"""
    source = _read(section, states)
    assert [row.paragraph for row in source.records] == ["5.1", "5.2", "5.3", "5.4", "5.6"]
    assert source.number_gaps == 1
    assert "5.5" in source.notes[0]


def test_commitments_and_comments_are_no_recommendations(states: States) -> None:
    section = """
5. The recommendations below did not enjoy the support of Arvandia:

5.1 Abolish the toll (Peru);

6. Arvandia considers that the toll pays for the bridge.

III. Voluntary pledges and commitments

7. Arvandia pledged to mend the bridge.
"""
    rows = _rows(section, states)
    assert rows["6"].skip_reason is not None
    assert rows["7"].is_pledge
    assert rows["7"].text == "Arvandia pledged to mend the bridge."
    assert not rows["5.1"].is_pledge


def test_one_recommendation_in_the_chapeau_itself(states: States) -> None:
    section = "\n5. The following recommendation did not enjoy the support of Arvandia: Abolish the toll (Peru).\n"
    row = _rows(section, states)["5"]
    assert (row.text, row.recommending_raw, row.position) == ("Abolish the toll", ("Peru",), "noted")


def test_a_draft_is_provisional(states: States) -> None:
    cover = COVER.replace("A/HRC/99/7", "A/HRC/WG.6/21/L.9").replace("Arvandia", "Arvandia\nUnedited version")
    rows = list(_read("\n5. The following enjoy the support of Arvandia:\n\n5.1 Dig (Peru);\n", states, cover).records)
    assert rows[0].is_provisional
    assert rows[0].document_symbol == "A/HRC/WG.6/21/L.9"


def test_a_report_in_spanish(states: States) -> None:
    text = """
Naciones Unidas A/HRC/99/7

Informe del Grupo de Trabajo sobre el Examen Periódico Universal

Arvandia

1. El Grupo de Trabajo (A/HRC/WG.6/21/XAA/1).

II. Conclusiones y/o recomendaciones

5. Las recomendaciones que figuran a continuación cuentan con el apoyo de Arvandia:

1. Plantar árboles (Perú);

6. Arvandia no dio su apoyo a las recomendaciones que figuran a continuación:

1. Abolir el peaje (España);

7. Todas las conclusiones y/o recomendaciones reflejan la posición del Estado.
"""
    document = _document(text)
    source = read_working_group_report(document, read_metadata(document, states), states)
    assert [(row.paragraph, row.recommending_raw, row.position) for row in source.records] == [
        ("5.1", ("Perú",), "supported"), ("6.1", ("España",), "noted"),
    ]  # fmt: skip


def test_a_document_without_the_section_says_so(states: States) -> None:
    document = _document(COVER)
    source = read_working_group_report(document, read_metadata(document, states), states)
    assert list(source.records) == []
    assert "no section" in source.notes[0]
