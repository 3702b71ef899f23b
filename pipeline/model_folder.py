"""A model on disk: `model.json` says what it is, other files hold its numbers; their hashes are checked when read."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.tables import replacing

DESCRIPTION = "model.json"
ARRAYS = "model.npz"
RULES = "rules.json"
ENCODER = "encoder.onnx"
TOKENIZER = "tokenizer.json"
METRICS = "metrics.json"
PER_LABEL = "per_label.csv"
CONFUSED = "confused.csv"
CURVE = "precision_curve.csv"
LEARNING_CURVE = "learning_curve.csv"
FIGURES = "figures.svg"
OUTCOMES = "outcomes.npz"
CARD = "card.md"
PROMOTION = "promotion.json"

ENCODER_FILES = (DESCRIPTION, ARRAYS, ENCODER, TOKENIZER)
"""What an encoder's folder holds."""

MEASURED_FILES = (METRICS, PER_LABEL, CONFUSED, CURVE, LEARNING_CURVE, FIGURES, OUTCOMES, CARD, PROMOTION)
"""What says how good a model is, and how it came to be released."""

RELEASED_FILES = (DESCRIPTION, ARRAYS, RULES, ENCODER, TOKENIZER, *MEASURED_FILES)
"""What a released folder may hold; other files of a candidate stay behind."""


class ModelError(ValueError):
    """A model folder is missing, incomplete or changed: names the file and the remedy."""


def versions() -> dict[str, str]:
    """Return the versions of what decides a model's numbers."""
    return {name: metadata.version(name) for name in ("numpy", "scipy", "scikit-learn")}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the model's description, which holds the hashes of its other files."""
    return _sha256(folder / DESCRIPTION)


def write_json(path: Path, content: Any) -> None:
    """Write `content` to `path` with sorted keys, in one step."""
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def write(
    folder: Path,
    description: Mapping[str, Any],
    *,
    arrays: Mapping[str, NDArray[np.generic]] | None = None,
    rules: Mapping[str, Any] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> None:
    """Write a model to `folder`; `description` gets the hashes of the files beside it, `files` by their names among them."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    if arrays is not None:
        with replacing(folder / ARRAYS) as temporary, temporary.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
        names.append(ARRAYS)
    if rules is not None:
        write_json(folder / RULES, rules)
        names.append(RULES)
    for name, content in (files or {}).items():
        with replacing(folder / name) as temporary:
            temporary.write_bytes(content)
        names.append(name)
    hashes = {name: _sha256(folder / name) for name in names}
    write_json(folder / DESCRIPTION, {**description, "sha256": hashes})


def read(folder: Path) -> dict[str, Any]:
    """Return the description of the model in `folder`, after checking that its files are those it was saved with.

    Raises:
        ModelError: a file is missing, unreadable or changed.
    """
    path = folder / DESCRIPTION
    remedy = f"Take the folder from version control again, or train with `upr train {folder.name}`"
    try:
        description: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        hashes: dict[str, str] = description["sha256"]
    except FileNotFoundError as error:
        raise ModelError(f"There is no model at {folder}: {DESCRIPTION} is missing. {remedy}") from error
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is not a model's description. {remedy}") from error
    for name, expected in hashes.items():
        if not (folder / name).exists():
            raise ModelError(f"{folder / name} is missing. {remedy}")
        if (found := _sha256(folder / name)) != expected:
            raise ModelError(
                f"{folder / name} is not the file the model was saved with: "
                f"its SHA-256 begins {found[:12]}, {DESCRIPTION} says {expected[:12]}. {remedy}"
            )
    return description


def read_arrays(folder: Path) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a model whose folder `read` has checked."""
    with np.load(folder / ARRAYS, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def read_rules(folder: Path) -> dict[str, Any]:
    """Return the measured rules of a model whose folder `read` has checked."""
    rules: dict[str, Any] = json.loads((folder / RULES).read_text(encoding="utf-8"))
    return rules


def check_measured(candidate: Path) -> None:
    """Check that the candidate is whole and was measured as it is now.

    Raises:
        ModelError: it is incomplete, has not been evaluated, or has changed since.
    """
    read(candidate)
    if missing := [name for name in (METRICS, CARD) if not (candidate / name).exists()]:
        raise ModelError(
            f"{candidate} lacks {', '.join(missing)}: run `upr evaluate {candidate.name}` before promoting it"
        )
    now = fingerprint(candidate)
    if json.loads((candidate / METRICS).read_text(encoding="utf-8")).get("model_sha256", now) != now:
        raise ModelError(
            f"{candidate / METRICS} was measured on another model: {DESCRIPTION} has changed since. "
            f"Run `upr evaluate {candidate.name}` again before promoting it"
        )


def promote(candidate: Path, released: Path) -> list[str]:
    """Copy a measured candidate to `released` and return the names of the files; what stood there is replaced.

    Raises:
        ModelError: see `check_measured`.
    """
    check_measured(candidate)
    names = [name for name in RELEASED_FILES if (candidate / name).exists()]
    for name in names:
        with replacing(released / name) as temporary:
            shutil.copyfile(candidate / name, temporary)
    for name in set(RELEASED_FILES) - set(names):
        (released / name).unlink(missing_ok=True)
    return names
