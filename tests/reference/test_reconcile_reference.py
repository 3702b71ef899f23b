"""Ingest and reconcile on the real exports: every row accounted for, two files of one session are one set."""

import shutil

import pytest

from pipeline.stages import ingest, reconcile
from pipeline.tables import read_table

pytestmark = [pytest.mark.reference, pytest.mark.slow]


@pytest.fixture
def tables(workspace, params, reference_data):
    def read(*names):
        for name in names:
            shutil.copy(reference_data / name, workspace.sources)
        ingest.run(workspace, params)
        reconcile.run(workspace, params)
        return {
            name: read_table(workspace.table(name))
            for name in ("records", "recommendations", "recommending_states", "source_conflicts", "ingest_report")
        }

    return read


def test_the_xls_and_the_csv_of_five_sessions_are_one_set(tables, workspace):
    both = tables("upr_info/1-5.csv", "upr_info/1-5.xls")
    (workspace.sources / "1-5.xls").unlink()
    one = tables()
    assert len(both["records"]) == 2 * 6094
    assert both["recommendations"]["recommendation_id"].tolist() == one["recommendations"]["recommendation_id"].tolist()
    assert both["source_conflicts"].empty
    assert one["recommendations"]["position"].isin(["supported", "noted"]).all()


def test_no_row_and_no_state_of_all_exports_is_lost(tables):
    found = tables("upr_info/10-13.csv", "upr_info/14-16.csv", "upr_info/voluntary.csv", "uhri/export-sample-en.json")
    report = found["ingest_report"].set_index("source_file")
    assert report["records_read"].to_dict() == {
        "10-13.csv": 9047, "14-16.csv": 6777, "voluntary.csv": 947, "export-sample-en.json": 502,
    }  # fmt: skip
    assert report["unknown_states"].sum() == 0
    records = found["records"]
    assert (records["recommendation_id"].isna() == records["skip_reason"].notna()).all()
    assert set(records["skip_reason"].dropna()) == {"concern or observation, not a recommendation"}
    assert found["recommending_states"]["state_iso3"].notna().all()
    assert not found["recommendations"]["text"].str.contains("\ufffd|Ã|â€").any()


def test_report_addendum_and_matrix_of_two_cycles_agree(tables):
    found = tables(
        "dossier_slovenia/A_HRC_28_15.pdf", "dossier_slovenia/A_HRC_28_15_Add.1.pdf",
        "dossier_slovenia/A_HRC_43_15.pdf", "dossier_slovenia/A_HRC_43_15_Add.1.pdf",
        "ohchr_matrices/UPR20__Slovenia_ThematicListRecommendations_E.docx",
        "ohchr_matrices/UPR34_Slovenia_Thematic_list_of_Recommendations.docx",
        "uhri/export-sample-en.json",
    )  # fmt: skip
    recommendations = found["recommendations"]
    upr = recommendations[recommendations["mechanism"] == "upr"]
    assert upr.groupby("session")["paragraph"].nunique().to_dict() == {20: 163, 34: 215, 48: 116}
    assert upr["position"].isin(["supported", "noted"]).all()
    assert found["source_conflicts"].empty
