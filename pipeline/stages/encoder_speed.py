"""How fast the encoder is as released, and as the network it was made from. No stage of its own."""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.features import load_features
from pipeline.timing import Stopwatch, peak_megabytes


def speed(released: Path, base: Path, texts: Sequence[str], *, batch_size: int, max_tokens: int) -> dict[str, Any]:
    """Return texts a second, CPU milliseconds a text and peak memory of both on the distinct `texts`, each in a process.

    `int8` is the encoder in the folder `released`, `torch_float32` the network of the folder `base`: same size, and how
    fast it is does not depend on its weights. Loading is not timed, but in the memory.
    """
    distinct = list(dict.fromkeys(texts))
    found: dict[str, Any] = {"texts": len(distinct)}
    for name, measure, folder in (("int8", _int8, released), ("torch_float32", _torch, base)):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            found[name] = pool.submit(measure, folder, distinct, batch_size, max_tokens).result()
    return found


def _int8(folder: Path, texts: Sequence[str], batch_size: int, max_tokens: int) -> dict[str, float]:
    encoder = load_features(folder, batch_size=batch_size)
    encoder.features(texts[:1])
    start = Stopwatch()
    encoder.features(texts)
    return _since(start, len(texts))


def _torch(folder: Path, texts: Sequence[str], batch_size: int, max_tokens: int) -> dict[str, float]:
    from pipeline.transformer.fidelity import full_features
    from pipeline.transformer.network import TaskNetwork

    network = TaskNetwork(folder, {}).eval()
    full_features(network, texts[:1], folder, max_tokens=max_tokens, batch_size=batch_size)
    start = Stopwatch()
    full_features(network, texts, folder, max_tokens=max_tokens, batch_size=batch_size)
    return _since(start, len(texts))


def _since(start: Stopwatch, texts: int) -> dict[str, float]:
    wall, cpu = start.seconds()
    return {
        "texts_per_second": round(texts / wall, 1),
        "cpu_ms_per_text": round(1000 * cpu / texts, 2),
        "peak_mb": peak_megabytes(),
    }
