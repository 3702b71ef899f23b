"""Which two texts can never be one ask, however alike they read: rules over what they ask, not scores.

From the annotation rules: a treaty and its protocol are different treaties, women are not children, to consider an act
is not the act, the opposite of a request is another request. Only where both texts say it: "ratify the core treaties" may be "ratify CAT".
"""

from typing import Protocol

_CONSIDER = "consider"


class Asking(Protocol):
    """What the rules read of a text."""

    @property
    def instruments(self) -> frozenset[str]:
        """Return the ids of the treaties and other instruments it names anywhere."""
        ...

    @property
    def asked_instruments(self) -> frozenset[str]:
        """Return the ids of the instruments that its request is about, not those it should only be in line with."""
        ...

    @property
    def articles(self) -> frozenset[str]:
        """Return the numbers of the articles on which it asks that reservations be withdrawn; empty for all of them."""
        ...

    @property
    def strength(self) -> str:
        """Return whether it asks to consider, to continue or to do a specific act."""
        ...

    @property
    def acts(self) -> frozenset[str]:
        """Return its acts, among them perhaps `reservations`."""
        ...

    @property
    def groups(self) -> frozenset[str]:
        """Return the groups of persons it names."""
        ...

    @property
    def polarity(self) -> str:
        """Return whether it asks for its act or against it; "" where that is not known."""
        ...


def cannot_link(left: Asking, right: Asking) -> str | None:
    """Return in words why the two texts can never be one ask, None if they may; the order of the two does not matter."""
    named = left.asked_instruments and right.asked_instruments
    if named and left.asked_instruments != right.asked_instruments and left.instruments != right.instruments:
        return f"different instruments: {_listed(left.asked_instruments ^ right.asked_instruments)}"
    if left.articles != right.articles and "reservations" in left.acts & right.acts:
        return f"reservations to different articles: {_listed(left.articles ^ right.articles)}"
    if left.strength != right.strength and _CONSIDER in {left.strength, right.strength}:
        return "one asks to consider what the other asks for"
    if left.groups and right.groups and not left.groups & right.groups:
        return f"different groups: {_listed(left.groups | right.groups)}"
    if left.polarity and right.polarity and left.polarity != right.polarity:
        return f"opposite requests: {_listed(frozenset({left.polarity, right.polarity}))}"
    return None


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
