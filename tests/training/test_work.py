"""What tasks compute agrees with scikit-learn, and every task and probe that is described is computed."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from sklearn import metrics
from torch import Tensor

from app.experiment.check import checked
from app.experiment.presets import PRESETS
from app.parts.probes import PROBES
from app.parts.tasks import TASKS
from app.training.building import build_networks
from app.training.data.samples import samples_of
from app.training.probes import PROBE_WORK
from app.training.tasks import WORK
from app.training.tasks.classification import ClassificationWork
from app.training.tasks.regression import RegressionWork
from tests.training.documents import document

BLOBS = document(dataset={"kind": "blobs", "classes": 4}, loss={"kind": "cross_entropy"})
PLANE = document(dataset={"kind": "plane"}, task={"kind": "regression"}, loss={"kind": "mse"})


def test_what_is_described_is_computed_under_the_same_name() -> None:
    assert list(WORK) == [task.kind_name() for task in TASKS]
    assert list(PROBE_WORK) == [probe.kind_name() for probe in PROBES]


def test_classification_metrics_agree_with_scikit_learn() -> None:
    work = ClassificationWork(checked(BLOBS))
    random = np.random.default_rng(0)
    outputs = torch.from_numpy(random.standard_normal((200, 4)).astype(np.float32))
    truth = random.integers(0, 3, 200)  # one class never occurs
    chosen = outputs.argmax(1).numpy()
    found, counts = work.measured(outputs, truth)

    assert found["accuracy"] == pytest.approx(metrics.accuracy_score(truth, chosen))
    assert found["macro_f1"] == pytest.approx(metrics.f1_score(truth, chosen, average="macro"))
    np.testing.assert_array_equal(counts, metrics.confusion_matrix(truth, chosen, labels=range(4)))


def test_one_output_chooses_the_second_class_above_zero() -> None:
    work = ClassificationWork(checked(document()))

    assert work.chosen(torch.tensor([[-0.1], [0.1]])).tolist() == [0, 1]
    assert work.shown(torch.tensor([[0.0]])).tolist() == [[0.5]]


def test_regression_metrics_agree_with_scikit_learn() -> None:
    work = RegressionWork(checked(PLANE))
    random = np.random.default_rng(0)
    outputs = torch.from_numpy(random.standard_normal((100, 1)).astype(np.float32))
    truth = random.standard_normal((100, 1)).astype(np.float32)
    found, _ = work.measured(outputs, truth)

    assert found["mae"] == pytest.approx(metrics.mean_absolute_error(truth, outputs.numpy()), rel=1e-5)
    assert found["rmse"] == pytest.approx(metrics.root_mean_squared_error(truth, outputs.numpy()), rel=1e-5)
    assert found["r2"] == pytest.approx(metrics.r2_score(truth, outputs.numpy()), rel=1e-5)


@pytest.mark.parametrize("numbers", [1, 3])
@pytest.mark.parametrize(("answer", "r2"), [(0.7, 1.0), (0.8, 0.0), (1e6, 0.0)])
def test_r2_of_targets_that_are_all_equal_is_that_of_scikit_learn(numbers: int, answer: float, r2: float) -> None:
    truth = np.full((7, numbers), 0.7, dtype=np.float32)
    answers = np.full((7, numbers), answer, dtype=np.float32)
    found, _ = RegressionWork(checked(PLANE)).measured(torch.from_numpy(answers), truth)

    assert found["r2"] == r2 == metrics.r2_score(truth.astype(np.float64), answers.astype(np.float64))


@pytest.mark.parametrize("kind", [task.kind_name() for task in TASKS if task.titles])
def test_a_step_moves_the_networks_in_the_order_that_the_task_names(kind: str) -> None:
    experiment = checked(next(preset for preset in PRESETS if preset.experiment["task"]["kind"] == kind).experiment)
    networks = build_networks(experiment)
    moved: list[tuple[str, ...]] = []

    def move(names: tuple[str, ...], loss: Callable[[], Tensor]) -> float:
        moved.append(names)
        return loss().item()

    losses = WORK[kind](experiment).step(networks, samples_of(experiment).whole("validation"), move)
    task = experiment.task
    assert list(dict.fromkeys(moved)) == list(task.moves.values() or [tuple(networks)])
    assert list(losses) == list(task.moves or task.losses)
