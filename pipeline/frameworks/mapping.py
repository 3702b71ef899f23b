"""From probabilities to the map: the first outcomes and outputs of each recommendation and ask, with the words that carry them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.frameworks.candidates import NamedOutcomes
from pipeline.frameworks.ranker import Ranker
from pipeline.frameworks.subjects import Mention
from pipeline.schemas.frameworks import NOT_COVERED

Array = NDArray[np.float64]

TOP = 3
_WEAK = 0.3  # how directly a subject must carry another to be told as evidence


@dataclass(frozen=True)
class Mapped:
    """Probabilities of one framework: rows are recommendations; the last outcome is `none`."""

    framework_id: str
    outcomes: NamedOutcomes
    outputs: NamedOutcomes
    outcome_scores: Array
    output_scores: Array


def output_scores(ranker: Ranker, pairs: Array, outcome_of: Sequence[int], outcome_scores: Array) -> Array:
    """Return recommendations x outputs: the probability of the outcome times the output's share among its outputs."""
    utilities = pairs @ ranker.weights
    raised = np.exp(utilities - utilities.max(axis=1, keepdims=True, initial=-np.inf))
    parents = np.array(outcome_of, dtype=np.int64)
    scores = np.zeros(raised.shape)
    for outcome in set(outcome_of):
        mine = parents == outcome
        share = raised[:, mine] / raised[:, mine].sum(axis=1, keepdims=True).clip(min=1e-300)
        scores[:, mine] = share * outcome_scores[:, [outcome]]
    return scores


def map_table(
    mapped: Mapped,
    ids: Sequence[str],
    mentions: Sequence[Mapping[str, Mention]],
    *,
    auto_from: float,
    may_be_auto: NDArray[np.bool_],
) -> pd.DataFrame:
    """Return the rows of `FrameworkMap` for one framework.

    A first outcome (or `none`) is `auto` from the score `auto_from` on, where `may_be_auto` and a subject was found in the
    request; everything else is for review.
    """
    rows = []
    for level, named, scores in (
        ("outcome", mapped.outcomes, mapped.outcome_scores), ("output", mapped.outputs, mapped.output_scores),
    ):  # fmt: skip
        items = [*(item.id for item in named.outcomes), *([NOT_COVERED] if level == "outcome" else [])]
        order = np.argsort(-scores, axis=1, kind="stable")[:, :TOP]
        for row, (recommendation, columns) in enumerate(zip(ids, order, strict=True)):
            for rank, column in enumerate(columns, 1):
                score = float(scores[row, column])
                sure = level == "outcome" and rank == 1 and score >= auto_from and bool(mentions[row])
                auto = sure and bool(may_be_auto[row])
                reason = evidence(mentions[row], named, int(column)) if column < len(named.outcomes) else _nothing(mentions[row], named)  # fmt: skip
                rows.append((recommendation, mapped.framework_id, items[column], level, rank, min(score, 1.0),
                             "auto" if auto else "review", reason))  # fmt: skip
    columns = ["recommendation_id", "framework_id", "item_id", "level", "rank", "score", "decision", "evidence"]
    return pd.DataFrame(rows, columns=columns)


def evidence(asked: Mapping[str, Mention], named: NamedOutcomes, column: int) -> str | None:
    """Return the words by which the outcome carries the request, the strongest subjects first; None if only likeness speaks."""
    subjects = named.subjects
    mentions = named.mentions[column]
    found = []
    for row, subject in enumerate(subjects.all):
        if subject.id not in asked:
            continue
        carriers = [
            (subjects.carried[row, place] * mentions[other].strength, other)
            for place, other in enumerate(subjects.ids) if other in mentions
        ]  # fmt: skip
        strength, best = max(carriers, default=(0.0, ""))
        if strength >= _WEAK:
            said = f"'{asked[subject.id].quote}' ({subject.label}) by '{mentions[best].quote}'"
            found.append((asked[subject.id].strength * strength, said))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    return "; ".join(said for _, said in found[:2]) or None


