"""How the network is trained: the numbers, and the rates of learning that follow from them."""

from dataclasses import dataclass
from typing import Any

from pipeline.transformer.network import TaskNetwork


@dataclass(frozen=True)
class Recipe:
    """How the network is trained. Rates are of AdamW; the encoder's falls by `layer_decay` a layer downwards."""

    epochs: int = 4
    batch_size: int = 32
    encoder_rate: float = 2e-4
    head_rate: float = 2e-3
    layer_decay: float = 0.9
    warm_up: float = 0.06
    weight_decay: float = 0.01
    averaging: float = 0.998
    max_tokens: int = 160
    seed: int = 20081


def parameter_groups(network: TaskNetwork, recipe: Recipe) -> list[dict[str, Any]]:
    """Return the optimiser's groups: heads at their rate, encoder layers at rates that fall towards the words."""
    layers = network.encoder.encoder.layer
    depth = len(layers)
    groups: list[dict[str, Any]] = [{"params": list(network.heads.parameters()), "lr": recipe.head_rate}]
    for at, layer in enumerate(layers):
        rate = recipe.encoder_rate * recipe.layer_decay ** (depth - 1 - at)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    words = recipe.encoder_rate * recipe.layer_decay**depth
    groups.append({"params": list(network.encoder.embeddings.parameters()), "lr": words})
    return groups


def share_of_rate(step: int, steps: int, warm_up: float) -> float:
    """Return the share of its full rate at which the step number `step`, from 0, of `steps` learns.

    It rises over the share `warm_up` of all steps, then falls to zero, both in a straight line.
    """
    warm = max(1, int(warm_up * steps))
    return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
