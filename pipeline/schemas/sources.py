"""Tables of what the sources say: from the rows read to one set of recommendations."""

import pandas as pd

from pipeline.schemas.base import MECHANISMS, POSITION_SOURCES, POSITIONS, SOURCES, STATUSES, Table, col


class Ingested(Table, unit="row of a source file x attributed clause", key="source_file source_row clause"):
    """What ingest read, before sources of one review are brought together; names of States resolved."""

    source: str = col("kind of source", isin=SOURCES)
    source_file: str = col("file name below data/raw/sources")
    source_row: int = col("1-based data row, or running paragraph of a document", ge=1)
    clause: int = col("1..n attributed clauses of one row", ge=1)
    mechanism: str = col("who asks", isin=MECHANISMS)
    body: str = col("UPR, treaty body or special procedure", null=True)
    document_symbol: str = col("UN document symbol", null=True)
    paragraph: str = col("paragraph number as text; * = all the document does not name", null=True)
    session: pd.Int64Dtype = col("UPR Working Group session", null=True)
    cycle: pd.Int64Dtype = col("UPR cycle", null=True)
    year: pd.Int64Dtype = col("year of the session or of the document", null=True)
    state_under_review: str = col("ISO 3166-1 alpha-3", null=True)
    state_name: str = col("UN short name, or the name as written if unknown", null=True)
    region: str = col("UN regional group", null=True)
    recommending: str = col("JSON list of recommending States as written", null=True)
    text: str = col("the request, cleaned", null=True)
    text_original: str = col("the paragraph as written", null=True)
    language: str = col("ISO 639-1, detected", null=True)
    position: str = col("position, null where the source says nothing", null=True, isin=POSITIONS)
    position_source: str = col("what it was read from", null=True, isin=POSITION_SOURCES)
    position_quote: str = col("the words that state it", null=True)
    is_pledge: bool = col("voluntary commitment")
    is_provisional: bool = col("read from a draft")
    source_tags: str = col("JSON list of [scheme, label]", null=True)
    skip_reason: str = col("why the row is no recommendation", null=True)


class Records(Table, unit="row of a source file", key="source_file source_row"):
    """Every row read from every input file, with the recommendation it became or the reason it did not."""

    source: str = col("kind of source", isin=SOURCES)
    source_file: str = col("file name below data/raw/sources")
    source_row: int = col("1-based data row, or running paragraph of a document", ge=1)
    recommendation_id: str = col("first recommendation this row became", null=True)
    skip_reason: str = col("why the row became none", null=True)


class Recommendations(Table, unit="recommendation", key="recommendation_id"):
    """One numbered request to one State, from whatever sources hold it."""

    recommendation_id: str = col("content hash, stable between runs")
    mechanism: str = col("who asks", isin=MECHANISMS)
    body: str = col("UPR, treaty body or special procedure", null=True)
    document_symbol: str = col("UN document symbol", null=True)
    paragraph: str = col("paragraph number as text: 138.10 is not 138.1", null=True)
    clause: pd.Int64Dtype = col("1..n within a compound paragraph", ge=1)
    session: pd.Int64Dtype = col("UPR Working Group session", null=True, ge=1)
    cycle: pd.Int64Dtype = col("UPR cycle, from configs/sessions.csv", null=True, ge=1)
    year: pd.Int64Dtype = col("year of the session or of the document", null=True, ge=1945, le=2100)
    state_under_review: str = col("ISO 3166-1 alpha-3 of the State addressed", null=True)
    state_name: str = col("its UN short name, or the name as written if unknown", null=True)
    region: str = col("its UN regional group", null=True)
    text: str = col("the request, cleaned")
    text_original: str = col("as in the source trusted most")
    language: str = col("ISO 639-1 of the text, detected", null=True)
    position: str = col("position of the State under review; noted is not rejected", isin=POSITIONS)
    position_source: str = col("what the position was read from", null=True, isin=POSITION_SOURCES)
    position_quote: str = col("the words that state the position", null=True)
    is_pledge: bool = col("a voluntary commitment of the State itself, not a recommendation to it")
    is_provisional: bool = col("read from a draft report")


class RecommendingStates(Table, unit="recommendation x recommending State", key="recommendation_id state_raw"):
    """Who made each recommendation."""

    recommendation_id: str = col("the recommendation")
    state_raw: str = col("the name as written in the source")
    state_iso3: str = col("ISO 3166-1 alpha-3, VAT, PSE or EUU", null=True)
    state_name: str = col("UN short name", null=True)
    region: str = col("UN regional group", null=True)


class RecommendationSources(
    Table, unit="recommendation x row of a source file", key="recommendation_id source_file source_row"
):
    """Which rows of which files stand behind each recommendation."""

    recommendation_id: str = col("the recommendation")
    source: str = col("kind of source", isin=SOURCES)
    source_file: str = col("file name below data/raw/sources")
    source_row: int = col("row or running paragraph in it", ge=1)
    fields: str = col("columns of the recommendation taken from this row, joined by '; '", null=True)


class SourceTags(Table, unit="recommendation x label of a source", key="recommendation_id scheme label_raw"):
    """The sources' own labels, kept beside ours and never as truth."""

    recommendation_id: str = col("the recommendation")
    scheme: str = col("vocabulary: upr-info, uhri-theme, uhri-person, sdg, upr-action")
    label_raw: str = col("label as in the source")
    concept_id: str = col("concept of our taxonomy", null=True)


class SourceConflicts(
    Table, unit="recommendation x field x pair of sources", key="recommendation_id field source_a source_b"
):
    """Fields on which two sources of one recommendation disagree, and what was chosen."""

    recommendation_id: str = col("the recommendation")
    field: str = col("column that differs")
    source_a: str = col("kind of source trusted more")
    source_b: str = col("kind of source trusted less")
    value_a: str = col("value in source a", null=True)
    value_b: str = col("value in source b", null=True)
    chosen: str = col("value that stands", null=True)
    rule: str = col("why")


class IngestReport(Table, unit="source file", key="source_file"):
    """What became of each input file, and how to mend what was skipped."""

    source_file: str = col("file name below data/raw/sources")
    detected_format: str = col("format by content", null=True, isin=SOURCES)
    encoding: str = col("character encoding chosen", null=True)
    records_read: int = col("rows read", ge=0)
    recommendations: int = col("distinct recommendations the rows became", ge=0)
    skipped: int = col("rows that became none", ge=0)
    number_gaps: int = col("numbers missing in a document's sequence of paragraphs", ge=0)
    duplicate_numbers: int = col("paragraph numbers that occur twice", ge=0)
    unknown_states: int = col("State names not in configs/states.csv", ge=0)
    status: str = col("ok, partial or failed", isin=STATUSES)
    message: str = col("what happened and the remedy", null=True)


class PositionChanges(
    Table, unit="recommendation x addendum that changes its position", key="recommendation_id document_symbol"
):
    """What an addendum changed."""

    recommendation_id: str = col("the recommendation")
    document_symbol: str = col("the addendum")
    paragraph: str = col("its paragraph", null=True)
    old: str = col("position before", isin=POSITIONS)
    new: str = col("position after", isin=POSITIONS)
    quote: str = col("the words that state it", null=True)
