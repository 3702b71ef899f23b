"""What is wrong with a filled-in workbook, told by cell; contradictions within it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.judgements.forms import FRAMEWORK, NO_ITEM, item_of
from pipeline.judgements.votes import ANSWERS, EXCLUSIVE
from pipeline.review_book.cells import Cell
from pipeline.text import fold

_MOST_ADDRESSES = 12
"""Cells named with one message; the rest are counted."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, and how to mend it; `row` says which row of the workbook it spoils."""

    address: str
    message: str
    row: tuple[str, int]

    def __str__(self) -> str:
        return f"{self.address}: {self.message}"


@dataclass(frozen=True)
class Said:
    """One judgement (columns `SAID`) and the cell it was read from."""

    values: dict[str, str]
    cell: Cell
    row: tuple[str, int]


def told(problems: Iterable[Problem]) -> list[str]:
    """Return one line a message, with the cells it is about, in the order they were met."""
    cells: dict[str, list[str]] = {}
    for problem in problems:
        addresses = cells.setdefault(problem.message, [])
        if problem.address not in addresses:
            addresses.append(problem.address)
    return [f"{_listed(addresses)}: {message}" for message, addresses in cells.items()]


def _listed(addresses: list[str]) -> str:
    more = len(addresses) - _MOST_ADDRESSES
    return ", ".join(addresses[:_MOST_ADDRESSES]) + (f" and {more} more" if more > 0 else "")


def contradictions(said: Iterable[Said]) -> Iterator[Problem]:
    """Yield a problem for each judgement against which the same reviewer says something else on the same day."""
    first: dict[tuple[str, ...], Said] = {}
    covered: dict[tuple[str, ...], Said] = {}
    for one in said:
        values, answer = one.values, ANSWERS[one.values["verdict"]]
        who = (fold(values["reviewer"]), values["date"], values["recommendation_id"], values["dimension"])
        earlier = first.setdefault((*who, values["concept_id"]), one)
        if ANSWERS[earlier.values["verdict"]] != answer:
            yield from _both(one, earlier, f"'{values['verdict']}' contradicts '{earlier.values['verdict']}' in ")
        if answer != "yes":
            continue
        if values["dimension"] in EXCLUSIVE:
            chosen = first.setdefault((*who, "the one that applies"), one)
            if chosen.values["concept_id"] != values["concept_id"]:
                yield from _both(one, chosen, f"a text has but one {values['dimension']}; another is chosen in ")
        if values["dimension"] == FRAMEWORK:
            framework, item = item_of(values["concept_id"])
            none, key = item == NO_ITEM, (*who, framework)
            covered.setdefault((*key, str(none)), one)
            if (other := covered.get((*key, str(not none)))) is not None:
                yield from _both(one, other, "that no item covers it contradicts an item in " if none else
                                 "an item contradicts that none covers it in ")  # fmt: skip


def _both(one: Said, other: Said, message: str) -> Iterator[Problem]:
    yield Problem(one.cell.address, f"{message}{other.cell.address}; clear one", one.row)
    yield Problem(other.cell.address, f"see {one.cell.address}, which contradicts it", other.row)
