"""What the sources say of one review becomes one set of recommendations."""

import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.reconcile import reconcile
from pipeline.schemas import Ingested, Recommendations, RecommendingStates
from pipeline.tables import conform

LABELS = {
    "upr-info": {"justice": "upr-info:justice"}, "sdg": {"16 a": "sdg:16.a", "6": "sdg:6", "6 1": "sdg:6.1"},
    "uhri-theme": {"justice": "uhri-theme:justice"}, "uhri-person": {"women girls": "uhri-person:women-girls"},
}  # fmt: skip
FILES = {
    "upr_info_csv": "issues.csv", "upr_info_xls": "issues.xls", "uhri_json": "uhri.json",
    "working_group_report": "report.pdf", "addendum": "addendum.pdf", "generic_table": "own.xlsx",
    "ohchr_matrix": "matrix.docx",
}  # fmt: skip


def row(source, number, text, states=(), position=None, **more):
    """Return one ingested row of the second-cycle review of Arvandia."""
    sourced = "addendum" if source == "addendum" else "upr_info" if source.startswith("upr_info") else "uhri"
    return {
        "source": source, "source_file": FILES[source], "source_row": number, "clause": 1, "mechanism": "upr",
        "body": "UPR", "document_symbol": None, "paragraph": None, "session": 19, "cycle": 2, "year": 2014,
        "state_under_review": "XAA", "state_name": "Arvandia", "region": "Africa",
        "recommending": json.dumps(list(states)), "text": text, "text_original": text, "language": "en",
        "position": position, "position_source": sourced if position else None, "position_quote": position,
        "is_pledge": False, "is_provisional": False, "source_tags": "[]", "skip_reason": None,
    } | more  # fmt: skip


@pytest.fixture
def run(states):
    def reconciled(*rows):
        frame = conform(pd.DataFrame(list(rows)), Ingested)
        return reconcile(frame, states, LABELS, 0.9)

    return reconciled


def asking(found, recommendation=0):
    wanted = found.recommendations[recommendation]["recommendation_id"]
    return sorted(
        s["state_iso3"] or s["state_raw"] for s in found.recommending_states if s["recommendation_id"] == wanted
    )


def test_one_text_of_several_states_is_one_recommendation(run):
    found = run(
        row("upr_info_csv", 1, "Ratify OP-CAT", ["France"], "supported"),
        row("upr_info_csv", 2, "Ratify OP-CAT ", ["Chile"], "supported"),
    )
    assert len(found.recommendations) == 1
    assert asking(found) == ["CHL", "FRA"]


def test_one_text_with_two_positions_stays_two_recommendations(run):
    found = run(
        row("upr_info_csv", 1, "Ratify OP-CAT", ["France"], "supported"),
        row("upr_info_csv", 2, "Ratify OP-CAT", ["Chile"], "noted"),
    )
    assert sorted(r["position"] for r in found.recommendations) == ["noted", "supported"]
    assert len({r["recommendation_id"] for r in found.recommendations}) == 2


def test_one_text_to_two_states_stays_two(run):
    found = run(
        row("upr_info_csv", 1, "Ratify OP-CAT", ["France"]),
        row("upr_info_csv", 2, "Ratify OP-CAT", ["France"], state_under_review="XBB", state_name="Belmora"),
    )
    assert len(found.recommendations) == 2


def test_the_same_review_from_two_sources_is_one_set_with_provenance(run):
    found = run(
        row("uhri_json", 1, "Ratify the OP-CAT without delay", ["France"], "supported",
            paragraph="90.1", document_symbol="A/HRC/27/5"),
        row("upr_info_csv", 7, "Ratify the OPCAT without delay", ["France"], "supported"),
    )  # fmt: skip
    assert [r["paragraph"] for r in found.recommendations] == ["90.1"]
    assert {(s["source_file"], s["source_row"]) for s in found.recommendation_sources} == {
        ("uhri.json", 1), ("issues.csv", 7),
    }  # fmt: skip
    assert found.source_conflicts == []


def test_sources_that_disagree_on_the_position_are_listed_and_one_stands(run):
    found = run(
        row("uhri_json", 1, "Abolish the death penalty", ["Chile"], "noted", paragraph="90.2"),
        row("upr_info_csv", 2, "Abolish the death penalty", ["Chile"], "supported"),
    )
    (conflict,) = found.source_conflicts
    assert (conflict["field"], conflict["value_a"], conflict["value_b"]) == ("position", "noted", "supported")
    assert conflict["chosen"] == found.recommendations[0]["position"] == "noted"


def test_a_definite_position_stands_over_a_pending_one_and_is_no_conflict(run):
    found = run(
        row("working_group_report", 1, "Protect journalists", ["Chile"], "pending", paragraph="90.3"),
        row("upr_info_csv", 2, "Protect journalists", ["Chile"], "supported"),
    )
    assert found.recommendations[0]["position"] == "supported"
    assert found.source_conflicts == []


