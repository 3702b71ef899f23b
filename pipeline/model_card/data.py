"""What a model was made from: counts, dates, versions, hashes."""

from collections.abc import Mapping
from typing import Any

from pipeline.regime import Regime


def data(description: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    """Return counts and dates of the labelled texts, and how far they carry a model."""
    if "regime" not in metrics:
        return ""
    training = description["training"]
    first, last = training["sessions"]
    years = metrics.get("years") or []
    when = f", {years[0]}-{years[1]}" if years else ""
    measured = f"{metrics['texts']:,} texts of {metrics['reviews']:,} reviews"
    return (
        "## Data\n\n"
        f"- Made from {training['rows']:,} labelled texts of {training['states']} States, sessions {first}-{last}{when}"
        f"{' (0: none named)' if first == 0 else ''}.\n"
        f"- Measured on {measured}; {metrics['twins']:,} of these texts also occur in training.\n"
        f"- {Regime(**metrics['regime']).words}\n"
        f"- SHA-256 of the labelled texts and their labels: {description['data_sha256'][:16]}…"
    )


def made_with(description: Mapping[str, Any]) -> str:
    """Return the versions of what decides a model's numbers, its seed and its encoder."""
    versions = ", ".join(f"{name} {version}" for name, version in sorted(description.get("versions", {}).items()))
    seed = description.get("params", {}).get("seed")
    encoder = description.get("encoder")
    parts = [
        versions,
        f"seed {seed}: the same data and versions give the same model" if seed is not None else "",
        f"encoder with SHA-256 {str(encoder)[:16]}…" if encoder else "",
    ]
    return "## Made with\n\n" + "; ".join(part for part in parts if part) + "."
