"""The documents of one review as the United Nations publish them: report (PDF), addendum and matrix (DOCX)."""

import io
import textwrap
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import docx
import yaml
from docx.document import Document as WordDocument

from tests.sample.content import HERE, Item, contents, items
from tests.sources.minimal_pdf import Placed, pdf_bytes

REPORT = "costaverda_report.pdf"
ADDENDUM = "costaverda_addendum.docx"
MATRIX = "costaverda_matrix.docx"
DOCUMENTS = (REPORT, ADDENDUM, MATRIX)
BUILT = datetime(2024, 1, 1)
STATED = {"supported": "Supported", "noted": "Noted", "partially_supported": "Partially supported"}
MATRIX_HEADERS = (
    "Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation",
)  # fmt: skip
_LEFT, _INDENT, _TOP, _BOTTOM = 80.0, 110.0, 720.0, 120.0
_LEADING, _SPACE = 13.0, 8.0
_WIDTH = 84


@dataclass(frozen=True)
class Listed:
    """A recommendation of the report: as an entry of the sample, with its position before and after the addendum."""

    item: Item
    before: str
    after: str
    break_after: str = ""

    @property
    def number(self) -> str:
        """Return its number in the report."""
        return self.item.paragraph

    @property
    def printed(self) -> str:
        """Return the request and the States in brackets, as the report prints them."""
        parts = [(clause["text"], clause["from"]) for clause in self.item.clauses] or [
            (self.item.text, self.item.states)
        ]
        return "; ".join(f"{text} ({') ('.join(states)})" for text, states in parts) + ";"


def described() -> dict[str, Any]:
    """Return what the YAML file says of the documents."""
    loaded: dict[str, Any] = yaml.safe_load((HERE / "documents.yaml").read_text(encoding="utf-8"))
    return loaded


