"""Propose tags in one dimension: by a model, or by rules, crosswalks and a model together."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import crosswalking, model_folder
from pipeline.classifier.calibration import PrecisionCurve
from pipeline.classifier.stacking import rule_margins
from pipeline.classifier.tagger import restore
from pipeline.keywords import KeywordMatcher
from pipeline.parallel import processes, run_every
from pipeline.params import Dimension, Params
from pipeline.paths import Workspace
from pipeline.schemas import Tags
from pipeline.tables import read_table, write_table
from pipeline.taxonomy import Crosswalk, Taxonomy, load_crosswalk, load_taxonomy

WORDS = ("groups", "sdgs", "uhri_themes")
"""Dimensions found by the words of their taxonomy."""

CROSSWALKS = {"uhri_themes": "upr_info_to_uhri_theme", "sdgs": "upr_info_to_sdg"}
"""Dimensions that follow from the themes, and the table of links."""

MEASURED_MECHANISMS = ["upr"]
"""Mechanisms whose texts the taggers were measured on."""

COLUMNS = [
    "row", "dimension", "concept_id", "label", "score", "second_score", "decision", "method", "evidence", "proposed",
]  # fmt: skip

_FEW = 4000
"""Texts below which starting other processes costs more than it saves."""

Features = NDArray[np.float32]


def run(workspace: Workspace, params: Params, dimension: str) -> None:
    """Write `tags/<dimension>`, and `candidates/<dimension>` with what stays below the released thresholds."""
    table = read_table(workspace.table("recommendations"))
    ids = table["recommendation_id"]
    themes = None
    if dimension in CROSSWALKS:
        place = pd.Series(np.arange(len(ids)), index=ids)
        themes = read_table(workspace.table("tags/themes"))
        themes = themes.assign(row=themes["recommendation_id"].map(place).astype("int64"))
    tags = _shared_out(table, dimension, workspace, params, themes, _features_of(ids, workspace))
    tags.insert(0, "recommendation_id", ids.to_numpy()[tags["row"]])
    for name, chosen in (("tags", tags["proposed"]), ("candidates", ~tags["proposed"])):
        part = tags[chosen].drop(columns=["row", "proposed"])
        write_table(part, workspace.table(f"{name}/{dimension}"), Tags)


def _shared_out(
    table: pd.DataFrame, dimension: str, workspace: Workspace, params: Params, themes: pd.DataFrame | None,
    features: Features | None,
) -> pd.DataFrame:  # fmt: skip
    """Return the tags of all texts of `table`, each processor with a part of them; a text is tagged by itself alone."""
    workers = processes(len(table), _FEW)
    bounds = np.linspace(0, len(table), workers + 1).astype(int)
    jobs = {
        int(start): (table["text"].iloc[start:end].tolist(), dimension, workspace, params,
                     None if features is None else features[start:end], table["language"].iloc[start:end].tolist(),
                     table["mechanism"].iloc[start:end].tolist(), _between(themes, start, end))
        for start, end in pairwise(bounds)
    }  # fmt: skip
    found = dict(run_every(_part, jobs, workers, lambda _: f"{dimension} could not be tagged"))
    return pd.concat(
        [found[start].assign(row=found[start]["row"] + start) for start in sorted(found)], ignore_index=True
    )


def _between(themes: pd.DataFrame | None, start: int, end: int) -> pd.DataFrame | None:
    """Return the theme tags of the texts from `start` to `end`, with their rows among these."""
    if themes is None:
        return None
    own = themes[(themes["row"] >= start) & (themes["row"] < end)]
    return own.assign(row=own["row"] - start)


def _part(
    texts: Sequence[str], dimension: str, workspace: Workspace, params: Params, features: Features | None,
    languages: Sequence[str | None], mechanisms: Sequence[str], themes: pd.DataFrame | None,
) -> pd.DataFrame:  # fmt: skip
    return tag_texts(texts, dimension, workspace, params, features=features, languages=languages,
                     mechanisms=mechanisms, themes=themes)  # fmt: skip


def _features_of(ids: "pd.Series[str]", workspace: Workspace) -> Features | None:
    """Return the features of the recommendations `ids` that the stage embed wrote; None if it wrote none."""
    folder = workspace.processed / "embeddings"
    features = np.load(folder / "features.npy", mmap_mode="r")
    if not len(features):
        return None
    places = read_table(folder / "texts.parquet").set_index("recommendation_id")["feature_row"]
    return np.asarray(features[places.loc[ids].to_numpy()], dtype=np.float32)


def tag_texts(
    texts: Sequence[str], dimension: str, workspace: Workspace, params: Params, *, features: Features | None,
    languages: Sequence[str | None] | None = None, mechanisms: Sequence[str] | None = None,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return the tags of `texts`: the columns of Tags, with `row` (place of the text) in place of the recommendation.

    `features` is texts x features by the released encoder; without it the models that need none decide alone.

    `proposed` is false for candidates below the released threshold. `languages` are those of the texts (None: all are
    in a language the model was validated on), `mechanisms` who asks (None: all are of the UPR, the only one whose texts
    taggers were measured on; tags of the others are for review); `themes` their theme tags, if they are known already.

    Raises:
        ModelError: the released model is missing or changed.
    """
    folder = workspace.released / dimension
    description = model_folder.read(folder)
    taxonomy = load_taxonomy(workspace.taxonomy(description["scheme"]))
    options: Dimension = getattr(params.tag, dimension)
    if dimension not in (*WORDS, *CROSSWALKS):
        tags, curve = _by_model(texts, features, folder, description, options.review_floor)
    else:
        if dimension in CROSSWALKS and themes is None:
            themes = tag_texts(texts, "themes", workspace, params, features=features)
            themes = themes[themes["proposed"]]
        found = found_by_rules(texts, dimension, taxonomy, workspace, themes)
        tags, curve = _with_rules(texts, features, found, folder, description, options.review_floor)
        tags = with_goals(tags, {concept.id: concept.broader for concept in taxonomy.concepts})
    auto_from = curve.auto_from(options.auto_precision)
    auto = tags["measured"] & tags["proposed"] & (tags["score"] >= (np.inf if auto_from is None else auto_from))
    if languages is not None:
        auto &= np.isin(np.array(languages, dtype=object)[tags["row"]], description["languages"])
    if mechanisms is not None:
        auto &= np.isin(np.array(mechanisms, dtype=object)[tags["row"]], MEASURED_MECHANISMS)
    labels = {concept.id: concept.label for concept in taxonomy.concepts}
    tags = tags.assign(
        dimension=dimension, label=tags["concept_id"].map(labels), decision=np.where(auto, "auto", "review")
    )
    return tags[COLUMNS].reset_index(drop=True)


