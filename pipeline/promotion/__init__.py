"""Candidate and released model side by side, and the gate between them. Only a person commits what it lets through."""

from pipeline.promotion.comparison import compare
from pipeline.promotion.difference import Comparison, Difference
from pipeline.promotion.gate import Limits, PromotionError, promote, refusals
from pipeline.promotion.report import side_by_side

__all__ = [
    "Comparison", "Difference", "Limits", "PromotionError", "compare", "promote", "refusals", "side_by_side",
]  # fmt: skip