def test_no_position_is_unknown_never_guessed(run):
    (recommendation,) = run(row("generic_table", 1, "Protect journalists", ["Chile"])).recommendations
    assert (recommendation["position"], recommendation["position_source"]) == ("unknown", None)


def test_the_same_words_under_two_numbers_are_two_recommendations(run):
    found = run(
        row("uhri_json", 1, "Ratify OP-CAT", ["France"], paragraph="90.1", document_symbol="A/HRC/27/5"),
        row("uhri_json", 2, "Ratify OP-CAT", ["Chile"], paragraph="90.4", document_symbol="A/HRC/27/5"),
        row("upr_info_csv", 1, "Ratify OP-CAT", ["Chile"], "noted"),
    )
    by_paragraph = {r["paragraph"]: r["position"] for r in found.recommendations}
    assert by_paragraph == {"90.1": "unknown", "90.4": "noted"}


def test_138_10_is_not_138_1(run):
    found = run(
        row("uhri_json", 1, "Ratify OP-CAT", ["France"], paragraph="138.1"),
        row("uhri_json", 2, "Protect journalists", ["Chile"], paragraph="138.10"),
    )
    assert sorted(r["paragraph"] for r in found.recommendations) == ["138.1", "138.10"]


def test_clauses_of_one_paragraph_share_its_number_and_differ_in_id(run):
    found = run(
        row("uhri_json", 1, "Ratify CED", ["France"], paragraph="90.5"),
        row("uhri_json", 1, "Recognise the Committee's competence", ["Uruguay"], paragraph="90.5", clause=2),
    )
    assert [(r["paragraph"], r["clause"]) for r in found.recommendations] == [("90.5", 1), ("90.5", 2)]
    assert len({r["recommendation_id"] for r in found.recommendations}) == 2


def test_an_unknown_recommending_state_is_kept_as_written(run):
    found = run(row("upr_info_csv", 1, "Protect journalists", ["Atlantis"]))
    assert found.recommending_states[0]["state_raw"] == "Atlantis"
    assert found.recommending_states[0]["state_iso3"] is None


def test_recommending_states_that_differ_are_listed(run):
    found = run(
        row("uhri_json", 1, "Protect journalists", ["Chile", "France"], paragraph="90.1"),
        row("generic_table", 1, "Protect journalists", ["Chile", "Peru"], paragraph="90.1"),
    )
    assert [(c["field"], c["value_a"], c["value_b"]) for c in found.source_conflicts] == [
        ("recommending_states", "CHL; FRA", "CHL; PER")
    ]


def test_an_addendum_changes_only_what_it_names(run):
    found = run(
        row("working_group_report", 1, "Protect journalists", ["Chile"], "pending", paragraph="90.1"),
        row("working_group_report", 2, "Ratify OP-CAT", ["Chile"], "pending", paragraph="90.2"),
        row(
            "addendum",
            1,
            None,
            position="noted",
            paragraph="90.1",
            position_quote="A/HRC/27/5/Add.1, para. 3: notes 90.1",
        ),
    )
    assert {r["paragraph"]: (r["position"], r["position_source"]) for r in found.recommendations} == {
        "90.1": ("noted", "addendum"), "90.2": ("pending", "uhri"),
    }  # fmt: skip
    (change,) = found.position_changes
    assert (change["old"], change["new"]) == ("pending", "noted")
    assert (change["document_symbol"], change["paragraph"], change["quote"]) == ("A/HRC/27/5/Add.1", "3", "notes 90.1")


def test_the_remaining_ones_are_those_still_open(run):
    found = run(
        row("working_group_report", 1, "Protect journalists", ["Chile"], "supported", paragraph="90.1"),
        row("working_group_report", 2, "Ratify OP-CAT", ["Chile"], "pending", paragraph="90.2"),
        row("working_group_report", 3, "Ratify CED", ["Chile"], "pending", paragraph="90.3"),
        row("addendum", 1, None, position="supported", paragraph="90.3"),
        row("addendum", 2, None, position="noted", paragraph="*"),
    )
    assert {r["paragraph"]: r["position"] for r in found.recommendations} == {
        "90.1": "supported", "90.2": "noted", "90.3": "supported",
    }  # fmt: skip


def test_an_addendum_without_session_meets_its_report_by_symbol(run):
    symbol = {"document_symbol": "A/HRC/27/5"}
    found = run(
        row("working_group_report", 1, "Protect journalists", ["Chile"], "pending", paragraph="90.1", **symbol),
        row("addendum", 1, None, position="noted", paragraph="90.1", session=None, cycle=None, **symbol),
    )
    assert [r["position"] for r in found.recommendations] == ["noted"]
    assert found.skipped == {}


