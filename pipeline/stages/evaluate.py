"""Measure the candidate of one dimension on texts it had not seen, and write its card."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import held_out, model_folder
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.held_out import HeldOut
from pipeline.labelled import READINGS, ROWS
from pipeline.language import detect_languages
from pipeline.learning_curve import COLUMNS
from pipeline.measuring import measure
from pipeline.measuring.labels import confused, levels_of, per_label
from pipeline.metrics import Draws, Outcomes
from pipeline.model_card import render
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.plain_rules import by_label, by_opening_verb
from pipeline.plots import draw
from pipeline.regime import Regime, labelled_texts, regime_of
from pipeline.sessions import load_sessions
from pipeline.stages.run_log import log_candidate
from pipeline.tables import read_table, replacing
from pipeline.taxonomy import Taxonomy, load_taxonomy

CONFUSED = 15
"""Pairs of concepts taken for each other that a card lists."""
PLAIN = {"themes": by_label, "action": by_opening_verb}
"""Dimensions without rules of their own, and the plainest ones to compare with."""


def run(workspace: Workspace, params: Params, dimension: str) -> None:
    """Write metrics.json, the tables and figures beside it, outcomes.npz and card.md to the candidate; log the run."""
    folder = workspace.candidates / dimension
    description = model_folder.read(folder)
    taxonomy = load_taxonomy(workspace.taxonomy(description["scheme"]))
    held = _with_rules(held_out.load(folder), workspace, dimension, taxonomy)
    broader = {concept.id: concept.broader for concept in taxonomy.concepts}
    about = _about(workspace, held, params.ingest.min_language_probability)
    labelled = labelled_texts(read_table(workspace.candidates / READINGS), dimension, broader, held.concepts)
    curve, wanted = PrecisionCurve(**description["precision_curve"]), getattr(params.tag, dimension).auto_precision
    metrics = {
        **measure(held, about, in_use=description["kind"], broader=broader, auto_from=curve.auto_from(wanted),
                  wanted=wanted, seed=params.train.seed),
        "model_sha256": model_folder.fingerprint(folder),
        "years": _years(workspace, description["training"]["sessions"]),
        "regime": asdict(regime(params, description, labelled)),
    }  # fmt: skip
    tables = _tables(held, about, taxonomy, labelled, curve, params.train.seed)
    model_folder.write_json(folder / model_folder.METRICS, metrics)
    for name, frame in tables.items():
        with replacing(folder / name) as temporary:
            frame.to_csv(temporary, index=False)
    held_out.save(held_out.compact(held, about["review"].tolist()), folder, name=model_folder.OUTCOMES)
    learning = _learning_curve(folder / model_folder.LEARNING_CURVE)
    draw(folder / model_folder.FIGURES, metrics, tables[model_folder.CURVE], learning)
    with replacing(folder / model_folder.CARD) as temporary:
        card = render(description, metrics, title=taxonomy.title, labels=tables[model_folder.PER_LABEL],
                      confused=tables[model_folder.CONFUSED], learning=learning)  # fmt: skip
        temporary.write_text(card, encoding="utf-8")
    log_candidate(workspace, "evaluate", dimension)


def regime(params: Params, description: Mapping[str, Any], labelled: Mapping[str, int]) -> Regime:
    """Return how far the texts behind the model of `description` carry it; `labelled` counts them by concept."""
    limits = params.promote
    return regime_of(description["training"]["rows"], labelled, few_texts=limits.few_texts,
                     full_texts=limits.full_texts, concept_texts=limits.concept_texts)  # fmt: skip


def _with_rules(held: HeldOut, workspace: Workspace, dimension: str, taxonomy: Taxonomy) -> HeldOut:
    """Return what was held out, with what the plainest rules say beside it where the dimension has no rules of its own."""
    if dimension not in PLAIN or "rules" in held.systems:
        return held
    texts = read_table(workspace.candidates / ROWS).set_index("row_id").loc[list(held.row_ids), "text"].tolist()
    known = {concept.id: concept for concept in taxonomy.concepts}
    concepts = [known[concept] for concept in held.concepts]
    return replace(held, systems={**held.systems, "rules": PLAIN[dimension](texts, concepts)})


def _about(workspace: Workspace, held: HeldOut, min_language_probability: float) -> pd.DataFrame:
    """Return review, session, cycle (0: none named) and language of each text."""
    rows = read_table(workspace.candidates / ROWS).set_index("row_id").loc[list(held.row_ids)].reset_index()
    cycles = {number: at.cycle for number, at in load_sessions(workspace.configs / "sessions.csv").items()}
    return pd.DataFrame(
        {
            "review": rows["state"] + " " + rows["session"].astype(str),
            "session": rows["session"],
            "cycle": rows["session"].map(cycles).fillna(0).astype(int),
            "language": [
                language or "unknown" for language in detect_languages(rows["text"].tolist(), min_language_probability)
            ],
        }
    )


def _years(workspace: Workspace, sessions: Sequence[int]) -> list[int]:
    """Return the first and last year of the training sessions; nothing if a session has no year."""
    years = {number: at.year for number, at in load_sessions(workspace.configs / "sessions.csv").items()}
    return [years[number] for number in sessions] if set(sessions) <= years.keys() else []


def _tables(
    held: HeldOut, about: pd.DataFrame, taxonomy: Taxonomy, labelled: Mapping[str, int], curve: PrecisionCurve,
    seed: int,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Return the tables beside metrics.json, by the names of their files."""
    names = {concept.id: concept.label for concept in taxonomy.concepts}
    labels = [names[concept] for concept in held.concepts]
    levels = levels_of(held.concepts, {concept.id: concept.broader for concept in taxonomy.concepts})
    outcomes = Outcomes.of(held.truth, held.predicted, held.ignored)
    draws = Draws.of(about["review"].tolist(), seed=seed)
    tags = pd.DataFrame(vars(curve))
    true = max(int((held.truth & ~held.ignored).sum()), 1)
    return {
        model_folder.PER_LABEL: per_label(outcomes, held.concepts, labels, draws, levels=levels, labelled=labelled),
        model_folder.CONFUSED: confused(outcomes, labels, most=CONFUSED),
        model_folder.CURVE: tags.assign(recall=(tags["precision"] * tags["tags"] / true).round(4)),
    }


def _learning_curve(path: Path) -> pd.DataFrame:
    """Return the learning curve that training wrote; no rows where it wrote none."""
    return pd.read_csv(path) if path.exists() else pd.DataFrame(columns=list(COLUMNS))
