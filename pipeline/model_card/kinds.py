"""What a model is, in words, one text a kind."""

from collections.abc import Callable, Mapping
from typing import Any

READ_BY = {
    "gold": "a set read under written rules by language-model annotators, not by human experts",
    "uhri": "labels of OHCHR's annotators, of one State for the most part",
    "upr_info": "labels of UPR Info's annotators",
    "un_info": "activities of United Nations country teams with the targets they named",
}
"""Whose readings truth is, by origin."""

NAMES = {
    "majority": "the most frequent concept (of each level) for every text",
    "rules": "rules on words, and links",
    "linear": "linear model over n-grams",
    "encoder": "fine-tuned small encoder",
    "fused": "linear model and encoder, calibrated together",
    "stacked": "rules, links and classifier, joined to one probability",
}
"""Ways of tagging, in words."""

_NGRAMS = (
    "A linear support vector machine for each of {concepts} concepts over {features} n-grams of words and characters. "
    "The vocabulary holds nothing that stands in a single text."
)
_SPLIT = (
    "Trained on {rows} texts of sessions {first}-{last} ({states} States). Before that, its like was trained on sessions "
    "{before[0]}-{before[1]} only; thresholds and calibration come from what that one said of sessions {check[0]}-"
    "{check[1]} ({checked} texts), and so do the figures below: each text's calibration and thresholds were set on other "
    "States'."
)
_KNOWN = "Measured on {rows} texts of {states} States ({read_by}); {what} of each text were set on the texts of others."
_KNOWN_AND_OWN = (
    "Learnt from {all} texts of {states} States, {own} of them read once for this project by language models "
    "(models/readings), which count half and measure nothing. Measured on the other {rows} ({read_by}), each by a model "
    "without its State; {what} of each text were set on the texts of others."
)
_AT_HAND = "The rules were written with these texts at hand, so that the figures are those of known material."

_FRESH = (
    "Rules were written with texts of some States at hand (configs/rules_read.csv). On the {texts} texts of the other States, "
    "which are what to expect of new ones, micro-F1 is {micro:.3f} ({low:.3f}-{high:.3f}), and that of rules alone "
    "{rules:.3f}; probabilities, and the score from which a tag is `auto`, were set on these."
)


def what(description: Mapping[str, Any]) -> str:
    """Return what the model is and what it was made from; `description` is model.json."""
    known = {"linear": _linear, "fused": _fused, "rules": _rules, "stacked": _stacked, "encoder": _encoder}
    told: Callable[[Mapping[str, Any]], str] = known.get(description["kind"], _unknown)
    languages = description.get("languages")
    measured = [f"Languages it was measured in: {', '.join(languages)}."] if languages else []
    return "\n\n".join(["## What it is", told(description), *measured])


def _ngrams(description: Mapping[str, Any]) -> str:
    return _NGRAMS.format(concepts=len(description["concepts"]), features=f"{description['features']:,}")


def _split(description: Mapping[str, Any]) -> str:
    training, check = description["training"], description["validation"]
    return _SPLIT.format(
        rows=f"{training['rows']:,}", first=training["sessions"][0], last=training["sessions"][1],
        states=training["states"], before=description["measured_after_training_on"]["sessions"],
        check=check["sessions"], checked=f"{check['rows']:,}",
    )  # fmt: skip


def _linear(description: Mapping[str, Any]) -> str:
    return f"{_ngrams(description)} Its margins are calibrated.\n\n{_split(description)}"


def _fused(description: Mapping[str, Any]) -> str:
    heads = (
        "Beside it a small encoder, fine-tuned on the task, with one hyperplane a concept over its features "
        "(`models/released/encoder`). One calibration takes the margins of both and gives one probability. The linear "
        "model alone decides where the encoder is switched off, and otherwise gives a second opinion: where the two "
        "differ, a person should look."
    )
    return f"{_ngrams(description)} {heads}\n\n{_split(description)}"


def _known(description: Mapping[str, Any], *, what_was_set: str) -> str:
    training = description["training"]
    origin = str(description.get("measured_on", ""))
    own = int(description.get("own_readings", 0))
    said = (_KNOWN_AND_OWN if own else _KNOWN).format(
        rows=f"{training['rows'] - own:,}", all=f"{training['rows']:,}", own=f"{own:,}", states=training["states"],
        what=what_was_set, read_by=READ_BY.get(origin, origin or "labelled texts"),
    )  # fmt: skip
    fresh = description.get("fresh", {})
    if not fresh.get("texts"):
        return f"{said} {_AT_HAND}"
    low, high = fresh["stacked"]["micro_f1_95"]
    return f"{said} " + _FRESH.format(
        texts=f"{fresh['texts']:,}", micro=fresh["stacked"]["micro_f1"], low=low, high=high,
        rules=fresh["rules"]["micro_f1"],
    )  # fmt: skip


def _rules(description: Mapping[str, Any]) -> str:
    return (
        "Rules on the words of the text and links from the themes, each with the precision it was measured to have. "
        + _known(description, what_was_set="precisions and thresholds")
    )


def _stacked(description: Mapping[str, Any]) -> str:
    return (
        "Rules on the words of the text, links from the themes, and a classifier over n-grams and the features of the "
        "fine-tuned encoder (`models/released/encoder`), joined to one calibrated probability. Rules and links give the "
        "reason for a tag, the classifier reach where wording is indirect. "
        + _known(description, what_was_set="classifier, calibration and thresholds")
    )


def _encoder(description: Mapping[str, Any]) -> str:
    tasks = description.get("tasks", {})
    learnt = ", ".join(f"{name} ({len(concepts)} concepts)" for name, concepts in tasks.items())
    return (
        "A small sentence encoder (six layers, mean and maximum of the words' vectors side by side), fine-tuned end to "
        f"end{f' on {learnt}' if learnt else ''}, kept in eight-bit numbers and run without PyTorch. Taggers use its "
        "features; what they are worth stands in the cards of the dimensions."
    )


def _unknown(description: Mapping[str, Any]) -> str:
    return f"A model of kind `{description['kind']}`."
