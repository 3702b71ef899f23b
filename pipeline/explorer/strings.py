"""The words of the pages, in every language they speak: one file, `strings.yaml`."""

from pathlib import Path

import yaml

LANGUAGES = ("en", "fr", "es")
PATH = Path(__file__).with_name("strings.yaml")


class StringsError(ValueError):
    """A string lacks a language or is written twice: names the string."""


def load_strings(path: Path = PATH) -> dict[str, dict[str, str]]:
    """Return language -> key -> text, keys being dotted: `state.repeated`.

    Raises:
        StringsError: a string lacks one of the languages, or has another one.
    """
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for section, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for name, texts in entries.items():
            key = f"{section}.{name}"
            if set(texts) != set(LANGUAGES):
                raise StringsError(f"{path.name}: {key} has {', '.join(texts)}; it needs {', '.join(LANGUAGES)}")
            for language in LANGUAGES:
                found[language][key] = str(texts[language])
    return found
