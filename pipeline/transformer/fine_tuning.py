"""Fine-tune the network on several labelled sets at once; what is stopped can go on from its last checkpoint."""

import copy
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pipeline.transformer.batches import batches, padded, tokenised
from pipeline.transformer.checkpoints import Checkpoints, Training, content_of
from pipeline.transformer.network import TaskNetwork
from pipeline.transformer.recipe import Recipe, parameter_groups, share_of_rate
from pipeline.transformer.tasks import Places, Task, loss_of

Progress = Callable[[int, int, float], None]

_AVERAGED_EVERY = 5
"""Steps between two takings of the running average: each costs as much as reading all weights."""
_LARGEST_GRADIENT = 1.0
"""Length to which the gradient of all weights is cut."""


@dataclass(frozen=True)
class _Learning:
    """What does not change during a training."""

    tokens: Sequence[Sequence[int]]
    lengths: NDArray[np.int64]
    tasks: Sequence[Task]
    places: Mapping[str, Places]
    recipe: Recipe
    halved: bool

    @property
    def steps_per_epoch(self) -> int:
        return math.ceil(len(self.tokens) / self.recipe.batch_size)

    @property
    def steps(self) -> int:
        return self.steps_per_epoch * self.recipe.epochs


def fine_tune(
    texts: Sequence[str], tasks: Sequence[Task], folder: Path, recipe: Recipe, *,
    start: Mapping[str, Tensor] | None = None, checkpoint: Path | None = None, resume: bool = False,
    every: float = 600.0, progress: Progress = lambda step, steps, loss: None,
) -> TaskNetwork:  # fmt: skip
    """Return the network of the model `folder` after learning `tasks`: the running average of its weights.

    The same texts, tasks and recipe give the same weights, on one machine with the same number of threads.

    Args:
        texts: all texts; tasks name those read for them by place.
        tasks: what the heads learn.
        folder: the base model, in sentence-transformers' layout.
        recipe: the numbers of the training.
        start: weights of a network with the same tasks to go on learning from; the base model's if left out.
        checkpoint: file that the training is kept in, after each epoch and `every` so many seconds.
        resume: go on from the checkpoint, if there is one; otherwise it is overwritten.
        every: seconds between two checkpoints.
        progress: called after each step with the steps done, all steps and the loss of the batch.

    Raises:
        CheckpointError: the checkpoint to go on from is of another training.
    """
    tokens = tokenised(texts, folder, recipe.max_tokens)
    learning = _Learning(
        tokens, np.array([len(ids) for ids in tokens]), tasks, {task.name: task.places(len(texts)) for task in tasks},
        recipe, knows_bfloat16(),
    )  # fmt: skip
    training = _begun(folder, tasks, recipe, start)
    kept = Checkpoints(checkpoint, content_of(texts, tasks, folder, recipe, start), every) if checkpoint else None
    if kept and resume:
        kept.restore(training)
    for epoch in range(training.step // learning.steps_per_epoch, recipe.epochs):
        _learn_epoch(training, learning, epoch, kept, progress)
    return training.average.eval()


def knows_bfloat16() -> bool:
    """Return whether the processor multiplies bfloat16 itself; elsewhere training in it would be slower, not faster."""
    known = torch.cpu.get_capabilities()
    return bool(known.get("avx512_bf16") or known.get("amx_bf16") or known.get("bf16"))


def _begun(folder: Path, tasks: Sequence[Task], recipe: Recipe, start: Mapping[str, Tensor] | None) -> Training:
    torch.manual_seed(recipe.seed)
    network = TaskNetwork(folder, {task.name: task.labels.shape[1] for task in tasks}).train()
    if start is not None:
        network.load_state_dict(start)
    optimiser = torch.optim.AdamW(parameter_groups(network, recipe), weight_decay=recipe.weight_decay, fused=True)
    return Training(network, copy.deepcopy(network), optimiser)


def _learn_epoch(
    training: Training, learning: _Learning, epoch: int, kept: Checkpoints | None, progress: Progress
) -> None:
    """Learn what is left of the epoch."""
    generator = np.random.default_rng([learning.recipe.seed, epoch])
    order = batches(learning.lengths, learning.recipe.batch_size, generator)
    rates = [group["lr"] for group in parameter_groups(training.network, learning.recipe)]
    for batch in order[training.step - epoch * len(order) :]:
        share = share_of_rate(training.step, learning.steps, learning.recipe.warm_up)
        for group, rate in zip(training.optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * share
        loss = _learn(training, learning, batch)
        if kept and (training.step % len(order) == 0 or kept.due()):
            kept.save(training)
        progress(training.step, learning.steps, loss)


def _learn(training: Training, learning: _Learning, batch: NDArray[np.int64]) -> float:
    """Take one step, and return the loss of the batch before it."""
    token_ids, mask = padded([learning.tokens[at] for at in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=learning.halved):
        margins = training.network(token_ids, mask)
    loss = loss_of(margins, learning.tasks, learning.places, batch)
    training.optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(training.network.parameters(), _LARGEST_GRADIENT)
    training.optimiser.step()
    training.step += 1
    if training.step % _AVERAGED_EVERY == 0:
        _average(training, learning.recipe.averaging)
    return float(loss.detach())


def _average(training: Training, averaging: float) -> None:
    """Move the running average towards the weights as they are; at the beginning faster."""
    decay = min(averaging**_AVERAGED_EVERY, (1 + training.step) / (10 + training.step))
    with torch.no_grad():
        torch._foreach_lerp_(list(training.average.parameters()), list(training.network.parameters()), 1 - decay)
