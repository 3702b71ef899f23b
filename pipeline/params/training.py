"""The sections that training and promotion read."""

from typing import Annotated

from pydantic import Field

from pipeline.params.base import Count, Section, Share


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