def test_a_bare_number_of_an_addendum_is_the_last_part_of_one_paragraph(run):
    found = run(
        row("working_group_report", 1, "Protect journalists", ["Chile"], "pending", paragraph="90.1"),
        row("working_group_report", 2, "Ratify OP-CAT", ["Chile"], "pending", paragraph="90.2"),
        row("working_group_report", 3, "Ratify CED", ["Chile"], "pending", paragraph="91.2"),
        row("addendum", 1, None, position="supported", paragraph="1"),
        row("addendum", 2, None, position="noted", paragraph="2"),
    )
    by_paragraph = {r["paragraph"]: r["position"] for r in found.recommendations}
    assert by_paragraph == {"90.1": "supported", "90.2": "pending", "91.2": "pending"}
    assert list(found.skipped) == [("addendum.pdf", 2)]


def test_a_position_on_a_paragraph_nobody_holds_is_told(run):
    found = run(
        row("working_group_report", 1, "Protect journalists", ["Chile"], paragraph="90.1"),
        row("addendum", 4, None, position="noted", paragraph="99.9"),
    )
    assert "99.9" in found.skipped["addendum.pdf", 4]


def test_a_draft_gives_way_to_the_final_report(run):
    final = {"document_symbol": "A/HRC/27/5"}
    draft = {"document_symbol": "A/HRC/WG.6/19/L.5", "is_provisional": True}
    found = run(
        row("working_group_report", 1, "Protect journalists", ["Chile"], paragraph="90.1", **final),
        row("working_group_report", 5, "Protect journalists", ["Chile"], paragraph="6.1", source_file="d.pdf", **draft),
        row("working_group_report", 6, "Withdrawn words", ["Chile"], paragraph="6.2", source_file="d.pdf", **draft),
    )
    assert [r["paragraph"] for r in found.recommendations] == ["90.1"]
    assert found.skipped == {("d.pdf", 6): "draft superseded by A/HRC/27/5"}


def test_labels_of_sources_lead_to_concepts_or_stay_as_written(run):
    tags = json.dumps([["upr-info", "Justice"], ["sdg", "16.a - Strong institutions"], ["upr-info", "Brand new"]])
    found = run(row("upr_info_csv", 1, "Protect judges", ["Chile"], source_tags=tags))
    assert {t["label_raw"]: t["concept_id"] for t in found.source_tags} == {
        "Justice": "upr-info:justice", "16.a - Strong institutions": "sdg:16.a", "Brand new": None,
    }  # fmt: skip


def test_groups_of_persons_among_themes_and_codes_with_a_word_before_lead_to_their_concepts(run):
    tags = json.dumps([["uhri-theme", "Women & girls"], ["uhri-person", "Women & girls"], ["sdg", "SDG 6 - CLEAN WATER"],
                       ["sdg", "Target 6.1 - Water for all"], ["uhri-theme", "Wells"]])  # fmt: skip
    found = run(row("ohchr_matrix", 1, "Dig wells", ["Chile"], source_tags=tags))
    assert [(t["scheme"], t["label_raw"], t["concept_id"]) for t in found.source_tags] == [
        ("sdg", "SDG 6 - CLEAN WATER", "sdg:6"), ("sdg", "Target 6.1 - Water for all", "sdg:6.1"),
        ("uhri-person", "Women & girls", "uhri-person:women-girls"), ("uhri-theme", "Wells", None),
    ]  # fmt: skip


texts = st.sampled_from(["Ratify OP-CAT", "Ratify OPCAT", "Protect journalists", "Abolish the death penalty"])
rows = st.lists(
    st.builds(
        lambda source, text, state, position, paragraph: (source, text, state, position, paragraph),
        st.sampled_from(["uhri_json", "upr_info_csv", "generic_table"]), texts,
        st.sampled_from(["France", "Chile", "Atlantis"]), st.sampled_from(["supported", "noted", None]),
        st.sampled_from(["1.1", "1.2", None]),
    ), min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, st.randoms())
def test_order_and_names_of_files_never_change_the_recommendations(states, drawn, random):
    made = [
        row(source, n, text, [state], position, paragraph=paragraph if source != "upr_info_csv" else None)
        for n, (source, text, state, position, paragraph) in enumerate(drawn, start=1)
    ]
    frame = conform(pd.DataFrame(made), Ingested)
    first = reconcile(frame, states, {}, 0.9)
    random.shuffle(made)
    second = reconcile(pd.DataFrame(made)[frame.columns].astype(frame.dtypes), states, {}, 0.9)
    ids = [r["recommendation_id"] for r in first.recommendations]
    assert len(set(ids)) == len(ids)
    assert conform(pd.DataFrame(first.recommendations), Recommendations).equals(
        conform(pd.DataFrame(second.recommendations), Recommendations)
    )
    covered = {(s["source_file"], s["source_row"]) for s in first.recommendation_sources}
    assert covered == {(m["source_file"], m["source_row"]) for m in made}
    conform(pd.DataFrame(first.recommending_states), RecommendingStates)
