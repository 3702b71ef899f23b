"""Mechanism and body, from name, symbol or fields."""

import pytest

from pipeline.sources.bodies import resolve_body, state_of_symbol
from pipeline.states import States


@pytest.mark.parametrize(
    ("name", "mechanism", "body"),
    [
        ("UPR", "upr", "UPR"),
        ("Universal Periodic Review", "upr", "UPR"),
        ("Examen périodique universel", "upr", "UPR"),
        ("CRC", "treaty_body", "CRC"),
        ("CRC-OP-SC", "treaty_body", "CRC"),
        ("Committee on the Rights of the Child", "treaty_body", "CRC"),
        ("Human Rights Committee", "treaty_body", "CCPR"),
        ("Comité contre la torture", "treaty_body", "CAT"),
        ("Committee against Torture (CAT)", "treaty_body", "CAT"),
        ("SR Housing", "special_procedure", "SR Housing"),
        ("IE Older persons", "special_procedure", "IE Older persons"),
        ("WG Arbitrary detention", "special_procedure", "WG Arbitrary detention"),
        ("Special Rapporteur on the right to food", "special_procedure", "Special Rapporteur on the right to food"),
    ],
)
def test_names_of_bodies(name: str, mechanism: str, body: str) -> None:
    assert resolve_body(name, None, upr_fields=False) == (mechanism, body)


def test_without_a_name_symbol_and_fields_tell() -> None:
    assert resolve_body("", "CEDAW/C/XAA/CO/4", upr_fields=False) == ("treaty_body", "CEDAW")
    assert resolve_body("", "E/C.12/XAA/CO/6", upr_fields=False) == ("treaty_body", "CESCR")
    assert resolve_body("", "CAT/OP/XAA/1", upr_fields=False) == ("treaty_body", "SPT")
    assert resolve_body("", "A/HRC/43/15", upr_fields=True) == ("upr", "UPR")
    assert resolve_body("", "A/HRC/43/15", upr_fields=False) is None
    assert resolve_body("Some ministry", None, upr_fields=False) is None


def test_a_symbol_of_a_treaty_body_names_the_state(states: States) -> None:
    albania = state_of_symbol("CEDAW/C/ALB/CO/4", states)
    arvandia = state_of_symbol("CRC/C/OPAC/XAA/CO/1", states)
    assert albania is not None and albania.iso3 == "ALB"
    assert arvandia is not None and arvandia.iso3 == "XAA"
    assert state_of_symbol("CRC/C/15/Add.210", states) is None
    assert state_of_symbol("A/HRC/43/15", states) is None
    assert state_of_symbol(None, states) is None