def review() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the State under review and the review that the documents belong to."""
    known = described()
    state = next(state for state in contents() if state["state"].casefold() == known["state"])
    return state, next(review for review in state["reviews"] if review["session"] == known["session"])


def listed() -> list[Listed]:
    """Return the recommendations of the report in order."""
    known = described()
    after = {number: position for position, numbers in known["addendum"]["after"].items() for number in numbers}
    return [
        Listed(item, part["position"], after.get(item.paragraph, part["position"]), entry.get("break_after", ""))
        for part in known["report"]["lists"]
        for item, entry in _of_list(part)
    ]


def _of_list(part: dict[str, Any]) -> Iterator[tuple[Item, dict[str, Any]]]:
    """Yield the entries of one list of the report."""
    state, known = review()
    if part.get("of_review"):
        yield from ((item, {}) for item in items(REPORT) if item.symbol == known["symbol"])
    for number, entry in enumerate(part.get("recommendations", ()), start=1):
        clauses = tuple(entry.get("clauses", ()))
        yield Item(
            state=state, text=entry.get("text", ""), symbol=known["symbol"], date=str(known["date"]),
            session=known["session"], paragraph=f"{part['chapter']}.{number}", position=part["position"],
            states=tuple(entry.get("from") or [name for clause in clauses for name in clause["from"]]),
            themes=tuple(entry.get("themes", ())), persons=tuple(entry.get("persons", ())),
            sdgs=tuple(entry.get("sdgs", ())), clauses=clauses,
        ), entry  # fmt: skip


def document_items() -> list[Item]:
    """Return what the documents ask, a clause an entry, and what the State undertakes."""
    state, known = review()
    found = [
        replace(one.item, text=clause["text"], states=tuple(clause["from"]), clauses=())
        for one in listed()
        for clause in one.item.clauses or ({"text": one.item.text, "from": one.item.states},)
    ]
    return [*found, Item(state, described()["report"]["pledge"]["text"], session=known["session"])]


def report_pdf(_file: str) -> bytes:
    """Return the report of the Working Group, with a text layer and the headers and footers of its pages."""
    symbol = review()[1]["symbol"]
    pages = [_cover(symbol), *_set(_report_paragraphs())]
    return pdf_bytes([[*_margins(symbol, number), *page] for number, page in enumerate(pages, start=1)])


def _margins(symbol: str, number: int) -> list[Placed]:
    """Return header and footer of a page."""
    if number == 1:
        return [(_LEFT, 60.0, 8.0, "GE.22-00923(E)")]
    return [(_LEFT, 790.0, 9.0, symbol), (_LEFT, 60.0, 9.0, f"{number}"), (440.0, 60.0, 8.0, "GE.22-00923")]


def _cover(symbol: str) -> list[Placed]:
    """Return the first page."""
    known = described()["report"]
    lines = [
        f"United Nations {symbol}", "General Assembly", "Distr.: General", known["dated"], "Original: English",
        "Human Rights Council", "Report of the Working Group on the Universal Periodic Review",
        review()[0]["state"],
    ]  # fmt: skip
    return [(_LEFT, _TOP - 30 * at, 10.0, line) for at, line in enumerate(lines)]


def _report_paragraphs() -> Iterator[tuple[float, str, str]]:
    """Yield left margin, text and the words to break a line after, of each paragraph below the cover."""
    (state, review_), known = review(), described()["report"]
    name, session, code = state["state"], review_["session"], state["iso3"]
    yield _LEFT, "Introduction", ""
    yield _LEFT, (
        f"1. The Working Group on the Universal Periodic Review held its {known['session_in_words']} session from "
        f"{known['held']}. The review of {name} was held on {known['day']}."
    ), ""  # fmt: skip
    yield _LEFT, f"2. The documents were A/HRC/WG.6/{session}/{code}/1, /2 and /3.", ""
    yield _LEFT, "I. Summary of the proceedings of the review process", ""
    for number, text in enumerate(known["dialogue"], start=3):
        yield _LEFT, f"{number}. {text}", ""
    yield _LEFT, "II. Conclusions and/or recommendations", ""
    printed = listed()
    for part in known["lists"]:
        yield _LEFT, f"{part['chapter']}. {part['chapeau']}", ""
        for one in printed:
            if one.number.startswith(f"{part['chapter']}."):
                yield _INDENT, f"{one.number} {one.printed}", one.break_after
    yield _LEFT, f"{known['closing']['number']}. {known['closing']['text']}", ""
    yield _LEFT, "III. Voluntary pledges and commitments", ""
    yield _LEFT, f"{known['pledge']['number']}. {known['pledge']['text']}", ""
    yield _LEFT, "Annex", ""
    yield _LEFT, f"Composition of the delegation. {known['delegation']}", ""


def _set(paragraphs: Iterator[tuple[float, str, str]]) -> list[list[Placed]]:
    """Return the paragraphs set on pages, a wider gap between two of them; a paragraph may run over a page."""
    pages: list[list[Placed]] = [[]]
    y = _TOP
    for x, text, break_after in paragraphs:
        head, mark, tail = text.partition(break_after) if break_after else ("", "", text)
        for line in [*_wrapped(head + mark), *_wrapped(tail)]:
            if y < _BOTTOM:
                pages.append([])
                y = _TOP
            pages[-1].append((x, y, 10.0, line))
            y -= _LEADING
        y -= _SPACE
    return pages


def _wrapped(text: str) -> list[str]:
    """Return a text in lines; none ends in a hyphen that the text does not have there."""
    return textwrap.wrap(text, _WIDTH, break_on_hyphens=False, break_long_words=False)


def addendum_docx(_file: str) -> bytes:
    """Return the addendum to the report."""
    state, known = review()
    said = described()["addendum"]
    word = docx.Document()
    cover = [
        f"United Nations {known['symbol']}/Add.1", "General Assembly", f"Distr.: General {said['dated']}",
        "Report of the Working Group on the Universal Periodic Review", state["state"], "Addendum", said["title"],
    ]  # fmt: skip
    for text in cover:
        word.add_paragraph(text)
    for number, text in enumerate(said["paragraphs"], start=1):
        word.add_paragraph(f"{number}. {text}")
    return _docx(word)


def matrix_docx(_file: str) -> bytes:
    """Return OHCHR's matrix: a row for each theme, below it the recommendations, some of them several times."""
    state, known = review()
    by_number = {one.number: one for one in listed()}
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = f"UPR of {state['state']} (3rd Cycle – {known['session']}th session)"
    word.add_paragraph("Thematic list of recommendations")
    table = word.add_table(rows=1, cols=len(MATRIX_HEADERS))
    for cell, text in zip(table.rows[0].cells, MATRIX_HEADERS, strict=True):
        cell.text = text
    for theme, numbers in described()["matrix"]["sections"].items():
        cells = table.add_row().cells
        cells[0].merge(cells[-1]).text = f"Theme: {theme}"
        for number in numbers:
            for cell, text in zip(table.add_row().cells, _matrix_row(by_number[number], known["symbol"]), strict=True):
                cell.text = text
    return _docx(word)


def _matrix_row(one: Listed, symbol: str) -> tuple[str, str, str, str]:
    """Return the cells of a recommendation in the matrix."""
    place = f"{symbol}/Add.1" if one.before != one.after else f"{symbol} - Para. {one.number.split('.')[0]}"
    blocks = [("SDGs:", one.item.sdgs), ("Affected persons:", one.item.persons)]
    labels = [f"- {theme}" for theme in one.item.themes]
    for head, known in blocks:
        labels += [head, *(f"- {label}" for label in known)] if known else []
    return f"{one.number} {one.printed}\nSource of position: {place}", STATED[one.after], "\n".join(labels), ""


def _docx(word: WordDocument) -> bytes:
    """Return a document of Word as bytes that do not tell when it was made."""
    properties = word.core_properties
    properties.author, properties.created, properties.modified = "", BUILT, BUILT
    saved, fixed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, BUILT.timetuple()[:6])
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
