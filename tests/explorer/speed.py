"""How long the explorer takes to open and to filter, by number of recommendations: measured in the browser, from the disk.

    python -m tests.explorer.speed data/processed --rows 41000 120000

Prints milliseconds (median of several runs) and sizes on the disk; docs/explorer.md has what was found.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd

from pipeline.explorer import write_explorer, write_states
from pipeline.paths import Workspace
from pipeline.stages.explore import NEEDED
from pipeline.tables import read_table
from tests.explorer.browser import View, started
from tests.explorer.enlarge import enlarged, only

FILTERS = {
    "one theme": "position=supported&theme=rights-of-the-child",
    "five facets": "cycle=2&position=supported,noted&group=women-girls,children&action=4,5&sdg=5,16",
    "a word": "q=torture",
    "words and facets": "q=violence against women&position=supported&region=WEOG",
    "by ask": "theme=rights-of-the-child&unit=ask",
    "most asked first": "position=supported&sort=asked",
}
READY = """() => UPR.core && document.querySelector('table.plain tbody tr')"""
DRAWN = """address => new Promise(done => {
  if (location.hash === address) return done(0);
  const begin = performance.now();
  location.hash = address;
  const look = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin), 0));
  addEventListener('hashchange', look, {once: true});
})"""


def measured(index: Path, repeat: int) -> dict[str, float]:
    """Return milliseconds by what was done; each the median of `repeat` times."""
    times: dict[str, list[float]] = {}
    with started() as browser:
        for _ in range(repeat):
            view = View(browser, index)
            begin = time.perf_counter()
            view.page.goto(f"{index.as_uri()}#/")
            view.page.wait_for_function(READY)
            times.setdefault("open the first page", []).append(1000 * (time.perf_counter() - begin))
            view.context.close()
            view = View(browser, index)
            begin = time.perf_counter()
            view.page.goto(f"{index.as_uri()}#/search")
            view.page.wait_for_function("() => UPR.core && UPR.core.textsRead === UPR.core.n", timeout=60_000)
            times.setdefault("open the search with all texts", []).append(1000 * (time.perf_counter() - begin))
            view.page.wait_for_function("() => UPR.core.folded && UPR.core.folded.every(Boolean)", timeout=60_000)
            for name, query in FILTERS.items():
                view.page.evaluate(DRAWN, "#/search")
                times.setdefault(name, []).append(view.page.evaluate(DRAWN, f"#/search?{query}"))
                view.page.wait_for_timeout(150)
            view.page.evaluate("location.hash = '#/'")
            begin = time.perf_counter()
            largest = max(
                (index.parent / "explorer" / "data" / "states").iterdir(), key=lambda path: path.stat().st_size
            )
            view.page.evaluate(f"location.hash = '#/state/{largest.stem}'")
            view.page.wait_for_selector("table.asks tbody tr")
            times.setdefault(f"the largest State ({largest.stem})", []).append(1000 * (time.perf_counter() - begin))
            view.context.close()
    return {name: median(found) for name, found in times.items()}


def megabytes(folder: Path) -> float:
    """Return the size of all files in `folder`."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def one_size(tables: dict[str, pd.DataFrame], wanted: int, *, repeat: int, whole: bool) -> dict[str, Any]:
    """Return what was measured with `wanted` recommendations; with `whole` the pages of all States are written too."""
    given = enlarged(tables, wanted)
    states = given["recommendations"]["state_under_review"].value_counts()
    with tempfile.TemporaryDirectory() as name:
        report = Path(name)
        begin = time.process_time()
        write_states(
            given if whole else addressed_to(given, str(states.index[0])), report, themes=18, groups=11, nearest=3
        )
        write_explorer(given, report, metrics={}, run={}, figures={}, rows_per_file=15_000, examples=20)
        found: dict[str, Any] = {"recommendations": len(given["recommendations"]), "States": len(states)}
        if whole:
            found |= {"CPU seconds to write": round(time.process_time() - begin, 1), "MB in all": megabytes(report)}
        assets = report / "explorer" / "data"
        found["MB read to search"] = round(megabytes(assets / "texts") + (assets / "core.js").stat().st_size / 1e6, 1)
        found |= {f"ms: {what}": round(value) for what, value in measured(report / "index.html", repeat).items()}
        return found | {"load of the machine": round(os.getloadavg()[0], 1)}


def addressed_to(tables: dict[str, pd.DataFrame], state: str) -> dict[str, pd.DataFrame]:
    """Return the rows about recommendations to one State."""
    given = tables["recommendations"]
    ids = set(given[given["state_under_review"] == state]["recommendation_id"])
    asks = set(tables["asks"][tables["asks"]["recommendation_id"].isin(ids)]["ask_id"])
    kinds = {"recommendation_id": ids, "left_id": ids, "ask_id": asks}
    return {name: only(frame, kinds) for name, frame in tables.items()}


def main() -> None:
    """Measure each size asked for; print its figures as soon as they are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("processed", type=Path, nargs="?", default=Path("data/processed"))
    parser.add_argument("--rows", type=int, nargs="+", default=[41_000, 120_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--whole", action="store_true", help="write the pages of all States too, and weigh them")
    given = parser.parse_args()
    space = Workspace(processed=given.processed)
    tables = {name: read_table(space.table(name)) for name in NEEDED}
    for wanted in given.rows:
        found = one_size(tables, wanted, repeat=given.repeat, whole=given.whole)
        print(pd.Series(found).to_string(), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
