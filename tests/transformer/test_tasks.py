import math

import numpy as np
import pytest
import torch

from pipeline.transformer.tasks import Task, loss_of


def loss(tasks, margins, batch, texts=3):
    places = {task.name: task.places(texts) for task in tasks}
    return float(loss_of({name: torch.tensor(rows) for name, rows in margins.items()}, tasks, places, np.array(batch)))


def test_a_text_counts_for_the_tasks_it_was_read_for_only():
    themes = Task("themes", np.array([1]), np.array([[True, False]]), weight=2.0)
    margins = {"themes": [[5.0, 5.0], [0.0, 0.0]]}
    assert loss([themes], margins, [0, 1]) == pytest.approx(2 * 2 * math.log(2) / 2)
    assert loss([themes], margins, [0, 2]) == 0


def test_an_exclusive_task_prefers_its_one_right_concept():
    action = Task("action", np.arange(3), np.eye(3, dtype=bool), exclusive=True)
    right = loss([action], {"action": [[9.0, 0.0, 0.0], [0.0, 9.0, 0.0], [0.0, 0.0, 9.0]]}, [0, 1, 2])
    wrong = loss([action], {"action": [[0.0, 9.0, 0.0], [9.0, 0.0, 0.0], [9.0, 0.0, 0.0]]}, [0, 1, 2])
    assert right < 0.5 < wrong
