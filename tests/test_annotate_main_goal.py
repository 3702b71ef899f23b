"""`upr tag` on invented prose: its goals, the main one, and requests whose tags stay as they were."""

import pandas as pd
import pytest

from pipeline.annotate import annotate_file, tag_columns
from pipeline.main_goal import is_request
from pipeline.params import load_params
from pipeline.paths import ROOT, Workspace
from pipeline.slots import load_verbs

TEXTS = {
    "The programme rehabilitates coral reefs and mangroves along the coast of Arvandia with local fishers.": "14",
    "Share of households in Belmora with piped water and a latrine within the compound": "6",
    "Mini-grids and solar home systems have brought electricity to remote hamlets of Costaverda.": "7",
    "The report, published in spring, lists staff and dates": None,
}
TWO_GOALS = "Latrines and taps were built in forty primary schools, and girls miss fewer lessons since pupils have safe water there."
RECIPE = "Rub the butter into the flour, add cold water by the spoonful, rest the dough and roll it out thin."
REQUESTS = ("Adopt a law that ends the death penalty", "Further strengthen the fight against trafficking in persons",
            "With the help of others, continue to build schools", "That children be registered at birth",
            "The Government should ratify the Convention")  # fmt: skip


@pytest.fixture(scope="module")
def tagged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prose")
    table = pd.DataFrame({"text": [*TEXTS, REQUESTS[0], "", next(iter(TEXTS)), TWO_GOALS, RECIPE]})
    table.to_csv(folder / "in.csv", index=False)
    workspace = Workspace(configs=ROOT / "configs", released=ROOT / "models" / "released", cache=folder / "cache")
    annotate_file(folder / "in.csv", folder / "out.csv", None, workspace, load_params(ROOT / "configs" / "params.yaml"))
    return pd.read_csv(folder / "out.csv", dtype=str, encoding="utf-8-sig")


def test_prose_gets_the_goal_it_is_about_with_words_as_evidence(tagged):
    for row, (text, goal) in enumerate(TEXTS.items()):
        if goal is not None:
            assert tagged.loc[row, "sdg_main_goal"] == goal, text
            assert tagged.loc[row, "sdg_main_goal_decision"] in {"auto", "review"}


def test_a_text_about_nothing_has_no_goal(tagged):
    for row in (3, 8):
        assert tagged.loc[row, ["sdgs", "sdg_main_goal", "sdg_main_goal_decision"]].isna().all()


def test_prose_has_goals_at_their_thresholds_and_targets_of_these_goals_only(tagged):
    for row, goal in enumerate(goal for goal in TEXTS.values() if goal is not None):
        codes = tagged.loc[row, "sdgs"].split("; ")
        assert goal in codes
        assert {code.split(".")[0] for code in codes} <= set(codes)
        assert tagged.loc[row, "sdgs_score"] == tagged.loc[row, "sdg_main_goal_score"], (
            "no target is surer than its goal"
        )
    assert "6.1" in tagged.loc[1, "sdgs"].split("; ")
    assert tagged.loc[1, "sdgs_decision"] == "review", "a target on prose is never taken unread"


def test_a_text_of_two_goals_has_both(tagged):
    assert {"4", "6"} <= set(tagged.loc[7, "sdgs"].split("; "))


def test_the_main_goal_of_a_request_is_its_surest_tag(tagged):
    assert tagged.loc[4, "sdg_main_goal"] == tagged.loc[4, "sdgs"].split(";")[0].split(".")[0]
    assert tagged.loc[4, "sdg_main_goal_score"] == tagged.loc[4, "sdgs_score"]


def test_rows_stay_in_place_and_an_empty_text_gets_nothing(tagged):
    columns = [name for name in tagged.columns if name.startswith("sdg_main")]
    assert len(tagged) == 9
    assert tagged.loc[5, columns].isna().all()
    assert tagged.loc[6, columns].equals(tagged.loc[0, columns].rename(6))


@pytest.mark.parametrize("text", [RECIPE, REQUESTS[0], "El programa construye escuelas para los niños del campo.", ""])
def test_a_table_of_one_text_of_any_kind_is_tagged(text, tmp_path, params):
    workspace = Workspace(configs=ROOT / "configs", released=ROOT / "models" / "released", cache=tmp_path / "cache")
    found = tag_columns([text], workspace, params)
    assert len(found) == 1
    assert pd.notna(found.loc[0, "sdg_main_goal"]) == (text == REQUESTS[0])


def test_requests_are_told_from_prose():
    verbs = load_verbs(ROOT / "configs" / "slots.yaml")
    assert all(is_request(text, verbs) for text in REQUESTS)
    assert not any(is_request(text, verbs) for text in TEXTS)
