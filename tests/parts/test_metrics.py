"""Every metric says which way is better, within which range, and in whose runs it stands."""

import math

import pytest

from app.parts.metrics import ACCURACY, LOSS, METRICS, R2, RMSE, split_of
from app.parts.tasks import TASKS


def test_names_are_found_with_their_split_and_others_are_none() -> None:
    assert split_of("validation_accuracy") == ("validation", ACCURACY)
    assert split_of("train_loss") == ("train", LOSS)
    assert split_of("learning_rate") == ("", None)
    assert split_of("test_nonsense") == ("test", None)


@pytest.mark.parametrize(
    ("metric", "value", "goal", "enough"),
    [
        (ACCURACY, 0.9, 0.8, True),
        (ACCURACY, 0.7, 0.8, False),
        (RMSE, 0.9, 0.8, False),
        (RMSE, 0.7, 0.8, True),
        (R2, 0.9, 0.9, True),
        (LOSS, math.nan, 0.1, False),
    ],
)
def test_a_goal_is_reached_from_the_better_side(metric, value, goal, enough) -> None:
    assert metric.reached(value, goal) is enough


@pytest.mark.parametrize("task", TASKS)
def test_a_task_scores_by_a_metric_that_is_1_where_every_answer_is_right(task) -> None:
    assert task.watched is None or task.metric(task.watched)
    assert task.score in task.metrics
    assert (task.score.better, task.score.high) == ("higher", 1)
    assert set(task.shown) <= set(task.metrics)


def test_every_metric_belongs_to_a_task_and_no_name_stands_twice() -> None:
    assert {metric for task in TASKS for metric in task.metrics} == set(METRICS)
    assert len({metric.name for metric in METRICS}) == len(METRICS)
    for metric in METRICS:
        assert metric.written != "percent" or (metric.low, metric.high) == (0, 1)
