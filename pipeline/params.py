"""The parameters of `configs/params.yaml`, as frozen models: an unknown key is an error that names the nearest.

What each parameter changes is written beside it in the YAML file; the bounds are here.
"""

import difflib
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1)]


class ParamsError(ValueError):
    """The parameter file breaks its model: names the key, the value and the nearest key."""


class Section(BaseModel):
    """Base of the sections."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ingest(Section):
    """Reading files."""

    workers: Annotated[int, Field(ge=0)]
    max_cell_characters: Count
    max_uncompressed_megabytes: Count
    max_seconds_per_file: Count
    max_memory_megabytes: Annotated[int, Field(ge=1024)]
    min_language_probability: Share
    generic_columns: dict[str, dict[str, str]]

    @property
    def max_uncompressed_bytes(self) -> int:
        """What a spreadsheet may unpack to, in bytes."""
        return self.max_uncompressed_megabytes * 1024**2


class Reconcile(Section):
    """Making one set of recommendations of several sources."""

    min_text_similarity: Share


class Embed(Section):
    """Turning texts to vectors."""

    model: str
    batch_size: Count
    max_tokens: Count
    int8: bool


class Dimension(Section):
    """Proposing tags in one dimension."""

    auto_precision: Share
    review_floor: Share


class Tag(Section):
    """Proposing tags."""

    use_encoder: bool
    themes: Dimension
    uhri_themes: Dimension
    groups: Dimension
    sdgs: Dimension
    action: Dimension


class Match(Section):
    """Finding pairs of recommendations that request the same."""

    min_cosine: Annotated[float, Field(ge=-1, le=1)]
    max_neighbours: Count
    same_ask_threshold: Share
    same_family_threshold: Share
    worldwide: bool


class Cluster(Section):
    """Grouping recommendations to asks and families."""

    min_ask_score: Share
    min_family_score: Share


class Link(Section):
    """Linking the clauses of texts with several requests to further asks."""

    min_cosine: Annotated[float, Field(ge=-1, le=1)]
    max_neighbours: Count
    min_score: Share


class Worldwide(Section):
    """Bringing the asks of all States together."""

    min_cosine: Annotated[float, Field(ge=-1, le=1)]
    min_score: Share


class Settle(Section):
    """Applying judgements and ordering the review queue."""

    review_queue_rows: Count


class Map(Section):
    """Mapping recommendations to the outcomes of Cooperation Frameworks."""

    auto_precision: Share
    max_figure_rows: Count


class Timeline(Section):
    """Drawing the figures of asks that came back."""

    max_asks: Count


class Export(Section):
    """Writing what people open."""

    max_column_width: Count
    max_sheet_rows: Annotated[int, Field(ge=1, le=1_048_575)]


class Deliver(Section):
    """Writing documents on States under review."""

    max_states: Annotated[int, Field(ge=0)]
    states: tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...]
    matrix_layout: Literal["cycle_3", "cycle_4"]
    matrix_themes: Literal["themes", "uhri_themes"]
    adoption_days: Count
    mid_term_months: Count
    next_review_months: Count


class Explore(Section):
    """Writing the page that people look at."""

    charts: bool
    chart_language: Literal["en", "fr", "es"]
    rows_per_file: Count
    themes: Count
    groups: Count
    nearest: Annotated[int, Field(ge=0)]
    examples: Annotated[int, Field(ge=0)]


class TaskWeights(Section):
    """What the loss of each task counts."""

    themes: Annotated[float, Field(gt=0)]
    action: Annotated[float, Field(gt=0)]
    sdgs: Annotated[float, Field(gt=0)]


class TrainEncoder(Section):
    """Fine-tuning the encoder on the tags."""

    fine_tune: bool
    base: str
    epochs: Count
    final_epochs: Count
    batch_size: Count
    encoder_rate: Annotated[float, Field(gt=0)]
    head_rate: Annotated[float, Field(gt=0)]
    layer_decay: Annotated[float, Field(gt=0, le=1)]
    warm_up: Share
    weight_decay: Annotated[float, Field(ge=0)]
    averaging: Share
    max_tokens: Annotated[int, Field(ge=16, le=512)]
    weights: TaskWeights


class Train(Section):
    """Training a tagger on labelled sessions."""

    seed: int
    last_train_session: Count
    last_validation_session: Count
    cost: Annotated[float, Field(gt=0)]
    max_features: Count
    min_document_frequency: Annotated[int, Field(ge=2)]
    folds: Annotated[int, Field(ge=2)]
    measured_texts: Annotated[int, Field(ge=0)]
    most_texts: Annotated[int, Field(ge=1000)]
    learning_curve: tuple[Annotated[float, Field(gt=0, le=1)], ...]
    encoder: TrainEncoder


class Promote(Section):
    """Letting a candidate take the place of a released model."""

    few_texts: Count
    full_texts: Count
    concept_texts: Count
    negligible_loss: Share
    common_share: Annotated[float, Field(gt=0, le=1)]


class Params(Section):
    """All parameters."""

    ingest: Ingest
    reconcile: Reconcile
    embed: Embed
    tag: Tag
    match: Match
    cluster: Cluster
    link: Link
    worldwide: Worldwide
    settle: Settle
    timeline: Timeline
    map: Map
    deliver: Deliver
    export: Export
    explore: Explore
    train: Train
    promote: Promote


def _model_at(location: tuple[int | str, ...]) -> type[BaseModel] | None:
    """Return the model that holds the key at `location`, if any."""
    model: type[BaseModel] = Params
    for name in location[:-1]:
        field = model.model_fields.get(str(name))
        if field is None or not isinstance(field.annotation, type) or not issubclass(field.annotation, BaseModel):
            return None
        model = field.annotation
    return model


def _explain(path: Path, problem: Any) -> str:
    """Return one line on one problem of the file."""
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] != "extra_forbidden":
        return f"{path}: {key}: {problem['msg']} (found {problem['input']!r})"
    model = _model_at(problem["loc"])
    known = list(model.model_fields) if model else []
    near = difflib.get_close_matches(str(problem["loc"][-1]), known, n=1, cutoff=0.4)
    hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
    return f"{path}: unknown key '{key}'; {hint}"


def load_params(path: Path) -> Params:
    """Return the parameters in the YAML file `path`.

    Raises:
        ParamsError: the file is missing or no YAML, or a key is unknown, missing or out of bounds.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ParamsError(f"{path} does not exist; run this from the project's folder") from error
    except yaml.YAMLError as error:
        raise ParamsError(f"{path} is not valid YAML: {error}") from error
    try:
        return Params.model_validate(content)
    except ValidationError as error:
        raise ParamsError("\n".join(_explain(path, problem) for problem in error.errors())) from error
