"""An ONNX graph under construction: values are known by name, constants are kept once each."""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

CONTRIBUTED = "com.microsoft"
"""Domain of the operators that onnxruntime adds to the standard."""

_OPSET, _CONTRIBUTED_OPSET, _FORMAT = 18, 1, 9
"""Versions that onnxruntime 1.20 and later read."""


class Graph:
    """Nodes and constants in the order they were added."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[bytes, onnx.TensorProto] = {}

    def constant(self, values: NDArray[Any] | np.generic) -> str:
        """Return the name of the constant `values`."""
        array = np.asarray(values, order="C")
        key = f"{array.dtype} {array.shape} ".encode() + array.tobytes()
        if key not in self._constants:
            self._constants[key] = numpy_helper.from_array(array, f"constant_{len(self._constants)}")
        return self._constants[key].name

    def node(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Return the name of what the operator `kind` makes of `inputs`; an empty name leaves an input out."""
        name = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def model(self, token_ids: str, features: str, width: int) -> bytes:
        """Return the ONNX file of a graph from `token_ids` (texts x tokens) to `features` (texts x `width`)."""
        outputs = [helper.make_tensor_value_info("features", onnx.TensorProto.FLOAT, ["texts", width])]
        inputs = [helper.make_tensor_value_info(token_ids, onnx.TensorProto.INT64, ["texts", "tokens"])]
        nodes = [*self._nodes, helper.make_node("Identity", [features], ["features"], name="features")]
        graph = helper.make_graph(nodes, "encoder", inputs, outputs, list(self._constants.values()))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(CONTRIBUTED, _CONTRIBUTED_OPSET)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_FORMAT)
        return bytes(model.SerializeToString())
