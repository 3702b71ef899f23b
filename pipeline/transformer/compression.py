"""The fine-tuned encoder as an int8 file that onnxruntime runs without torch.

Weights of the linear maps are whole numbers with one scale an output, the word table with one scale a word. What enters
a linear map is rounded to 8 bits with one scale a token, and texts of one run have the same number of tokens, without
padding: a text's features do not depend on its neighbours. Sums of whole numbers are exact, hence equal, on every
processor: weights are kept small enough that none overflows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from numpy.typing import NDArray

from pipeline.transformer.graph import CONTRIBUTED, Graph

if TYPE_CHECKING:
    from pipeline.transformer.network import TaskNetwork

Floats = NDArray[np.float32]
Whole = NDArray[np.int8]

_LEVELS = 127
"""The word table is of whole numbers within +- this."""
_WEIGHT_LEVELS = 63
"""Weights are whole numbers within +- this: two products of 8 bits then never overflow, on processors without VNNI either."""
_MIDDLE = 128
"""Unsigned 8-bit value that stands for zero where states are rounded."""
_SMALLEST_SCALE = 1e-8


def rounded(weights: Floats, levels: int = _LEVELS) -> tuple[Whole, Floats]:
    """Return rows x columns of whole numbers up to `levels`, and for each row the scale to multiply them with."""
    scales = np.maximum(np.abs(weights).max(axis=1) / levels, _SMALLEST_SCALE).astype(np.float32)
    return np.rint(weights / scales[:, None]).astype(np.int8), scales


def compress(network: "TaskNetwork", max_tokens: int) -> bytes:
    """Return an ONNX file of the network's features, for texts of up to `max_tokens` tokens; see `compress_weights`."""
    weights = {name: tensor.float().numpy() for name, tensor in network.encoder.state_dict().items()}
    return compress_weights(weights, network.encoder.config.to_dict(), max_tokens)


def compress_weights(weights: Mapping[str, Floats], config: Mapping[str, Any], max_tokens: int) -> bytes:
    """Return an ONNX file from token ids to the mean and the maximum of the last layer's states, side by side.

    Args:
        weights: of a BERT, by the names of transformers.
        config: of the same, as in its config.json.
        max_tokens: of the longest text.

    Raises:
        ValueError: the encoder is no BERT of the kind that is known here.
    """
    if (config["model_type"], config["hidden_act"]) != ("bert", "gelu"):
        raise ValueError(
            f"Only BERT encoders with gelu can be compressed; this one is {config['model_type']} with "
            f"{config['hidden_act']}. Name another base in the parameters"
        )
    bert = _Bert(Graph(), dict(weights), config["num_attention_heads"], config["layer_norm_eps"])
    states = bert.embedded("token_ids", max_tokens)
    for layer in range(config["num_hidden_layers"]):
        states = bert.layer(states, f"encoder.layer.{layer}")
    return bert.graph.model("token_ids", bert.pooled(states), 2 * config["hidden_size"])


