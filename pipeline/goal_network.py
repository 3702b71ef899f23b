"""Which goals a text on development treats: small networks side by side, each goal decided for itself.

One hidden layer of a few hundred units, several trainings from different seeds averaged. It holds numbers only: no word
of a text is kept. Trained with torch, run by two matrix products.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_UNITS = 256
_DROPPED = 0.5
"""Share of hidden units left out in each step; .3 was slightly worse on indicators, no hidden layer on everything."""
_DROPPED_INPUTS = 0.1
_EPOCHS = 25
_BATCH = 64
_RATE = 2e-3
_DECAY = 0.05


@dataclass(frozen=True)
class GoalNetwork:
    """`inside` is inputs x units and `outside` units x goals, the units of all trainings together."""

    inside: NDArray[np.float32]
    inside_bias: NDArray[np.float32]
    outside: NDArray[np.float32]
    outside_bias: NDArray[np.float32]

    def margins(self, inputs: Floats) -> Floats:
        """Return texts x goals: log-odds before calibration."""
        units = np.maximum(inputs.astype(np.float32) @ self.inside + self.inside_bias, 0)
        return np.asarray(units @ self.outside + self.outside_bias, dtype=np.float64)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the numbers of the network as plain arrays, the large ones in 16 bits."""
        return {"inside": self.inside.astype(np.float16), "inside_bias": self.inside_bias,
                "outside": self.outside.astype(np.float16), "outside_bias": self.outside_bias}  # fmt: skip


def restore(arrays: Mapping[str, NDArray[np.generic]]) -> GoalNetwork:
    """Return the network that `arrays` took apart."""
    names = ("inside", "inside_bias", "outside", "outside_bias")
    return GoalNetwork(*(np.asarray(arrays[name], dtype=np.float32) for name in names))


def fit(inputs: Floats, right: Flags, weights: Floats, *, seeds: Sequence[int]) -> GoalNetwork:
    """Return the network of labelled texts, one training a seed; the same seeds and texts give the same network.

    `right` and `weights` are texts x goals: what each decision counts, 0 where the label says nothing.
    """
    parts = [_trained(inputs, right, weights, seed) for seed in seeds]
    inside, inside_bias, outside, outside_bias = zip(*parts, strict=True)
    shared = np.asarray(np.vstack(outside) / len(parts), dtype=np.float32)
    return GoalNetwork(np.hstack(inside), np.concatenate(inside_bias), shared,
                       np.mean(outside_bias, axis=0, dtype=np.float32))  # fmt: skip


def _trained(inputs: Floats, right: Flags, weights: Floats, seed: int) -> tuple[NDArray[np.float32], ...]:
    import torch
    from torch import nn

    def loss_of(rows: NDArray[np.int64]) -> torch.Tensor:
        each = nn.functional.binary_cross_entropy_with_logits(network(x[rows]), y[rows], reduction="none")
        return (each * w[rows]).mean()

    x, y, w = (torch.tensor(np.asarray(part, dtype=np.float32)) for part in (inputs, right, weights))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        hidden, out = nn.Linear(x.shape[1], _UNITS), nn.Linear(_UNITS, y.shape[1])
        network = nn.Sequential(nn.Dropout(_DROPPED_INPUTS), hidden, nn.ReLU(), nn.Dropout(_DROPPED), out)
        optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
        steps = _EPOCHS * -(-len(x) // _BATCH)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
        order = np.random.default_rng(seed)
        for _ in range(_EPOCHS):
            shuffled = order.permutation(len(x))
            for start in range(0, len(x), _BATCH):
                optimizer.zero_grad()
                loss_of(shuffled[start : start + _BATCH]).backward()  # type: ignore[no-untyped-call]
                optimizer.step()
                schedule.step()
    return (hidden.weight.detach().numpy().T.copy(), hidden.bias.detach().numpy().copy(),
            out.weight.detach().numpy().T.copy(), out.bias.detach().numpy().copy())  # fmt: skip
