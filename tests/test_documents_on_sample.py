"""The documents of the sample's States, read back: nothing missing, nothing twice, as the tables say."""

import pytest
from docx import Document

from pipeline.deliverables.facts import POSITIONS
from pipeline.deliverables.state import file_name
from pipeline.same_ask import is_latest, upr_only
from pipeline.tables import read_table
from tests.deliverables.conftest import told

STATES = ["XAA", "XBB", "XCC"]


@pytest.fixture(scope="module")
def latest(ran):
    """Return the workspace, and the UPR recommendations of each State's latest review."""
    _, space = ran
    upr = upr_only(read_table(space.table("recommendations")))
    return space, upr[is_latest(upr, upr)]


def listed(path):
    """Return theme -> (identifier, position) of each row of a matrix."""
    found, theme = {}, ""
    for row in told(Document(path).tables[0])[1:]:
        if len(row) == 1:
            theme = row[0]
        else:
            identifier = row[0].rsplit("id ", 1)[1]
            found.setdefault(theme, []).append((identifier, row[1].split("\n")[0]))
    return found


@pytest.mark.parametrize("state", STATES)
def test_the_matrix_has_every_recommendation_of_the_latest_review_with_its_position(latest, state):
    space, rows = latest
    expected = (
        rows[rows["state_under_review"] == state].set_index("recommendation_id")["position"].map(POSITIONS).to_dict()
    )
    found = listed(space.state_documents / state / "matrix.docx")
    assert dict(entry for part in found.values() for entry in part) == expected
    assert all(len(part) == len(set(part)) for part in found.values()), "no row twice under one theme"


@pytest.mark.parametrize("state", STATES)
def test_themes_of_the_matrix_are_those_of_the_labels(ran, latest, state):
    space, rows = latest
    labels = read_table(space.table("labels"))
    ids = set(rows.loc[rows["state_under_review"] == state, "recommendation_id"])
    themes = labels[(labels["dimension"] == "themes") & labels["recommendation_id"].isin(ids)]
    expected = {
        (f"Theme: {label}", rid) for label, rid in zip(themes["label"], themes["recommendation_id"], strict=True)
    }
    expected |= {("Theme: (no theme proposed)", rid) for rid in ids - set(themes["recommendation_id"])}
    found = listed(space.state_documents / state / "matrix.docx")
    assert {(theme, rid) for theme, part in found.items() for rid, _ in part} == expected


@pytest.mark.parametrize("state", STATES)
def test_every_recommending_state_has_its_brief(latest, state):
    space, _ = latest
    briefs = read_table(space.table("state_briefs"))
    expected = {file_name(code) for code in briefs.loc[briefs["state_under_review"] == state, "recommending_state"]}
    assert {path.stem for path in (space.briefs / state).glob("*.docx")} == expected


def test_every_row_of_state_briefs_is_in_one_document(latest):
    space, _ = latest
    briefs = read_table(space.table("state_briefs"))
    for (state, code), part in briefs.groupby(["state_under_review", "recommending_state"]):
        document = Document(space.briefs / state / f"{file_name(code)}.docx")
        cells = [row[0] for element in document.tables for row in told(element)[1:] if "; id " in row[0]]
        assert sorted(cell.split("; id ")[1] for cell in cells) == sorted(part["recommendation_id"]), (state, code)


def test_the_samples_translations_are_of_the_texts_as_they_are(latest):
    space, _ = latest
    found = read_table(space.table("translations"))
    assert found["is_current"].all()
    assert set(found["kind"]) == {"official", "human", "machine"}
    words = "\n".join(
        cell for row in told(Document(space.state_documents / "XAA" / "matrix.docx").tables[0]) for cell in row
    )
    assert all(text in words for text in found["translation"])
