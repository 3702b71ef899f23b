"""From records as written in a source to rows with resolved States, sessions, years and languages."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.language import detect_languages
from pipeline.sessions import Session
from pipeline.sources.record import Record
from pipeline.states import State, States
from pipeline.text import clean, storable

NO_TEXT = "no text"
_YEAR = re.compile(r"\b(19[4-9]\d|20\d\d)\b")


@dataclass(slots=True)
class Standardiser:
    """Resolves the records of one file; remembers the names of States it does not know."""

    source: str
    source_file: str
    states: States
    sessions: Mapping[int, Session]
    min_language_probability: float
    unknown_states: Counter[str] = field(default_factory=Counter)

    def rows(self, records: Sequence[Record]) -> list[dict[str, Any]]:
        """Return one row of the table `Ingested` for each record."""
        texts = [clean(record.text) if record.text else "" for record in records]
        spoken = iter(detect_languages([text for text in texts if text], self.min_language_probability))
        languages = [next(spoken) if text else None for text in texts]
        return [self._row(*parts) for parts in zip(records, texts, languages, strict=True)]

    def _row(self, record: Record, text: str, language: str | None) -> dict[str, Any]:
        session = self.sessions.get(record.session) if record.session else None
        states_position = record.paragraph is not None and record.position is not None
        skip_reason = record.skip_reason or (None if text or states_position else NO_TEXT)
        state = None if skip_reason else self._find(record.state_raw)
        raw = _unique(record.recommending_raw)
        if not skip_reason:
            for name in raw:
                self._find(name)
        row = {
            "source": self.source,
            "source_file": self.source_file,
            "source_row": record.source_row,
            "clause": record.clause,
            "mechanism": record.mechanism,
            "body": record.body,
            "document_symbol": record.document_symbol,
            "paragraph": record.paragraph,
            "session": record.session,
            "cycle": session.cycle if session else record.cycle,
            "year": session.year if session else _year(record.date),
            "state_under_review": state.iso3 if state else None,
            "state_name": state.name if state else record.state_raw,
            "region": state.region if state else None,
            "recommending": json.dumps(raw, ensure_ascii=False),
            "text": text or None,
            "text_original": (record.text_original or record.text or "").strip() or None,
            "language": language,
            "position": record.position,
            "position_source": record.position_source if record.position else None,
            "position_quote": record.position_quote,
            "is_pledge": record.is_pledge,
            "is_provisional": record.is_provisional,
            "source_tags": json.dumps(record.source_tags, ensure_ascii=False),
            "skip_reason": skip_reason,
        }
        return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}

    def _find(self, name: str | None) -> State | None:
        """Return the State; count its name where it is unknown."""
        state = self.states.find(name)
        if name and state is None:
            self.unknown_states[name] += 1
        return state

    def unknown_states_message(self) -> str | None:
        """Return which names are unknown, with the nearest known ones and the remedy."""
        if not self.unknown_states:
            return None
        cases = [
            f"'{name}' ({count}x; nearest: {', '.join(self.states.nearest(name)) or 'none'})"
            for name, count in sorted(self.unknown_states.items())
        ]
        shown = "; ".join(cases[:10]) + (f"; and {len(cases) - 10} more" if len(cases) > 10 else "")
        return f"State names not known: {shown}. Add the spelling to `aliases` in configs/states.csv and run again"


def _unique(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name for name in (clean(name) for name in names) if name))


def _year(date: str | None) -> int | None:
    """Return the first year written in a date, or None."""
    match = _YEAR.search(date or "")
    return int(match[1]) if match else None
