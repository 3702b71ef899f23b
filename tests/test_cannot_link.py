"""Rules that keep texts apart whatever their score."""

from dataclasses import dataclass

import pytest

from pipeline.cannot_link import cannot_link


@dataclass
class Asked:
    instruments: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    polarity: str = ""
    asked_instruments: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    strength: str = "specific"


def named(*instruments: str) -> Asked:
    return Asked(instruments=frozenset(instruments), asked_instruments=frozenset(instruments))


def reservations(*articles: str) -> Asked:
    return Asked(articles=frozenset(articles), acts=frozenset({"reservations"}))


def of(*groups: str) -> Asked:
    return Asked(groups=frozenset(groups))


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        (named("CAT"), named("OP-CAT"), "different instruments: CAT, OP-CAT"),
        (named("CAT"), named("CAT", "CED"), "different instruments: CED"),
        (of("women"), of("children"), "different groups: children, women"),
        (Asked(polarity="for"), Asked(polarity="against"), "opposite requests: against, for"),
        (reservations("9"), reservations("9", "16"), "reservations to different articles: 16"),
        (reservations("9"), reservations(), "reservations to different articles: 9"),
        (Asked(strength="consider"), Asked(), "one asks to consider what the other asks for"),
    ],
)
def test_what_is_never_one_ask_and_why(left: Asked, right: Asked, why: str) -> None:
    assert cannot_link(left, right) == cannot_link(right, left) == why


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (named("CAT"), named("CAT")),
        (named("CAT"), named()),
        (named("CAT"), Asked(instruments=frozenset({"OP-CAT"}))),  # only in line with the protocol
        (reservations("9"), reservations("9")),
        (Asked(articles=frozenset({"9"})), Asked(articles=frozenset({"10"}))),
        (Asked(strength="continue"), Asked(strength="specific")),
        (of("women"), of("women", "rural")),
        (of("women"), of()),
        (Asked(polarity="for"), Asked(polarity="for")),
        (Asked(polarity="for"), Asked()),
    ],
)
def test_what_may_be_one_ask(left: Asked, right: Asked) -> None:
    assert cannot_link(left, right) is cannot_link(right, left) is None