def _nothing(asked: Mapping[str, Mention], named: NamedOutcomes) -> str:
    label = {subject.id: subject.label for subject in named.subjects.all}
    strongest = sorted(asked, key=lambda name: (-asked[name].strength, name))[:2]
    said = ", ".join(f"'{asked[name].quote}' ({label[name]})" for name in strongest)
    return f"asks {said}: no outcome names it directly" if said else "no subject was found in it"


def judged(mapped: Mapped, ids: Sequence[str], machine: pd.DataFrame, stands: pd.DataFrame) -> Mapped:
    """Return the scores after people's word: what they named has all the score of its level, what they rejected none.

    `machine` are the rows of `map_table`, `stands` the same rows after judgements (with `origin`).
    """
    scores = []
    place = {name: row for row, name in enumerate(ids)}
    for level, named, given in (
        ("outcome", mapped.outcomes, mapped.outcome_scores), ("output", mapped.outputs, mapped.output_scores),
    ):  # fmt: skip
        found = given.copy()
        column = {item.id: n for n, item in enumerate(named.outcomes)}
        column |= {NOT_COVERED: len(column)} if level == "outcome" else {}
        kept = stands[stands["level"] == level]
        gone = machine[machine["level"] == level].merge(
            kept[["recommendation_id", "item_id"]], how="left", indicator=True
        )
        for row in gone[gone["_merge"] == "left_only"].to_dict("records"):
            found[place[row["recommendation_id"]], column[row["item_id"]]] = 0.0
        for name, part in kept[kept["origin"] == "human"].groupby("recommendation_id"):
            found[place[str(name)]] = 0.0
            found[place[str(name)], [column[item] for item in part["item_id"]]] = 1.0
        whole = found.sum(axis=1, keepdims=True).clip(min=1e-12) if level == "outcome" else 1.0
        scores.append(found / whole)
    return replace(mapped, outcome_scores=scores[0], output_scores=scores[1])


def ask_table(mapped: Mapped, ids: Sequence[str], asks: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `FrameworkAskMap`: mean scores over the recommendations of each ask.

    `asks` is the table of that name; `rows` what `map_table` returned, after judgements, whose evidence of the representative (or of the best
    scored recommendation) is repeated.
    """
    of = asks.set_index("recommendation_id")
    frame = pd.DataFrame({"ask_id": of["ask_id"].reindex(list(ids)).to_numpy(), "place": range(len(ids))}).dropna()
    chief = set(of.index[of["is_representative"].astype(bool)])
    first = rows[rows["rank"] == 1].set_index(["recommendation_id", "level"])
    sure = first["decision"].mask(first["origin"] == "human", "auto")
    reasons = rows.assign(chief=rows["recommendation_id"].isin(chief)).sort_values(
        ["chief", "score"], ascending=False, kind="stable"
    )
    reasons = reasons.assign(ask_id=reasons["recommendation_id"].map(of["ask_id"]))
    reason = reasons.drop_duplicates(["ask_id", "item_id"]).set_index(["ask_id", "item_id"])["evidence"].to_dict()
    found = []
    for ask, part in frame.groupby("ask_id", sort=True):
        places = part["place"].to_numpy()
        for level, named, scores in (
            ("outcome", mapped.outcomes, mapped.outcome_scores), ("output", mapped.outputs, mapped.output_scores),
        ):  # fmt: skip
            items = [*(item.id for item in named.outcomes), *([NOT_COVERED] if level == "outcome" else [])]
            mean = scores[places].mean(axis=0) if items else np.zeros(0)
            whole = level == "outcome" and all(sure.get((ids[at], level)) == "auto" for at in places)
            agreed = len(set(scores[places].argmax(axis=1))) == 1 if items else False
            for rank, column in enumerate(np.argsort(-mean, kind="stable")[:TOP], 1):
                found.append((ask, mapped.framework_id, items[column], level, rank, min(float(mean[column]), 1.0),
                              "auto" if whole and agreed and rank == 1 else "review", len(places),
                              reason.get((ask, items[column]))))  # fmt: skip
    columns = [
        "ask_id",
        "framework_id",
        "item_id",
        "level",
        "rank",
        "score",
        "decision",
        "n_recommendations",
        "evidence",
    ]
    return pd.DataFrame(found, columns=columns)
