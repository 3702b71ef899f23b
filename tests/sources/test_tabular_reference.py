"""The real exports: every row read, re-saves alike, no broken characters."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.sources import Limits, Record, SourceError, open_source
from pipeline.states import States

pytestmark = pytest.mark.reference
ROWS = {"1-5.csv": 6094, "1-5.xls": 6094, "6-9.csv": 8343, "10-13.csv": 9047, "14-16.csv": 6777, "voluntary.csv": 947}
WHOLE = Limits(100_000, 2048 << 20)


@pytest.fixture
def records(reference_data: Path, states: States) -> Callable[[str], list[Record]]:
    """Return a function that reads a reference file."""
    return lambda name: list(open_source(reference_data / name, states=states, limits=WHOLE, columns={}).records)


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_every_row_of_upr_info(name: str, rows: int, records: Callable, states: States) -> None:
    found = records(f"upr_info/{name}")
    assert [record.source_row for record in found] == list(range(1, rows + 1))
    assert not any(record.skip_reason for record in found)
    assert all(record.is_pledge == (name == "voluntary.csv") for record in found)
    assert all(record.session and record.source_tags for record in found)
    assert all(states.find(name) for record in found for name in (record.state_raw, *record.recommending_raw))
    if name != "voluntary.csv":
        assert Counter(record.position for record in found).keys() == {"supported", "noted"}


def test_the_mac_roman_resave_is_the_xls_to_the_letter(records: Callable) -> None:
    assert records("upr_info/1-5.csv") == records("upr_info/1-5.xls")


def test_accents_come_out_right(records: Callable) -> None:
    texts = " ".join(record.text for name in ROWS for record in records(f"upr_info/{name}"))
    odd = {char for char in texts if char > "\x7f"}
    assert odd <= set("àáâäãçèéêëíîïñóôöõøúûüÀÁÉÓ’‘“”–—…·ő"), odd
    assert "vis-à-vis" in texts
    assert "lèse-majesté" in texts


def test_both_exports_of_uhri_agree(records: Callable) -> None:
    bulk, search = records("uhri/export-sample-en.json"), records("uhri/export-sample-en.xlsx")
    assert len({record.source_row for record in bulk}) == 502
    assert [replace(record, cycle=None) for record in bulk] == search
    upr = [record for record in bulk if record.mechanism == "upr"]
    assert all(record.paragraph and record.recommending_raw and record.session and record.position for record in upr)
    assert sum(record.skip_reason is not None for record in bulk) == 4


@pytest.mark.parametrize("name", ["joint_workplans.csv", "results_frameworks.csv", "jwp_export_sample.xlsx"])
def test_frameworks_are_no_recommendations(name: str, records: Callable) -> None:
    with pytest.raises(SourceError, match="is not that of a file of recommendations"):
        records(f"un_info/{name}")


def test_half_of_the_xls_is_not_taken_for_the_whole(reference_data: Path, tmp_path: Path, states: States) -> None:
    whole = (reference_data / "upr_info" / "1-5.xls").read_bytes()
    path = tmp_path / "cut.xls"
    for share in (0.3, 0.6, 0.95):
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(SourceError):
            list(open_source(path, states=states, limits=WHOLE, columns={}).records)
