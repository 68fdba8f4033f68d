"""The examiner of drawn pictures: what it knows, where it is kept, and what is measured by it.

One file, though long: its tests share one examiner, which takes seconds to train.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load, save

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.datasets.digits import Digits
from app.parts.datasets.prepared import Prepared
from app.runs.frames import decode
from app.training.asking.questions import answer
from app.training.data.feed import feed_of
from app.training.data.samples import ArraySamples, samples_of
from app.training.data.samples import load as load_samples
from app.training.examining import EXAMINERS, Examination, examiner_of, keep_examiner
from app.training.examining.examiner import blank, learned
from app.training.examining.mixture import mixed
from app.training.probes import Look
from app.training.recording.evaluating import Evaluator
from app.training.recording.probing import Probing
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK
from app.training.tasks.drawing_new import DrawingNew
from tests.training.documents import document
from tests.training.running import new_run

PICTURE = [{"kind": "linear", "units": 64}, {"kind": "reshape", "sizes": [1, 8, 8]}]
HIDDEN = [{"kind": "linear", "units": 16}, {"kind": "relu"}]


def drawing(task: str = "gan", **others: Any) -> dict[str, Any]:
    """A small GAN of digits, or another task that draws them."""
    networks: Any = {
        "generator": {"layers": [*HIDDEN, *PICTURE], "head": False},
        "discriminator": {"layers": [{"kind": "flatten"}, *HIDDEN]},
    }
    return document(
        dataset={"kind": "digits"},
        task={"kind": task},
        loss={"kind": "non_saturating"},
        networks=networks,
        **others,
    )


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return checked(drawing())


@pytest.fixture(scope="module")
def samples(experiment: Experiment) -> ArraySamples:
    return samples_of(experiment)


@pytest.fixture(scope="module")
def examination(experiment: Experiment, samples: ArraySamples) -> Examination:
    found = Examination.of(experiment, samples, None)
    assert found is not None
    return found


def test_an_examiner_knows_digits_that_it_never_saw_and_says_how_well(
    samples: ArraySamples, examination: Examination
) -> None:
    prepared = samples.prepared
    shares = examination.examiner(torch.from_numpy(prepared.inputs[prepared.test]))
    right = float((shares.argmax(dim=1).numpy() == prepared.targets[prepared.test]).mean())
    assert examination.examiner.accuracy.item() == pytest.approx(right)
    assert right > 0.95
    torch.testing.assert_close(shares.sum(dim=1), torch.ones(len(shares)))
    assert not examination.examiner.training
    assert not any(parameter.requires_grad for parameter in examination.examiner.parameters())


FEW = Digits(samples=400)


@pytest.fixture(scope="module")
def few() -> Prepared:
    return load_samples(FEW)


def test_an_examiner_is_the_same_each_time_and_takes_no_chance_of_a_run(few: Prepared) -> None:
    before = torch.get_rng_state()
    first, second = learned(FEW, few), learned(FEW, few)
    assert torch.equal(before, torch.get_rng_state())
    assert all(map(torch.equal, first.state_dict().values(), second.state_dict().values()))
    assert not all(map(torch.equal, first.state_dict().values(), blank(FEW).state_dict().values()))


def test_an_examiner_is_learned_once_and_then_read(few: Prepared, tmp_path: Path) -> None:
    fresh = examiner_of(FEW, few, tmp_path)
    (file,) = (tmp_path / EXAMINERS).iterdir()
    weights = load(file.read_bytes())
    kept = examiner_of(FEW, few, tmp_path)
    assert kept is not fresh
    assert all(map(torch.equal, fresh.state_dict().values(), kept.state_dict().values()))
    file.write_bytes(save({**weights, "accuracy": torch.tensor(0.25)}))
    assert examiner_of(FEW, few, tmp_path).accuracy == 0.25
    for broken in (b"", b"nonsense", save({"accuracy": torch.zeros(())})):
        file.write_bytes(broken)
        assert examiner_of(FEW, few, tmp_path).accuracy == fresh.accuracy
        assert load(file.read_bytes()).keys() == weights.keys()
    others = Digits(samples=300)
    examiner_of(others, load_samples(others), tmp_path)
    assert len(list((tmp_path / EXAMINERS).iterdir())) == 2


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"dataset": {"kind": "digits", "samples": 400}}, 1),
        ({"dataset": {"kind": "islands"}, "networks": None}, 0),
        ({"task": {"kind": "classification"}, "loss": {"kind": "cross_entropy"}, "networks": None}, 0),
    ],
)
def test_a_run_that_needs_an_examiner_finds_it_kept(tmp_path: Path, changes: dict[str, Any], kept: int) -> None:
    described = {name: value for name, value in (drawing() | changes).items() if value is not None}
    if "networks" not in described:
        described["networks"] = {"main": {"layers": HIDDEN}}
    folder = new_run(tmp_path / "runs", described)
    keep_examiner(folder)
    assert len(list((folder.data / EXAMINERS).glob("*"))) == kept


@pytest.mark.parametrize(
    "question", [{"kind": "picture"}, {"kind": "instant", "frames": True, "probes": None, "test": False}]
)
def test_who_waits_for_an_answer_does_not_wait_for_an_examiner(tmp_path: Path, question: dict[str, Any]) -> None:
    short = drawing() | {"dataset": {"kind": "digits", "samples": 100}, "training": {"epochs": 1, "batch_size": 50}}
    told = answer(tmp_path, question | {"experiment": checked(short).model_dump(mode="json")})
    assert told[:1] == b"B"
    assert b"generated_pictures" in told
    assert b"examined" not in told
    assert not (tmp_path / EXAMINERS).exists()


def test_real_pictures_are_found_good_and_copies_are_found_out(samples: ArraySamples, examination: Examination) -> None:
    whole = {split: samples.whole(split).inputs["x"] for split in ("train", "validation", "test")}
    labels = torch.from_numpy(samples.prepared.targets[samples.prepared.test])
    real = examination.metrics(whole["test"], labels)
    assert real["confident"] > 0.9
    assert real["as_asked"] == pytest.approx(examination.examiner.accuracy.item())
    assert real["classes_reached"] == 1
    assert 0.07 < real["rarest_class"] <= 0.1
    assert real["copied"] < 0.1
    assert examination.metrics(whole["train"], None)["copied"] == 1
    assert "as_asked" not in examination.metrics(whole["train"], None)


def test_what_is_always_the_same_reaches_one_class(samples: ArraySamples, examination: Examination) -> None:
    copies = samples.whole("validation").inputs["x"][:1].expand(50, 1, 8, 8)
    found = examination.metrics(copies, None)
    assert found["classes_reached"] == pytest.approx(0.1)
    assert found["rarest_class"] == 0


def test_nearest_pictures_are_those_of_the_training_set(samples: ArraySamples, examination: Examination) -> None:
    train = samples.whole("train").inputs["x"]
    far, places = examination.nearest(train[5:8] + 0.01)
    assert far.tolist() == pytest.approx([0.08] * 3, rel=1e-3)  # 0.01 on each of 64 pixels
    torch.testing.assert_close(samples.at(places).inputs["x"], train[5:8])


def test_a_mixture_draws_what_it_was_fitted_to() -> None:
    chance = torch.Generator().manual_seed(1)
    middles = torch.tensor([[3.0, 0.0, 0.0, 0.0], [-3.0, 0.0, 1.0, 0.0]])
    known = (middles.repeat_interleave(500, dim=0) + 0.3 * torch.randn(1000, 4, generator=chance)).reshape(
        1000, 1, 2, 2
    )
    drawn = mixed(known, 2000)
    assert drawn.shape == (2000, 1, 2, 2)
    torch.testing.assert_close(drawn.mean(dim=0), known.mean(dim=0), atol=0.15, rtol=0)
    torch.testing.assert_close(drawn.std(dim=0), known.std(dim=0), atol=0.1, rtol=0)
    sides = drawn.flatten(1)[:, 0]
    assert (sides.abs() > 1.5).float().mean() > 0.99  # two clouds, and nothing between them
    assert torch.equal(drawn, mixed(known, 2000))


def test_metrics_of_drawn_pictures_are_those_of_the_examination(experiment: Experiment, samples: ArraySamples) -> None:
    work = WORK["gan"](experiment)
    assert isinstance(work, DrawingNew)
    work.meet(samples, None)
    stepper = EagerStepper(experiment, feed_of(experiment, samples), work)
    before = torch.get_rng_state()
    found = Evaluator(experiment, samples, work).evaluate(stepper.averaged).metrics
    assert torch.equal(before, torch.get_rng_state())
    assert work.examination is not None
    with torch.no_grad():
        drawn = work.new(stepper.averaged, samples.whole("validation"))
    for name, value in work.examination.metrics(drawn, None).items():
        assert found[f"validation_{name}"] == pytest.approx(value)


def test_what_is_shown_are_the_numbers_of_network_mixture_and_real_pictures(
    experiment: Experiment, samples: ArraySamples, examination: Examination
) -> None:
    work = WORK["gan"](experiment)
    work.meet(samples, None)
    stepper = EagerStepper(experiment, feed_of(experiment, samples), work)
    stepper.advance(30)
    look = Look(experiment, stepper.averaged, samples, work)
    probing = Probing(experiment, look)
    assert {"examined", "generated_pictures", "scores"} <= set(probing.names)
    frame = decode(probing.frames(["examined"], 30, 1.0)["examined"])
    shares, measured = np.array(frame.arrays["shares"]), np.array(frame.arrays["measured"])
    batch = look.samples.whole("validation").part(0, 300)
    with torch.no_grad():
        drawn = stepper.averaged["generator"](batch.inputs["noise"])
    rows = [drawn, mixed(samples.whole("train").inputs["x"], 300), batch.inputs["x"]]
    for row, pictures in enumerate(rows):
        seen = examination.examiner(pictures).argmax(dim=1)
        np.testing.assert_allclose(shares[row], torch.bincount(seen, minlength=10) / 300, atol=1e-6)
        expected = examination.metrics(pictures, None)
        told = dict(zip(frame.about["metrics"], measured[row].tolist(), strict=True))
        assert {name: told[name] for name in expected} == pytest.approx(expected, abs=1e-6)
    assert measured[2, frame.about["metrics"].index("diversity")] == pytest.approx(1)
    assert frame.about["accuracy"] == pytest.approx(examination.examiner.accuracy.item())
    nearest: Any = frame.arrays["nearest"]
    _, places = examination.nearest(drawn[:12])
    np.testing.assert_allclose(nearest.codes / 255, samples.at(places).inputs["x"].numpy(), atol=1 / 255)


def test_a_worker_that_learns_an_examiner_can_still_be_confined(tmp_path: Path) -> None:
    """That is for processes of one thread."""
    folder = new_run(tmp_path / "runs", drawing() | {"dataset": {"kind": "digits", "samples": 400}})
    script = """
import os, sys
from pathlib import Path
import sklearn.datasets, torch
torch.set_num_threads(1)  # as where workers are forked
from app.runs.folder import RunFolder
from app.training.examining import keep_examiner
def threads(): return len(os.listdir("/proc/self/task"))
before = threads()
keep_examiner(RunFolder(Path(sys.argv[1])))
print(threads() - before)
"""
    told = subprocess.run(
        [sys.executable, "-P", "-c", script, str(folder.path)], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "0"
    assert len(list((folder.data / EXAMINERS).iterdir())) == 1
