"""The codebook says what the schemas say."""

from pipeline.codebook import codebook, codebook_markdown
from pipeline.paths import ROOT
from pipeline.schemas import AGREES, EXPORTED, POSITIONS


def test_every_column_of_every_table_has_a_meaning() -> None:
    book = codebook()
    assert set(book["table"]) == set(EXPORTED)
    assert (book["meaning"].str.len() > 0).all()
    assert (book["unit"].str.len() > 0).all()


def test_a_row_says_type_key_and_closed_values() -> None:
    book = codebook().set_index(["table", "column"])
    position = book.loc[("recommendations", "position")]
    assert position["type"] == "text"
    assert position["values"] == "; ".join(POSITIONS)
    assert position["may_be_empty"] == "no"
    assert book.loc[("source_tags", "agrees"), "values"] == "; ".join(AGREES)
    assert book.loc[("recommendations", "recommendation_id"), "key"] == "key"
    assert book.loc[("recommendations", "cycle"), "type"] == "whole number"
    assert book.loc[("tags", "score"), "type"] == "number"
    assert book.loc[("asks", "is_representative"), "type"] == "true or false"


def test_the_page_in_docs_is_the_generated_one() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert page == codebook_markdown(), "run: python -m pipeline.codebook > docs/codebook.md"
