"""Concepts of the vocabularies in `configs/taxonomies/`, and crosswalks between them."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.text import fold

Relation = Literal["exact", "close", "broad", "narrow", "related", "none"]


class TaxonomyError(ValueError):
    """A taxonomy or crosswalk breaks its form: names the file, the entry and the remedy."""


class Concept(BaseModel):
    """One entry of a vocabulary."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z-]+:[a-z0-9.-]+$", description="<scheme>:<slug or code>")
    label: str = Field(min_length=1, description="the scheme's own wording, as in its exports")
    aliases: tuple[str, ...] = Field((), description="other wordings of exports: older, misspelt, abbreviated")
    definition: str = Field("", description="what it covers, in one or two sentences")
    broader: str | None = Field(None, description="id of the concept above")
    since: int | None = Field(None, description="year it entered the scheme")
    until: int | None = Field(None, description="year it left the scheme")
    code: str | None = Field(None, description="the scheme's code")
    uri: str | None = Field(None, description="the scheme's own identifier")
    synonyms: tuple[str, ...] = Field((), description="phrases of a text that carry the concept")
    exclusions: tuple[str, ...] = Field((), description="phrases that hold a synonym and mean something else")
    patterns: tuple[tuple[dict[str, Any], ...], ...] = Field((), description="spaCy Matcher patterns")


class Taxonomy(BaseModel):
    """One vocabulary."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    title: str
    version: str
    source: str
    concepts: tuple[Concept, ...]

    @model_validator(mode="after")
    def _consistent(self) -> "Taxonomy":
        ids = [concept.id for concept in self.concepts]
        if twice := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"concept ids occur twice: {', '.join(sorted(twice))}")
        for concept in self.concepts:
            if not concept.id.startswith(f"{self.scheme}:"):
                raise ValueError(f"'{concept.id}' does not begin with '{self.scheme}:'")
            if concept.broader and concept.broader not in ids:
                raise ValueError(f"'{concept.id}': unknown broader concept '{concept.broader}'")
        return self

    def by_id(self) -> dict[str, Concept]:
        """Return the concepts by id."""
        return {concept.id: concept for concept in self.concepts}

    def by_label(self) -> dict[str, str]:
        """Return folded label, alias or code -> concept id; labels win over aliases, aliases over codes."""
        found: dict[str, str] = {}
        for concept in self.concepts:
            found.update({fold(concept.code): concept.id} if concept.code else {})
        for concept in self.concepts:
            found.update({fold(alias): concept.id for alias in concept.aliases})
        found.update({fold(concept.label): concept.id for concept in self.concepts})
        return found


class Crosswalk(BaseModel):
    """One link from a concept of one vocabulary to one of another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    from_id: str
    to_id: str | None
    relation: Relation


def load_taxonomy(path: Path) -> Taxonomy:
    """Return the vocabulary in the YAML file `path`.

    Raises:
        TaxonomyError: the file is no YAML or breaks the form above.
    """
    try:
        return Taxonomy.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as error:
        raise TaxonomyError(f"{path}: {error}") from error


def load_crosswalk(path: Path, sources: Iterable[str], targets: Iterable[str]) -> list[Crosswalk]:
    """Return the links in the CSV file `path`, whose ends must be among the ids given.

    Raises:
        TaxonomyError: an unknown concept or relation; names the line.
    """
    known_from, known_to = set(sources), set(targets)
    links = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                link = Crosswalk.model_validate({key: value or None for key, value in row.items()})
            except ValidationError as error:
                raise TaxonomyError(f"{path} line {line}: {error}") from error
            for end, known in ((link.from_id, known_from), (link.to_id, known_to)):
                if end is not None and end not in known:
                    raise TaxonomyError(f"{path} line {line}: unknown concept '{end}'")
            links.append(link)
    return links
