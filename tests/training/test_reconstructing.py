"""Autoencoders: what their networks read, what is frozen, and how what they lose compares with PCA."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import NearestNeighbors

from app.experiment.check import check, checked
from app.experiment.choosing import task_edits
from app.experiment.experiment import Experiment
from app.experiment.patch import patched
from app.experiment.presets import PRESETS
from app.parts.problem import Problem
from app.parts.tasks.autoencoder import Autoencoder
from app.parts.tasks.conditional_autoencoder import ConditionalAutoencoder
from app.parts.tasks.denoising_autoencoder import DenoisingAutoencoder
from app.parts.tasks.task import Task
from app.parts.tasks.variational_autoencoder import VariationalAutoencoder
from app.runs.frames import decode
from app.training.baselines.comparing import baselines
from app.training.data.feed import feed_of
from app.training.data.samples import ArraySamples, samples_of
from app.training.doctor import Doctor
from app.training.probes import Look
from app.training.probes.activations import chosen_samples
from app.training.recording.evaluating import Evaluator
from app.training.recording.probing import Probing
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK
from app.training.tasks.conditional_autoencoder import ConditionalAutoencoderWork
from app.training.tasks.reconstructing import auroc

DIGITS: dict[str, Any] = {
    "dataset": {"kind": "digits", "samples": 300},
    "task": {"kind": "classification"},
    "loss": {"kind": "cross_entropy"},
    "training": {"batch_size": 32},
}


def turned_into(task: Task, **others: Any) -> Experiment:
    """The digits with another task, by the edits that a person is offered."""
    experiment = checked(DIGITS | others)
    return checked(patched(DIGITS | others, task_edits(experiment, task)))


def trained(experiment: Experiment, steps: int) -> tuple[EagerStepper, ArraySamples]:
    samples = samples_of(experiment)
    stepper = EagerStepper(experiment, feed_of(experiment, samples), WORK[experiment.task.kind](experiment))
    assert not stepper.advance(steps).broke
    return stepper, samples


def test_choosing_another_task_changes_what_no_longer_fits() -> None:
    experiment = turned_into(Autoencoder(), training={"batch_size": 32, "target": {"metric": "validation_accuracy"}})
    assert list(experiment.networks) == ["encoder", "decoder"]
    assert experiment.loss.kind == "mse"
    assert experiment.training.target
    assert experiment.training.target.metric == "validation_r2"


def test_an_autoencoder_loses_less_than_pca_with_as_many_numbers() -> None:
    experiment = checked({**turned_into(Autoencoder()).model_dump(), "task": {"kind": "autoencoder", "code": 4}})
    stepper, samples = trained(experiment, 600)
    metrics = Evaluator(experiment, samples, WORK["autoencoder"](experiment)).evaluate(stepper.networks).metrics
    pixels = samples.prepared.inputs.reshape(300, -1)
    train, test = pixels[samples.prepared.train], pixels[samples.prepared.test]
    pca = PCA(4).fit(train)
    assert metrics["test_loss"] < ((pca.inverse_transform(pca.transform(test)) - test) ** 2).mean()
    assert metrics["train_loss"] < ((pca.inverse_transform(pca.transform(train)) - train) ** 2).mean()


def test_pca_with_as_many_numbers_stands_beside_an_autoencoder() -> None:
    experiment = checked({**turned_into(Autoencoder()).model_dump(), "task": {"kind": "autoencoder", "code": 4}})
    stepper, samples = trained(experiment, 20)
    look = Look(experiment, stepper.networks, samples, WORK["autoencoder"](experiment))
    frame = decode(Probing(experiment, look).frames(["reconstructions"], 20, 1.0)["reconstructions"])
    train, held = (samples.whole(split).inputs["x"].flatten(1).numpy() for split in ("train", "validation"))
    pca: list[Any] = [PCA(numbers).fit(train) for numbers in (4, 8)]
    expected = [np.square(fitted.inverse_transform(fitted.transform(held)) - held).mean() for fitted in pca]
    assert frame.about["errors"][1:] == pytest.approx(expected, rel=1e-3)
    metrics = Evaluator(experiment, samples, WORK["autoencoder"](experiment)).evaluate(stepper.networks).metrics
    assert frame.about["errors"][0] == pytest.approx(metrics["validation_loss"], rel=1e-3)
    shown: Any = frame.arrays["inputs"]
    drawn: Any = frame.arrays["pca"]
    x = shown.codes.reshape(len(shown.codes), 64) / 255
    np.testing.assert_allclose(
        drawn.codes.reshape(x.shape) / 255, pca[0].inverse_transform(pca[0].transform(x)).clip(0, 1), atol=0.02
    )
    cleaned = turned_into(DenoisingAutoencoder())
    look = Look(cleaned, trained(cleaned, 1)[0].networks, samples_of(cleaned), WORK[cleaned.task.kind](cleaned))
    assert "pca" not in decode(Probing(cleaned, look).frames(["reconstructions"], 1, 1.0)["reconstructions"]).arrays


def test_codes_lie_where_the_encoder_writes_them() -> None:
    experiment = turned_into(ConditionalAutoencoder())
    stepper, samples = trained(experiment, 20)
    look = Look(experiment, stepper.networks, samples, WORK[experiment.task.kind](experiment))
    frame = decode(Probing(experiment, look).frames(["codes"], 20, 1.0)["codes"])
    _, places = chosen_samples(look, 200)
    with torch.no_grad():
        codes = stepper.networks["encoder"](samples.at(torch.from_numpy(places)).inputs["x"]).numpy()
    numbers = frame.about["numbers"]
    assert numbers == sorted(np.argsort(codes.var(axis=0))[-2:].tolist())
    np.testing.assert_allclose(np.array(frame.arrays["codes"]), codes[:, numbers], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(frame.about["rest"], codes.mean(axis=0), rtol=1e-3, atol=1e-5)
    assert frame.about["classes"] == 10  # which the decoder reads beside the code
    assert "spread" not in frame.arrays


WITHOUT_THREES: dict[str, Any] = {"dataset": {"kind": "digits", "samples": 600, "left_out": 3}}


def test_a_digit_that_is_left_out_is_never_learned_from_and_stands_in_both_other_splits() -> None:
    whole, without = (
        samples_of(checked(DIGITS | {"dataset": {"kind": "digits", "samples": 600, **others}})).prepared
        for others in ({}, {"left_out": 3})
    )
    splits = [(whole.train, without.train), (whole.validation, without.validation), (whole.test, without.test)]
    assert [len(rows) for rows, _ in splits] == [len(rows) for _, rows in splits] == [360, 120, 120]
    np.testing.assert_array_equal(whole.raw, without.raw)
    everything = np.concatenate([rows for _, rows in splits])
    np.testing.assert_array_equal(np.sort(everything), np.arange(600))
    threes = [int((without.targets[rows] == 3).sum()) for _, rows in splits]
    assert threes[0] == 0
    assert sum(threes) == (whole.targets == 3).sum()
    assert abs(threes[1] - threes[2]) <= 1


def test_too_little_room_for_a_digit_that_is_left_out_is_said() -> None:
    short = {"dataset": {"kind": "digits", "left_out": 3, "validation": 10, "test": 5}}
    found = [problem for problem in check(DIGITS | short).problems if problem.place == "/dataset/left_out"]
    assert len(found) == 1
    assert checked(patched(DIGITS | short, found[0].fixes[0].edits))


@pytest.mark.parametrize(
    "task", [Autoencoder(), DenoisingAutoencoder(), VariationalAutoencoder()], ids=lambda task: task.kind
)
def test_what_was_never_learned_is_told_by_the_loss_and_counts_for_nothing_else(task: Task) -> None:
    experiment = turned_into(task, **WITHOUT_THREES)
    stepper, samples = trained(experiment, 60)
    work = WORK[experiment.task.kind](experiment)
    metrics = Evaluator(experiment, samples, work).evaluate(stepper.averaged).metrics
    assert "train_auroc" not in metrics
    batch = samples.whole("test")
    odd = batch.inputs["odd"].numpy()
    np.testing.assert_array_equal(odd, samples.prepared.targets[samples.prepared.test] == 3)
    with torch.no_grad():
        answer = work.measurable(stepper.averaged, batch)
    if isinstance(task, VariationalAutoencoder):
        lost = answer[:, 0].numpy()
        assert metrics["test_reconstruction"] == pytest.approx(lost[~odd].mean(), rel=1e-4)
    else:
        lost = (answer - batch.inputs["x"]).square().flatten(1).mean(dim=1).numpy()
        assert metrics["test_loss"] == pytest.approx(lost[~odd].mean(), rel=1e-4)
    assert metrics["test_auroc"] == pytest.approx(roc_auc_score(odd, lost), abs=1e-6)


def test_pca_and_nearest_neighbours_stand_beside_what_tells_the_odd_ones() -> None:
    experiment = turned_into(Autoencoder(), **WITHOUT_THREES)
    stepper, samples = trained(experiment, 60)
    work = WORK["autoencoder"](experiment)
    frame = decode(
        Probing(experiment, Look(experiment, stepper.averaged, samples, work)).frames(["reconstructions"], 60, 1.0)[
            "reconstructions"
        ]
    )
    batch = samples.whole("validation")
    train, held = (samples.whole(split).inputs["x"].flatten(1).numpy() for split in ("train", "validation"))
    odd = batch.inputs["odd"].numpy()
    pca: Any = PCA(8).fit(train)
    off = np.square(pca.inverse_transform(pca.transform(held)) - held).mean(axis=1)
    near: Any = NearestNeighbors(n_neighbors=5).fit(train).kneighbors(held)[0].mean(axis=1)
    metrics = Evaluator(experiment, samples, work).evaluate(stepper.averaged).metrics
    expected = [metrics["validation_auroc"], roc_auc_score(odd, off), roc_auc_score(odd, near)]
    assert frame.about["auroc"] == pytest.approx(expected, abs=1e-3)
    assert frame.about["errors"][0] == pytest.approx(metrics["validation_loss"], rel=1e-3)
    assert frame.about["errors"][1] == pytest.approx(off[~odd].mean(), rel=1e-3)


def test_equal_scores_tell_nothing() -> None:
    odd = np.array([False, True, False, True])
    assert auroc(np.array([1.0, 1.0, 1.0, 1.0]), odd) == 0.5
    assert auroc(np.array([1.0, 3.0, 2.0, 2.0]), odd) == pytest.approx(7 / 8)  # 2 + 1.5 of four pairs


def test_a_decoder_that_is_told_the_class_draws_what_is_asked() -> None:
    experiment = turned_into(ConditionalAutoencoder(), loss={"kind": "bce_with_logits"})
    stepper, samples = trained(experiment, 300)
    work = WORK[experiment.task.kind](experiment)
    assert isinstance(work, ConditionalAutoencoderWork)
    batch = samples.whole("validation")
    with torch.no_grad():
        drawn = work.to_order(stepper.networks, batch.inputs["x"], 10)
        answer = work.answer(stepper.networks, batch)
    assert drawn.shape == (batch.size, 10, 1, 8, 8)
    own = drawn[torch.arange(batch.size), batch.inputs["label"]]
    torch.testing.assert_close(own, answer)
    labels = samples.whole("train").inputs["label"]
    means = torch.stack([samples.whole("train").inputs["x"][labels == digit].mean(dim=0) for digit in range(10)])
    nearest = (drawn[:, :, None] - means[None, None]).square().sum(dim=(3, 4, 5)).argmin(dim=2)
    assert (nearest == torch.arange(10)).float().mean() > 0.8


def test_a_layer_that_reads_what_is_not_given_is_refused_where_it_stands() -> None:
    wrong = DIGITS | {"networks": {"main": {"layers": [{"kind": "flatten"}, {"kind": "class_embedding"}]}}}
    (problem,) = check(wrong).problems
    assert problem.place == "/networks/main/layers/1"
    assert patched(wrong, problem.fixes[0].edits)["networks"]["main"]["layers"] == [{"kind": "flatten"}]


@pytest.mark.parametrize("task", [Autoencoder(), ConditionalAutoencoder()], ids=lambda task: task.kind)
def test_symbols_cannot_be_drawn_again(task: Task) -> None:
    majority = {"dataset": {"kind": "majority"}, "task": {"kind": task.kind}, "loss": {"kind": "mse"}}
    assert "/task" in {problem.place for problem in check(majority).problems}


def test_a_frozen_layer_moves_no_number_and_counts_no_batch() -> None:
    layers = [
        {"kind": "flatten"},
        {"kind": "linear", "units": 12, "frozen": True},
        {"kind": "batch_norm1d", "frozen": True},
        {"kind": "relu"},
        {"kind": "residual", "layers": [{"kind": "linear", "units": 12}], "frozen": True},
    ]
    rules = {"l2": 0.1, "max_norm": 0.5, "l1": 0.1}
    experiment = checked(
        DIGITS | {"networks": {"main": {"layers": layers}}, "training": {"batch_size": 32, "regularization": rules}}
    )
    stepper, _ = trained(experiment, 0)
    before = {name: value.clone() for name, value in stepper.networks["main"].state_dict().items()}
    stepper.advance(5, observe=True)
    moved = {
        name for name, value in stepper.networks["main"].state_dict().items() if not torch.equal(value, before[name])
    }
    assert moved == {"head.0.weight", "head.0.bias"}


def test_the_presets_keep_their_promises_in_short() -> None:
    preset = next(preset for preset in PRESETS if preset.name == "majority")
    experiment = checked(preset.experiment)
    stepper, samples = trained(experiment, 1000)
    metrics = Evaluator(experiment, samples, WORK["classification"](experiment)).evaluate(stepper.networks).metrics
    assert metrics["validation_accuracy"] >= 0.99
    assert samples.inputs.dtype == torch.int64
    assert np.unique(samples.prepared.inputs).tolist() == [0, 1]


def test_a_denoising_autoencoder_is_measured_with_noise_and_beats_the_best_linear_map() -> None:
    plain = turned_into(DenoisingAutoencoder(), dataset={"kind": "digits"}).model_dump()
    experiment = checked({**plain, "optimizer": {"kind": "adam", "lr": 0.002}})
    stepper, samples = trained(experiment, 1000)
    work = WORK[experiment.task.kind](experiment)
    train, test = samples.whole("train").inputs["x"].flatten(1), samples.whole("test")
    clean, noisy = test.inputs["x"].flatten(1), (test.inputs["x"] + 0.4 * test.inputs["noise"]).flatten(1)
    mean, spread = train.mean(dim=0), train.T.cov(correction=0)
    best = (spread + 0.4**2 * torch.eye(64)).inverse() @ spread  # of all linear maps, for such noise
    linear = ((noisy - mean) @ best + mean - clean).square().mean()
    before = torch.get_rng_state()
    metrics = Evaluator(experiment, samples, work).evaluate(stepper.networks).metrics
    assert torch.equal(before, torch.get_rng_state())
    assert metrics["test_loss"] < linear
    with torch.no_grad():
        drawn = stepper.networks["decoder"](stepper.networks["encoder"](noisy.reshape(-1, 1, 8, 8)))
    assert metrics["test_loss"] == pytest.approx((drawn.flatten(1) - clean).square().mean().item(), rel=1e-4)


@pytest.mark.parametrize(("task", "weak"), [(Autoencoder(), True), (DenoisingAutoencoder(), False)])
def test_what_noise_has_covered_is_held_against_no_network(task: Task, weak: bool) -> None:
    doctor = Doctor(turned_into(task))
    for epoch in range(1, 101):
        loss = 0.04 + 0.01 / epoch
        metrics = {"train_loss": loss, "validation_loss": loss, "train_r2": 0.4, "validation_r2": 0.4}
        doctor.look(10 * epoch, float(epoch), metrics, True, 0.001)
    verdict = doctor.conclude("done")
    assert verdict
    assert (verdict.what == "too_weak") == weak


def test_no_simpler_method_is_compared_with_what_draws_samples_again(tmp_path: Path) -> None:
    table = turned_into(Autoencoder(), dataset={"kind": "wine"})
    with pytest.raises(Problem, match="no simpler methods"):
        baselines(table.model_dump(mode="json"), None, tmp_path)
