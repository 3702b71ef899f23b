"""What the page is made of besides data: its frame, its looks and scripts, the libraries, their licences."""

import base64
import shutil
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from pipeline.tables import replacing

HERE = Path(__file__).parent
LIBRARIES = ("preact", "preact-hooks", "htm", "fflate", "minisearch", "tanstack-virtual-core")
"""Files of `vendor/`, each after those it needs; README.md there tells where they come from."""
SCRIPTS = (
    "data", "words", "elements", "marks", "filter", "tally", "address", "citation", "table", "facets", "suggest",
    "home", "state_figures", "state_asks", "state", "frameworks", "recommendation", "ask", "search", "quality", "about",
    "app",
)  # fmt: skip
"""Files of `static/`, each after those it needs."""
_FONTS = {
    ("Source Sans 3", "latin-ext"): "source-sans-3-latin-ext",
    ("Source Sans 3", "latin"): "source-sans-3-latin",
    ("Source Serif 4", "latin-ext"): "source-serif-4-latin-ext",
    ("Source Serif 4", "latin"): "source-serif-4-latin",
}
_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C4",
}


def write_assets(folder: Path) -> None:
    """Write scripts, style, fonts and licences into `folder`."""
    for library in LIBRARIES:
        _copy(HERE / "vendor" / f"{library}.js", folder / "vendor" / f"{library}.js")
    for name in SCRIPTS:
        _copy(HERE / "static" / f"{name}.js", folder / f"{name}.js")
    for path in sorted((HERE / "static").glob("*.css")):
        _copy(path, folder / path.name)
    for path in sorted((HERE / "vendor" / "licences").iterdir()):
        _copy(path, folder / "vendor" / "licences" / path.name)
    with replacing(folder / "fonts.css") as temporary:
        temporary.write_text(fonts(), encoding="ascii")


def fonts() -> str:
    """Return a style sheet with the fonts inside: some browsers refuse font files beside a page opened from a disk."""
    rules = []
    for (family, script), name in _FONTS.items():
        data = base64.b64encode((HERE / "vendor" / "fonts" / f"{name}-wght-normal.woff2").read_bytes()).decode()
        rules.append(
            f'@font-face{{font-family:"{family}";font-style:normal;font-weight:200 900;font-display:swap;'
            f'src:url(data:font/woff2;base64,{data}) format("woff2");unicode-range:{_RANGES[script]}}}'
        )
    return "\n".join(rules) + "\n"


def write_index(path: Path, *, folder: str, states: Mapping[str, str]) -> None:
    """Write the page itself.

    Args:
        path: index.html.
        folder: where its assets are, seen from it.
        states: code and name of the States, named where scripts are switched off.
    """
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    page = environment.get_template("index.html.j2").render(
        folder=folder, libraries=LIBRARIES, scripts=SCRIPTS, states=states
    )
    with replacing(path) as temporary:
        temporary.write_text(page, encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as temporary:
        shutil.copyfile(source, temporary)
