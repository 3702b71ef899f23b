"""Arvandia of tests/moments.py, ready for documents."""

from datetime import date, datetime

import pandas as pd
import pytest

from pipeline.briefs import state_briefs
from pipeline.deliverables.facts import gather
from pipeline.deliverables.state import Options
from pipeline.follow_up import load_rules
from pipeline.milestones import Spans
from pipeline.ministries import Line
from pipeline.paths import ROOT
from pipeline.pending import pending
from pipeline.same_ask import same_ask, with_review
from pipeline.schemas import WorldwideFamilies
from tests.moments import filled, tables

STRENGTHS = {"1": "minimal", "2": "continuing", "3": "considering", "4": "general", "5": "specific"}


@pytest.fixture
def known():
    """Return all tables on Arvandia; two translations of one recommendation, a control character in another."""
    found = tables()
    rules = load_rules(ROOT / "configs" / "follow_up.yaml")
    context = same_ask(found["recommendations"], found["recommending_states"], found["asks"], found["ask_links"])
    labels = with_review(found["labels"], found["tags"])
    found["pending"] = pending(context, found["recommending_states"], labels, WorldwideFamilies.empty(), rules, {})
    found["state_briefs"] = state_briefs(
        context, found["recommending_states"], labels, rules, {"b2": "Outcome 2: Schools"}
    )
    one = {"recommendation_id": "b2", "kind": "official", "translator": "UN", "date": "2024-05-31", "is_current": True,
           "is_shown": True, "source_file": "t.csv", "source_line": 2}  # fmt: skip
    found["translations"] = filled("translations", [
        {**one, "language": "sw", "translation": "Fungua shule mbili"},
        {**one, "language": "ar", "translation": "افتحوا مدرستين في الشمال"},
    ])  # fmt: skip
    texts = found["recommendations"]["text"]
    found["recommendations"] = found["recommendations"].assign(text=texts.mask(texts.str.startswith("Plant"), "Plant \x0btrees\ufffe & <shrubs>"))  # fmt: skip
    return found


@pytest.fixture
def facts(known):
    """Return what the documents say of Arvandia."""
    return gather("XAA", known, STRENGTHS)


@pytest.fixture
def options():
    """Return what documents need beside the tables."""
    order = {"upr-info:environment": 0, "upr-info:international-instruments": 1, "upr-info:right-to-education": 2}
    return Options(
        dimension="themes", layout="cycle_4", order=order, strengths=STRENGTHS,
        ministries=(Line("XAA", "sdg:4", "Ministry of Schools"), Line("XAA", "upr-info:environment", "Ministry of Rivers")),
        ends={33: date(2019, 5, 17)}, spans=Spans(135, 27, 54), written=datetime(2024, 5, 31),
    )  # fmt: skip


def told(element):
    """Return the text of each cell of each row of a Word table, merged cells once."""
    return [list(dict.fromkeys(cell.text for cell in row.cells)) if len({c._tc for c in row.cells}) == 1 else [c.text for c in row.cells] for row in element.rows]  # fmt: skip


def sheet(page):
    """Return the rows of an Excel sheet as values, empty ones left out."""
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    return [row for row in rows if any(value is not None for value in row)]


def ids(texts, known: pd.DataFrame):
    """Return the identifiers that occur in the texts, in order."""
    every = set(known["recommendation_id"])
    return [word.strip(";,.") for text in texts for word in str(text).split() if word.strip(";,.") in every]
