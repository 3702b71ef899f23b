"""Candidate and released model side by side, as text."""

import pandas as pd

from pipeline.promotion.difference import Comparison, Value


def side_by_side(comparison: Comparison, *, most: int) -> str:
    """Return the headlines of both models with intervals, and up to `most` labels that gain and that lose most."""
    rows = [("", "", "candidate", "released", "gain (95% interval)", "")]
    rows += [
        (at.where, at.figure, str(at.candidate), str(at.released), _signed(at.gain), at.verdict)
        for at in comparison.differences
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([f"Compared {comparison.how}.", *lines, *_labels(comparison.labels, most)])


def _signed(gain: Value) -> str:
    return f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"


def _labels(labels: pd.DataFrame, most: int) -> list[str]:
    if labels.empty or not most:
        return []
    lost, gained = labels[labels["gain"] < 0].head(most), labels[labels["gain"] > 0].tail(most)[::-1]
    lines = []
    for words, part in (("gain", gained), ("lose", lost)):
        told = [
            f"  {at.label}: F1 {at.released:.2f} -> {at.candidate:.2f} ({at.texts} texts)" for at in part.itertuples()
        ]
        lines += [f"Labels that {words} most:", *(told or ["  none"])]
    return lines
