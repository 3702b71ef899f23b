"""Who makes a recommendation: from the name of a body or a document symbol to mechanism and acronym."""

import re
from functools import lru_cache

from pipeline.states import State, States
from pipeline.text import fold

_TREATY_BODIES = {
    "CRC": ["Committee on the Rights of the Child", "Comité des droits de l'enfant",
            "Comité de los Derechos del Niño"],
    "CEDAW": ["Committee on the Elimination of Discrimination against Women",
              "Comité pour l'élimination de la discrimination à l'égard des femmes",
              "Comité para la Eliminación de la Discriminación contra la Mujer"],
    "CCPR": ["Human Rights Committee", "HRCttee", "HR Committee", "Comité des droits de l'homme",
             "Comité de Derechos Humanos"],
    "CESCR": ["Committee on Economic, Social and Cultural Rights",
              "Comité des droits économiques, sociaux et culturels",
              "Comité de Derechos Económicos, Sociales y Culturales"],
    "CERD": ["Committee on the Elimination of Racial Discrimination",
             "Comité pour l'élimination de la discrimination raciale",
             "Comité para la Eliminación de la Discriminación Racial"],
    "CAT": ["Committee against Torture", "Comité contre la torture", "Comité contra la Tortura"],
    "CMW": ["Committee on Migrant Workers",
            "Committee on the Protection of the Rights of All Migrant Workers and Members of Their Families",
            "Comité des travailleurs migrants", "Comité de Trabajadores Migratorios"],
    "CRPD": ["Committee on the Rights of Persons with Disabilities", "Comité des droits des personnes handicapées",
             "Comité sobre los Derechos de las Personas con Discapacidad"],
    "CED": ["Committee on Enforced Disappearances", "Comité des disparitions forcées",
            "Comité contra la Desaparición Forzada"],
    "SPT": ["Subcommittee on Prevention of Torture", "Sous-Comité pour la prévention de la torture",
            "Subcomité para la Prevención de la Tortura"],
}  # fmt: skip
_BY_NAME = {fold(name): body for body, names in _TREATY_BODIES.items() for name in names}
_ACRONYM = re.compile(rf"^({'|'.join(_TREATY_BODIES)})\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\(({'|'.join(_TREATY_BODIES)})\)$", re.IGNORECASE)
_UPR = re.compile(r"^(?:upr|epu)\b|universal periodic review|examen periodique universel|examen periodico universal")
_SPECIAL = re.compile(
    r"^(?:sr|ie|wg|sp|srsg)\b|special (?:rapporteur|procedure|representative)|independent expert|working group|"
    r"mandate holder|rapporteu\w+ special|expert\w* independ|procedures? specia|procedimientos? especial|"
    r"relator\w* especial|groupe de travail|grupo de trabajo"
)
_SYMBOL = re.compile(r"^(CRC|CEDAW|CCPR|CERD|CAT|CMW|CRPD|CED)/|^(E/C\.12)/|^(CAT/OP)/", re.IGNORECASE)
_CODE = re.compile(r"/([A-Z]{3})(?=[/-]|$)")


def resolve_body(name: str, symbol: str | None, *, upr_fields: bool) -> tuple[str, str] | None:
    """Return (mechanism, body) from the name of the body, else from the symbol, else from fields only the UPR has.

    The body of a treaty body is its acronym; of a special procedure its name as written. None where nothing tells.
    """
    return _from_name(name) or _from_symbol(symbol or "") or (("upr", "UPR") if upr_fields else None)


@lru_cache(maxsize=1 << 12)
def _from_name(name: str) -> tuple[str, str] | None:
    plain = fold(name)
    if _UPR.search(plain):
        return "upr", "UPR"
    if match := _ACRONYM.match(name.strip()) or _IN_BRACKETS.search(name.strip()):
        return "treaty_body", match[1].upper()
    if plain in _BY_NAME:
        return "treaty_body", _BY_NAME[plain]
    return ("special_procedure", name.strip()) if _SPECIAL.search(plain) else None


def _from_symbol(symbol: str) -> tuple[str, str] | None:
    if symbol.upper().startswith("A/HRC/WG.6/"):
        return "upr", "UPR"
    match = _SYMBOL.match(symbol.strip())
    if not match:
        return None
    if symbol.upper().startswith("CAT/OP/"):
        return "treaty_body", "SPT"
    return "treaty_body", "CESCR" if match[2] else match[1].upper()


def state_of_symbol(symbol: str | None, states: States) -> State | None:
    """Return the State in the symbol of a treaty body, `CEDAW/C/ALB/CO/4` -> Albania, or None."""
    if not symbol or not _from_symbol(symbol):
        return None
    return next((state for code in _CODE.findall(symbol.upper()) if (state := states.by_iso3(code))), None)
