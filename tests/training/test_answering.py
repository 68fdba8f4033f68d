"""Answers to the samples of a run's own set: ordered, filtered, page by page, each with its own loss."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.metrics import confusion_matrix, jaccard_score

from app.experiment.check import checked
from app.parts.datasets.preview import listed
from app.parts.losses import LOSSES
from app.parts.problem import Problem
from app.parts.shapes import Classes, Features, Mask
from app.runs.folder import RunFolder
from app.training.asking.own_samples import WhichAnswers, answers_page
from app.training.asking.trained import trained
from app.training.building import build
from app.training.data.samples import samples_of
from app.training.tasks.segmentation import overlaps
from app.training.worker import work
from tests.training.documents import document, layers
from tests.training.pictures import FLATTEN, RELU, conv, digits_document, masks_document
from tests.training.running import new_run

EVERYTHING = WhichAnswers("validation", "rows", None, None, 0, 100_000)
DIGITS = digits_document(conv(4, stride=2), RELU, FLATTEN, training={"epochs": 1, "batch_size": 64})


def after_training(runs: Path, changed: dict[str, Any]) -> RunFolder:
    folder = new_run(runs, changed)
    assert work(folder.path) == 0
    return folder


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return after_training(tmp_path_factory.mktemp("data") / "runs", DIGITS)


@pytest.fixture(scope="module")
def whole(digits: RunFolder) -> list[dict[str, Any]]:
    return answers_page(digits, EVERYTHING)["samples"]


@pytest.mark.parametrize("split", ["train", "validation", "test"])
@torch.no_grad()
def test_every_sample_of_a_split_is_answered_as_the_network_answers_it(digits: RunFolder, split: str) -> None:
    told = answers_page(digits, replace(EVERYTHING, split=split))
    prepared = samples_of(checked(DIGITS)).prepared
    rows = getattr(prepared, split)
    shares = torch.softmax(trained(digits).network(torch.from_numpy(prepared.inputs[rows])), dim=1).numpy()

    assert told["total"] == len(rows)
    assert told["classes"] == list("0123456789")
    assert [axis["size"] for axis in told["shape"]["axes"]] == [1, 8, 8]
    assert [sample["row"] for sample in told["samples"]] == rows.tolist()
    assert [sample["truth"] for sample in told["samples"]] == prepared.targets[rows].tolist()
    assert [sample["answer"] for sample in told["samples"]] == shares.argmax(axis=1).tolist()
    np.testing.assert_allclose([sample["share"] for sample in told["samples"]], shares.max(axis=1), atol=1e-6)
    assert [sample["raw"] for sample in told["samples"]] == listed(checked(DIGITS).dataset, prepared.raw[rows])
    assert {sample["split"] for sample in told["samples"]} == {split}


def test_the_worst_come_first(digits: RunFolder, whole: list[dict[str, Any]]) -> None:
    told = answers_page(digits, replace(EVERYTHING, order="worst"))["samples"]
    assert [sample["loss"] for sample in told] == sorted((sample["loss"] for sample in whole), reverse=True)
    assert sorted(sample["row"] for sample in told) == [sample["row"] for sample in whole]


def test_the_surest_mistakes_come_first(digits: RunFolder, whole: list[dict[str, Any]]) -> None:
    told = answers_page(digits, replace(EVERYTHING, order="sure"))["samples"]
    wrong = [sample for sample in whole if sample["truth"] != sample["answer"]]
    assert 0 < len(wrong) < len(whole)
    assert all(sample["truth"] != sample["answer"] for sample in told[: len(wrong)])
    for some in (told[: len(wrong)], told[len(wrong) :]):
        shares = [sample["share"] for sample in some]
        assert shares == sorted(shares, reverse=True)


def test_a_cell_of_the_confusion_matrix_opens_its_samples(digits: RunFolder, whole: list[dict[str, Any]]) -> None:
    matrix = confusion_matrix(
        [sample["truth"] for sample in whole], [sample["answer"] for sample in whole], labels=range(10)
    )
    for truth, answer in ((3, 3), (8, 1), (9, 7)):
        told = answers_page(digits, replace(EVERYTHING, truth=truth, answer=answer))
        assert told["total"] == matrix[truth, answer]
        assert all((sample["truth"], sample["answer"]) == (truth, answer) for sample in told["samples"])
    assert answers_page(digits, replace(EVERYTHING, truth=3))["total"] == matrix[3].sum()
    assert answers_page(digits, replace(EVERYTHING, answer=3))["total"] == matrix[:, 3].sum()
    assert answers_page(digits, replace(EVERYTHING, truth=77))["total"] == 0


def test_pages_make_up_the_whole(digits: RunFolder, whole: list[dict[str, Any]]) -> None:
    pages = [answers_page(digits, replace(EVERYTHING, offset=at, limit=100)) for at in range(0, 500, 100)]
    assert [sample for page in pages for sample in page["samples"]] == whole
    assert {page["total"] for page in pages} == {len(whole)}
    assert pages[-1]["samples"] == []


def test_what_was_mislabelled_is_told(tmp_path: Path) -> None:
    changed = document(dataset={"kind": "circle", "samples": 100, "label_noise": 0.2}, training={"epochs": 2})
    told = answers_page(after_training(tmp_path / "runs", changed), replace(EVERYTHING, split="train"))
    mislabelled = samples_of(checked(changed)).prepared.mislabelled
    assert [sample["mislabelled"] for sample in told["samples"]] == [
        bool(mislabelled[sample["row"]]) for sample in told["samples"]
    ]
    assert any(sample["mislabelled"] for sample in told["samples"])


@torch.no_grad()
@pytest.mark.parametrize("loss", [loss for loss in LOSSES if loss.needs != (Mask,)], ids=lambda loss: loss.kind_name())
@pytest.mark.parametrize("dataset", ["iris", "circle", "diabetes"])
def test_the_loss_of_a_sample_is_that_of_a_batch_of_its_own(tmp_path: Path, loss: Any, dataset: str) -> None:
    task = "regression" if dataset == "diabetes" else "classification"
    if (Features if task == "regression" else Classes) not in loss.needs:
        return
    changed = document(
        dataset={"kind": dataset},
        task={"kind": task},
        loss={"kind": loss.kind_name()},
        networks={"main": {"layers": layers(4)}},
        training={"epochs": 1},
    )
    folder = after_training(tmp_path / "runs", changed)
    told = answers_page(folder, EVERYTHING)["samples"]
    experiment = checked(changed)
    samples, criterion = samples_of(experiment), build(experiment.loss.module())
    first, last = samples.bounds["validation"]
    alone = [
        criterion(trained(folder).network(samples.inputs[at : at + 1]), samples.targets[at : at + 1]).item()
        for at in range(first, last)
    ]
    np.testing.assert_allclose([sample["loss"] for sample in told], alone, rtol=1e-4, atol=1e-6)


def test_numbers_are_told_as_numbers_and_nobody_is_sure_of_them(tmp_path: Path) -> None:
    changed = document(
        dataset={"kind": "diabetes"}, task={"kind": "regression"}, loss={"kind": "mse"}, training={"epochs": 2}
    )
    folder = after_training(tmp_path / "runs", changed)
    told = answers_page(folder, replace(EVERYTHING, order="worst"))
    errors = [abs(sample["truth"] - sample["answer"]) for sample in told["samples"]]

    assert isinstance(checked(changed).dataset.target(), Features)
    assert told["classes"] == []
    assert errors == sorted(errors, reverse=True)
    assert {sample["share"] for sample in told["samples"]} == {None}
    for asked, place in (
        (replace(EVERYTHING, order="sure"), "/order"),
        (replace(EVERYTHING, truth=1), "/truth"),
        (replace(EVERYTHING, answer=0), "/answer"),
    ):
        with pytest.raises(Problem) as problem:
            answers_page(folder, asked)
        assert problem.value.place == place


def test_a_split_without_samples_has_no_answers(tmp_path: Path) -> None:
    changed = document(dataset={"kind": "circle", "samples": 50, "validation": 0}, training={"epochs": 1})
    folder = after_training(tmp_path / "runs", changed)
    for order in ("worst", "sure", "rows"):
        told = answers_page(folder, replace(EVERYTHING, order=order))
        assert (told["total"], told["samples"]) == (0, [])


@torch.no_grad()
@pytest.mark.parametrize("loss", [loss.kind_name() for loss in LOSSES if Mask in loss.needs])
def test_masks_are_told_pixel_by_pixel_with_their_overlap(tmp_path: Path, loss: str) -> None:
    changed = masks_document(loss={"kind": loss})
    folder = after_training(tmp_path / "runs", changed)
    samples = samples_of(checked(changed))
    first, last = samples.bounds["validation"]
    outputs = trained(folder).network(samples.inputs[first:last])
    assert samples.truth is not None
    chosen, truth = outputs.argmax(dim=1).numpy(), samples.truth[first:last]
    told = answers_page(folder, EVERYTHING)["samples"]
    criterion, targets = criterion_of(changed), samples.targets[first:last]
    alone = [criterion(outputs[at : at + 1], targets[at : at + 1]).item() for at in range(len(truth))]

    assert [sample["truth_mask"] for sample in told] == truth.reshape(len(truth), -1).tolist()
    assert [sample["answer_mask"] for sample in told] == chosen.reshape(len(truth), -1).tolist()
    assert [sample["share"] for sample in told] == pytest.approx(overlaps(truth, chosen, 4).tolist())
    assert [sample["loss"] for sample in told] == pytest.approx(alone, rel=1e-4)
    worst = answers_page(folder, replace(EVERYTHING, order="worst"))["samples"]
    # by the number that is shown
    assert [sample["share"] for sample in worst] == sorted(sample["share"] for sample in told)
    with pytest.raises(Problem):
        answers_page(folder, replace(EVERYTHING, order="sure"))


def criterion_of(changed: dict[str, Any]) -> torch.nn.Module:
    return build(checked(changed).loss.module())


def test_masks_overlap_as_scikit_learn_counts_it() -> None:
    random = np.random.default_rng(0)
    truth, chosen = random.integers(0, 3, (6, 5, 5)), random.integers(0, 3, (6, 5, 5))
    truth[0], chosen[0] = 1, 1  # one class alone, and the right one
    expected = [
        np.mean(jaccard_score(mask.ravel(), answer.ravel(), labels=np.union1d(mask, answer), average=None))  # pyright: ignore[reportArgumentType] - its types know no None
        for mask, answer in zip(truth, chosen, strict=True)
    ]
    np.testing.assert_allclose(overlaps(truth, chosen, 4), expected)
