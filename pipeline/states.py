"""Names of States: from any spelling to ISO 3166-1 alpha-3, UN short name and regional group."""

import csv
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from pipeline.text import fold

_FORMER = re.compile(r"^(?P<name>.+?) \[(?P<start>\d{4})-(?P<end>\d{4})\]$")
_ARTICLE = re.compile(r"^(the|la|le|les|l|el|los|las) ")


class StatesError(ValueError):
    """The table of States breaks its form: names the line and the remedy."""


@dataclass(frozen=True, slots=True)
class State:
    """One State, observer or sample State."""

    iso3: str
    iso2: str | None
    name: str
    kind: str
    region: str | None
    names: tuple[str, ...]


@functools.lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    """Return the spelling as compared: folded, "&" as "and", "St" as "Saint", without a leading article."""
    words = fold(name.replace("&amp;", "and").replace("&", " and "))
    return _ARTICLE.sub("", re.sub(r"\bst\b", "saint", words))


@dataclass(frozen=True)
class States:
    """All States known, to be asked by name."""

    states: tuple[State, ...]
    _by_key: dict[str, State] = field(default_factory=dict, repr=False)
    _by_iso3: dict[str, State] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, states: Iterable[State]) -> "States":
        """Return the registry of `states`.

        Raises:
            StatesError: two States share a spelling.
        """
        registry = cls(tuple(states))
        for state in registry.states:
            registry._by_iso3[state.iso3] = state
            for name in (state.name, *state.names):
                other = registry._by_key.setdefault(_key(name), state)
                if other is not state:
                    raise StatesError(f"'{name}' is a name of both {other.iso3} and {state.iso3}; keep it in one")
        return registry

    def find(self, name: str | None) -> State | None:
        """Return the State written as `name` (any known spelling or ISO code), or None."""
        if not name:
            return None
        code = name.strip()
        by_code = (self.by_iso3(code) or self.by_iso2(code)) if code.isupper() and len(code) <= 3 else None
        return by_code or self._by_key.get(_key(name))

    def by_iso3(self, code: str | None) -> State | None:
        """Return the State of an ISO 3166-1 alpha-3 code, or None."""
        return self._by_iso3.get(code.strip().upper()) if code else None

    def by_iso2(self, code: str) -> State | None:
        """Return the State of an ISO 3166-1 alpha-2 code, or None."""
        wanted = code.strip().upper()
        return next((state for state in self.states if state.iso2 == wanted), None)

    def nearest(self, name: str, limit: int = 3) -> list[str]:
        """Return the UN short names whose spellings are nearest to an unknown `name`, best first."""
        hits = process.extract(_key(name), list(self._by_key), scorer=fuzz.WRatio, limit=limit * 3)
        names = dict.fromkeys(self._by_key[key].name for key, _, _ in hits)
        return list(names)[:limit]


def load_states(path: Path) -> States:
    """Return the States of `configs/states.csv`.

    Raises:
        StatesError: a former name without years, or a spelling of two States.
    """
    states = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            former = []
            for entry in filter(None, row["former_names"].split("|")):
                match = _FORMER.match(entry.strip())
                if match is None:
                    raise StatesError(f"{path} line {line}: write the former name '{entry}' as 'Name [from-to]'")
                former.append(match["name"])
            aliases = [alias.strip() for alias in row["aliases"].split("|") if alias.strip()]
            states.append(
                State(row["iso3"], row["iso2"] or None, row["name"], row["kind"], row["region"] or None,
                      (*aliases, *former))
            )  # fmt: skip
    return States.of(states)
