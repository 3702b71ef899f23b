"""One headline of two models, and what the candidate gains."""

from dataclasses import dataclass

import pandas as pd

from pipeline.measuring import Figure


@dataclass(frozen=True, slots=True)
class Value:
    """A figure and the 95% interval it may lie in."""

    value: float
    low: float
    high: float

    def within(self, least: float, most: float) -> "Value":
        """Return the value as if nothing were below `least` or above `most`."""
        return Value(*(min(max(at, least), most) for at in (self.value, self.low, self.high)))

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}-{self.high:.3f})"


@dataclass(frozen=True, slots=True)
class Difference:
    """One headline of both models: `where` it was measured, and the `gain` of the candidate (negative: a loss)."""

    where: str
    figure: str
    candidate: Value
    released: Value
    gain: Value

    def lost(self, negligible: float) -> bool:
        """Return whether the candidate is worse beyond noise, by more than `negligible`."""
        return self.gain.high < 0 and self.gain.value < -negligible

    def __str__(self) -> str:
        return (
            f"{self.figure} ({self.where}) {self.candidate.value:.3f}, released {self.released.value:.3f}: "
            f"{self.gain.value:+.3f}, 95% interval {self.gain.low:+.3f} to {self.gain.high:+.3f}"
        )

    @property
    def verdict(self) -> str:
        """In words whether the candidate is better."""
        if self.gain.low > 0:
            return "better"
        return "worse" if self.gain.high < 0 else "no difference beyond noise"


@dataclass(frozen=True)
class Comparison:
    """How two models were compared, in words; the differences of headlines, and those of labels.

    `labels` has `label, texts, candidate, released, gain` (F1), the greatest loss first; no rows where only figures were
    at hand.
    """

    how: str
    differences: tuple[Difference, ...]
    labels: pd.DataFrame


def apart(figure: Figure, one: Value, other: Value) -> Value:
    """Return the gain of `one` over `other`, bounded as widely as their own intervals allow."""
    low, value, high = one.low - other.high, one.value - other.value, one.high - other.low
    return Value(value, low, high) if figure.better else Value(-value, -high, -low)
