"""What the drop-downs of added concepts offer, and which concept is meant by what stands in such a cell."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.judgements.forms import NO_ITEM, item_key
from pipeline.taxonomy import Concept, Taxonomy
from pipeline.text import fold

NONE_COVERS = "(no item covers it)"
"""What is offered and shown for the item `none` of a framework."""


_LONGEST = 250
"""Characters of an item that is offered: Excel refuses longer entries of a list."""


@dataclass(frozen=True)
class Choices:
    """The words of one drop-down in their order, the concept of each, and further words for it, folded."""

    shown: Mapping[str, str]
    known: Mapping[str, str]

    def concept(self, words: str) -> str | None:
        """Return the id of the concept that `words` name: as shown, an id, a label, an alias or a code; None if none."""
        given = words.strip()
        if given in self.shown:
            return self.shown[given]
        return given if given in self.shown.values() else self.known.get(fold(given))

    def nearest(self, words: str) -> list[str]:
        """Return up to three of the words shown that are nearest to `words`."""
        by_fold = {fold(shown): shown for shown in self.shown}
        return [by_fold[near] for near in difflib.get_close_matches(fold(words), by_fold, n=3, cutoff=0.5)]


def choices_of(taxonomy: Taxonomy) -> Choices:
    """Return what is offered of a taxonomy: labels in its order; a label that is but a code is told in words too."""
    return Choices(_told(taxonomy.concepts), taxonomy.by_label())


def _told(concepts: Iterable[Concept]) -> dict[str, str]:
    found: dict[str, str] = {}
    for concept in concepts:
        words = (
            f"{concept.label} - {concept.aliases[0]}"
            if concept.label == concept.code and concept.aliases
            else concept.label
        )
        found[f"{words} [{concept.id}]" if words in found else words] = concept.id
    return found


def framework_choices(items: pd.DataFrame) -> Choices:
    """Return what is offered of Cooperation Frameworks (table `framework_items`): code and text, and that none covers it.

    Where there are several, the State and the years of the plan stand before each.
    """
    several = items["framework_id"].nunique() > 1
    found: dict[str, str] = {}

    def offer(words: str, framework: str, item: str) -> None:
        shown = words[:_LONGEST]
        found[f"{shown} [{framework}/{item}]" if shown in found else shown] = item_key(framework, item)

    for framework, part in items.sort_values(["framework_id", "code", "item_id"]).groupby("framework_id", sort=True):
        plan = [part[name].iloc[0] for name in ("state", "years") if name in part]
        head = " ".join(str(word) for word in plan if pd.notna(word)) + ": " if several else ""
        offer(f"{head}{NONE_COVERS}", str(framework), NO_ITEM)
        for row in part[part["level"] != "priority"][["item_id", "code", "text"]].itertuples(index=False):
            code = f"{row.code} " if isinstance(row.code, str) else ""
            offer(f"{head}{code}{row.text}", str(framework), str(row.item_id))
    return Choices(found, {fold(words): concept for words, concept in found.items()})
