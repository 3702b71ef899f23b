"""Treaties and other instruments named in a text, brought to one canonical wording.

The acronym and the full name of a treaty have little in common for a sentence encoder; read as one wording they meet.
`configs/instruments.yaml` says how each is written and how its optional protocols are told apart.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.phrases import PhraseError, regex, required_words
from pipeline.protocols import FIRST_MARK, MARK, ProtocolOf, resolved
from pipeline.text import straighten

_ISSUER = r"(?:(?:the|united nations|un|council of europe|coe)(?:'s)?[\s,-]+){0,3}"
_FIRST_ILO = FIRST_MARK + 0x1000
_NUMBERS = r"\(?\d{1,3}\b\)?(?:(?:\s|,|and|or|&)+(?:nos?\.?\s*)?\(?\d{1,3}\b\)?)*"
_ILO = re.compile(
    r"\b(?:the |core |fundamental |relevant )*(?:ILO|International Labou?r Organi[sz]ation(?:\W{1,3}ILO\b\)?)?)\W{1,3}"
    r"(?:conventions?\W{1,2}|C)?(?:\(?(?:nos?|ns?|numbers?)\b[.°]*\s?)?"
    rf"(?P<numbers>{_NUMBERS})(?:,? of \d{{4}}| \(\d{{4}}\))?|"
    rf"\bconventions? (?:nos?\.?\s?)?(?P<before>{_NUMBERS}) of the "
    r"(?:ILO|International Labou?r Organi[sz]ation(?:\W{1,3}ILO\b\)?)?)",
    re.IGNORECASE,
)
_TWICE = re.compile(rf"({MARK.pattern})(?:[\s(,-]{{1,3}}\1\)?)+")
_ARTICLE = re.compile(rf"\b(?:the|its|their|that|this) (?={MARK.pattern})", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:sign(?:ing)?,? (?:and|and/or|or|and to) )?(?:ratify(?:ing)?|acced(?:e|ing) to|adher(?:e|ing) to|"
    r"becom(?:e|ing) (?:an? )?(?:full |state )?part(?:y|ies) (?:to|of)|be a party to|join(?:ing)?)"
    rf"(?:,? (?:and|or) (?:fully )?(?:to )?(?:acced(?:e|ing) to|ratify(?:ing)?))? (?=(?:the )?{MARK.pattern})",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\b(?:(?:signature|signing) and )?(?:ratification|accession|adherence)(?: (?:and|or) (?:accession|ratification))? "
    rf"(?:of|to) (?=(?:the )?{MARK.pattern})",
    re.IGNORECASE,
)


class InstrumentsError(ValueError):
    """The file of instruments breaks its form: names the entry and the remedy."""


class Instrument(BaseModel):
    """One treaty, protocol, declaration or set of principles; the file says what each field means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=2)
    name: str
    acronyms: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    of: str | None = None
    ordinals: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    default: bool = False
    two: bool = False


class _Phrase(NamedTuple):
    """One wording: its words that must stand in a text, the pattern to try if they do, and whose it is."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]
    mark: str


@dataclass(frozen=True)
class Instruments:
    """All instruments known, ready to be found in texts."""

    entries: tuple[Instrument, ...]
    phrases: tuple[_Phrase, ...] = field(repr=False)
    acronyms: dict[str, str] = field(repr=False)
    acronym: re.Pattern[str] = field(repr=False)
    protocols: dict[str, list[ProtocolOf]] = field(repr=False)
    subjects: list[tuple[re.Pattern[str], str]] = field(repr=False)

    @classmethod
    def of(cls, entries: Iterable[Instrument]) -> "Instruments":
        """Return the registry of `entries`.

        Raises:
            InstrumentsError: an id or an acronym occurs twice, or a protocol belongs to no entry.
            PhraseError: a bracket of a variant is not closed.
        """
        known = tuple(entries)
        marks: dict[str, str] = {}
        acronyms: dict[str, str] = {}
        for number, entry in enumerate(known):
            if entry.id in marks:
                raise InstrumentsError(f"the id '{entry.id}' occurs twice; keep one")
            marks[entry.id] = chr(FIRST_MARK + number)
            for acronym in entry.acronyms:
                if acronyms.setdefault(_bare(acronym), marks[entry.id]) != marks[entry.id]:
                    raise InstrumentsError(f"'{acronym}' of '{entry.id}' already stands for another instrument")
        protocols: dict[str, list[ProtocolOf]] = {}
        for entry in known:
            if entry.of and entry.of not in marks:
                raise InstrumentsError(f"'{entry.id}' is of '{entry.of}', which is no id in the file")
            if entry.of:
                child = ProtocolOf(marks[entry.id], entry.ordinals, entry.default, entry.two)
                protocols.setdefault(marks[entry.of], []).append(child)
        phrases = {_phrase(text, marks[entry.id]) for entry in known for text in entry.variants}
        names = {_phrase(_plain_name(entry.name), marks[entry.id]) for entry in known} - phrases
        spelled = sorted({_spelled(a) for entry in known for a in entry.acronyms}, key=lambda s: (-len(s), s))
        return cls(
            known,
            (*_in_order(phrases), *_in_order(names)),
            acronyms,
            re.compile(rf"(?<![\w-])(?:UN |United Nations )?({'|'.join(spelled)})(?![\w-])"),
            protocols,
            [(re.compile(regex(text), re.IGNORECASE), marks[entry.id]) for entry in known for text in entry.subjects],
        )

    def id_of(self, mark: str) -> str:
        """Return the id behind a mark."""
        number = ord(mark)
        return f"ILO-{number - _FIRST_ILO}" if number >= _FIRST_ILO else self.entries[number - FIRST_MARK].id

    def name_of(self, mark: str) -> str:
        """Return the canonical wording behind a mark."""
        number = ord(mark)
        if number >= _FIRST_ILO:
            return f"ILO Convention {number - _FIRST_ILO}"
        return self.entries[number - FIRST_MARK].name


def load_instruments(path: Path) -> Instruments:
    """Return the instruments of `configs/instruments.yaml`.

    Raises:
        InstrumentsError: the file is no YAML, or an entry breaks its form; see also `Instruments.of`.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return Instruments.of([Instrument.model_validate(entry) for entry in content["instruments"]])
    except (yaml.YAMLError, ValidationError, KeyError, TypeError, InstrumentsError, PhraseError) as error:
        raise InstrumentsError(f"{path}: {error}") from error


