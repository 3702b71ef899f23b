"""The content of configs/: states, sessions, taxonomies and crosswalks, read as the plain files they are."""

import csv
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

CONFIGS = Path(__file__).parents[1] / "configs"
SDG = CONFIGS / "taxonomies" / "sdg.yaml"
TAXONOMIES = {"upr_info": "upr-info", "uhri_theme": "uhri-theme", "upr_action": "upr-action"}
REGIONS = {"Africa", "Asia-Pacific", "GRULAC", "WEOG", "EEG"}
RELATIONS = {"exact", "close", "broad", "narrow", "related", "none"}
GROUP_SIZES = {"Africa": 54, "Asia-Pacific": 54, "EEG": 23, "GRULAC": 33, "WEOG": 29}
BASE_ISSUES = """
Asylum-seekers - refugees; CP rights - general; Civil society; Corruption; Counter-terrorism; Death penalty;
Detention; Development; Disabilities; ESC rights - general; Elections; Enforced disappearances; Environment;
Extrajudicial executions; Freedom of association and peaceful assembly; Freedom of movement; Freedom of opinion
and expression; Freedom of religion and belief; Freedom of the press; General; HIV - Aids; Human rights
defenders; Human rights education and training; Human rights violations by state agents; Impunity; Indigenous
peoples; Internally displaced persons; International humanitarian law; International instruments; Justice;
Labour; Migrants; Minorities; NHRI; National plan of action; Other; Poverty; Public security; Racial
discrimination; Right to education; Right to food; Right to health; Right to housing; Right to land; Right to
water; Rights of the Child; Sexual Orientation and Gender Identity; Special procedures; Technical assistance and
cooperation; Torture and other CID treatment; Trafficking; Treaty bodies; UPR process; Women's rights
"""
BASE_LABELS = [label.strip() for label in BASE_ISSUES.replace("\n", " ").split(";")]


