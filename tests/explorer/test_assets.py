"""What the page is made of: libraries as they came, words in every language, scripts that exist."""

import hashlib
import re
from pathlib import Path

import pytest

from pipeline.explorer.assets import HERE, LIBRARIES, SCRIPTS, write_index
from pipeline.explorer.strings import LANGUAGES, StringsError, load_strings
from pipeline.schemas import DIMENSIONS, MECHANISMS, POSITION_SOURCES, POSITIONS, SOURCES, STATUSES

VENDOR = HERE / "vendor"
STATIC = HERE / "static"


def test_libraries_are_those_their_list_names() -> None:
    listed = re.findall(r"^\| (\S+) \| .* \| ([0-9a-f]{16}) \|$", (VENDOR / "README.md").read_text(), re.M)
    files = {
        path.relative_to(VENDOR).as_posix(): path for path in VENDOR.rglob("*") if path.suffix in (".js", ".woff2")
    }
    assert {name for name, _ in listed} == set(files)
    assert {name: hashlib.sha256(files[name].read_bytes()).hexdigest()[:16] for name, _ in listed} == dict(listed)


def test_every_library_comes_with_its_licence() -> None:
    licences = {path.stem for path in (VENDOR / "licences").iterdir()}
    assert {name.removesuffix("-hooks") for name in LIBRARIES} <= licences


def test_every_script_is_loaded_and_small_enough_to_read() -> None:
    assert sorted(SCRIPTS) == sorted(path.stem for path in STATIC.glob("*.js"))
    assert all(len(path.read_text().splitlines()) <= 150 for path in STATIC.iterdir())


def test_no_script_writes_markup_or_reaches_for_the_network() -> None:
    for path in STATIC.glob("*.js"):
        text = path.read_text()
        for banned in (
            "innerHTML",
            "dangerouslySetInnerHTML",
            "insertAdjacentHTML",
            "fetch(",
            "XMLHttpRequest",
            "eval(",
            "http",
        ):
            assert banned not in text, f"{path.name} uses {banned}"


def keys_used() -> set[str]:
    """Return the keys that scripts ask for in full."""
    return {
        key
        for path in STATIC.glob("*.js")
        for key in re.findall(r"""\bt\("([a-z_0-9]+\.[a-z_0-9]+)\"""", path.read_text())
    }


def test_every_word_a_script_asks_for_is_written() -> None:
    words = load_strings()["en"]
    missing = [key for key in sorted(keys_used()) if key not in words and f"{key}_other" not in words]
    assert missing == []


@pytest.mark.parametrize("section, names", [
    ("position", POSITIONS), ("mechanism", MECHANISMS), ("dimension", DIMENSIONS), ("status", STATUSES),
    ("source", [*POSITION_SOURCES, *SOURCES]), ("action", list("012345")), ("sdg", [str(goal) for goal in range(1, 18)]),
])  # fmt: skip
def test_every_value_of_a_vocabulary_has_a_word(section: str, names: list[str]) -> None:
    assert [name for name in names if f"{section}.{name}" not in load_strings()["en"]] == []


def test_places_to_fill_in_are_the_same_in_every_language() -> None:
    strings = load_strings()
    for key, text in strings["en"].items():
        wanted = set(re.findall(r"\{\w+\}", text))
        if not key.endswith("_one"):
            assert all(set(re.findall(r"\{\w+\}", strings[language][key])) == wanted for language in LANGUAGES), key


def test_a_string_without_a_language_is_named(tmp_path: Path) -> None:
    (tmp_path / "strings.yaml").write_text("page:\n  name: {en: Page, fr: Page}\n", encoding="utf-8")
    with pytest.raises(StringsError, match=r"page\.name has en, fr; it needs en, fr, es"):
        load_strings(tmp_path / "strings.yaml")


def test_the_name_of_a_state_is_written_as_text(tmp_path: Path) -> None:
    write_index(tmp_path / "index.html", folder="explorer", states={"XAA": "<b>Arvandia</b>"})
    assert "&lt;b&gt;Arvandia" in (tmp_path / "index.html").read_text(encoding="utf-8")
