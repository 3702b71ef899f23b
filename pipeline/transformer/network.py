"""MiniLM, pooled by mean and maximum, with one linear head a task."""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn


class TaskNetwork(nn.Module):
    """An encoder whose pooled features serve several tasks at once.

    `tasks` are the names of the heads and how many concepts each has.
    """

    def __init__(self, folder: Path, tasks: Mapping[str, int]) -> None:
        """Load the encoder of a model `folder` in sentence-transformers' layout; the heads start from random weights."""
        from transformers import AutoModel
        from transformers.utils import logging

        super().__init__()
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        self.encoder = AutoModel.from_pretrained(str(folder), local_files_only=True, add_pooling_layer=False)
        width = 2 * int(self.encoder.config.hidden_size)
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(width, count) for name, count in tasks.items()})

    def features(self, token_ids: Tensor, mask: Tensor) -> Tensor:
        """Return texts x features: the mean and the maximum over the tokens of a text, side by side."""
        states = self.encoder(input_ids=token_ids, attention_mask=mask).last_hidden_state
        shown = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * shown).sum(1) / shown.sum(1).clamp(min=1)
        highest = states.masked_fill(shown == 0, -1e4).max(1).values
        return torch.cat([mean, highest], dim=1)

    def forward(self, token_ids: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """Return for each task texts x concepts: the margins of its head."""
        features = self.dropout(self.features(token_ids, mask))
        return {name: head(features) for name, head in self.heads.items()}
