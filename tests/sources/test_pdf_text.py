"""A PDF is read to its lines: what stands around the text goes, no word of it does."""

from pathlib import Path

import pytest

from pipeline.sources.lines import Bounds, join_lines, words_of
from pipeline.sources.pdf_text import read_pdf
from pipeline.sources.record import SourceError
from tests.sources.minimal_pdf import Placed, write_pdf


def _page(number: int, *body: str, notes: tuple[str, ...] = ()) -> list[Placed]:
    lines: list[Placed] = [(480, 790, 9, "A/HRC/99/7"), (500, 60, 9, str(number))]
    lines += [(80, 740 - 12 * at, 10, text) for at, text in enumerate(body)]
    return lines + [(80, 120 - 10 * at, 8, text) for at, text in enumerate(notes)]


def test_headers_page_numbers_and_footnotes_are_left_out(tmp_path: Path) -> None:
    pages = [
        _page(
            1, "1. Arvandia thanked the members of the", "Working Group for their advice and", notes=("1 Not edited.",)
        ),
        _page(2, "said it would take all of it into account.", "Everybody was invited to the lake afterwards."),
    ]
    document = read_pdf(write_pdf(tmp_path / "a.pdf", pages), Bounds())
    assert [line.text for line in document.lines] == [
        "1. Arvandia thanked the members of the", "Working Group for their advice and",
        "said it would take all of it into account.", "Everybody was invited to the lake afterwards.",
    ]  # fmt: skip
    assert set(document.margins) == {"A/HRC/99/7", "1", "2", "1 Not edited."}


def test_a_raised_footnote_mark_is_no_part_of_the_word(tmp_path: Path) -> None:
    body: list[Placed] = [
        (80, 700, 10, "Plant more trees along the rivers (Peru);"), (264, 704, 6, "3"),
        (80, 688, 10, "Dig more wells in the north of the country."),
    ]  # fmt: skip
    document = read_pdf(write_pdf(tmp_path / "a.pdf", [body]), Bounds())
    assert document.lines[0].text.replace(" ", "") == "Plantmoretreesalongtherivers(Peru);"


def test_a_wider_gap_opens_a_paragraph(tmp_path: Path) -> None:
    body: list[Placed] = [(80, 700, 10, "First line of the paragraph"), (80, 688, 10, "second line of it"),
                          (80, 676, 10, "third line of it"), (80, 652, 10, "Another paragraph")]  # fmt: skip
    document = read_pdf(write_pdf(tmp_path / "a.pdf", [body]), Bounds())
    assert [line.opens for line in document.lines] == [False, False, False, True]


def test_hyphens_at_line_ends_stay_unless_the_document_joins_the_word(tmp_path: Path) -> None:
    body: list[Placed] = [
        (80, 700, 10, "Support non-"), (80, 688, 10, "governmental groups and co-"),
        (80, 676, 10, "operate with them; they"), (80, 664, 10, "cooperate and operate well with"),
        (80, 652, 10, "all the others in the country"),
    ]  # fmt: skip
    lines = read_pdf(write_pdf(tmp_path / "a.pdf", [body]), Bounds()).lines
    text = join_lines([line.text for line in lines], words_of(lines))
    assert text.startswith("Support non-governmental groups and cooperate with them; they cooperate")


def test_suspended_hyphens_are_no_breaks() -> None:
    assert join_lines(["short-", "and long-term plans"]) == "short- and long-term plans"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("scan", "no text layer"),
        ("encrypted", "without a password"),
        ("cut", "Download it again"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why_and_what_to_do(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    if content == "scan":
        write_pdf(path, [[], []])
    elif content == "encrypted":
        write_pdf(path, [_page(1, "Plant more trees")], encrypted=True)
    else:
        path.write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type")
    with pytest.raises(SourceError, match=told):
        read_pdf(path, Bounds())


def test_more_pages_than_allowed_are_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [_page(number, "Plant more trees") for number in range(1, 4)])
    with pytest.raises(SourceError, match="3 pages"):
        read_pdf(path, Bounds(pages=2))
