"""Segmentation: metrics as scikit-learn's, an answer for every pixel, and masks that are what the network says."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sklearn import metrics

from app.experiment.check import check, checked
from app.parts.shapes import Image, Mask
from app.runs.frames import Quantised
from app.training.data.samples import samples_of
from app.training.probes import Look
from app.training.probes.masks import MasksWork
from app.training.tasks import WORK
from app.training.tasks.segmentation import SegmentationWork
from tests.training.building import build_network
from tests.training.running import trained

CONV = {"kind": "conv2d", "filters": 8, "padding": 1}


def document(*layers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "shape_masks", "samples": 60},
        "task": {"kind": "segmentation"},
        "networks": {"main": {"layers": list(layers) or [CONV, {"kind": "relu"}]}},
        "loss": {"kind": "cross_entropy"},
        "training": {"batch_size": 12, "epochs": 2},
    } | changes


def test_metrics_agree_with_scikit_learn() -> None:
    work = SegmentationWork(checked(document()))
    random = np.random.default_rng(0)
    outputs = torch.from_numpy(random.standard_normal((5, 4, 8, 8)).astype(np.float32))
    truth = random.integers(0, 3, (5, 8, 8))  # one class never occurs
    found, counts = work.measured(outputs, truth)

    flat, chosen = truth.ravel(), outputs.argmax(1).numpy().ravel()
    assert found["pixel_accuracy"] == pytest.approx(metrics.accuracy_score(flat, chosen))
    assert found["mean_iou"] == pytest.approx(metrics.jaccard_score(flat, chosen, average="macro"))
    np.testing.assert_array_equal(counts, metrics.confusion_matrix(flat, chosen, labels=range(4)))


@pytest.mark.parametrize("loss", ["cross_entropy", "bce_with_logits", "focal", "dice"])
def test_every_loss_that_fits_trains(loss: str, tmp_path: Path) -> None:
    events = trained(tmp_path, document(loss={"kind": loss}))
    assert events[-1]["reason"] == "done"
    first, *_, last = (event for event in events if event["type"] == "evaluated")
    assert last["metrics"]["train_loss"] < first["metrics"]["train_loss"]
    assert 0 <= last["metrics"]["validation_mean_iou"] <= 1
    assert np.sum(last["confusion"]) == 12 * 32 * 32


def test_the_head_is_one_filter_of_one_pixel_for_each_class() -> None:
    experiment = checked(document())
    assert experiment.outputs == Image(channels=4, height=32, width=32)
    head = build_network(experiment).head[0]
    assert (head.out_channels, head.kernel_size) == (4, (1, 1))


def test_a_network_that_ends_smaller_is_offered_to_grow_again() -> None:
    (problem,) = check(document(CONV, {"kind": "max_pool2d"})).problems
    assert str(problem).startswith("The task needs an answer for each of 32 × 32 pixels, but the last layer gives 16")
    assert problem.fixes[0].edits[0].value == {"kind": "upsample", "scale_factor": 2}


def test_a_network_that_flattens_is_told_to_keep_pictures() -> None:
    (problem,) = check(document({"kind": "flatten"})).problems
    assert "Keep pictures to the end" in str(problem)


def test_classification_of_masks_is_mended_in_one_click() -> None:
    problems = check(document(task={"kind": "classification"})).problems
    assert problems[0].place == "/task"
    assert problems[0].fixes[0].edits[0].value == {"kind": "segmentation"}


def test_a_goal_above_a_share_is_advised_against() -> None:
    training = {"target": {"metric": "validation_mean_iou", "value": 90}, "batch_size": 12}
    (hint,) = (found for found in check(document(training=training)).hints if found.place == "/training/target/value")
    assert str(hint).startswith("Mean IoU is 1")


def test_a_metric_of_masks_is_no_goal_of_classification() -> None:
    wrong = document(
        dataset={"kind": "shapes"},
        task={"kind": "classification"},
        training={"target": {"metric": "validation_mean_iou"}},
    )
    assert "/training/target/metric" in {problem.place for problem in check(wrong).problems}


def test_masks_in_a_frame_are_those_of_the_network() -> None:
    experiment = checked(document())
    samples = samples_of(experiment)
    network = build_network(experiment).eval()
    work = MasksWork(Look(experiment, {"main": network}, samples, WORK["segmentation"](experiment)))
    with torch.no_grad():
        about, arrays = work.take()
        shares = torch.softmax(network(samples.inputs[work.places]), dim=1)

    rows = about["samples"]
    np.testing.assert_array_equal(arrays["truth"], samples.prepared.targets[rows])
    np.testing.assert_array_equal(arrays["predicted"], shares.argmax(1).numpy())
    share, target = arrays["share"], experiment.dataset.target()
    assert isinstance(share, Quantised)
    assert isinstance(target, Mask)
    np.testing.assert_allclose(share.codes / 255, shares.amax(1).numpy(), atol=0.5 / 255 + 1e-6)
    assert about["classes"] == list(target.names)
