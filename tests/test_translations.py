"""Translations: the template, what is wrong told by file and line, files that only grow, what is shown."""

import pandas as pd
import pytest

from pipeline.translations import (
    COLUMNS,
    TranslationError,
    append,
    read_file,
    read_translations,
    settled,
    shown,
    template,
)

HEAD = ",".join(COLUMNS) + "\n"
GOOD = "aaaaaa000001,Build a bridge,sw,Jenga daraja,human,A. Translator,2024-05-31\n"
TEXTS = pd.DataFrame({"recommendation_id": ["aaaaaa000001", "aaaaaa000002"], "text": ["Build a bridge", "=SUM(1)"]})


def file(folder, text, name="one.csv", encoding="utf-8-sig"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def table(folder):
    return settled(read_translations(folder)[0], TEXTS)


def test_the_template_comes_back_as_it_was_filled_in(tmp_path):
    rows = template(TEXTS).assign(
        language="SW", translation="Jenga daraja", kind="Human", translator="A", date="2024-05-31"
    )
    path = tmp_path / "filled.csv"
    rows.assign(text=["Build a bridge", "'=SUM(1)"]).to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    found = read_file(path)
    assert found["text"].tolist() == TEXTS["text"].tolist(), "without the apostrophe that kept it from running"
    assert found[["language", "kind"]].drop_duplicates().values.tolist() == [["sw", "human"]]
    assert found["source_line"].tolist() == [2, 3]


def test_lines_without_translation_are_still_to_be_done(tmp_path):
    assert read_file(file(tmp_path, HEAD + GOOD + "aaaaaa000002,Build a road,,,,,\n"))[
        "recommendation_id"
    ].tolist() == ["aaaaaa000001"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (GOOD.replace("sw", "Swahili!"), "language 'swahili!'"),
        (GOOD.replace("human", "unofficial"), "kind 'unofficial'; write official, human or machine"),
        (GOOD.replace("A. Translator", ""), "no translator"),
        (GOOD.replace("2024-05-31", "31.5.2024"), "'31.5.2024' is no day"),
        (GOOD.replace("aaaaaa000001", "first one"), "'first one' is no recommendation_id"),
        (GOOD.replace("Build a bridge", ""), "no text"),
        (GOOD.replace("Build a bridge", "Build, then mend"), "more cells than columns"),
    ],
)
def test_a_wrong_line_is_told_by_file_and_line(tmp_path, line, told):
    text = HEAD + GOOD.replace("Jenga daraja", '"Jenga\ndaraja"') + line
    with pytest.raises(TranslationError) as error:
        read_file(file(tmp_path, text))
    assert "one.csv line 4: " in str(error.value), "a cell of two lines counts as two"
    assert told in str(error.value)


def test_a_file_in_another_encoding_or_without_columns_is_told(tmp_path):
    with pytest.raises(TranslationError, match="not UTF-8"):
        read_file(file(tmp_path, HEAD + GOOD.replace("Jenga", "Jengá"), encoding="cp1252"))
    with pytest.raises(TranslationError, match="lacks the columns kind"):
        read_file(file(tmp_path, HEAD.replace("kind", "sort") + GOOD))


def test_one_bad_file_does_not_hide_the_others(tmp_path):
    file(tmp_path, HEAD + GOOD, "good.csv")
    file(tmp_path, HEAD + GOOD.replace("human", "?"), "bad.csv")
    rows, problems = read_translations(tmp_path)
    assert rows["source_file"].tolist() == ["good.csv"]
    assert len(problems) == 1
    assert "bad.csv line 2" in problems[0]


def test_the_last_line_of_each_kind_stands_and_the_most_trusted_is_shown(tmp_path):
    later = GOOD.replace("2024-05-31", "2024-06-01").replace("Jenga daraja", "Jenga madaraja")
    machine = GOOD.replace("human", "machine").replace("2024-05-31", "2025-01-01")
    file(tmp_path, HEAD + later + GOOD + machine)
    found = table(tmp_path)
    assert found[["kind", "translation", "is_shown"]].values.tolist() == [
        ["human", "Jenga madaraja", True],
        ["machine", "Jenga daraja", False],
    ]
    assert shown(found) == {"aaaaaa000001": [("sw", "human", "Jenga madaraja")]}


def test_a_translation_of_an_earlier_text_is_kept_and_not_shown(tmp_path):
    file(tmp_path, HEAD + GOOD.replace("Build a bridge", "Build a tower") + GOOD.replace("human", "machine"))
    found = table(tmp_path).set_index("kind")
    assert found["is_current"].to_dict() == {"human": False, "machine": True}
    assert found["is_shown"].to_dict() == {"human": False, "machine": True}


def test_what_is_imported_twice_is_added_once_and_earlier_lines_stay(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    first = read_file(file(tmp_path, HEAD + GOOD))
    assert append(kept, first)[0] == 1
    before = (kept / "imported.csv").read_bytes()
    assert append(kept, first) == (0, None)
    second = read_file(file(tmp_path, HEAD + GOOD + GOOD.replace("Jenga", "Jenga upya")))
    assert append(kept, second)[0] == 1
    assert (kept / "imported.csv").read_bytes().startswith(before)
    assert len(read_translations(kept)[0]) == 2


def test_joiners_that_a_script_needs_stay(tmp_path):
    persian = "می\u200cسازیم"
    assert read_file(file(tmp_path, HEAD + GOOD.replace("Jenga daraja", persian)))["translation"].item() == persian


def test_no_translations_make_an_empty_table(tmp_path):
    assert table(tmp_path).empty
    assert shown(table(tmp_path)) == {}
