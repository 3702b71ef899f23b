"""How far a training is, on disk: tensors in one safetensors file, which also names the data and the recipe."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from pipeline.encoder import fingerprint
from pipeline.tables import replacing
from pipeline.transformer.network import TaskNetwork
from pipeline.transformer.recipe import Recipe
from pipeline.transformer.tasks import Task

_REMEDY = "train without --resume to start anew"


class CheckpointError(ValueError):
    """A checkpoint cannot be gone on from: names the file, the reason and the remedy."""


@dataclass
class Training:
    """A training under way: the network, the running average of its weights, the optimiser and the steps done."""

    network: TaskNetwork
    average: TaskNetwork
    optimiser: torch.optim.Optimizer
    step: int = 0


def content_of(
    texts: Sequence[str], tasks: Sequence[Task], folder: Path, recipe: Recipe, start: Mapping[str, Tensor] | None
) -> str:
    """Return a hash of all that decides where a training ends: texts, labels, base model, recipe, weights to start from."""
    digest = hashlib.sha256(json.dumps([fingerprint(folder), asdict(recipe), list(texts)]).encode())
    for task in tasks:
        digest.update(json.dumps([task.name, task.exclusive, task.weight, task.labels.shape]).encode())
        digest.update(task.rows.tobytes() + task.labels.tobytes())
    for name, tensor in (start or {}).items():
        digest.update(name.encode() + tensor.numpy().tobytes())
    return digest.hexdigest()


@dataclass
class Checkpoints:
    """Where a training is kept; `save` at the end of each epoch, and when `due`: after `seconds` without saving."""

    path: Path
    content: str
    seconds: float = 600.0
    _saved: float = field(default_factory=time.monotonic)

    def due(self) -> bool:
        """Return whether the last saving is long enough ago."""
        return time.monotonic() - self._saved >= self.seconds

    def save(self, training: Training) -> None:
        """Write the training, and the state of the random numbers, in one step."""
        tensors = {"random": torch.get_rng_state()}
        for name, network in _networks(training).items():
            tensors.update({f"{name}.{part}": tensor for part, tensor in network.state_dict().items()})
        for at, state in training.optimiser.state_dict()["state"].items():
            tensors.update({f"optimiser.{at}.{part}": tensor for part, tensor in state.items()})
        with replacing(self.path) as temporary:
            save_file(tensors, temporary, metadata={"content": self.content, "step": str(training.step)})
        self._saved = time.monotonic()

    def restore(self, training: Training) -> None:
        """Bring the training, and the random numbers, to where the checkpoint is; without one nothing changes.

        Raises:
            CheckpointError: the file is damaged, or of other data, another base model or another recipe.
        """
        if not self.path.exists():
            return
        try:
            with safe_open(self.path, framework="pt") as file:
                facts = file.metadata() or {}
                tensors: dict[str, Tensor] = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        except SafetensorError as error:
            raise CheckpointError(f"The checkpoint {self.path} is damaged ({error}); {_REMEDY}") from error
        if facts.get("content") != self.content:
            raise CheckpointError(
                f"The checkpoint {self.path} is of other labelled texts, another base model or another recipe "
                f"(train.encoder in the parameters) than those at hand; {_REMEDY}"
            )
        for name, network in _networks(training).items():
            network.load_state_dict(_below(tensors, name))
        _restore_optimiser(training.optimiser, _below(tensors, "optimiser"))
        torch.set_rng_state(tensors["random"])
        training.step = int(facts["step"])


def _networks(training: Training) -> dict[str, TaskNetwork]:
    return {"network": training.network, "average": training.average}


def _below(tensors: dict[str, Tensor], name: str) -> dict[str, Tensor]:
    return {key.removeprefix(f"{name}."): tensor for key, tensor in tensors.items() if key.startswith(f"{name}.")}


def _restore_optimiser(optimiser: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    state: dict[int, dict[str, Tensor]] = {}
    for key, tensor in tensors.items():
        at, part = key.split(".")
        state.setdefault(int(at), {})[part] = tensor
    optimiser.load_state_dict({"state": state, "param_groups": optimiser.state_dict()["param_groups"]})
