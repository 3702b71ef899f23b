"""The form of the workbook: its sheets and their columns, which writing and reading share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.judgements.forms import FRAMEWORK, SAME_ASK
from pipeline.text import content_id, fold

READ_ME = "Read me"
LISTS = "Lists"
REVIEWER, DATE, NOTE = "Reviewer", "Date", "Note"
VERDICT, SAME, COVERS = "Verdict", "Same ask?", "Covers it?"
VERDICTS = {VERDICT: ("accept", "reject", "unsure"), SAME: ("yes", "no", "unsure"), COVERS: ("yes", "no", "unsure")}
"""Heading of a column of verdicts -> what may stand in it."""

Role = Literal["shown", "score", "typed", "hidden"]


@dataclass(frozen=True)
class Column:
    """One column: its heading, the field of the rows it shows, its width in characters and who may change it."""

    heading: str
    name: str
    width: int
    role: Role = "shown"
    choices: str | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet of the form; `adds` says for each column of added concepts their dimension."""

    name: str
    columns: tuple[Column, ...]
    adds: Mapping[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """The heading of the column of verdicts."""
        return next(column.heading for column in self.columns if column.heading in VERDICTS)

    @property
    def read(self) -> list[Column]:
        """The columns that an import reads; what only people read may be gone."""
        return [column for column in self.columns if column.role in ("typed", "hidden") or column.name in _CHECKED]

    @property
    def checked(self) -> list[Column]:
        """The columns whose values the check of a row stands for: texts and ids."""
        return [column for column in self.columns if column.name in _CHECKED]


_CHECKED = {"text", "left_text", "right_text", "recommendation_id", "dimension_id", "concept_id", "text_hash", "left_id",
            "right_id", "left_text_hash", "right_text_hash"}  # fmt: skip


def check(values: Mapping[str, str]) -> str:
    """Return what a row's hidden cell `check` holds: it tells whether texts and ids still belong together."""
    return content_id(*(f"{name}={fold(values[name])}" for name in sorted(values.keys() & _CHECKED)))


def _verdict(heading: str) -> Column:
    return Column(heading, "verdict", 10, "typed", heading)


_SIGNED = (
    Column(REVIEWER, "reviewer", 14, "typed"), Column(DATE, "date", 12, "typed"), Column(NOTE, "note", 30, "typed"),
)  # fmt: skip


def _hidden(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, name, 12, "hidden") for name in (*names, "check"))


def _add(heading: str, dimension: str) -> Column:
    return Column(heading, heading, 24, "typed", dimension)


_ADDS = {
    "Add theme": "themes", "Add theme 2": "themes", "Add group": "groups", "Add group 2": "groups", "Add SDG": "sdgs",
    "Add SDG 2": "sdgs", "Add UHRI theme": "uhri_themes", "Add UHRI theme 2": "uhri_themes", "Right action": "action",
}  # fmt: skip
_CONTEXT = (Column("State", "state_name", 13), Column("Paragraph", "paragraph", 14), Column("Text", "text", 54))

TAGS = Sheet(
    "Tags",
    (
        *_CONTEXT, Column("Dimension", "dimension", 11), Column("Proposed tag", "label", 26),
        Column("Score", "score", 7, "score"), _verdict(VERDICT), Column("Evidence", "evidence", 18),
        Column("Why asked", "why", 26), Column("Labels now", "labels_now", 40), *(_add(*one) for one in _ADDS.items()),
        *_SIGNED, *_hidden("recommendation_id", "dimension_id", "concept_id", "text_hash"),
    ),
    _ADDS,
)  # fmt: skip
PAIRS = Sheet(
    "Same ask",
    (
        Column("State", "state_name", 13), Column("First text", "left_text", 46), Column("Where", "left_where", 14),
        Column("Second text", "right_text", 46), Column("Where 2", "right_where", 14), _verdict(SAME),
        Column("Probability", "score_same_ask", 10, "score"), Column("What agrees and differs", "reason", 34),
        Column("Grouped now", "grouped", 11), Column("Why asked", "why", 24), *_SIGNED,
        *_hidden("left_id", "right_id", "left_text_hash", "right_text_hash"),
    ),
)  # fmt: skip
_ITEMS = {"Other item": FRAMEWORK, "Other item 2": FRAMEWORK}
FRAMEWORK_SHEET = Sheet(
    "Framework",
    (
        *_CONTEXT, Column("Level", "level", 10), Column("Proposed item", "label", 40),
        Column("Score", "score", 7, "score"), _verdict(COVERS), *(_add(*one) for one in _ITEMS.items()),
        Column("Evidence", "evidence", 24), Column("Plan", "plan_name", 20), *_SIGNED,
        *_hidden("recommendation_id", "dimension_id", "concept_id", "text_hash"),
    ),
    _ITEMS,
)  # fmt: skip
SHEETS = (TAGS, PAIRS, FRAMEWORK_SHEET)

SIDES = {"left_id": "recommendation_id", "right_id": "concept_id", "left_text_hash": "text_hash",
         "right_text_hash": "other_hash"}  # fmt: skip
"""Hidden columns of a pair -> columns of a judgement as read (`judgements.files.SAID`), of dimension `same_ask`."""
DIMENSION_OF_PAIRS = SAME_ASK
