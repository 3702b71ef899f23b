"""The released taggers on invented recommendations."""

import pandas as pd
import pytest

from pipeline.schemas import DIMENSIONS, Recommendations, Tags
from pipeline.stages import embed, tag
from pipeline.stages.encoding import released_features
from pipeline.tables import conform, read_table, write_table

TEXTS = {
    "r1": ("Abolish the death penalty for all crimes", "en"),
    "r2": ("Continue its efforts to combat domestic violence against women and girls", "en"),
    "r3": ("Consider ratifying the Optional Protocol to the Convention against Torture", "en"),
    "r4": ("Abolir la peine de mort", "fr"),
}


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    from pipeline.paths import ROOT, Workspace

    workspace = Workspace(
        processed=tmp_path_factory.mktemp("processed"), cache=tmp_path_factory.mktemp("cache"),
        configs=ROOT / "configs", released=ROOT / "models" / "released",
    )  # fmt: skip
    fixed = {
        "mechanism": "upr", "clause": 1, "session": 30, "cycle": 3, "year": 2018, "state_under_review": "XAA",
        "state_name": "Arvandia", "position": "pending", "is_pledge": False, "is_provisional": False,
    }  # fmt: skip
    rows = [
        {**fixed, "recommendation_id": name, "text": text, "text_original": text, "language": language}
        for name, (text, language) in TEXTS.items()
    ]
    frame = pd.DataFrame(rows).reindex(columns=list(Recommendations.to_schema().columns))
    write_table(frame, workspace.table("recommendations"), Recommendations)
    return workspace


@pytest.fixture(scope="module")
def tables(space):
    from pipeline.params import load_params
    from pipeline.paths import ROOT

    params = load_params(ROOT / "configs" / "params.yaml")
    embed.run(space, params)
    for dimension in DIMENSIONS:
        tag.run(space, params, dimension)
    return {name: read_table(space.table(f"tags/{name}")) for name in DIMENSIONS}


def concepts(table, name):
    return set(table.loc[table["recommendation_id"] == name, "concept_id"])


def test_every_dimension_writes_tags_and_candidates(space, tables):
    for dimension, table in tables.items():
        weaker = read_table(space.table(f"candidates/{dimension}"))
        conform(pd.concat([table, weaker]), Tags)
        assert set(table["dimension"]) <= {dimension}


def test_themes_are_found_with_the_words_that_carry_them(tables):
    themes = tables["themes"]
    assert concepts(themes, "r1") == {"upr-info:death-penalty"}
    evidence = themes.loc[themes["recommendation_id"] == "r1", "evidence"].item()
    assert "death penalty" in evidence


def test_each_recommendation_has_one_action_category(tables):
    action = tables["action"].set_index("recommendation_id")
    assert action.loc[["r1", "r2", "r3"], "concept_id"].tolist() == ["upr-action:5", "upr-action:2", "upr-action:3"]
    assert "Consider" in action.loc["r3", "evidence"]


def test_a_target_stands_beside_its_goal(tables):
    assert {"sdg:5", "sdg:5.2"} <= concepts(tables["sdgs"], "r2")


def test_groups_are_found_by_rule_with_their_words(tables):
    groups = tables["groups"]
    assert {"uhri-person:women-girls", "uhri-person:children"} <= concepts(groups, "r2")
    assert (groups["method"] == "rule").any()
    assert groups["evidence"].notna().all()


def test_uhri_themes_are_found_by_their_words(tables):
    uhri = tables["uhri_themes"].set_index(["recommendation_id", "concept_id"])
    assert uhri.loc[("r1", "uhri-theme:death-penalty"), "method"] == "rule"
    assert uhri.loc[("r1", "uhri-theme:death-penalty"), "evidence"] == "death penalty"
    assert ("r3", "uhri-theme:ratification-of-and-accession-to-international-instruments") in uhri.index


def test_what_a_model_alone_proposes_has_its_words_and_a_concept_hardly_ever_read_is_for_people(space, params):
    texts = ["Let pupils who use wheelchairs attend ordinary classes", "Protect coral reefs and marine turtles"]
    features = released_features(space, params, texts)
    found = tag.tag_texts(texts, "sdgs", space, params, features=features)
    model = found[found["method"] == "model"]
    assert not model.empty
    assert model["evidence"].dropna().str.len().gt(0).all()
    oceans = found[found["concept_id"].str.startswith("sdg:14")]
    assert oceans.loc[oceans["concept_id"] == "sdg:14", "proposed"].all() and not oceans.empty
    assert set(oceans["decision"]) == {"review"}


def test_texts_in_a_language_never_validated_are_left_to_people(tables):
    for table in tables.values():
        assert set(table.loc[table["recommendation_id"] == "r4", "decision"]) <= {"review"}


def test_scores_from_the_auto_threshold_on_are_auto_and_none_below(tables):
    themes = tables["themes"][tables["themes"]["recommendation_id"] != "r4"]
    auto = themes.loc[themes["decision"] == "auto", "score"]
    assert not auto.empty
    assert (themes.loc[themes["decision"] == "review", "score"] < auto.min()).all()


def test_a_stricter_wanted_precision_leaves_fewer_tags_unread(space, params):
    strict = params.tag.model_copy(update={"themes": params.tag.themes.model_copy(update={"auto_precision": 0.999})})
    texts = [text for text, _ in TEXTS.values()]
    features = released_features(space, params, texts)
    usual = tag.tag_texts(texts, "themes", space, params, features=features)
    fewer = tag.tag_texts(texts, "themes", space, params.model_copy(update={"tag": strict}), features=features)
    assert (fewer["decision"] == "auto").sum() <= (usual["decision"] == "auto").sum()
    assert fewer["score"].tolist() == usual["score"].tolist()


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_plain_list_of_texts_needs_no_tables_and_may_be_empty(space, params, dimension):
    assert tag.tag_texts([], dimension, space, params, features=released_features(space, params, [])).empty
    texts = ["", "Zzz", TEXTS["r2"][0]]
    found = tag.tag_texts(texts, dimension, space, params, features=released_features(space, params, texts))
    assert 2 in set(found["row"])


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_without_the_encoder_words_and_rules_decide(space, params, dimension):
    texts = [text for text, language in TEXTS.values() if language == "en"]
    found = tag.tag_texts(texts, dimension, space, params, features=None)
    assert 1 in set(found.loc[found["proposed"], "row"])
    assert found["second_score"].isna().all()
    assert found.loc[found["proposed"], "score"].between(0, 1).all()


def test_a_second_opinion_stands_beside_each_theme(tables):
    themes = tables["themes"]
    assert themes["second_score"].between(0, 1).all()


def test_a_tagged_target_brings_its_goal_with_the_goals_own_score():
    tags = pd.DataFrame(
        {"row": [0, 0, 1, 1], "concept_id": ["sdg:16", "sdg:16.3", "sdg:16", "sdg:16.3"],
         "score": [0.45, 0.6, 0.4, 0.3], "proposed": [False, True, False, False]}
    )  # fmt: skip
    found = tag.with_goals(tags, {"sdg:16": None, "sdg:16.3": "sdg:16"})
    assert found["proposed"].tolist() == [True, True, False, False]
    assert found["score"].tolist() == [0.45, 0.6, 0.4, 0.3]
