"""The readers of documents are measured against a transcription of the same review."""

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline.cli import app

REPORT = """
United Nations A/HRC/28/7
General Assembly Distr.: General
12 January 2015

Human Rights Council
Report of the Working Group on the Universal Periodic Review

Arvandia

1. The Working Group on the Universal Periodic Review held its twentieth session from 27 October 2014. The review of Arvandia was held.

II. Conclusions and/or recommendations

90. The recommendations below enjoy the support of Arvandia:

90.1 Plant more trees along the rivers of the northern provinces (Peru);

90.2 Dig wells in every village that has none (Chile, Spain);

91. The recommendations below did not enjoy the support of Arvandia:

91.1 Abolish the toll on the bridges to the islands (Norway);

92. All conclusions and/or recommendations contained in the present report reflect the position of the submitting State(s).
"""
ROWS = """To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session
Arvandia,EEG,,Plant more trees along the rivers of the northern provinces,Peru,GRULAC,,Accepted,5,Environment,20
Arvandia,EEG,,Dig wells in every village that has none,Chile,GRULAC,,Accepted,5,Right to water,20
Arvandia,EEG,,Dig wells in every village that has none,Spain,WEOG,,Noted,5,Right to water,20
Arvandia,EEG,,Teach sailing to the judges of the supreme court,Cuba,GRULAC,,Noted,5,Justice,20
"""


@pytest.fixture
def folders(tmp_path):
    for name, content in (("reports/arvandia.txt", REPORT), ("rows/rows.csv", ROWS)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_figures_and_every_row_without_a_partner(folders):
    args = ["compare-documents", "--documents", str(folders / "reports"), "--upr-info", str(folders / "rows"),
            "--out", str(folders / "out")]  # fmt: skip
    result = CliRunner().invoke(app, args)
    assert result.exit_code == 0, result.output
    review = pd.read_csv(folders / "out" / "reviews.csv").iloc[0]
    assert (review["state"], review["session"], review["expected"], review["found"]) == ("XAA", 20, 4, 3)
    assert review["positions_right"] == pytest.approx(2 / 3)
    unmatched = pd.read_csv(folders / "out" / "unmatched.csv")
    assert sorted(unmatched["side"]) == ["document", "upr_info"]
    assert unmatched["class"].notna().all()
    differing = pd.read_csv(folders / "out" / "differing.csv")
    assert differing["recommending"].tolist() == ["ESP"]
