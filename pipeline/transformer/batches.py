"""Texts as batches of tokens: texts of like length together, so that little is padding."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

_LENGTH_NOISE = 4.0
"""Tokens by which lengths are shaken before sorting, so that batches differ from epoch to epoch."""


def tokenised(texts: Sequence[str], folder: Path, max_tokens: int) -> list[list[int]]:
    """Return the token ids of each text, cut at `max_tokens`, by the tokenizer of the model `folder`."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


def batches(lengths: NDArray[np.int64], size: int, generator: np.random.Generator) -> list[NDArray[np.int64]]:
    """Return the places of the texts in batches of texts of like length, in random order."""
    order = np.argsort(lengths + generator.uniform(0, _LENGTH_NOISE, len(lengths)), kind="stable")
    cut = [order[start : start + size] for start in range(0, len(order), size)]
    return [cut[at] for at in generator.permutation(len(cut))]


def padded(tokens: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return texts x tokens: the token ids, and a mask that is 1 where there is a token."""
    width = max(len(ids) for ids in tokens)
    token_ids = torch.tensor([[*ids, *[0] * (width - len(ids))] for ids in tokens], dtype=torch.long)
    mask = torch.tensor([[1] * len(ids) + [0] * (width - len(ids)) for ids in tokens], dtype=torch.long)
    return token_ids, mask
