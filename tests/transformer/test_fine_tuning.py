"""Training ends where it would have ended, however often it was stopped."""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from pipeline.transformer import fine_tuning
from pipeline.transformer.checkpoints import CheckpointError
from pipeline.transformer.fine_tuning import fine_tune
from pipeline.transformer.recipe import Recipe, share_of_rate
from tests.transformer.tiny import texts_and_tasks

RECIPE = Recipe(epochs=3, batch_size=16, encoder_rate=2e-3, head_rate=2e-2, averaging=0.9, max_tokens=16)
TEXTS, TASKS = texts_and_tasks()
STEPS = 15


class KilledError(Exception):
    pass


def killed_at(step):
    def progress(done, steps, loss):
        if done == step:
            raise KilledError

    return progress


def same(one, other):
    pairs = zip(one.state_dict().items(), other.state_dict().items(), strict=True)
    return all(name == again and torch.equal(tensor, twin) for (name, tensor), (again, twin) in pairs)


@pytest.fixture(scope="module")
def uninterrupted(base):
    return fine_tune(TEXTS, TASKS, base, RECIPE)


def test_the_network_learns_its_tasks(base):
    losses = []
    recipe = replace(RECIPE, epochs=20)
    network = fine_tune(TEXTS, TASKS, base, recipe, progress=lambda step, steps, loss: losses.append(loss))
    assert len(losses) == 20 * STEPS / 3
    assert np.mean(losses[-5:]) < 0.5 * np.mean(losses[:5])
    assert not network.training


def test_the_same_texts_give_the_same_weights(base, uninterrupted):
    assert same(fine_tune(TEXTS, TASKS, base, RECIPE), uninterrupted)


def test_another_seed_gives_other_weights(base, uninterrupted):
    assert not same(fine_tune(TEXTS, TASKS, base, replace(RECIPE, seed=1)), uninterrupted)


@pytest.mark.parametrize(("step", "every"), [(5, 600.0), (7, 0.0), (9, 600.0), (STEPS, 600.0)])
def test_a_killed_training_goes_on_and_ends_with_the_same_weights(base, uninterrupted, tmp_path, step, every):
    kept = {"checkpoint": tmp_path / "kept.safetensors", "resume": True, "every": every}
    with pytest.raises(KilledError):
        fine_tune(TEXTS, TASKS, base, RECIPE, **kept, progress=killed_at(step))
    torch.manual_seed(99)
    steps = []
    network = fine_tune(TEXTS, TASKS, base, RECIPE, **kept, progress=lambda step, *_: steps.append(step))
    saved = step if every == 0 else 5 * (step // 5)
    assert steps == list(range(saved + 1, STEPS + 1))
    assert same(network, uninterrupted)


def test_without_resume_a_training_starts_anew(base, tmp_path):
    kept = {"checkpoint": tmp_path / "kept.safetensors"}
    with pytest.raises(KilledError):
        fine_tune(TEXTS, TASKS, base, RECIPE, **kept, progress=killed_at(6))
    steps = []
    fine_tune(TEXTS, TASKS, base, RECIPE, **kept, progress=lambda step, *_: steps.append(step))
    assert steps[0] == 1


@pytest.fixture
def stopped(base, tmp_path):
    path = tmp_path / "kept.safetensors"
    with pytest.raises(KilledError):
        fine_tune(TEXTS, TASKS, base, RECIPE, checkpoint=path, progress=killed_at(6))
    return path


@pytest.mark.parametrize(
    ("texts", "tasks", "recipe"),
    [
        (["Free all journalists", *TEXTS[1:]], TASKS, RECIPE),
        (TEXTS, [TASKS[0], replace(TASKS[1], weight=2.0)], RECIPE),
        (TEXTS, [replace(TASKS[0], labels=~TASKS[0].labels), TASKS[1]], RECIPE),
        (TEXTS, TASKS, replace(RECIPE, encoder_rate=1e-3)),
    ],
    ids=["text", "weight", "labels", "recipe"],
)
def test_a_checkpoint_of_another_training_is_refused(base, stopped, texts, tasks, recipe):
    with pytest.raises(CheckpointError, match=rf"{re.escape(str(stopped))} is of other .* train without --resume"):
        fine_tune(texts, tasks, base, recipe, checkpoint=stopped, resume=True)


def test_a_damaged_checkpoint_is_named(base, stopped):
    stopped.write_bytes(stopped.read_bytes()[:1000])
    with pytest.raises(CheckpointError, match=r"is damaged .* train without --resume"):
        fine_tune(TEXTS, TASKS, base, RECIPE, checkpoint=stopped, resume=True)


def test_rates_rise_then_fall_to_nothing():
    shares = [share_of_rate(step, 100, 0.1) for step in range(100)]
    assert shares[:2] == [0.1, 0.2]
    assert max(shares) == shares[9] == 1.0
    assert shares[99] == pytest.approx(1 / 90)
    assert share_of_rate(0, 1, 0.1) == 1.0


def test_layers_near_the_words_learn_slower(base, uninterrupted):
    groups = fine_tuning.parameter_groups(uninterrupted, RECIPE)
    assert [group["lr"] for group in groups] == pytest.approx([2e-2, 2e-3 * 0.9, 2e-3, 2e-3 * 0.81])
    counted = sum(parameter.numel() for group in groups for parameter in group["params"])
    assert counted == sum(parameter.numel() for parameter in uninterrupted.parameters())
