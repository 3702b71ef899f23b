"""The sections that a run reads, one a stage or document."""

from typing import Annotated, Literal

from pydantic import Field

from pipeline.params.base import Count, Section, Share


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
    max_chart_states: Count
    chart_language: Literal["en", "fr", "es"]
    rows_per_file: Count
    themes: Count
    groups: Count
    nearest: Annotated[int, Field(ge=0)]
    examples: Annotated[int, Field(ge=0)]
