"""Which character encoding a text file is in, decided on all of its bytes without holding them."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_CHUNK = 1 << 20
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LATIN = re.compile(rb"[\xc2-\xc9][\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xe2\x82\xac")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTEXT = re.compile(rb"[\x00-\x7f]{0,3}[\x80-\xff]{1,6}[\x00-\x7f]{0,3}")
_MOST_CONTEXTS = 5000
_NAMES = {"cp1252": "windows-1252", "mac_roman": "mac-roman"}
_BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
]
_FREQUENT = set("éèàáíóúñçãõâêôëïöüäøåœşğșțăČčšžß")
_INITIAL = set("ÉÀÇÖÜÅÁÓÍÑÎÔØ")
_ALONE = set("àáéóèÀÁÉ")
_ODD = set("ƒˆ˜ıﬁﬂΩ∏πµ")
_OPENING, _CLOSING = set("“‘«„¿¡‹"), set("”»›")
_NEUTRAL = set("–—…•·\u00a0°€£§©®™ªº½¼¾²³×±")
_ELIDED, _GENITIVE = set("lLdDnNcCjJsSmMtTu"), set("stldrvm")
_LINE_ENDS = 0.4  # weight of line ends: less than one clear word, as files travel between systems


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to open a text file, and how to say so."""

    codec: str
    errors: str
    label: str


@dataclass(slots=True)
class _Scan:
    """What the bytes of a file are made of."""

    sequences: int = 0
    latin: int = 0
    strays: int = 0
    nul_even: int = 0
    nul_odd: int = 0
    returns: int = 0
    newlines: int = 0
    pairs: int = 0
    contexts: list[bytes] = field(default_factory=list)


def decoding_of(path: Path) -> Decoding:
    """Return the encoding of a text file: by its mark, else UTF-8 where that fits, else the likelier of the others.

    Bytes of Windows-1252 or Mac Roman strewn in a UTF-8 file are read as such, and the label counts them.
    """
    with path.open("rb") as file:
        head = file.read(4)
    for mark, codec, label in _BOMS:
        if head.startswith(mark) and codec != "utf-8-sig":
            return Decoding(codec, "replace", label)
    scan = _scan(path)
    if scan.nul_even + scan.nul_odd > 0.2 * path.stat().st_size:
        codec = "utf-16-be" if scan.nul_even > scan.nul_odd else "utf-16-le"
        return Decoding(codec, "replace", codec)
    utf8 = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    if not scan.strays:
        return Decoding(utf8, "strict", "utf-8")
    codec = likelier(scan.contexts, mac=scan.returns > scan.newlines, windows=scan.pairs > 0)
    if scan.latin + (scan.sequences > 5 * scan.strays) * scan.sequences >= scan.strays or utf8 == "utf-8-sig":
        label = f"utf-8 with {scan.strays} stray bytes read as {_NAMES[codec]}"
        return Decoding(utf8, f"stray_{codec}", label)
    return Decoding(codec, "replace", _NAMES[codec])


def likelier(contexts: list[bytes], *, mac: bool, windows: bool) -> str:
    """Return "mac_roman" or "cp1252", whichever makes better words of bytes above 127 with their neighbours.

    `mac` (bare CR line ends) and `windows` (CR LF) decide where the words do not.
    """
    scores = {"cp1252": _LINE_ENDS * windows, "mac_roman": _LINE_ENDS * mac}
    for codec in scores:
        scores[codec] += sum(_plausibility(context.decode(codec, "replace")) for context in contexts)
    return max(scores, key=lambda codec: scores[codec])


def _plausibility(text: str) -> float:
    """Return how well the characters above 127 fit between their neighbours; below 0 for mojibake."""
    total = 0.0
    for at, char in enumerate(text):
        if char > "\x7f":
            before, after = text[:at], text[at + 1 :] or " "
            total += _letter(char, before, after) if char.isalpha() else _mark(char, before, after)
    return total


def _letter(char: str, before: str, after: str) -> float:
    last = before[-1:]
    if char in _ODD or (char.isupper() and last.islower()):
        return -2.0
    if not last.isalpha() and not after[0].isalpha():
        return 0.0 if char in _ALONE else -2.0
    if char.isupper():
        return -2.0 if last.isalpha() and after[0].islower() else float(char in _INITIAL)
    return 2.0 if char in _FREQUENT else 0.5


def _mark(char: str, before: str, after: str) -> float:
    last, inside = before[-1:], before[-1:].isalpha() and after[0].isalpha()
    if char == "’":
        begins = not before[-2:-1].isalpha() or before[-2:].lower() == "qu"
        elided = last in _ELIDED and begins and after[0].isalpha()
        plural = last in "sS" and before[-2:-1].isalpha() and not after[0].isalpha()
        return 3.0 if (inside and after[0] in _GENITIVE) or elided or plural else 0.5 * last.isalnum()
    if char in _OPENING:
        return 2.0 if not last.isalnum() and not after[0].isspace() else -1.0
    if char in _CLOSING:
        return 2.0 if not after[0].isalnum() and not last.isspace() else -1.0
    if char == "…" and after[0].isalnum():
        return -1.0
    return -1.5 if inside or char not in _NEUTRAL else 1.0


def _scan(path: Path) -> _Scan:
    scan, offset = _Scan(), 0
    for chunk in _chunks(path):
        scan.returns += chunk.count(b"\r")
        scan.newlines += chunk.count(b"\n")
        scan.pairs += chunk.count(b"\r\n")
        if b"\x00" in chunk:
            scan.nul_even += chunk[offset % 2 :: 2].count(b"\x00")
            scan.nul_odd += chunk[1 - offset % 2 :: 2].count(b"\x00")
        if not chunk.isascii():
            _scan_high(chunk, scan)
        offset += len(chunk)
    return scan


def _scan_high(chunk: bytes, scan: _Scan) -> None:
    try:
        more = len(chunk) - len(chunk.decode("utf-8"))
        scan.sequences += more
        scan.latin += more
    except UnicodeDecodeError:
        rest, sequences = _UTF8.subn(b"  ", chunk)
        scan.sequences += sequences
        scan.latin += len(_LATIN.findall(chunk))
        scan.strays += len(_HIGH.findall(rest))
        scan.contexts.extend(_CONTEXT.findall(rest)[: _MOST_CONTEXTS - len(scan.contexts)])


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes in pieces that do not cut a character of UTF-8 in two."""
    rest = b""
    with path.open("rb") as file:
        while more := file.read(_CHUNK):
            chunk = rest + more
            begun = next((n for n in range(1, 4) if n < len(chunk) and chunk[-n] >= 0xC0), 0)
            rest = chunk[len(chunk) - begun :]
            yield chunk[: len(chunk) - begun]
    yield rest


def _register(codec: str) -> None:
    """Make `errors="stray_<codec>"` read the bytes that are no UTF-8 in `codec`."""

    def stray(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(codec, "replace"), error.end

    codecs.register_error(f"stray_{codec}", stray)


for _codec in _NAMES:
    _register(_codec)
