"""Datasets of sequences in a run: padding never counts, series are split by time, symbols are told by their names."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from app.experiment.check import check, checked
from app.experiment.experiment import Experiment
from app.parts.datasets.adding import Adding
from app.parts.datasets.mackey_glass import MackeyGlass
from app.parts.datasets.parity import Parity
from app.parts.datasets.prepared import padding_of, prepare
from app.parts.datasets.reviews import Reviews
from app.parts.datasets.sines import Sines
from app.parts.problem import Problem
from app.training.asking.new_samples import predictions
from app.training.building import build_networks
from app.training.data.samples import samples_of
from app.training.doctor import sentences
from app.training.doctor.advice import _structural
from app.training.tasks import WORK
from app.training.tasks.supervised import Supervised
from app.training.worker import work
from tests.training.running import new_run

READERS: list[list[dict[str, Any]]] = [
    [{"kind": "rnn", "gives": "last"}],
    [{"kind": "lstm", "bidirectional": True, "num_layers": 2, "gives": "last"}],
    [{"kind": "gru", "bidirectional": True}, {"kind": "last_step"}],
    [{"kind": "lstm"}, {"kind": "mean_over_time"}],
    [{"kind": "gru"}, {"kind": "linear", "units": 4}, {"kind": "max_over_time"}],
]


def reviews(readers: list[dict[str, Any]], **training: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "reviews", "samples": 200},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": [{"kind": "embedding", "width": 8}, *readers]}},
        "loss": {"kind": "bce_with_logits"},
        "training": training,
    }


@pytest.mark.parametrize("readers", READERS, ids=lambda readers: "-".join(layer["kind"] for layer in readers))
def test_a_sentence_padded_to_any_length_has_the_same_loss_answer_and_gradient(readers: list[dict[str, Any]]) -> None:
    experiment = checked(reviews(readers))
    work = WORK["classification"](experiment)
    assert isinstance(work, Supervised)
    whole = samples_of(experiment).whole("train").part(0, 5)
    longest = int((~whole.inputs["padding"]).sum(1).max())
    found: list[tuple[torch.Tensor, ...]] = []
    for length in (longest, whole.inputs["x"].shape[1]):
        batch = whole._replace(inputs={name: tensor[:, :length] for name, tensor in whole.inputs.items()})
        networks = build_networks(experiment)
        answer = work.answer(networks, batch)
        loss = work.loss(answer, batch)
        loss.backward()
        parameters = networks["main"].parameters()
        found.append((answer, loss, *(parameter.grad for parameter in parameters if parameter.grad is not None)))
    assert longest < whole.inputs["x"].shape[1]
    for shorter, longer in zip(*found, strict=True):
        torch.testing.assert_close(shorter, longer, atol=1e-6, rtol=0)


def test_a_series_is_split_by_time_and_its_target_is_the_next_value() -> None:
    for dataset in (MackeyGlass(samples=100), Sines(samples=100)):
        prepared = prepare(dataset, None)
        assert prepared.train.max() < prepared.validation.min() <= prepared.validation.max() < prepared.test.min()
        np.testing.assert_array_equal(prepared.inputs[1:, 0, -1], prepared.targets[:-1, 0])
        scaled = prepare(dataset.model_copy(update={"standardize": True}), None)
        assert abs(scaled.inputs[scaled.train].mean()) < 1e-4 < abs(scaled.inputs[scaled.test].mean())


def test_mackey_glass_is_what_a_finer_step_gives() -> None:
    def rate(now: float, late: float) -> float:
        return 0.2 * late / (1 + late**10) - 0.1 * now

    dataset = MackeyGlass(samples=50, every=1, window=32)
    series = prepare(dataset, None).raw[:, 0]  # one moment apart, 17 moments back are in the window
    for row in series:
        for at in range(18, 31):
            slope = (row[at + 1] - row[at - 1]) / 2
            assert slope == pytest.approx(rate(row[at], row[at - 17]), abs=0.02)


def test_the_sum_of_the_marked_numbers_is_the_target() -> None:
    prepared = prepare(Adding(samples=100, length=10), None)
    numbers, marks = prepared.inputs[:, 0], prepared.inputs[:, 1]
    assert set(marks[:, :5].sum(1)) == set(marks[:, 5:].sum(1)) == {1}
    np.testing.assert_allclose((numbers * marks).sum(1), prepared.targets[:, 0], rtol=1e-6)


def test_the_parity_is_that_of_the_ones() -> None:
    prepared = prepare(Parity(samples=100), None)
    assert [row.tolist().count(1) % 2 for row in prepared.inputs] == prepared.targets.tolist()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_bag_of_words_cannot_tell_reviews_apart(language: Any) -> None:
    dataset = Reviews(samples=1000, language=language)
    prepared = prepare(dataset, None)
    counts = np.stack([np.bincount(row, minlength=len(dataset.vocabulary())) for row in prepared.inputs])
    simple = LogisticRegression(max_iter=1000).fit(counts[prepared.train], prepared.targets[prepared.train])
    assert simple.score(counts[prepared.test], prepared.targets[prepared.test]) < 0.6
    np.testing.assert_array_equal(prepared.padding, padding_of(dataset, prepared.inputs))
    assert 0.2 < prepared.padding.mean() < 0.7


def test_a_review_of_ones_own_is_read_word_by_word(tmp_path: Path) -> None:
    folder = new_run(tmp_path, reviews(READERS[0], epochs=1))
    assert work(folder.path) == 0
    told = predictions(folder, ["the food is not good", [5, 3] + [0] * 21])
    assert len(told["outputs"]) == 2
    with pytest.raises(Problem, match="never seen the word"):
        predictions(folder, ["the pizza is good"])


def test_forecasting_wants_a_series_that_goes_on() -> None:
    adding = {"dataset": {"kind": "adding"}, "task": {"kind": "forecasting"}, "loss": {"kind": "mse"}}
    (problem,) = [found for found in check(adding).problems if found.place == "/task"]
    assert "next value" in problem.template
    assert check({**adding, "task": {"kind": "regression"}}).problems == []


def test_side_of_padding_stays_with_its_sample() -> None:
    experiment: Experiment = checked(reviews(READERS[0]))
    samples = samples_of(experiment)
    batch = samples.batch("train", np.array([3, 1]))
    assert torch.equal(batch.inputs["padding"], batch.inputs["x"] == 0)
    assert replace(samples).count("train") == 120


def test_nobody_advises_filters_to_a_network_that_reads_place_by_place() -> None:
    adding: dict[str, Any] = {"dataset": {"kind": "adding"}, "task": {"kind": "regression"}, "loss": {"kind": "mse"}}
    for layers, filters in (([{"kind": "rnn", "gives": "last"}], False), ([{"kind": "flatten"}], True)):
        experiment = checked({**adding, "networks": {"main": {"layers": [*layers, {"kind": "linear", "units": 4}]}}})
        told = [advice.template for advice in _structural(experiment)]
        assert (sentences.WITHOUT_FILTERS in told) == filters
