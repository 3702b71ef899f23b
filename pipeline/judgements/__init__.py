"""What people said of tags and of asks: kept in `data/raw/judgements/*.csv`, stands over what machines proposed.

Whose word stands is in docs/decisions/0010-judgements.md: a reviewer's last word, then the majority of reviewers.
"""

from pipeline.judgements.files import (
    PAIR_COLUMNS,
    SAME_ASK,
    TAG_COLUMNS,
    JudgementError,
    append,
    read_judgements,
    read_pairs,
)
from pipeline.judgements.held import Held, held, text_hash
from pipeline.judgements.labels import apply_judgements
from pipeline.judgements.pairs import read_same_ask, same_ask_verdicts, without_contradictions
from pipeline.judgements.report import agreement
from pipeline.judgements.training import judged_texts
from pipeline.judgements.votes import contested, verdicts

__all__ = [
    "PAIR_COLUMNS",
    "SAME_ASK",
    "TAG_COLUMNS",
    "Held",
    "JudgementError",
    "agreement",
    "append",
    "apply_judgements",
    "contested",
    "held",
    "judged_texts",
    "read_judgements",
    "read_pairs",
    "read_same_ask",
    "same_ask_verdicts",
    "text_hash",
    "verdicts",
    "without_contradictions",
]
