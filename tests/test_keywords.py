"""The words of a taxonomy found in text; what the shipped rules find is data in expectations/*.yaml."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.keywords import KeywordMatcher, Match
from pipeline.paths import ROOT
from pipeline.taxonomy import Concept, load_taxonomy

EXPECTATIONS = Path(__file__).parent / "expectations"
TAXONOMIES = {"groups": "uhri_person.yaml", "sdgs": "sdg.yaml"}


def expectations() -> list[Any]:
    """Return one test case for each expectation, named by its sentence."""
    return [
        pytest.param(name, case["text"], case["finds"], case["because"], id=f"{name}: {case['text'][:60]}")
        for name in TAXONOMIES
        for case in yaml.safe_load((EXPECTATIONS / f"{name}.yaml").read_text(encoding="utf-8"))
    ]


@cache
def shipped(name: str) -> tuple[KeywordMatcher, dict[str, str]]:
    """Return the matcher of a shipped taxonomy and its codes by concept id."""
    concepts = load_taxonomy(ROOT / "configs" / "taxonomies" / TAXONOMIES[name]).concepts
    return KeywordMatcher(concepts), {concept.id: concept.code or "" for concept in concepts}


@pytest.mark.parametrize(("name", "text", "finds", "because"), expectations())
def test_shipped_rules_find_what_the_sentence_names(name: str, text: str, finds: list[str], because: str) -> None:
    matcher, codes = shipped(name)
    assert {codes[match.concept_id] for match in matcher.match([text])} == set(finds), because


def concept(name: str, **rules: Any) -> Concept:
    """Return a concept of an invented scheme."""
    return Concept(id=f"x:{name}", label=name, **rules)


def found(concepts: list[Concept], text: str) -> dict[str, str]:
    """Return concept name -> evidence."""
    return {match.concept_id.removeprefix("x:"): match.evidence for match in KeywordMatcher(concepts).match([text])}


def test_evidence_is_the_words_of_the_text_and_joins_further_ones() -> None:
    concepts = [concept("women", synonyms=("woman", "girl"))]
    text = "Protect Women’s rights, girls and women"
    assert KeywordMatcher(concepts).match(["", text]) == [Match(1, "x:women", "Women … girls")]


def test_an_exclusion_wins_over_the_synonym_it_overlaps_and_leaves_the_others() -> None:
    concepts = [concept("media", synonyms=("media",), exclusions=("media campaign",))]
    assert found(concepts, "Run a media campaign") == {}
    assert found(concepts, "Run a media campaign with independent media") == {"media": "media"}


def test_a_gap_stays_within_its_length_and_its_sentence() -> None:
    pattern = ({"ANY": ["train"]}, {"GAP": 3}, {"ANY": ["police", "security force"]})
    concepts = [concept("police", patterns=(pattern,))]
    assert found(concepts, "Training courses for the police") == {"police": "Training … police"}
    assert found(concepts, "Train the security forces") == {"police": "Train … security forces"}
    assert found(concepts, "Train all of the many local police") == {}
    assert found(concepts, "Train nurses. Police must help") == {}


def test_a_sentence_gap_has_no_length_and_a_number_does_not_end_the_sentence() -> None:
    pattern = ({"ANY": ["ratify"]}, {"GAP": "sentence"}, {"ORTH": "169"})
    concepts = [concept("ilo", patterns=(pattern,))]
    assert found(concepts, "Ratify, as many States have asked for years, Convention No. 169") == {"ilo": "Ratify … 169"}
    assert found(concepts, "Ratify it; Convention 169 can wait") == {}


def test_unless_looks_at_the_whole_text() -> None:
    pattern = ({"ANY": ["prosecute"]}, {"UNLESS": ["trafficking"]})
    concepts = [concept("justice", patterns=(pattern,))]
    assert found(concepts, "Prosecute the guilty") == {"justice": "Prosecute"}
    assert found(concepts, "Prosecute the guilty of human trafficking") == {}


def test_alone_gives_way_to_any_other_concept() -> None:
    general = concept("general", patterns=(({"ANY": ["human rights"]}, {"RULE": "alone"}),))
    concepts = [general, concept("torture", synonyms=("torture",))]
    assert found(concepts, "Respect human rights") == {"general": "human rights"}
    assert found(concepts, "Respect human rights and end torture") == {"torture": "torture"}


def test_an_exclusion_pattern_excludes_all_it_spans() -> None:
    barred = ({"RULE": "exclusion"}, {"ANY": ["rapporteur"]}, {"GAP": 4}, {"ANY": ["torture"]})
    concepts = [concept("torture", synonyms=("torture",), patterns=(barred,))]
    assert found(concepts, "Invite the Rapporteur on the question of torture") == {}
    assert found(concepts, "Receive the Rapporteur on torture; stop torture") == {"torture": "torture"}


def test_a_broader_concept_is_left_out_beside_its_narrower_one() -> None:
    concepts = [
        concept("goal", synonyms=("climate",)),
        concept("target", synonyms=("climate policy",), broader="x:goal"),
    ]
    assert found(concepts, "Adopt a climate policy") == {"target": "climate policy"}
    assert found(concepts, "Talk about the climate") == {"goal": "climate"}


def test_capitals_are_kept_for_acronyms_only() -> None:
    concepts = [concept("aids", synonyms=("AIDS",)), concept("women", synonyms=("woman",))]
    assert found(concepts, "The ministry aids WOMEN") == {"women": "WOMEN"}
    assert found(concepts, "Fight HIV/AIDS") == {"aids": "AIDS"}


@pytest.mark.parametrize("pattern", [({"GAP": 2}, {"ANY": ["a"]}), ({"ANY": ["a"]}, {"GAP": 2}), ({"NORMA": "a"},)])
def test_a_wrong_pattern_names_its_concept(pattern: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(ValueError, match="Pattern of concept 'x:bad' is not valid"):
        KeywordMatcher([concept("bad", patterns=(pattern,))])


def test_the_order_of_the_concepts_does_not_matter() -> None:
    text = "Train judges and police, protect children and women in prisons"
    concepts = load_taxonomy(ROOT / "configs" / "taxonomies" / "uhri_person.yaml").concepts
    assert KeywordMatcher(concepts[::-1]).match([text]) == KeywordMatcher(concepts).match([text])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["women", "CRC", " ", "-", "/", "\n", "’", ".", "\u00a0", "İ", "No. 169", "ß", "x"])))
def test_evidence_always_stands_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for match in shipped("groups")[0].match([text]):
        assert all(words in text for words in match.evidence.split(" … "))