def fold(text: str) -> str:
    """Return `text` as spellings are compared: no case, accents, punctuation or leading article; "&" as "and"."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.sub(r"\bst\b", "saint", re.sub(r"[^a-z0-9]+", " ", plain).strip())
    return words.removeprefix("the ")


def rows(name: str) -> list[dict[str, str]]:
    """Return the data rows of a CSV file in configs/."""
    with (CONFIGS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def taxonomy(name: str) -> dict[str, Any]:
    """Return a taxonomy of configs/taxonomies/ as plain data."""
    return yaml.safe_load((CONFIGS / "taxonomies" / f"{name}.yaml").read_text(encoding="utf-8"))


def ids(name: str) -> set[str]:
    """Return the concept ids of a taxonomy."""
    return {concept["id"] for concept in taxonomy(name)["concepts"]}


def split(cell: str) -> list[str]:
    """Return the parts of a cell joined by '|'."""
    return cell.split("|") if cell else []


def spellings(state: dict[str, str]) -> list[str]:
    """Return every name of a State: short name, aliases, and former names without their years."""
    former = [name.rsplit(" [", 1)[0] for name in split(state["former_names"])]
    return [state["name"], *split(state["aliases"]), *former]


def twice(values: list[str]) -> list[str]:
    """Return the values that occur more than once."""
    return sorted(value for value, count in Counter(values).items() if count > 1)


def test_there_are_193_member_states_in_five_regional_groups() -> None:
    states = [state for state in rows("states.csv") if state["kind"] == "state"]
    assert Counter(state["region"] for state in states) == GROUP_SIZES
    assert len(states) == 193


def test_the_observers_and_the_sample_states_are_there() -> None:
    kinds = {state["iso3"]: state["kind"] for state in rows("states.csv")}
    assert {code for code, kind in kinds.items() if kind == "observer"} == {"VAT", "PSE", "EUU"}
    assert {code for code, kind in kinds.items() if kind == "sample"} == {"XAA", "XBB", "XCC", "XDD", "XEE", "XFF"}
    assert set(kinds.values()) == {"state", "observer", "non_member", "sample"}


def test_every_region_is_a_regional_group_and_only_non_members_may_lack_one() -> None:
    for state in rows("states.csv"):
        allowed = REGIONS if state["kind"] in ("state", "sample") else REGIONS | {""}
        assert state["region"] in allowed, state["name"]


@pytest.mark.parametrize(
    ("column", "pattern"), [("iso3", r"[A-Z]{3}"), ("iso2", r"[A-Z]{2}"), ("m49", r"\d{3}"), ("name", r"\S(.*\S)?")]
)
def test_codes_and_names_are_well_formed_and_unique(column: str, pattern: str) -> None:
    states = rows("states.csv")
    values = [state[column] for state in states if state[column]]
    assert [value for value in values if not re.fullmatch(pattern, value)] == []
    assert twice(values) == []
    assert all(state[column] for state in states if state["kind"] == "state")


def test_a_spelling_names_one_state_once() -> None:
    folded = [fold(spelling) for state in rows("states.csv") for spelling in spellings(state)]
    assert "" not in folded
    assert twice(folded) == []


def test_two_states_share_no_spelling_even_without_spaces() -> None:
    owners: dict[str, set[str]] = {}
    for state in rows("states.csv"):
        for spelling in spellings(state):
            owners.setdefault(fold(spelling).replace(" ", ""), set()).add(state["iso3"])
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


def test_iso_codes_are_columns_and_no_aliases() -> None:
    states = rows("states.csv")
    codes = {state[column].casefold() for state in states for column in ("iso2", "iso3") if state[column]}
    aliases = [alias for state in states for alias in split(state["aliases"]) if alias.casefold() in codes]
    assert aliases == []


def test_a_former_name_has_its_years_in_order() -> None:
    for state in rows("states.csv"):
        for entry in split(state["former_names"]):
            match = re.fullmatch(r"\S.* \[(\d{4})-(\d{4})\]", entry)
            assert match, f"{state['iso3']}: {entry}"
            assert int(match[1]) < int(match[2]), entry


@pytest.mark.parametrize(
    ("spelling", "iso3"),
    [
        ("IRAN (ISLAMIC REPUBLIC OF)", "IRN"),
        ("Bolivia(Plurinational State of)", "BOL"),
        ("the former Yugoslav Republic of Macedonia", "MKD"),
        ("Macedonia FYR", "MKD"),
        ("Democratic People’s Republic of Korea", "PRK"),
        ("Côte d’Ivoire", "CIV"),
        ("St Vincent & the Grenadines", "VCT"),
        ("Turkey", "TUR"),
        ("Turkiye", "TUR"),
        ("Swaziland", "SWZ"),
        ("Cape Verde", "CPV"),
        ("Holly See", "VAT"),
        ("Palestine", "PSE"),
        ("Congo", "COG"),
        ("Republic of Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("Guinea", "GIN"),
        ("Guinea Bissau", "GNB"),
        ("Guinée équatoriale", "GNQ"),
        ("Países Bajos", "NLD"),
        ("Allemagne", "DEU"),
        ("Republic of Kenya", "KEN"),
        ("Korea", None),
        ("&#40;Unknown&#41;", None),
    ],
)
def test_a_spelling_finds_its_state(spelling: str, iso3: str | None) -> None:
    owner = {fold(name): state["iso3"] for state in rows("states.csv") for name in spellings(state)}
    assert owner.get(fold(spelling)) == iso3


def test_sessions_1_to_54_follow_each_other_in_four_cycles() -> None:
    sessions = rows("sessions.csv")
    assert [int(row["session"]) for row in sessions] == list(range(1, 55))
    cycles = [int(row["cycle"]) for row in sessions]
    assert cycles == sorted(cycles)
    assert Counter(cycles) == {1: 12, 2: 14, 3: 14, 4: 14}


def test_session_dates_are_in_order_and_in_their_year() -> None:
    sessions = rows("sessions.csv")
    starts = [date.fromisoformat(row["start"]) for row in sessions if row["start"]]
    assert starts == sorted(set(starts))
    assert [int(row["year"]) for row in sessions] == sorted(int(row["year"]) for row in sessions)
    for row in sessions:
        if row["start"]:
            assert row["start"][:4] == row["year"]
        if row["end"]:
            assert 10 < (date.fromisoformat(row["end"]) - date.fromisoformat(row["start"])).days < 16, row["session"]


@pytest.mark.parametrize(("name", "scheme"), TAXONOMIES.items())
def test_concept_ids_are_unique_slugs_of_their_scheme(name: str, scheme: str) -> None:
    found = taxonomy(name)
    concept_ids = [concept["id"] for concept in found["concepts"]]
    assert found["scheme"] == scheme
    assert [i for i in concept_ids if not re.fullmatch(rf"{scheme}:[a-z0-9]+(-[a-z0-9]+)*", i)] == []
    assert twice(concept_ids) == []


@pytest.mark.parametrize("name", TAXONOMIES)
def test_a_label_or_alias_names_one_concept(name: str) -> None:
    owners: dict[str, set[str]] = {}
    for concept in taxonomy(name)["concepts"]:
        words = [concept["label"], *concept.get("aliases", [])]
        assert twice([word.casefold() for word in words]) == [], concept["id"]
        for word in words:
            owners.setdefault(fold(word), set()).add(concept["id"])
    assert {word: found for word, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", TAXONOMIES)
def test_every_concept_has_a_definition_and_no_unknown_key(name: str) -> None:
    keys = {
        "id",
        "label",
        "aliases",
        "definition",
        "broader",
        "since",
        "until",
        "code",
        "uri",
        "synonyms",
        "patterns",
        "exclusions",
    }
    for concept in taxonomy(name)["concepts"]:
        assert len(concept["definition"].split()) >= 4, concept["id"]
        assert set(concept) <= keys, concept["id"]


def test_a_verb_leads_to_one_action() -> None:
    assert twice([verb for concept in taxonomy("upr_action")["concepts"] for verb in concept["synonyms"]]) == []


def test_the_five_actions_are_in_order() -> None:
    concepts = taxonomy("upr_action")["concepts"]
    assert [concept["id"] for concept in concepts] == [f"upr-action:{digit}" for digit in range(1, 6)]
    assert [concept["label"] for concept in concepts] == list("12345")


def test_the_54_base_issues_are_there_with_their_exact_labels() -> None:
    assert len(BASE_LABELS) == 54
    base = [concept["label"] for concept in taxonomy("upr_info")["concepts"] if "since" not in concept]
    assert sorted(base) == sorted(BASE_LABELS)


@pytest.mark.parametrize("name", ["upr_info_to_uhri_theme", "upr_info_to_sdg"])
def test_crosswalk_links_are_unique_and_start_at_an_issue(name: str) -> None:
    links = rows(f"crosswalks/{name}.csv")
    assert {link["from_id"] for link in links} <= ids("upr_info")
    assert {link["relation"] for link in links} <= RELATIONS
    assert twice([f"{link['from_id']} {link['to_id']}" for link in links]) == []
    assert [link for link in links if (link["to_id"] == "") != (link["relation"] == "none")] == []


def test_every_issue_is_linked_to_known_themes_or_to_none_on_purpose() -> None:
    links = rows("crosswalks/upr_info_to_uhri_theme.csv")
    assert {link["to_id"] for link in links if link["to_id"]} <= ids("uhri_theme")
    assert {link["from_id"] for link in links} == ids("upr_info")
    alone = {link["from_id"] for link in links if link["relation"] == "none"}
    assert [link for link in links if link["from_id"] in alone and link["to_id"]] == []


@pytest.mark.skipif(not SDG.exists(), reason="configs/taxonomies/sdg.yaml is not there yet")
def test_sdg_links_end_at_known_goals_and_targets() -> None:
    assert {link["to_id"] for link in rows("crosswalks/upr_info_to_sdg.csv")} <= ids("sdg")


def test_an_sdg_target_comes_with_its_goal() -> None:
    links = {(link["from_id"], link["to_id"]) for link in rows("crosswalks/upr_info_to_sdg.csv")}
    assert [link for link in links if "." in link[1] and (link[0], link[1].split(".")[0]) not in links] == []
