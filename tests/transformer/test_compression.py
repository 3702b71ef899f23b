"""The int8 file says what the network says, and each text alone decides its features."""

import numpy as np
import onnx
import pytest
import torch
from onnxruntime import InferenceSession

from pipeline.transformer.compression import compress, head_arrays, rounded
from pipeline.transformer.fidelity import fidelity, full_features
from pipeline.transformer.network import TaskNetwork
from tests.transformer.tiny import WORDS, texts_and_tasks

TEXTS, TASKS = texts_and_tasks()


@pytest.fixture(scope="module")
def network(base):
    torch.manual_seed(3)
    return TaskNetwork(base, {task.name: task.labels.shape[1] for task in TASKS}).eval()


@pytest.fixture(scope="module")
def content(network):
    return compress(network, 16)


@pytest.fixture(scope="module")
def session(content):
    return InferenceSession(content, providers=["CPUExecutionProvider"])


def features(session, token_ids):
    return session.run(None, {"token_ids": np.asarray(token_ids, dtype=np.int64)})[0]


def token_ids(texts, tokens):
    return np.random.default_rng(0).integers(4, 4 + len(WORDS), (texts, tokens))


@pytest.mark.parametrize("tokens", [1, 3, 16])
def test_features_are_those_of_the_network(network, session, tokens):
    ids = token_ids(20, tokens)
    with torch.inference_mode():
        full = network.features(torch.from_numpy(ids), torch.ones(ids.shape, dtype=torch.long)).numpy()
    found = features(session, ids)
    cosines = (full * found).sum(axis=1) / np.linalg.norm(full, axis=1) / np.linalg.norm(found, axis=1)
    assert found.shape == (20, 64)
    assert cosines.min() > 0.999


@pytest.mark.parametrize("together", [1, 2, 7])
def test_the_features_of_a_text_do_not_depend_on_its_neighbours(session, together):
    ids = token_ids(14, 9)
    parts = [features(session, ids[start : start + together]) for start in range(0, 14, together)]
    assert np.array_equal(np.concatenate(parts), features(session, ids))


def test_all_large_weights_are_whole_numbers(content, network):
    constants = onnx.load_from_string(content).graph.initializer
    large = {constant.data_type for constant in constants if np.prod(constant.dims) >= 32 * 32}
    assert large == {onnx.TensorProto.INT8}
    whole = sum(int(np.prod(constant.dims)) for constant in constants if constant.data_type == onnx.TensorProto.INT8)
    assert whole >= 2 * (4 * 32 * 32 + 2 * 32 * 64) + (4 + len(WORDS)) * 32


def test_the_same_network_gives_the_same_file(network, content):
    assert compress(network, 16) == content


def test_rounding_is_within_half_a_step_and_rows_of_zeros_stay_zero():
    weights = np.vstack([np.random.default_rng(0).normal(0, 1, (5, 40)), np.zeros((1, 40))]).astype(np.float32)
    whole, scales = rounded(weights)
    assert np.abs(whole * scales[:, None] - weights).max(axis=1) == pytest.approx(scales / 2, rel=0.2, abs=1e-6)
    assert not whole[5].any()
    assert np.abs(whole[:5]).max(axis=1).tolist() == [127] * 5


def test_two_products_fit_sixteen_bits_on_processors_that_add_in_them(content):
    constants = {constant.name: constant for constant in onnx.load_from_string(content).graph.initializer}
    nodes = [node for node in onnx.load_from_string(content).graph.node if node.op_type == "MatMulIntegerToFloat"]
    largest = max(int(np.abs(onnx.numpy_helper.to_array(constants[node.input[1]])).max()) for node in nodes)
    assert len(nodes) == 12
    assert 2 * largest * 255 < 2**15


def test_another_kind_of_encoder_is_refused_with_the_parameter_to_change(network, monkeypatch):
    monkeypatch.setattr(network.encoder.config, "hidden_act", "relu")
    with pytest.raises(ValueError, match=r"this one is bert with relu\. Name another"):
        compress(network, 16)


def test_heads_are_features_by_concepts(network):
    arrays = head_arrays(network)
    assert {name: array.shape for name, array in arrays.items()} == {
        "themes_weights": (64, 5), "themes_bias": (5,), "action_weights": (64, 3), "action_bias": (3,),
    }  # fmt: skip
    found = np.ones((1, 64), dtype=np.float32) @ arrays["themes_weights"] + arrays["themes_bias"]
    with torch.inference_mode():
        assert found == pytest.approx(network.heads["themes"](torch.ones(1, 64)).numpy(), abs=1e-5)


def test_features_of_the_network_are_in_the_order_of_the_texts(network, base):
    together = full_features(network, TEXTS, base, max_tokens=16, batch_size=8)
    alone = [full_features(network, [text], base, max_tokens=16, batch_size=1)[0] for text in TEXTS[:5]]
    assert together[:5] == pytest.approx(np.stack(alone), abs=1e-5)


def test_fidelity_is_perfect_for_the_same_features_and_tells_of_changed_tags(network, base):
    full = full_features(network, TEXTS, base, max_tokens=16, batch_size=8)
    heads = head_arrays(network)
    same = fidelity(full, full, heads, TASKS)
    assert (same["cosine_median"], same["probability_difference_mean"], same["decisions_changed"]) == (1, 0, 0)
    turned = fidelity(full, -full, heads, TASKS)
    assert turned["cosine_1st_percentile"] == -1
    assert turned["decisions_changed"] > 0.5