@dataclass(frozen=True)
class _Bert:
    """The parts of BERT, added to a graph one after the other."""

    graph: Graph
    weights: dict[str, Floats]
    heads: int
    epsilon: float

    def embedded(self, token_ids: str, max_tokens: int) -> str:
        """Return the states of the tokens before the first layer."""
        graph = self.graph
        words, scales = rounded(self.weights["embeddings.word_embeddings.weight"])
        whole = graph.node("Gather", graph.constant(words), token_ids)
        scale = graph.node("Gather", graph.constant(scales[:, None]), token_ids)
        states = graph.node("Mul", graph.node("Cast", whole, to=onnx.TensorProto.FLOAT), scale)
        places = self.weights["embeddings.position_embeddings.weight"][:max_tokens]
        places = places + self.weights["embeddings.token_type_embeddings.weight"][0]
        count = graph.node("Shape", token_ids, start=1, end=2)
        start = graph.constant(np.array([0]))
        shown = graph.node("Slice", graph.constant(places), start, count, start)
        return self._normalised(graph.node("Add", states, shown), "embeddings.LayerNorm")

    def layer(self, states: str, name: str) -> str:
        """Return the states after one layer."""
        graph, attention = self.graph, f"{name}.attention.self"
        entering = self._eight_bits(states)
        query, key, value = (self._linear(entering, f"{attention}.{part}") for part in ("query", "key", "value"))
        biases = np.concatenate([self.weights[f"{attention}.{part}.bias"] for part in ("query", "key", "value")])
        seen = graph.node("MultiHeadAttention", query, key, value, graph.constant(biases), domain=CONTRIBUTED,
                          num_heads=self.heads)  # fmt: skip
        states = self._added(states, seen, f"{name}.attention.output")
        inner = self._linear(self._eight_bits(states), f"{name}.intermediate.dense")
        inner = graph.node("Add", inner, graph.constant(self.weights[f"{name}.intermediate.dense.bias"]))
        return self._added(states, graph.node("Gelu", inner, domain=CONTRIBUTED), f"{name}.output")

    def pooled(self, states: str) -> str:
        """Return the mean and the maximum over the tokens of each text, side by side."""
        graph = self.graph
        # Not by ReduceMean: for one text alone onnxruntime adds in another order than for several.
        turned = graph.node("Transpose", states, perm=[0, 2, 1])
        found = [graph.node(kind, turned) for kind in ("GlobalAveragePool", "GlobalMaxPool")]
        return graph.node("Squeeze", graph.node("Concat", *found, axis=1), graph.constant(np.array([2])))

    def _added(self, states: str, change: str, name: str) -> str:
        """Return `states` plus a linear map of `change`, normalised."""
        graph = self.graph
        change = self._linear(self._eight_bits(change), f"{name}.dense")
        change = graph.node("Add", change, graph.constant(self.weights[f"{name}.dense.bias"]))
        return self._normalised(graph.node("Add", states, change), f"{name}.LayerNorm")

    def _normalised(self, states: str, name: str) -> str:
        scale, shift = (self.graph.constant(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.graph.node("LayerNormalization", states, scale, shift, axis=-1, epsilon=self.epsilon)

    def _eight_bits(self, states: str) -> tuple[str, str]:
        """Return the states as unsigned 8-bit numbers, and the scale of each token."""
        graph = self.graph
        last = graph.constant(np.array([-1]))
        highest = graph.node("ReduceMax", states, last, keepdims=1)
        lowest = graph.node("ReduceMin", states, last, keepdims=1)
        widest = graph.node("Max", highest, graph.node("Neg", lowest))
        scale = graph.node("Mul", widest, graph.constant(np.float32(1 / (_MIDDLE - 1))))
        scale = graph.node("Max", scale, graph.constant(np.float32(_SMALLEST_SCALE)))
        one, middle = graph.constant(np.float32(1)), graph.constant(np.uint8(_MIDDLE))
        return graph.node("QuantizeLinear", graph.node("Div", states, scale), one, middle), scale

    def _linear(self, entering: tuple[str, str], name: str) -> str:
        """Return the linear map `name`, without its bias, of states from `_eight_bits`."""
        graph = self.graph
        whole, scales = rounded(self.weights[f"{name}.weight"], _WEIGHT_LEVELS)
        # Without the weights' zero point: onnxruntime fails where it turns one that several maps share to unsigned.
        product = graph.node(
            "MatMulIntegerToFloat", entering[0], graph.constant(whole.T), graph.constant(np.float32(1)),
            graph.constant(scales), graph.constant(np.uint8(_MIDDLE)), domain=CONTRIBUTED,
        )  # fmt: skip
        return graph.node("Mul", product, entering[1])


def head_arrays(network: "TaskNetwork") -> dict[str, Floats]:
    """Return for each task `<task>_weights`, features x concepts, and `<task>_bias`."""
    tensors = {name: tensor.float().numpy() for name, tensor in network.heads.state_dict().items()}
    return {
        f"{task}_{name}": tensors[f"{task}.{part}"].T.copy()
        for task in network.heads
        for name, part in (("weights", "weight"), ("bias", "bias"))
    }
