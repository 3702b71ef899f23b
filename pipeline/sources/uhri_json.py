"""JSON, streamed: the bulk export of the Universal Human Rights Index, or any list of objects."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import ijson

from pipeline.sources.decoding import Decoding
from pipeline.sources.grid import cut, header_key
from pipeline.sources.record import Limits, Record, SourceError
from pipeline.sources.spreadsheet import cell_text
from pipeline.sources.tally import Tally
from pipeline.sources.uhri import FIELDS, UNUSED, records_of
from pipeline.sources.values import labels, lines
from pipeline.states import States

_READ = 1 << 16
_DEEPEST = 2000  # brackets opened and not closed in one read, those in texts included; real files stay below 20


@dataclass(slots=True)
class _Utf8:
    """A binary view, for the parser, of a text file in any encoding."""

    file: IO[str]
    depth: int = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next characters as UTF-8.

        Raises:
            ijson.JSONError: objects are nested so deep that the parser's memory would explode.
        """
        text = self.file.read(size)
        opened = text.count("[") + text.count("{") - text.count("]") - text.count("}")
        self.depth += opened
        if opened > _DEEPEST or self.depth > 5 * _DEEPEST:
            raise ijson.JSONError("objects nested too deep")
        return text.encode("utf-8", "replace")


def objects(path: Path, decoding: Decoding) -> Iterator[Any]:
    """Yield the members of the array in a JSON file one by one: the outermost one, or the first in an object.

    Objects that follow one another without an array (JSON lines) are yielded as they come.

    Raises:
        SourceError: the file is cut off or no JSON; what came before has been yielded.
    """
    number = 0
    try:
        prefix = _prefix(path, decoding)
        with path.open(encoding=decoding.codec, errors=decoding.errors) as file:
            for number, item in enumerate(  # noqa: B007 - told when the parser stops
                ijson.items(_Utf8(file), prefix, use_float=True, multiple_values=not prefix, buf_size=_READ), start=1
            ):
                yield item
    except (ijson.JSONError, UnicodeDecodeError) as error:
        problem = str(error).strip().splitlines()[0]
        remedy = "The records before it are read. The file is cut off or damaged: download it again"
        if any(f" {word}" in str(error) or f":{word}" in str(error) for word in ("NaN", "Infinity", "-Infinity")):
            remedy = "The records before it are read. NaN and Infinity are no JSON: export the file again with null in their place"
        raise SourceError(path, f"after record {number}", f"the JSON breaks off ({problem})", remedy) from error


def _prefix(path: Path, decoding: Decoding) -> str:
    """Return where ijson finds the records: "item", "<key>.item", or "" for objects one after the other."""
    with path.open(encoding=decoding.codec, errors=decoding.errors) as file:
        opened = ""
        for prefix, event, _ in ijson.parse(_Utf8(file), multiple_values=True, buf_size=_READ):
            if event == "start_array" and not prefix:
                return "item"
            if event == "start_map" and opened and prefix == f"{opened}.item":
                return f"{opened}.item"
            if event == "start_array" and "." not in prefix:
                opened = prefix
            elif event == "end_map" and not prefix:
                return ""
    return ""


def read_object(row: int, item: Any, states: States, limits: Limits, tally: Tally) -> Iterator[Record]:
    """Yield the records of one object of the bulk export; lists and scalars are taken alike."""
    if not isinstance(item, dict):
        yield Record(source_row=row, skip_reason="not an object with named fields")
        return
    text = ""
    values: dict[str, list[str]] = {}
    for key, value in item.items():
        field = FIELDS.get(header_key(key))
        if field == "text":
            text = cut(cell_text(value), limits.max_cell_characters, row, tally)
        elif field and field not in UNUSED:
            found = labels(list(map(cell_text, value))) if isinstance(value, list) else lines(cell_text(value))
            values[field] = found or values.get(field, [])
    yield from records_of(row, text, values, states, tally)
