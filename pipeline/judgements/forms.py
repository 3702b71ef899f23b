"""The forms of judgements: what their files hold, and the one form all are read to.

Three files are told apart by their columns: left_id and right_id judge pairs (is it the same ask?), framework_id and
item_id judge items of a Cooperation Framework, every other file judges tags. All are read to `SAID`: a judgement of a
pair has the dimension `same_ask`, and the second recommendation stands where the concept of a tag does; one of an item
has the dimension `framework`, and `<framework_id>/<item_id>` stands there.
"""

TAG_COLUMNS = ("recommendation_id", "dimension", "concept_id", "verdict", "reviewer", "date", "note", "text_hash")
PAIR_COLUMNS = (
    "left_id", "right_id", "verdict", "reviewer", "date", "note", "left_text_hash", "right_text_hash",
)  # fmt: skip
ITEM_COLUMNS = ("recommendation_id", "framework_id", "item_id", "verdict", "reviewer", "date", "note", "text_hash")
SAID = (*TAG_COLUMNS, "other_hash")
"""Columns of a judgement as read; `other_hash` is that of the second recommendation of a pair."""

SAME_ASK = "same_ask"
FRAMEWORK = "framework"
NO_ITEM = "none"
"""Item that says that nothing in the framework covers the recommendation."""

VERDICTS = ("accept", "reject", "add", "unsure")
PAIR_VERDICTS = ("yes", "no", "unsure")
ITEM_VERDICTS = (*VERDICTS, "yes", "no")

AS_SAID = {"left_id": "recommendation_id", "right_id": "concept_id", "left_text_hash": "text_hash",
           "right_text_hash": "other_hash"}  # fmt: skip
AS_FILED = {said: filed for filed, said in AS_SAID.items()}


class JudgementError(ValueError):
    """A file of judgements breaks its form: names the file, the line and the remedy."""


def item_key(framework_id: str, item_id: str) -> str:
    """Return what stands for an item of a framework where a tag has its concept."""
    return f"{framework_id}/{item_id}"


def item_of(key: str) -> tuple[str, str]:
    """Return the framework and the item that `item_key` joined."""
    framework, _, item = key.partition("/")
    return framework, item