def canonicalise(text: str, instruments: Instruments) -> str:
    """Return `text` with each instrument in its canonical wording, and "accede to", "become party to" as "ratify"."""
    before, now = "", text
    while now != before and len(now) < 4 * len(text) + 400:
        before, now = now, _once_canonical(now, instruments)
    return now


def _once_canonical(text: str, instruments: Instruments) -> str:
    marked = _marked(text, instruments)
    if not MARK.search(marked):
        return text
    marked = _VERB.sub(lambda match: "ratifying " if "ing " in match[0] else "ratify ", marked)
    marked = _ARTICLE.sub("", _NOUN.sub("ratification of ", marked))
    if text[:1].isupper():
        marked = marked[:1].upper() + marked[1:]
    return MARK.sub(lambda match: instruments.name_of(match[0]), marked)


def mentioned(text: str, instruments: Instruments) -> frozenset[str]:
    """Return the ids of the instruments that `text` names, protocols resolved."""
    return apart(text, instruments)[0]


def apart(text: str, instruments: Instruments) -> tuple[frozenset[str], str]:
    """Return the ids of the instruments that `text` names, and the text with an asterisk for each.

    The words of a treaty's name say nothing on the act: "Discrimination against Women" in a call to report under CEDAW.
    """
    marked = _marked(text, instruments)
    return frozenset(instruments.id_of(mark) for mark in MARK.findall(marked)), MARK.sub("*", marked)


def in_order(text: str, instruments: Instruments) -> tuple[list[str], str]:
    """Return the ids of the instruments in the order of `text`, and the text with an asterisk for each, as `apart`."""
    marked = _marked(text.replace("*", " "), instruments)
    return [instruments.id_of(mark) for mark in MARK.findall(marked)], MARK.sub("*", marked)


def _marked(text: str, instruments: Instruments) -> str:
    """Return `text` with a mark in place of each instrument."""
    marked = instruments.acronym.sub(lambda match: instruments.acronyms[_bare(match[1])], straighten(text))
    lower = marked.lower()
    for phrase in instruments.phrases:
        if all(word in lower for word in phrase.words):
            marked = phrase.pattern.sub(phrase.mark, marked)
    if "ILO" in marked or "international labo" in lower:
        marked = _ILO.sub(_labour_conventions, marked)
    if MARK.search(marked) or "protocol" in lower:
        marked = _TWICE.sub(
            r"\1", "".join(resolved(_TWICE.sub(r"\1", marked), instruments.protocols, instruments.subjects))
        )
    return marked


def _labour_conventions(match: re.Match[str]) -> str:
    """Return the marks of the ILO conventions in a match of `_ILO`."""
    numbers = re.findall(r"\d+", match["numbers"] or match["before"])
    return " and ".join(chr(_FIRST_ILO + int(number)) for number in numbers)


def _plain_name(name: str) -> str:
    """Return a canonical wording without its article and acronym."""
    return re.sub(r"^the | \([^()]*\)$", "", name)


def _phrase(text: str, mark: str) -> _Phrase:
    """Return a wording compiled; a treaty of another region with the same words is another treaty."""
    pattern = rf"\b(?<!American )(?<!African )(?<!European )(?<!Arab ){_ISSUER}{regex(text)}(?!\w)"
    return _Phrase(required_words(text), re.compile(pattern, re.IGNORECASE), mark)


def _in_order(phrases: Iterable[_Phrase]) -> list[_Phrase]:
    """Return the wordings with the most telling first, whatever their order was."""
    return sorted(phrases, key=lambda phrase: (-len(phrase.words), phrase.pattern.pattern, phrase.mark))


def _bare(acronym: str) -> str:
    """Return an acronym as compared: letters and digits alone."""
    return re.sub(r"[^A-Za-z0-9]", "", acronym)


def _spelled(acronym: str) -> str:
    """Return the pattern of an acronym: a hyphen may be missing, or a space beside it."""
    return re.escape(acronym).replace(r"\-", r"[ -]{0,2}")
