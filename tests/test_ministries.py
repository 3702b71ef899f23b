"""The lead ministry is looked up in the user's table and never guessed."""

import pandas as pd
import pytest

from pipeline.ministries import Line, MinistriesError, lead_ministries, load_ministries
from pipeline.paths import ROOT
from pipeline.schemas import SCHEMES
from pipeline.states import load_states
from pipeline.taxonomy import load_taxonomy

HEAD = "state_under_review,concept_id,ministry,note\n"
CONCEPTS = {"sdg:4", "upr-info:justice", "uhri-person:children"}


def loaded(tmp_path, text):
    path = tmp_path / "ministries.csv"
    path.write_text(text, encoding="utf-8")
    return load_ministries(path, CONCEPTS, {"XAA", "XBB"})


def led(labels, lines):
    rows = pd.DataFrame({"recommendation_id": ["r1"], "state_under_review": ["XAA"]})
    frame = pd.DataFrame(labels, columns=["recommendation_id", "dimension", "concept_id", "label", "origin"])
    return lead_ministries(rows, frame, lines).iloc[0].where(lambda row: row.notna(), None)[2:].tolist()


LINES = (
    Line("XBB", "sdg:4", "Schools of Belmora"),
    Line("XAA", "sdg:4", "Ministry of Schools"),
    Line("XAA", "upr-info:justice", "Ministry of Justice"),
)


def test_the_first_line_of_the_state_leads_and_further_ones_are_concerned():
    labels = [("r1", "themes", "upr-info:justice", "Justice", "auto"), ("r1", "sdgs", "sdg:4", "Education", "human")]
    assert led(labels, LINES) == ["Ministry of Schools", "Ministry of Justice", "Education"]


def test_where_no_line_speaks_the_cell_is_empty():
    assert led([("r1", "groups", "uhri-person:children", "Children", "auto")], LINES) == [None, None, None]


@pytest.mark.parametrize("origin", ["review", "contested"])
def test_a_tag_nobody_is_sure_of_gives_no_ministry(origin):
    assert led([("r1", "sdgs", "sdg:4", "Education", origin)], LINES) == [None, None, None]


def test_remarks_and_empty_lines_are_passed_over(tmp_path):
    assert loaded(tmp_path, f"# ours\n{HEAD}\nXAA,sdg:4,Ministry of Schools,\n") == (
        Line("XAA", "sdg:4", "Ministry of Schools"),
    )


def test_without_the_table_nobody_leads(tmp_path):
    assert load_ministries(tmp_path / "none.csv", CONCEPTS, {"XAA"}) == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Arvandia,sdg:4,Ministry,", "line 3: unknown State 'Arvandia'"),
        ("XAA,upr-info:justce,Ministry,", "line 3: unknown concept 'upr-info:justce'; did you mean 'upr-info:justice'"),
        ("XAA,sdg:4,,", "line 3: no ministry"),
    ],
)
def test_a_wrong_line_is_told_with_its_remedy(tmp_path, line, told):
    with pytest.raises(MinistriesError, match=told.replace("?", r"\?")):
        loaded(tmp_path, f"# ours\n{HEAD}{line}\n")


def test_a_table_without_its_columns_is_told(tmp_path):
    with pytest.raises(MinistriesError, match="lacks the columns ministry"):
        loaded(tmp_path, "state_under_review,concept_id\nXAA,sdg:4\n")


def test_the_example_names_known_states_and_concepts():
    configs = ROOT / "configs"
    ids = {c.id for scheme in SCHEMES.values() for c in load_taxonomy(configs / "taxonomies" / f"{scheme.replace('-', '_')}.yaml").concepts}  # fmt: skip
    lines = load_ministries(
        configs / "ministries.csv", ids, {s.iso3 for s in load_states(configs / "states.csv").states}
    )
    assert {line.state for line in lines} == {"XAA", "XBB", "XCC"}, "the example speaks of invented States only"
