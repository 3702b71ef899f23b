"""What the held-out texts say of a tagger: headlines with intervals, breakdowns, simpler ways beside it, failures."""

from pipeline.measuring.breakdown import measure
from pipeline.measuring.headlines import FIGURES, Drawn, Figure, headlines, rounded

__all__ = ["FIGURES", "Drawn", "Figure", "headlines", "measure", "rounded"]
