from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.instruments import (
    Instrument,
    Instruments,
    InstrumentsError,
    apart,
    canonicalise,
    load_instruments,
    mentioned,
)
from pipeline.paths import ROOT

KNOWN = load_instruments(ROOT / "configs" / "instruments.yaml")


@pytest.mark.parametrize(
    "texts",
    [
        (
            "Ratify OP-CAT",
            "Ratify the OPCAT",
            "Accede to the Optional Protocol to the Convention against Torture and Other Cruel, Inhuman or Degrading "
            "Treatment or Punishment (OP-CAT)",
            "Become a party to the Optional Protocol to CAT",
            "Sign and ratify the Optional Protocol to the UN Convention Against Torture",
        ),
        (
            "Ratify ICRMW",
            "Accede to the International Convention on the Protection of the Rights of All Migrant Workers and Members "
            "of Their Families (ICRMW)",
        ),
        (
            "Ratify the Second Optional Protocol to ICCPR",
            "Ratify ICCPR-OP 2",
            "Join the Second Optional Protocol to the International Covenant on Civil and Political Rights, aiming at "
            "the abolition of the death penalty",
        ),
        (
            "Ratify ILO Convention No. 169",
            "Ratify ILO Convention 169",
            "Accede to Convention No. 169 of the ILO",
            "Ratify the ILO Indigenous and Tribal Peoples Convention",
        ),
        (
            "Ratify CPED",
            "Ratify the International Convention for the Protection of All Persons from Enforced Disappearance",
        ),
    ],
)
def test_acronym_and_full_name_meet(texts: tuple[str, ...]) -> None:
    assert len({canonicalise(text, KNOWN) for text in texts}) == 1


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Ratify CAT and its Optional Protocol", {"CAT", "OP-CAT"}),
        ("Ratify the CRC and the two Optional Protocols thereto", {"CRC", "OP-CRC-AC", "OP-CRC-SC"}),
        ("Ratify the Optional Protocols to ICESCR, CRPD and CEDAW", {"OP-ICESCR", "OP-CRPD", "OP-CEDAW"}),
        ("Ratify the Optional Protocol to CAT, ICRMW and CED", {"OP-CAT", "ICRMW", "CED"}),
        ("Ratify the ICCPR, the ICESCR and their Optional Protocols",
         {"ICCPR", "ICESCR", "OP1-ICCPR", "OP2-ICCPR", "OP-ICESCR"}),
        ("Bring Optional Protocols 1 and 2 to ICCPR before parliament", {"OP1-ICCPR", "OP2-ICCPR"}),
        ("Ratify the third Optional Protocol to CRC on a communications procedure", {"OP-CRC-IC"}),
        ("Ratify the Optional Protocols to CRC on the sale of children, child prostitution and child pornography and on "
         "the involvement of children in armed conflict", {"OP-CRC-SC", "OP-CRC-AC"}),
        ("Ratify ILO Conventions Nos. 29, 105 and 182", {"ILO-29", "ILO-105", "ILO-182"}),
        ("Ratify the Council of Europe Convention on preventing and combating violence against women and domestic "
         "violence",
         {"Istanbul Convention"}),
        ("Accede to the Inter-American Convention on Forced Disappearance of Persons", {"IA Disappearance"}),
        ("Feed the cat and the crc", set()),
        ("Draft a protocol on the handling of complaints", set()),
    ],
)  # fmt: skip
def test_protocols_are_told_apart(text: str, ids: set[str]) -> None:
    assert mentioned(text, KNOWN) == ids


def test_each_canonical_wording_means_its_own_instrument_and_stays_as_it_is() -> None:
    for entry in KNOWN.entries:
        assert mentioned(entry.name, KNOWN) == {entry.id}, entry.id
        assert canonicalise(entry.name, KNOWN) == entry.name


def test_a_treaty_name_lends_no_words_to_the_rest_of_the_text() -> None:
    ids, rest = apart("Report under the Convention on the Rights of the Child without delay", KNOWN)
    assert ids == {"CRC"}
    assert "Child" not in rest
    assert rest.startswith("Report under")


@given(
    st.lists(
        st.sampled_from(
            ["Ratify", "sign", "and", "CAT", "OP-CAT", "its Optional Protocol", "the ICCPR", "thereto", ",", "ILO 169",
             "the two Optional Protocols", "on the sale of children", "Convention on the Rights of the Child", "."]
        ),
        max_size=9,
    ).map(" ".join)
)  # fmt: skip
def test_reading_twice_changes_nothing(text: str) -> None:
    once = canonicalise(text, KNOWN)
    assert canonicalise(once, KNOWN) == once


def test_mistakes_in_the_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(InstrumentsError, match="'X1' occurs twice"):
        Instruments.of([Instrument(id="X1", name="a"), Instrument(id="X1", name="b")])
    with pytest.raises(InstrumentsError, match="'P1' is of 'T1'"):
        Instruments.of([Instrument(id="P1", name="a", of="T1")])
    broken = tmp_path / "instruments.yaml"
    broken.write_text("instruments: [{id: X1, nam: a}]")
    with pytest.raises(InstrumentsError, match=r"instruments\.yaml"):
        load_instruments(broken)
