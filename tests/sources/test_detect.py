"""What a file is, whatever its name; and a clear message for what cannot be read."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.sources import Limits, SourceError, open_source
from pipeline.states import States

TABLE = "Text,State under review,Recommending States\n" + "Dig wells,Arvandia,Chad\n" * 3


def problem(read: Callable, content: bytes | str | Path) -> str:
    """Return the message of the error that reading gives."""
    with pytest.raises(SourceError) as caught:
        read(content)
    return str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\x00" * 1000])
def test_an_empty_file(content: bytes, read: Callable) -> None:
    assert "the whole file: is empty" in problem(read, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x1f\x8b\x08\x00 packed", "is a gzip archive. Unpack it"),
        (b"{\\rtf1 Dig wells}", "is a rich text document. Open it in a word processor"),
        (b"<html><table><tr><td>Text</td></tr></table></html>", "is a web page or XML"),
        (b'<?xml version="1.0"?><Workbook/>', "is a web page or XML"),
        (bytes(range(1, 255)) * 40, "is neither text nor of any known kind"),
        (b"PK\x03\x04 cut off", "is a damaged archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "is an Office file that was cut off or damaged"),
        (b"PAR1 cut off", "the file: "),
        (b"[" * 200_000, "objects nested too deep"),
        (b'[{"Text": "Dig', "after record 0: the JSON breaks off"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_say_why_and_what_to_do(content: bytes, said: str, read: Callable) -> None:
    message = problem(read, content)
    assert said in message
    assert message.startswith("upload, ")


def zipped(**members: bytes | str) -> bytes:
    """Return a zip archive of the members; "__" in a name stands for "/"."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return packed.getvalue()


def test_archives_are_told_apart(read: Callable) -> None:
    assert "is an archive of other files. Unpack it" in problem(read, zipped(notes="<a/>"))
    assert "is an XLSB or OpenDocument file" in problem(read, zipped(content="<a/>"))


def test_a_truncated_workbook(read: Callable, xlsx: Callable, tmp_path: Path) -> None:
    whole = xlsx([TABLE.splitlines()[0].split(","), *[["Dig wells", "Arvandia", "Chad"]] * 500]).read_bytes()
    assert "damaged" in problem(read, whole[: len(whole) // 2])


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read: Callable) -> None:
    bomb = zipped(xl__workbook="<a/>", xl__sheet1=b"<a>" + b" " * (20 << 20) + b"</a>")
    assert "a zip bomb" in problem(read, bomb)
    large = zipped(xl__workbook="<a/>", xl__a=b"0123456789" * (3 << 20), xl__b=b"0123456789" * (3 << 20))
    assert "ingest.max_uncompressed_megabytes" in problem(read, large)


def test_an_xml_bomb_is_refused(read: Callable) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
    message = problem(read, zipped(xl__workbook=laughs))
    assert "declares XML entities" in message


def compound_file(*streams: str) -> bytes:
    """Return an OLE compound file with empty top-level streams of these names."""
    end, fat_sector = 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, end, 0, end, 0)  # fmt: skip
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", fat_sector, end, *[0xFFFFFFFF] * 126)

    def entry(name: str, kind: int, right: int, child: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\x00\x00"
        return struct.pack("<64sHBBIII36xIQ", raw, len(raw), kind, 1, 0xFFFFFFFF, right, child, end, 0)

    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    entries = [entry("Root Entry", 5, 0xFFFFFFFF, 1)]
    for at, name in enumerate(names, start=1):
        entries.append(entry(name, 2, at + 1 if at < len(names) else 0xFFFFFFFF, 0xFFFFFFFF))
    return header + fat + b"".join(entries).ljust(512, b"\x00")


def test_an_encrypted_workbook_is_told_from_old_excel_and_old_word(read: Callable) -> None:
    message = problem(read, compound_file("EncryptedPackage", "EncryptionInfo"))
    assert "is encrypted with a password. Open it, remove the password" in message
    assert "of another kind (Mail)" in problem(read, compound_file("Mail"))
    assert "the workbook" in problem(read, compound_file("Workbook"))


def test_documents_go_to_their_reader(
    tmp_path: Path, states: States, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys
    import types

    module = types.ModuleType("pipeline.sources.documents")
    module.open_document = lambda path, *, states, limits: path.name  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline.sources.documents", module)
    prose = "Report of the Working Group\n\n137. The following recommendations, listed below, will be examined:\n" * 9
    for content in (b"%PDF-1.7 ...", zipped(word__document="<a/>"), prose.encode(), compound_file("WordDocument")):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        assert open_source(path, states=states, limits=limits, columns={}) == "table.csv"


def test_names_and_extensions_say_nothing(tmp_path: Path, states: States, limits: Limits) -> None:
    for name in ("a.pdf", "a.json", "a.xlsx", "a"):
        path = tmp_path / name
        path.write_text(TABLE, encoding="utf-8")
        source = open_source(path, states=states, limits=limits, columns={})
        assert source.format == "generic_table"
        assert len(list(source.records)) == 3


def test_an_addendum_saved_as_text_with_tabs_is_a_document(
    tmp_path: Path, states: States, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    monkeypatch.setattr("pipeline.sources.detect._open_document", lambda request: opened.append(request.path.name))
    path = tmp_path / "positions"
    path.write_text("".join(f"50.{number}\tSupported\n" for number in range(1, 20)), encoding="utf-8")
    open_source(path, states=states, limits=limits, columns={})
    assert opened == ["positions"]
