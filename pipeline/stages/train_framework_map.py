"""train_framework_map: learn from frameworks that were read which outcome carries a recommendation, country by country held out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.frameworks.candidates import FEATURES, NONE_FEATURES, NamedOutcomes, Requests, features, outcomes_of
from pipeline.frameworks.measures import HELD_OUT, Country
from pipeline.frameworks.normal_form import normal_form
from pipeline.frameworks.ranker import Array, Block, Ranker, fit_ranker
from pipeline.frameworks.reading import read_framework_file
from pipeline.frameworks.readings import NONE, Reading, outcome_key, read_readings, text_key
from pipeline.frameworks.subjects import Subjects
from pipeline.instruments import canonicalise, load_instruments
from pipeline.labelled import ROWS
from pipeline.model_folder import versions, write
from pipeline.params import Params
from pipeline.paths import Workspace
from pipeline.sources import Limits
from pipeline.stages.comparing import item_vectors, labels_of, subjects_of, tagged, with_names
from pipeline.stages.encoding import plain_vectors
from pipeline.states import load_states
from pipeline.tables import read_table, replacing
from pipeline.text import clean

PROFILES = 1000
"""Recommendations whose subjects say what the UPR usually asks; more change nothing measurable."""
WEIGHTS = {True: 1.0, False: 0.1}
"""What a country counts whose readings come with texts, and one read for this project by a language model."""


@dataclass(frozen=True)
class ReadCountry:
    """One country's readings beside its framework."""

    reading: Reading
    named: NamedOutcomes
    comparable: bool
    truth: Array
    has_texts: bool


def run(workspace: Workspace, params: Params) -> None:
    """Write the candidate `framework_map` and, in held_out.npz, what each country got from a model without it."""
    rows = read_table(workspace.candidates / ROWS).sort_values("row_id")
    subjects = subjects_of(workspace)
    countries = read_countries(workspace, params, subjects, rows["text"])
    profiles = subjects.weights([subjects.asked(text) for text in rows["text"].head(PROFILES)])
    blocks = blocks_of(countries, workspace, params, subjects, profiles)
    held = {f"scores_{n}": without(blocks, n).probabilities(one.pairs, one.none) for n, one in enumerate(blocks)}
    final = fit_ranker(blocks)
    folder = workspace.candidates / "framework_map"
    read = [f"{one.reading.country}\t{text}\t{first}" for one in countries
            for text, first in zip(one.reading.texts, one.reading.primary, strict=True)]  # fmt: skip
    facts = {
        "kind": "conditional logit over the outcomes of a framework",
        "features": list(FEATURES), "none_features": list(NONE_FEATURES), "subjects": subjects.ids,
        "encoder": params.embed.model, "languages": sorted({"en", *_languages(countries)}),
        "countries": len(countries), "recommendations": len(read),
        "data_sha256": hashlib.sha256("\n".join(read).encode()).hexdigest(), "versions": versions(),
    }  # fmt: skip
    measured = [
        Country(one.reading.country, held[f"scores_{n}"], one.truth) for n, one in enumerate(countries) if one.has_texts
    ]
    arrays: dict[str, NDArray[np.generic]] = {
        "weights": final.weights, "none_weights": final.none_weights, "profiles": profiles.astype(np.float32),
        "held_scores": np.concatenate([one.scores.max(axis=1) for one in measured]),
        "held_right": np.concatenate([one.first_named for one in measured]),
    }  # fmt: skip
    write(folder, facts, arrays=arrays)
    truths = {f"truth_{n}": one.truth for n, one in enumerate(blocks)}
    names = {"countries": np.array([one.reading.country for one in countries]),
             "has_texts": np.array([one.has_texts for one in countries]),
             "comparable": np.array([one.comparable for one in countries])}  # fmt: skip
    with replacing(folder / HELD_OUT) as temporary:
        np.savez_compressed(temporary, allow_pickle=False, **held, **truths, **names)


def _languages(countries: Sequence[ReadCountry]) -> set[str]:
    return {"es" for one in countries if one.has_texts and not one.comparable}


