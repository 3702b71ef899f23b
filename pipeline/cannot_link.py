"""Which two texts can never be one ask, however alike they read: rules over what they ask, not scores.

From the annotation rules: a treaty and its protocol are different treaties, women are not children, the opposite of a
request is another request. Only where both texts say it: "ratify the core treaties" may be "ratify CAT".
"""

from typing import Protocol


class Asking(Protocol):
    """What the rules read of a text."""

    @property
    def instruments(self) -> frozenset[str]:
        """Return the ids of the treaties and other instruments it names."""
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
    if left.instruments and right.instruments and left.instruments != right.instruments:
        return f"different instruments: {_listed(left.instruments ^ right.instruments)}"
    if left.groups and right.groups and not left.groups & right.groups:
        return f"different groups: {_listed(left.groups | right.groups)}"
    if left.polarity and right.polarity and left.polarity != right.polarity:
        return f"opposite requests: {_listed(frozenset({left.polarity, right.polarity}))}"
    return None


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
