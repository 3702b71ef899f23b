"""The charts of a State as Vega-Lite, from the same counts as its page; `figure_files` writes them as SVG and PNG.

Colours are those of the page: Okabe and Ito's blue and a dark ochre, told apart with any colour vision; numbers and
words stand beside them. vl-convert draws without a browser and without the network.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

import altair as alt

from pipeline.explorer.counts import ALL
from pipeline.tables import replacing

Words = Mapping[str, str]
_COLOURS = {
    "supported": "#0072b2",
    "partially_supported": "#8ec5e6",
    "noted": "#a86a00",
    "pending": "#d9d6cf",
    "unknown": "#9aa0a4",
}
_ACCENT, _INK, _SOFT = "#0b5d6b", "#1c2226", "#565e64"
_WIDTH = 560
_ORDER = ["supported", "partially_supported", "noted", "pending", "unknown"]
_MOST_ASKERS = 15
_PNG_SCALE, _PNG_COLOURS = 1.6, 64


def charts(name: str, counts: Mapping[str, Any], words: Words) -> dict[str, alt.Chart | alt.LayerChart]:
    """Return the charts of one State by kind; a kind without numbers is left out.

    Args:
        name: the State's name.
        counts: from `counts.by_cycle`.
        words: the strings of one language.
    """
    drawn = {
        "positions": _positions(counts, words),
        "strength": _strength(counts[ALL], words),
        "askers": _askers(counts[ALL], words),
        "heatmap": _heatmap(counts[ALL], words),
        "goals": _goals(counts[ALL], words),
    }
    return {
        kind: chart.properties(title=_title(f"{name}: {words[f'figure.{kind}']}", subtitle))
        for kind, (chart, subtitle) in drawn.items()
        if chart is not None
    }


def figure_files(name: str, counts: Mapping[str, Any], words: Words, stem: Path) -> list[Path]:
    """Write `<stem>_<kind>.svg` and `.png` unless they show just this already, and return their paths."""
    written = []
    for kind, chart in charts(name, counts, words).items():
        spec = (
            chart.configure_view(stroke=None).configure_axis(labelFontSize=12, titleFontSize=12).to_dict(validate=False)
        )
        svg, png = (stem.with_name(f"{stem.name}_{kind}.{ending}") for ending in ("svg", "png"))
        written += [svg, png]
        digest = hashlib.blake2b(json.dumps(spec, sort_keys=True).encode(), digest_size=12).hexdigest()
        if not (png.exists() and svg.exists() and digest in svg.read_text(encoding="utf-8")):
            _draw(spec, digest, svg, png)
    return written


def _draw(spec: dict[str, Any], digest: str, svg: Path, png: Path) -> None:
    """Write one chart twice; the SVG, written last, bears the digest of what it shows. The PNG has a palette: a tenth."""
    import vl_convert
    from PIL import Image

    drawn = vl_convert.vegalite_to_svg(spec)
    picture = Image.open(io.BytesIO(vl_convert.svg_to_png(drawn, scale=_PNG_SCALE))).convert("RGB")
    with replacing(png) as temporary:
        picture.quantize(_PNG_COLOURS, dither=Image.Dither.NONE).save(temporary, "PNG", optimize=True)
    with replacing(svg) as temporary:
        temporary.write_text(f"{drawn.removesuffix('</svg>')}<desc>{digest}</desc></svg>\n", encoding="utf-8")


def _title(text: str, subtitle: str) -> alt.TitleParams:
    return alt.TitleParams(text=text, subtitle=subtitle, anchor="start", fontSize=16, color=_INK, subtitleColor=_SOFT,
                           subtitleFontSize=12, offset=12)  # fmt: skip


def _colour(words: Words) -> alt.Color:
    named = [words[f"position.{position}"] for position in _ORDER]
    return alt.Color("position:N", title=words["facet.position"], sort=named,
                     scale=alt.Scale(domain=named, range=[_COLOURS[position] for position in _ORDER]))  # fmt: skip


def _stacked(rows: list[dict[str, Any]], words: Words, *, order: list[str], share: bool) -> alt.LayerChart:
    """Return bars of positions, each piece with its number where there is room for it."""
    data = _values(rows)
    stack: Literal["normalize", "zero"] = "normalize" if share else "zero"
    axis = (
        alt.Axis(format="%", title=None) if share else alt.Axis(title=words["unit.recommendation_label"], tickMinStep=1)
    )
    base = alt.Chart(data, width=_WIDTH, height=alt.Step(34)).encode(
        y=alt.Y("row:N", title=None, sort=order, axis=alt.Axis(labelLimit=260)),
        x=alt.X("n:Q", stack=stack, axis=axis),
        order=alt.Order("rank:Q"),
        detail="position:N",
    )
    bars = base.mark_bar(stroke="#ffffff").encode(color=_colour(words))
    bands = alt.X("n:Q", stack=stack, bandPosition=0.5)
    labels = base.mark_text(fontSize=11, fontWeight=600).encode(
        x=bands, text=alt.condition("datum.shown", alt.Text("n:Q", format=","), alt.value("")),
        color=alt.condition("datum.dark", alt.value("#ffffff"), alt.value(_INK)),
    )  # fmt: skip
    return _layered(bars, labels)


def _layered(*charts: alt.Chart) -> alt.LayerChart:
    return cast(alt.LayerChart, alt.layer(*charts))


def _values(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _pieces(row: str, answers: Mapping[str, int], words: Words, most: int) -> list[dict[str, Any]]:
    return [
        {
            "row": row, "position": words[f"position.{position}"], "n": answers[position], "rank": rank,
            "shown": answers[position] >= 0.03 * most, "dark": position in ("supported", "noted"),
        }
        for rank, position in enumerate(_ORDER) if answers.get(position)
    ]  # fmt: skip


def _positions(counts: Mapping[str, Any], words: Words) -> tuple[alt.LayerChart | None, str]:
    cycles = [name for name in counts if name != ALL]
    most = max((counts[name]["recommendations"] for name in cycles), default=0)
    rows, order = [], []
    for name in cycles:
        years = ", ".join(str(year) for year in counts[name]["years"])
        order.append(f"{words[f'cycle.{name}']} ({years})")
        rows += _pieces(order[-1], counts[name]["positions"], words, most)
    return (_stacked(rows, words, order=order, share=False) if rows else None), words["figure.positions_unit"]


def _strength(counts: Mapping[str, Any], words: Words) -> tuple[alt.LayerChart | None, str]:
    rows, order = [], []
    for label in ["5", "4", "3", "2", "1"]:
        if answers := counts["actions"].get(label):
            order.append(f"{words[f'action.{label}']} ({sum(answers.values())})")
            rows += _pieces(order[-1], answers, words, sum(answers.values()))
    return (_stacked(rows, words, order=order, share=True) if rows else None), words["figure.strength_unit"]


def _askers(counts: Mapping[str, Any], words: Words) -> tuple[alt.LayerChart | None, str]:
    first = counts["askers"][:_MOST_ASKERS]
    rows = []
    for _, name, n, supported in first:
        rows += _pieces(name, {"supported": supported, "unknown": 0, "noted": 0}, words, first[0][2])
        if n > supported:
            other = {"row": name, "position": words["figure.not_supported"], "n": n - supported, "rank": 9,
                     "shown": n - supported >= 0.03 * first[0][2], "dark": False}  # fmt: skip
            rows.append(other)
    if not rows:
        return None, ""
    chart = _stacked(rows, words, order=[name for _, name, *_ in first], share=False)
    named = [words["position.supported"], words["figure.not_supported"]]
    colour = alt.Color("position:N", title=words["facet.position"], sort=named,
                       scale=alt.Scale(domain=named, range=[_COLOURS["supported"], "#cfcbc1"]))  # fmt: skip
    chart.layer[0].encoding.color = colour
    return chart, words["figure.askers_unit"].replace("{n}", str(len(counts["askers"])))


def _heatmap(counts: Mapping[str, Any], words: Words) -> tuple[alt.LayerChart | None, str]:
    table = counts["heatmap"]
    themes = [label for _, label, _ in table["themes"]]
    groups = [*(label for _, label, _ in table["groups"]), words["state.no_group"]]
    rows = [
        {"theme": theme, "group": group, "n": n}
        for theme, line in zip(themes, table["cells"], strict=True)
        for group, n in zip(groups, line, strict=True)
        if n
    ]
    if not rows:
        return None, ""
    most = max(row["n"] for row in rows)
    base = alt.Chart(_values(rows), width=alt.Step(46), height=alt.Step(22)).encode(
        x=alt.X("group:N", sort=groups, title=None, scale=alt.Scale(domain=groups),
                axis=alt.Axis(orient="top", labelAngle=-40, labelLimit=190)),
        y=alt.Y("theme:N", sort=themes, title=None, scale=alt.Scale(domain=themes), axis=alt.Axis(labelLimit=260)),
    )  # fmt: skip
    colour = alt.Color("n:Q", scale=alt.Scale(type="sqrt", range=["#f1eee7", _ACCENT], domainMin=0), legend=None)
    cells = base.mark_rect(stroke="#ffffff").encode(color=colour)
    numbers = base.mark_text(fontSize=11).encode(
        text="n:Q", color=alt.condition(f"datum.n > {0.35 * most}", alt.value("#ffffff"), alt.value(_INK))
    )
    return _layered(cells, numbers), words["figure.heatmap_unit"]


def _goals(counts: Mapping[str, Any], words: Words) -> tuple[alt.LayerChart | None, str]:
    order = [f"{goal} {words[f'sdg.{goal}']}" for goal in range(1, 18)]
    rows = [
        {"goal": f"{goal} {words[f'sdg.{goal}']}", "n": n} for goal, (n, _) in counts["goals"].items() if goal.isdigit()
    ]
    if not rows:
        return None, ""
    base = alt.Chart(_values(rows), width=_WIDTH, height=alt.Step(20)).encode(
        y=alt.Y("goal:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(labelLimit=260)),
        x=alt.X("n:Q", title=words["unit.recommendation_label"], axis=alt.Axis(tickMinStep=1)),
    )
    numbers = base.mark_text(align="left", dx=4, fontSize=11, color=_INK).encode(text=alt.Text("n:Q", format=","))
    return _layered(base.mark_bar(color=_ACCENT), numbers), words["figure.goals_unit"]
