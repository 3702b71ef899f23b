"""Recommendations as another delegation might have put them: for measuring how the pipeline grows, never for training.

A request is kept and its words change: the lead-in by one that means the same, a treaty's acronym by its name or the
other way round, the order of its clauses, a phrase of manner more, another State addressed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.clauses import Verbs, clauses
from pipeline.instruments import Instruments, in_order

LEAD_INS = (
    ("Take measures to", "Take steps to", "Adopt measures to", "Take the necessary measures to", "Take further steps to"),
    ("Continue its efforts to", "Continue efforts to", "Pursue its efforts to", "Keep up its efforts to"),
    ("Step up its efforts to", "Step up efforts to", "Intensify its efforts to", "Intensify efforts to",
     "Strengthen its efforts to", "Redouble its efforts to", "Increase its efforts to"),
    ("Consider ratifying", "Consider the ratification of", "Examine the possibility of ratifying",
     "Give consideration to ratifying", "Study the possibility of ratifying"),
    ("Consider the possibility of", "Examine the possibility of", "Explore the possibility of",
     "Study the possibility of"),
    ("Issue a standing invitation to", "Extend a standing invitation to", "Extend an open and standing invitation to"),
    ("Sign and ratify", "Sign and accede to", "Proceed to the signature and ratification of"),
    ("Put an end to", "End", "Bring an end to"),
    ("Ratify", "Accede to", "Become a party to", "Proceed to ratify"),
    ("Consider", "Give consideration to", "Give thought to"),
    ("Establish", "Set up", "Create"),
    ("Ensure", "Guarantee"),
    ("Strengthen", "Reinforce", "Enhance", "Bolster"),
    ("Combat", "Fight", "Counter"),
    ("Implement", "Carry out", "Put into practice"),
    ("Promote", "Foster", "Further"),
    ("Adopt", "Put in place", "Introduce"),
    ("Develop", "Elaborate", "Draw up"),
    ("Abolish", "Do away with"),
)  # fmt: skip
"""Beginnings of requests; those of one line ask the same with the same strength. The first that fits is changed."""

MANNERS = (
    "without delay", "as a matter of priority", "as soon as possible", "in cooperation with civil society",
    "in line with its international obligations", "with the support of the international community",
)  # fmt: skip
"""What may end a request and changes nothing in it."""

_ELSEWHERE = 0.5
"""Share of rewritten texts that go to another State: half of what a State gets repeats its own, half is new to it."""


@dataclass(frozen=True)
class Rewriter:
    """Rewrites texts; everything random comes from the generator given with each text."""

    instruments: Instruments
    verbs: Verbs
    _read: dict[str, tuple[list[str], str]] = field(default_factory=dict, repr=False)

    def rewritten(self, text: str, random: np.random.Generator) -> str:
        """Return `text` in other words: one to three of its traits change, its manner if nothing else can."""
        ways: Sequence[Callable[[str, np.random.Generator], str]] = (
            self._instruments_renamed, self._clauses_turned, _another_lead_in, _with_manner,
        )  # fmt: skip
        chosen = random.permutation(len(ways))[: random.integers(1, 4)]
        found = text
        for way in sorted(chosen.tolist()):
            found = ways[way](found, random)
        return found if found != text else _with_manner(text, random)

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        """Return id -> acronyms, and the full name with its article."""
        return {entry.id: (*entry.acronyms, entry.name.split(" (")[0]) for entry in self.instruments.entries}

    def _instruments_renamed(self, text: str, random: np.random.Generator) -> str:
        if text not in self._read:
            self._read[text] = in_order(text, self.instruments)
        ids, rest = self._read[text]
        found, *others = rest.split("*")
        for name, after in zip(ids, others, strict=True):
            known = self._names.get(name, (name.replace("ILO-", "ILO Convention No. "),))
            found += known[int(random.integers(len(known)))] + after
        return found.replace("the the ", "the ")

    def _clauses_turned(self, text: str, _: np.random.Generator) -> str:
        """Return `text` with its last request first; a text whose clauses cannot stand alone stays as it is."""
        words = [clause.words for clause in clauses(text, self.verbs)]
        if len(words) == 1 or any(part.split(" ")[0].lower() not in self.verbs.bases for part in words):
            return text
        *first, last = [part.rstrip(" .") for part in words]
        begun = [last[0].upper() + last[1:], *(part[0].lower() + part[1:] for part in first)]
        return ", ".join(begun[:-1]) + " and " + begun[-1]


def _another_lead_in(text: str, random: np.random.Generator) -> str:
    for group in LEAD_INS:
        for lead_in in sorted(group, key=len, reverse=True):
            if text.startswith(f"{lead_in} "):
                others = [other for other in group if other != lead_in]
                return others[int(random.integers(len(others)))] + text[len(lead_in) :]
    return text


def _with_manner(text: str, random: np.random.Generator) -> str:
    return f"{text.rstrip(' .;,')}, {MANNERS[int(random.integers(len(MANNERS)))]}"


def grown(table: pd.DataFrame, size: int, rewriter: Rewriter, *, seed: int) -> pd.DataFrame:
    """Return `size` rows (state_under_review, text): those of `table`, or as many of them, and rewritten ones after them.

    `table` has state_under_review, state_name, text. A State's share of the rows stays what it was; a rewritten text
    that goes to another State names that one where it named the first.
    """
    random = np.random.default_rng(seed)
    kept = np.sort(random.permutation(len(table))[:size])
    states, names, texts = (table[column].to_numpy() for column in ("state_under_review", "state_name", "text"))
    rows = [(states[row], texts[row]) for row in kept]
    while len(rows) < size:
        row, elsewhere = random.integers(len(table), size=2)
        to = elsewhere if random.random() < _ELSEWHERE else row
        text = rewriter.rewritten(texts[row], random)
        rows.append((states[to], text.replace(str(names[row]), str(names[to]))))
    return pd.DataFrame(rows, columns=["state_under_review", "text"])
