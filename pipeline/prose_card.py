"""The card of the model of goals of prose, rendered from its figures."""

from typing import Any

_SOURCES = {
    "read": "activities of country teams read for this project by a language model, their labels unseen (countries drawn); they taught nothing",
    "indicators": "official indicators, each held out with its target",
    "written": "invented texts held out (calibration and thresholds of other folds)",
    "activities": "activities by their teams' labels, countries held out",
}
_FIGURES = {
    "main_goal": "surest goal is among the text's", "main_goal_exact": "surest goal is the first one",
    "micro_f1": "all goals, micro-F1", "precision": "precision of goals", "recall": "recall of goals",
    "auto": "precision of `auto`", "none_untagged": "about no goal, and got none",
    "pairs": "text and goal: about it or not", "pairs_hard": "the same, nearest wrong goal",
}  # fmt: skip


def card(metrics: dict[str, Any]) -> str:
    """Return the model card in Markdown."""
    sources = metrics["sources"]
    names = [name for name in _SOURCES if name in sources]
    head = [f"{name} ({sources[name]['texts']:,})" for name in names]
    table = ["| | " + " | ".join(head) + " |", "|---" * (len(names) + 1) + "|"]
    for figure, words in _FIGURES.items():
        cells = [
            _told(sources[name], figure) + (f" ({sources[name]['auto_tags']:,} tags)" if figure == "auto" else "")
            for name in names
        ]
        table.append(f"| {words} | " + " | ".join(cells) + " |")
    plain = [_told(sources[name]["tagger_without_encoder"], "pairs") for name in names]
    table.append("| text and goal, by the tagger of recommendations without encoder | " + " | ".join(plain) + " |")
    table.append(
        "| calibration error | " + " | ".join(f"{sources[name]['calibration_error']:.3f}" for name in names) + " |"
    )
    goals = [
        "| goal | threshold | written: precision, recall (texts) | read: precision, recall (texts) |",
        "|---|---|---|---|",
    ]
    for goal, by in metrics["by_goal"].items():
        cells = [
            f"{by[name]['precision']:.2f}, {by[name]['recall']:.2f} ({by[name]['texts']})"
            for name in ("written", "read")
        ]
        goals.append(f"| {goal} | {metrics['thresholds'][goal]:.2f} | " + " | ".join(cells) + " |")
    auto = metrics["auto_from"]
    starts = [
        f"{words} {'never' if auto[name] is None else f'from {auto[name]}'}"
        for name, words in (("tags_curve", "goals"), ("main_curve", "the main goal"))
    ]
    kept, every = (metrics["targets_of_rules"][name] for name in ("kept", "all"))
    texts = ", ".join(f"{count:,} {name}" for name, count in sorted(metrics["texts"].items()))
    return "\n".join([
        "# Which goals does this text treat?", "",
        "For English texts that request nothing (`upr tag`: columns `sdgs` and `sdg_main_goal`). Small networks side by side over the plain MiniLM's vector "
        "and the SDG tagger's opinion without the fine-tuned encoder; each goal is decided for itself, so that several or none may stand. It holds numbers "
        "only, no word of a text.", "",
        f"Texts: {texts}; {metrics['countries']} countries. Activities count a quarter of the others, and less where careful labels make the team's unlikely; "
        "those read teach nothing and set nothing. Probabilities and thresholds (best F1, lowered by the factor with which F1 and the questions about text and goal are best together) are set on written texts held out.", "",
        *(f"- *{name}*: {_SOURCES[name]}" for name in names), "",
        "Intervals (95%) are over what belongs together. `Text and goal`: every right goal of a text and one wrong goal drawn at random (its expectation), or "
        "the wrong goal whose official texts lie nearest.", "", *table, "", *goals, "",
        f"`auto`: {', '.join(starts)}, as measured on written texts. Targets come from rules and links only, where their goal is among those found, always for "
        f"review: on written texts {kept['precision']:.2f} [{kept['interval_95'][0]:.2f}-{kept['interval_95'][1]:.2f}] of {kept['tags']:,} are right "
        f"({every['precision']:.2f} of all {every['tags']:,} proposed).", "",
        "Limits: readings and invented texts are a language model's, not experts'. Country teams label by plan and mandate as much as by text, so that no "
        "reader of the text alone reaches their labels. Real prose is easier than the invented texts, which were written to be hard: on texts read, goals of a given "
        "probability are right more often than it says. English only. Texts far longer than a paragraph were not measured.", "",
    ])  # fmt: skip


def _told(figures: dict[str, Any], name: str) -> str:
    if name not in figures:
        return "-"
    low, high = figures[name]["interval_95"]
    return f"{figures[name]['value']:.3f} [{low:.3f}-{high:.3f}]"