def _by_model(
    texts: Sequence[str], features: Features | None, folder: Path, description: Mapping[str, Any], floor: float
) -> tuple[pd.DataFrame, PrecisionCurve]:
    tagger = restore(description, model_folder.read_arrays(folder))
    tags = tagger.propose(texts, features, floor=floor)
    evidence = pd.Series(tagger.explain(texts, tags), index=tags.index, dtype="str")
    return tags.assign(method="model", evidence=evidence, measured=True), tagger.curve(
        with_features=features is not None
    )


def _with_rules(
    texts: Sequence[str], features: Features | None, found: pd.DataFrame, folder: Path,
    description: Mapping[str, Any], floor: float,
) -> tuple[pd.DataFrame, PrecisionCurve]:  # fmt: skip
    """Return the tags and candidates; what rules or links `found` says why, else the words the model weighs most.

    A concept is `measured` if enough labelled texts carry it.
    """
    tagger = restore(description, model_folder.read_arrays(folder))
    tags = tagger.propose(texts, features, floor=floor, rules=margins_of(found, description["concepts"], len(texts)))
    reasons = found.sort_values(["row", "concept_id", "weight", "key"], ascending=[True, True, False, True])
    reasons = reasons.drop_duplicates(["row", "concept_id"])[["row", "concept_id", "kind", "evidence"]]
    tags = tags.merge(reasons, on=["row", "concept_id"], how="left")
    by_link = tags["kind"].str.startswith("crosswalk").fillna(False).astype(bool)
    tags["method"] = np.select([tags["kind"].isna(), by_link], ["model", "crosswalk"], "rule")
    words = pd.Series(tagger.explain(texts, tags), index=tags.index, dtype="str")
    tags["evidence"] = tags["evidence"].astype("str").fillna(words)
    enough = dict(
        zip(description["concepts"], np.array(description["labelled"]) >= description["measured_texts"], strict=True)
    )
    tags["measured"] = tags["concept_id"].map(enough).astype(bool)
    return tags.drop(columns="kind"), tagger.curve(with_features=features is not None)


def with_goals(tags: pd.DataFrame, broader: Mapping[str, str | None]) -> pd.DataFrame:
    """Return the tags and candidates, in which the goal of a tagged target is a tag too; its score stays its own."""
    narrow = tags.loc[tags["proposed"], ["row", "concept_id"]]
    above = set(zip(narrow["row"], narrow["concept_id"].map(broader), strict=True))
    implied = [place in above for place in zip(tags["row"], tags["concept_id"], strict=True)]
    return tags.assign(proposed=tags["proposed"] | np.array(implied, dtype=bool))


def margins_of(found: pd.DataFrame, concepts: Sequence[str], texts: int) -> NDArray[np.float64]:
    """Return the margins of rules and links for `texts` texts, of what they `found`."""
    place = {concept: column for column, concept in enumerate(concepts)}
    columns = np.array([place[concept] for concept in found["concept_id"]], dtype=np.int64)
    rows = np.array(found["row"].tolist(), dtype=np.int64)
    by_words = ~found["kind"].str.startswith("crosswalk").to_numpy(dtype=bool)
    both = (found["kind"] == "both").to_numpy(dtype=bool)
    margins = rule_margins(rows, columns, by_words, (texts, len(concepts)))
    margins[rows[both], columns[both] + len(concepts)] = 1.0
    return margins


def found_by_rules(
    texts: Sequence[str], dimension: str, taxonomy: Taxonomy, workspace: Workspace, themes: pd.DataFrame | None
) -> pd.DataFrame:
    """Return every way in which words, or links from `themes`, propose a concept; broader concepts with it."""
    broader = {concept.id: concept.broader for concept in taxonomy.concepts}
    words = pd.DataFrame(columns=["row", "concept_id", "evidence"])
    if dimension in WORDS:
        matches = KeywordMatcher(taxonomy.concepts).match(texts)
        words = pd.DataFrame([(m.row, m.concept_id, m.evidence) for m in matches], columns=words.columns)
    links: list[Crosswalk] = []
    if dimension in CROSSWALKS:
        sources = [concept.id for concept in load_taxonomy(workspace.taxonomy("upr-info")).concepts]
        links = load_crosswalk(workspace.crosswalk(CROSSWALKS[dimension]), sources, broader)
    if themes is None:
        themes = pd.DataFrame(columns=["row", "concept_id", "score", "evidence"])
    return crosswalking.proposals(
        crosswalking.with_broader(words, broader), themes, crosswalking.broader_links(links, broader)
    )
