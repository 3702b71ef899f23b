"""What a document of a review says of itself: symbol, State, session, date, draft or final, kind."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from pipeline.sources.lines import Document
from pipeline.states import State, States
from pipeline.text import fold

Kind = Literal["working_group_report", "addendum", "other"]

_SYMBOL = re.compile(
    r"A/HRC/(?:WG\.\s?6/\d+/(?:[A-Z]{3}/\d+|L\.\d+)|DEC/\d+/\d+|\d+/\d+)(?:/(?:Add|Rev|Corr)\.\s?\d+)*", re.IGNORECASE
)
_PREPARED = re.compile(r"A/HRC/WG\.\s?6/(\d{1,3})/([A-Z]{3})/\d")
_SESSION = re.compile(
    r"(?:held its|celebró su|a tenu sa)\s+([\w\s\-éèíó]{3,40}?)\s+(?:session|período de sesiones|periodo de sesiones)",
    re.IGNORECASE,
)
_REVIEWED = re.compile(
    r"(?:the review of|el examen de(?:l)?|examen (?:concernant|de)(?: l[ae’'])?)\s+(.{3,80}?)\s+"
    r"(?:was held|took place|se llevó|se realizó|tuvo lugar|a eu lieu)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(\d{1,2})(?:er)?\s+(?:de\s+)?([A-Za-zéûà]{3,10})\s+(?:de\s+)?(\d{4})\b")
_DRAFT = re.compile(r"\bunedited version\b|\bversión (?:sin editar|no editada)\b|\bversion non éditée\b", re.IGNORECASE)
_MONTHS = (
    ("january", "enero", "janvier"), ("february", "febrero", "fevrier"), ("march", "marzo", "mars"),
    ("april", "abril", "avril"), ("may", "mayo", "mai"), ("june", "junio", "juin"), ("july", "julio", "juillet"),
    ("august", "agosto", "aout"), ("september", "septiembre", "septembre"), ("october", "octubre", "octobre"),
    ("november", "noviembre", "novembre"), ("december", "diciembre", "decembre"),
)  # fmt: skip
_UNITS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
]  # fmt: skip
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60}
_TITLE = re.compile(
    r"\b(?:addendum|adición|additif)\b|^views on conclusions|^opiniones sobre|^observations sur les", re.IGNORECASE
)
_REPORT = re.compile(
    r"report of the working (?:group )?on the universal|working group on the universal periodic review.{0,200}held its|"
    r"informe del grupo de trabajo sobre el examen|"
    r"rapport du groupe de travail sur l",
    re.IGNORECASE,
)
_FIRST_LINES = 80  # a cover page and the beginning of the introduction


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; None where it does not."""

    kind: Kind
    symbol: str | None
    state_raw: str | None
    session: int | None
    date: str | None
    is_draft: bool

    @property
    def parent_symbol(self) -> str | None:
        """Symbol of the report an addendum belongs to; of other documents their own."""
        return re.sub(r"/(?:Add|Corr|Rev)\..*$", "", self.symbol) if self.symbol else None


def read_metadata(document: Document, states: States) -> Metadata:
    """Return what the cover, the margins and the introduction of `document` say."""
    cover = [line.text for line in document.lines if line.page <= 1][:_FIRST_LINES]
    start = " ".join(line.text for line in document.lines[: 3 * _FIRST_LINES])
    symbol = _symbol(cover, document.margins, start)
    state = _state_on_cover(cover, states) or _state_in_text(start, states) or _state_prepared(start, states)
    heading = " ".join(cover)
    draft = bool(symbol and "/L." in symbol) or bool(_DRAFT.search(heading + " ".join(document.margins[:20])))
    return Metadata(_kind(symbol, cover, start), symbol, state, _session(start), _date(cover, heading), draft)


def _kind(symbol: str | None, cover: list[str], start: str) -> Kind:
    """Return the kind of document."""
    if symbol and re.search(r"/DEC/|WG\.6/\d+/[A-Z]{3}/\d", symbol):
        return "other"
    if (symbol and "/Add." in symbol) or any(_TITLE.search(line) for line in cover):
        return "addendum"
    return "working_group_report" if _REPORT.search(start) or (symbol and "/L." in symbol) else "other"


def _symbol(cover: list[str], margins: tuple[str, ...], start: str) -> str | None:
    """Return the document's own symbol: beside "United Nations", most frequent in the margins, first on the cover."""
    beside = re.search(rf"(?:United Nations|Naciones Unidas|Nations Unies)\s+({_SYMBOL.pattern})", " ".join(cover))
    if beside:
        return _plain(beside[1])
    running = Counter(_plain(match) for text in margins for match in _SYMBOL.findall(text))
    if running:
        return max(running, key=lambda symbol: (running[symbol], len(symbol)))
    return next((_plain(match) for text in (*cover, start) for match in _SYMBOL.findall(text)), None)


def _plain(symbol: str) -> str:
    """Return a symbol without spaces, written as the United Nations do."""
    tight = re.sub(r"\s", "", symbol)
    return re.sub(r"/(add|rev|corr|l)\.", lambda match: f"/{match[1].capitalize()}.", tight, flags=re.IGNORECASE)


def _state_on_cover(cover: list[str], states: States) -> str | None:
    """Return the State whose name stands alone on the cover, on one line or two."""
    plain = [re.sub(r"[*∗†\d]+$", "", text).strip() for text in cover]
    for first, second in zip(plain, [*plain[1:], ""], strict=True):
        for name in (f"{first} {second}".strip(), first):
            if name[:1].isupper() and len(name) > 3 and states.find(name):
                return name
    return None


def _state_in_text(start: str, states: States) -> str | None:
    """Return the State of "the review of ... was held"."""
    match = _REVIEWED.search(start)
    return match[1] if match and states.find(match[1]) else None


def _state_prepared(start: str, states: States) -> str | None:
    """Return the State of the documents prepared for the review: A/HRC/WG.6/15/MNE/1."""
    codes = Counter(code for _, code in _PREPARED.findall(start))
    state: State | None = states.by_iso3(codes.most_common(1)[0][0]) if codes else None
    return state.name if state else None


def _session(start: str) -> int | None:
    """Return the Working Group session: of the documents prepared for it, else as the introduction words it."""
    numbers = Counter(int(number) for number, _ in _PREPARED.findall(start))
    if numbers:
        return numbers.most_common(1)[0][0]
    match = _SESSION.search(start)
    return _ordinal(match[1]) if match else None


def _ordinal(words: str) -> int | None:
    """Return the number of "fifteenth", "twenty-first" or "21st"."""
    if digits := re.match(r"\s*(\d{1,3})", words):
        return int(digits[1])
    parts = fold(words).split()
    tens = next((value for stem, value in _TENS.items() if parts[0] in (f"{stem}y", f"{stem}ieth")), 0)
    last = parts[-1]
    return tens + (_UNITS.index(last) + 1 if last in _UNITS else 0) or None


def _date(cover: list[str], heading: str) -> str | None:
    """Return the day of the document, ISO 8601: the date below "Distr.: General"."""
    after = heading.split("General", 1)[-1] if any("Distr" in text for text in cover) else heading
    for text in (after, heading):
        for day, month, year in _DATE.findall(text):
            number = next((at for at, names in enumerate(_MONTHS, start=1) if fold(month) in names), None)
            if number and 1 <= int(day) <= 31:
                return f"{year}-{number:02d}-{int(day):02d}"
    return None
