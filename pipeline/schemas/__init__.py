"""The tables of `data/processed/`: one pandera model a table; the codebook is generated from them.

Each model's docstring is the table's meaning, `unit` what one row stands for and `key` its unique columns. Lists
inside a cell appear only in wide, human-facing tables, joined by "; ". Unknown is null, never "".
"""

from pipeline.schemas.agreement import AGREES, ComparedSourceTags, SourceAgreement
from pipeline.schemas.asks import AskChanges, AskLedger, AskLinks, Asks, Pairs, WorldwideFamilies, WorldwideLedger
from pipeline.schemas.base import (
    DIMENSIONS,
    MECHANISMS,
    METHODS,
    POSITION_SOURCES,
    POSITIONS,
    SCHEMES,
    SOURCES,
    STATUSES,
    Table,
    col,
)
from pipeline.schemas.judgements import (
    JudgedTexts,
    JudgementConflicts,
    JudgementReport,
    JudgementVerdicts,
    OrphanedJudgements,
)
from pipeline.schemas.sources import (
    Ingested,
    IngestReport,
    PositionChanges,
    Recommendations,
    RecommendationSources,
    RecommendingStates,
    Records,
    SourceConflicts,
    SourceTags,
)
from pipeline.schemas.tags import Labels, ReviewQueue, Tags

TABLES: dict[str, type[Table]] = {
    "records": Records,
    "recommendations": Recommendations,
    "recommending_states": RecommendingStates,
    "recommendation_sources": RecommendationSources,
    "source_tags": SourceTags,
    "source_conflicts": SourceConflicts,
    "position_changes": PositionChanges,
    "ingest_report": IngestReport,
    "tags": Tags,
    "labels": Labels,
    "review_queue": ReviewQueue,
    "judged_texts": JudgedTexts,
    "judgement_verdicts": JudgementVerdicts,
    "judgement_conflicts": JudgementConflicts,
    "orphaned_judgements": OrphanedJudgements,
    "judgement_report": JudgementReport,
    "pairs": Pairs,
    "asks": Asks,
    "ask_links": AskLinks,
    "ask_changes": AskChanges,
    "ask_ledger": AskLedger,
    "worldwide_families": WorldwideFamilies,
    "worldwide_ledger": WorldwideLedger,
}
EXPORTED: dict[str, type[Table]] = {**TABLES, "source_tags": ComparedSourceTags, "source_agreement": SourceAgreement}
"""The tables as people get them, in CSV files and the workbook."""

__all__ = [
    "AGREES",
    "DIMENSIONS",
    "EXPORTED",
    "MECHANISMS",
    "METHODS",
    "POSITIONS",
    "POSITION_SOURCES",
    "SCHEMES",
    "SOURCES",
    "STATUSES",
    "TABLES",
    "AskChanges",
    "AskLedger",
    "AskLinks",
    "Asks",
    "ComparedSourceTags",
    "IngestReport",
    "Ingested",
    "JudgedTexts",
    "JudgementConflicts",
    "JudgementReport",
    "JudgementVerdicts",
    "Labels",
    "OrphanedJudgements",
    "Pairs",
    "PositionChanges",
    "RecommendationSources",
    "Recommendations",
    "RecommendingStates",
    "Records",
    "ReviewQueue",
    "SourceAgreement",
    "SourceConflicts",
    "SourceTags",
    "Table",
    "Tags",
    "WorldwideFamilies",
    "WorldwideLedger",
    "col",
]
