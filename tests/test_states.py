"""Any spelling of a State leads to one State; unknown names are told with the nearest."""

import pytest

from pipeline.states import State, States, StatesError, load_states


@pytest.mark.parametrize(
    ("written", "iso3"),
    [
        ("Türkiye", "TUR"), ("Turkey", "TUR"), ("TURKEY", "TUR"), ("Swaziland", "SWZ"), ("Eswatini", "SWZ"),
        ("Czech Republic", "CZE"), ("Czechia", "CZE"), ("Cape Verde", "CPV"), ("Cabo Verde", "CPV"),
        ("Iran (Islamic Republic of)", "IRN"), ("Iran", "IRN"), ("Bolivia (Plurinational State of)", "BOL"),
        ("the former Yugoslav Republic of Macedonia", "MKD"), ("Macedonia FYR", "MKD"), ("DPR Korea", "PRK"),
        ("Republic of Korea", "KOR"), ("Holly See", "VAT"), ("Holy See", "VAT"), ("State of Palestine", "PSE"),
        ("Palestine", "PSE"), ("Cote d'Ivoire", "CIV"), ("Côte d’Ivoire", "CIV"), ("St Kitts & Nevis", "KNA"),
        ("Saint Kitts and Nevis", "KNA"), ("Viet Nam", "VNM"), ("The Netherlands", "NLD"), ("Allemagne", "DEU"),
        ("Alemania", "DEU"), ("Republic of Congo", "COG"), ("Democratic Republic of Congo", "COD"), ("KEN", "KEN"),
        ("KE", "KEN"), ("Antigua &amp; Barbuda", "ATG"), ("Arvandia", "XAA"), ("European Union", "EUU"),
    ],
)  # fmt: skip
def test_spellings_seen_in_sources(states: States, written: str, iso3: str):
    found = states.find(written)
    assert found is not None
    assert found.iso3 == iso3


@pytest.mark.parametrize("written", ["(Unknown)", "", None, "Korea", "Atlantis", "in", "and", "can"])
def test_what_is_no_state_or_could_be_two_is_not_guessed(states: States, written):
    assert states.find(written) is None


def test_an_unknown_name_comes_with_the_nearest(states: States):
    assert "Philippines" in states.nearest("Phillippines")


def test_two_states_cannot_share_a_name():
    one = State("XAA", None, "Arvandia", "sample", None, ("Norland",))
    two = State("XBB", None, "Belmora", "sample", None, ("NORLAND",))
    with pytest.raises(StatesError, match="both XAA and XBB"):
        States.of([one, two])


def test_a_former_name_needs_its_years(tmp_path):
    path = tmp_path / "states.csv"
    path.write_text("iso3,iso2,m49,name,kind,region,aliases,former_names\nXAA,,,Arvandia,sample,,,Old Arvandia\n")
    with pytest.raises(StatesError, match="line 2.*Old Arvandia"):
        load_states(path)
