"""The encoding of a text file is told from its bytes."""

from pathlib import Path

import pytest

from pipeline.sources.decoding import decoding_of

WORDS = [
    "women’s rights", "the States’ duties", "the “erased” persons", "2006–2010 plan", "Arvandía del Sur", "São Belmo",
    "vis-à-vis Belmora", "the Guaraní people", "l’État examiné à l’étude", "el año próximo", "Côte Dorée", "Länder",
    "“Yo sí puedo”", "coup d'état", "États", "Curaçao", "Ombudsman’s office…",
]  # fmt: skip


@pytest.mark.parametrize("line_end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize(("codec", "label"), [("mac_roman", "mac-roman"), ("cp1252", "windows-1252")])
@pytest.mark.parametrize("words", WORDS)
def test_one_word_tells_mac_roman_from_windows(
    words: str, codec: str, label: str, line_end: str, tmp_path: Path
) -> None:
    text = line_end.join(["To,Text", f"Arvandia,Protect {words} in law", ""])
    path = tmp_path / "file"
    path.write_bytes(text.encode(codec))
    decoding = decoding_of(path)
    assert path.read_bytes().decode(decoding.codec, decoding.errors) == text
    assert decoding.label == label


@pytest.mark.parametrize(
    ("codec", "label"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"),
     ("utf-16-be", "utf-16-be"), ("utf-32", "utf-32"), ("ascii", "utf-8")],
)  # fmt: skip
def test_unicode_is_told_with_and_without_a_mark(codec: str, label: str, tmp_path: Path) -> None:
    text = "To,Text\nArvandia,Protect the people’s wells\n" if codec != "ascii" else "To,Text\nArvandia,Dig wells\n"
    path = tmp_path / "file"
    path.write_bytes(text.encode(codec))
    decoding = decoding_of(path)
    assert path.read_bytes().decode(decoding.codec, decoding.errors) == text
    assert decoding.label == label


def test_stray_bytes_in_utf8_are_read_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes("Côte Dorée, Länder, vis-à-vis\n".encode() + "the people’s wells\n".encode("cp1252"))
    decoding = decoding_of(path)
    assert decoding.label == "utf-8 with 1 stray bytes read as windows-1252"
    assert path.read_text(decoding.codec, decoding.errors).splitlines() == [
        "Côte Dorée, Länder, vis-à-vis",
        "the people’s wells",
    ]


def test_a_character_on_the_border_of_two_reads_is_no_stray(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for shift in range(4):
        path.write_bytes(b"x" * ((1 << 20) - shift) + "’€é".encode() * 10)
        assert decoding_of(path).label == "utf-8"
