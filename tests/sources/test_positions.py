"""The wording of a position: negation before support, part before whole, and no guesses."""

import pytest

from pipeline.schemas import POSITIONS
from pipeline.sources.positions import combined, position_of

WORDINGS = {
    "supported": [
        "Supported", "Accepted", "accepted ", "Enjoys the support of Arvandia", "Supported (already implemented)",
        "Acceptée", "Appuyée", "Recueille l'appui", "Bénéficie de l’appui de l’État", "Aceptada", "Apoyada",
        "Cuenta con el apoyo del Estado", "The State supports the recommendation",
    ],
    "noted": [
        "Noted", "Rejected", "Not accepted", "Not supported", "Does not enjoy the support",
        "Did not enjoy the support of Arvandia",
        "Takes note", "Unsupported", "Notée", "Rejetée", "Prend note", "Prise en note", "Ne recueille pas l'appui",
        "N'a pas recueilli l'appui", "Non acceptée", "Anotada", "Rechazada", "Toma nota", "No aceptada",
        "No cuenta con el apoyo", "No goza del apoyo",
    ],
    "partially_supported": [
        "Partially accepted", "Partially supported", "Supported in part", "Accepted in Part", "Partly supported",
        "Supported/Noted", "Partiellement acceptée", "Acceptée en partie", "Parcialmente aceptada", "Aceptada en parte",
    ],
    "pending": ["Pending", "Under consideration", "To be examined", "Will be examined in due course",
                "Not yet accepted",
                "En suspens", "À l'examen", "Pendiente", "En examen"],
    "unknown": ["No response", "No clear position", "General response", "Unclear", "Sans réponse", "Sin respuesta"],
}  # fmt: skip


@pytest.mark.parametrize(("wording", "position"), [(w, p) for p, wordings in WORDINGS.items() for w in wordings])
def test_wordings_of_three_languages_have_one_value(wording: str, position: str) -> None:
    assert position in POSITIONS
    assert position_of(wording) == position
    assert position_of(f"  {wording.upper()}.") == position


@pytest.mark.parametrize(
    "wording",
    ["", "  ", None, "Yes", "A", "Already implemented", "Accepted in principle", "Supported with reservations", "-",
     "Supported except for the second part", "Not fully accepted", "5", "#N/A", "Voluntary Pledge",
     "Arvandia has a law of this kind since last year and is of the opinion that to accept another would be needless"],
)  # fmt: skip
def test_what_is_hedged_long_or_not_known_is_not_guessed(wording: str | None) -> None:
    assert position_of(wording) is None


def test_several_wordings_for_one_text() -> None:
    assert combined(["Supported"]) == combined(["Supported", "Accepted"]) == "supported"
    assert combined(["Supported", "Noted"]) == "partially_supported"
    assert combined(["Supported", "Perhaps"]) is None
    assert combined([]) is None
