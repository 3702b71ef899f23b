"""The workbook people judge in: the review queue as Excel sheets with drop-downs, and what they filled in, checked."""

from pipeline.review_book.choices import Choices, choices_of, framework_choices
from pipeline.review_book.opening import ReviewBookError
from pipeline.review_book.problems import Problem, told
from pipeline.review_book.queues import framework_rows, pair_rows, tag_rows
from pipeline.review_book.reading import Reading, read_review
from pipeline.review_book.writing import write_review

__all__ = [
    "Choices",
    "Problem",
    "Reading",
    "ReviewBookError",
    "choices_of",
    "framework_choices",
    "framework_rows",
    "pair_rows",
    "read_review",
    "tag_rows",
    "told",
    "write_review",
]
