"""What people said of tags, asks and framework items: kept in `data/raw/judgements/*.csv`, stands over the machine's word.

Whose word stands is in docs/decisions/0010-judgements.md: a reviewer's last word, then the majority of reviewers.
"""

from pipeline.judgements.appending import Appended, append
from pipeline.judgements.files import read_items, read_judgements, read_pairs
from pipeline.judgements.forms import (
    FRAMEWORK,
    ITEM_COLUMNS,
    PAIR_COLUMNS,
    SAME_ASK,
    TAG_COLUMNS,
    JudgementError,
    item_key,
)
from pipeline.judgements.frameworks import apply_to_frameworks, read_framework_verdicts
from pipeline.judgements.held import Held, held, text_hash
from pipeline.judgements.labels import apply_judgements
from pipeline.judgements.pairs import read_same_ask, same_ask_verdicts, without_contradictions
from pipeline.judgements.report import agreement
from pipeline.judgements.training import judged_texts
from pipeline.judgements.votes import contested, last_words, verdicts

__all__ = [
    "FRAMEWORK",
    "ITEM_COLUMNS",
    "PAIR_COLUMNS",
    "SAME_ASK",
    "TAG_COLUMNS",
    "Appended",
    "Held",
    "JudgementError",
    "agreement",
    "append",
    "apply_judgements",
    "apply_to_frameworks",
    "contested",
    "held",
    "item_key",
    "judged_texts",
    "last_words",
    "read_framework_verdicts",
    "read_items",
    "read_judgements",
    "read_pairs",
    "read_same_ask",
    "same_ask_verdicts",
    "text_hash",
    "verdicts",
    "without_contradictions",
]