def without(blocks: Sequence[Block], place: int) -> Ranker:
    """Return the ranker learnt from all blocks but one."""
    return fit_ranker([*blocks[:place], *blocks[place + 1 :]])


def read_countries(
    workspace: Workspace, params: Params, subjects: Subjects, texts: "pd.Series[str]"
) -> list[ReadCountry]:
    """Return the countries whose readings and framework both stand in the labelled files, by name.

    Raises:
        FileNotFoundError: there is none.
    """
    files = [path for folder in (workspace.labelled, workspace.readings) for path in sorted(folder.rglob("*.csv"))]
    readings = read_readings(files, {text_key(clean(text)): text for text in texts})
    if not readings:
        raise FileNotFoundError(f"{workspace.labelled} holds no readings of frameworks (docs/frameworks.md)")
    states = load_states(workspace.configs / "states.csv")
    limits = Limits(params.ingest.max_cell_characters, params.ingest.max_uncompressed_bytes)
    items, _ = normal_form([read_framework_file(path, path.name, limits) for path in files], states)
    wanted = {state.iso3 for one in readings if (state := states.find(one.country))}
    items = with_names(items[items["state"].isin(wanted)].reset_index(drop=True), workspace, params)
    found = []
    for one in sorted(readings, key=lambda one: (one.country, one.source)):
        state = states.find(one.country)
        own = items[items["state"] == (state.iso3 if state else "")]
        plan = _plan_of(one, own)
        if plan is not None:
            named = NamedOutcomes(outcomes_of(plan), subjects)
            codes = _codes(one, plan, named)
            language = plan["language"].iloc[0]
            found.append(ReadCountry(one, named, language == "en", one.truth(codes), _has_texts(files, one)))
    return found


def _has_texts(files: Sequence[Path], one: Reading) -> bool:
    path = next(path for path in files if path.name == one.source)
    return "text" in pd.read_csv(path, nrows=0).columns


def _plan_of(one: Reading, items: pd.DataFrame) -> pd.DataFrame | None:
    """Return the items of the plan whose outcomes the codes of the reading stand for."""
    used = {code for code in (*one.primary, *(code for beside in one.also for code in beside)) if code != NONE}
    for _, plan in items.groupby("framework_id"):
        outcomes = plan[plan["level"] == "outcome"]
        if used <= set(outcomes["code"].dropna()) or used <= set(outcomes["text"].map(outcome_key)):
            return plan
    return None


def _codes(one: Reading, plan: pd.DataFrame, named: NamedOutcomes) -> list[str]:
    """Return for each outcome the code by which the reading calls it."""
    by_id = plan.set_index("item_id")
    codes = [str(by_id.at[item.id, "code"]) for item in named.outcomes]
    return codes if set(one.primary) - {NONE} <= set(codes) else [outcome_key(item.text) for item in named.outcomes]


def blocks_of(
    countries: Sequence[ReadCountry], workspace: Workspace, params: Params, subjects: Subjects, profiles: Array
) -> list[Block]:
    """Return the features and truth of each country."""
    instruments = load_instruments(workspace.configs / "instruments.yaml")
    texts = sorted({text for one in countries for text in one.reading.texts})
    vectors = dict(
        zip(texts, plain_vectors(workspace, params, [canonicalise(t, instruments) for t in texts]), strict=True)
    )
    labels = labels_of(tagged(texts, workspace, params), "text")
    items = item_vectors(workspace, params, [one.named for one in countries])
    blocks = []
    for one in countries:
        own = list(one.reading.texts)
        requests = Requests(
            own, np.array([vectors[text] for text in own], dtype=np.float64),
            [labels["sdgs"].get(text, frozenset()) for text in own],
            [labels["groups"].get(text, frozenset()) for text in own], [subjects.asked(text) for text in own],
        )  # fmt: skip
        pairs, none = features(requests, one.named, items, profiles, comparable=one.comparable)
        blocks.append(Block(pairs, none, one.truth, WEIGHTS[one.has_texts]))
    return blocks
