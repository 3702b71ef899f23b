"""Which files of the package a module needs, read from its import statements."""

import ast
from pathlib import Path

from pipeline.paths import ROOT

DISPATCHERS = {"pipeline/__init__.py", "pipeline/stages/__init__.py"}


def _file(module: str) -> Path | None:
    base = ROOT / Path(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.exists()), None)


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return {name for name in names if name.split(".")[0] == "pipeline"}


def closure(module: str) -> set[str]:
    """Return the files below the root that importing `module` reads, lazy imports included."""
    seen: set[str] = set()
    todo = [module]
    while todo:
        path = _file(todo.pop())
        if path is None or (name := path.relative_to(ROOT).as_posix()) in seen:
            continue
        seen.add(name)
        for found in _imported(path):
            parts = found.split(".")
            todo += [".".join(parts[:n]) for n in range(2, len(parts) + 1)]
    return seen - DISPATCHERS
