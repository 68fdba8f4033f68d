"""Diffusion: the schedules of noise, drawing by DDPM and DDIM, and what is shown of the way.

One file, though long: schedules, drawing and what is shown are held against the same closed forms.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.datasets import DATASETS
from app.parts.problem import Problem, Problems
from app.parts.questions.sample import Sample
from app.parts.tasks.diffusion import Diffusion
from app.runs.folder import RunFolder
from app.runs.frames import decode
from app.training.asking.replies.sample import SampleReply
from app.training.asking.trained import trained as newest
from app.training.data.feed import feed_of
from app.training.data.samples import samples_of
from app.training.probes import Look
from app.training.recording.evaluating import Evaluator
from app.training.recording.probing import Probing
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK
from app.training.tasks.diffusion import DiffusionWork, kept
from tests.training.documents import document
from tests.training.running import trained

WIDE = [{"kind": "linear", "units": 64}, {"kind": "time_embedding"}, {"kind": "silu"}]
SPREAD = 0.5  # of the gaussian whose denoiser is known, in units of the noise


def diffusion(**others: Any) -> dict[str, Any]:
    """A small diffusion model of a ring of islands."""
    return document(
        dataset={"kind": "islands", "samples": 400},
        task={"kind": "diffusion", **others.pop("task", {})},
        loss={"kind": "mse"},
        networks={"main": {"layers": WIDE * 3}},
        optimizer={"kind": "adam", "lr": 0.005},
        training={"batch_size": 60, "epochs": 20, **others.pop("training", {})},
        **others,
    )


def begun(experiment: Experiment) -> tuple[EagerStepper, DiffusionWork]:
    """A stepper before its first step, and its work."""
    work = WORK["diffusion"](experiment)
    assert isinstance(work, DiffusionWork)
    return EagerStepper(experiment, feed_of(experiment, samples_of(experiment)), work), work


class Known:
    """What is to be told of samples of a gaussian of this spread: the mean of what could have been laid over them."""

    def __init__(self, work: DiffusionWork) -> None:
        self.work = work

    def __call__(self, noisy: Tensor, time: Tensor) -> Tensor:
        times = (time * self.work.task.times).round().long()
        signal, noise = (values[times][:, None] for values in (self.work.signal, self.work.noise))
        clean = signal * SPREAD**2 / (signal**2 * SPREAD**2 + noise**2) * noisy
        laid = (noisy - signal * clean) / noise
        return told_of(self.work.task.prediction, signal, noise, clean, laid)


def told_of(prediction: str, signal: Tensor, noise: Tensor, clean: Tensor, laid: Tensor) -> Tensor:
    """What is predicted of clean samples and the noise over them. Salimans and Ho 2022; Lipman et al. 2022."""
    velocity = signal * laid - noise * clean
    return {"noise": laid, "velocity": velocity, "sample": clean, "flow": laid - clean}[prediction]


KINDS = [  # what is predicted, by which schedule
    *(("cosine", prediction) for prediction in ("velocity", "noise", "sample", "flow")),
    *(("straight", prediction) for prediction in ("velocity", "sample", "flow")),
]


@pytest.mark.parametrize("schedule", ["cosine", "linear"])
@pytest.mark.parametrize("times", [2, 20, 100, 1000])
def test_a_schedule_begins_clean_and_ends_in_noise(schedule: str, times: int) -> None:
    left = kept(times, schedule)
    assert left.shape == (times + 1,)
    assert left[0] == 1
    assert 0 < left[-1] < 1e-3
    assert (np.diff(left) < 0).all()


def test_schedules_are_those_of_their_papers() -> None:
    steps = np.linspace(1e-4, 0.02, 1000)  # Ho et al. 2020, section 4
    np.testing.assert_allclose(kept(1000, "linear")[1:], np.cumprod(1 - steps), rtol=1e-9)
    assert kept(1000, "linear")[-1] == pytest.approx(4e-5, rel=0.02)
    half = np.cos((0.5 + 0.008) / 1.008 * np.pi / 2) ** 2 / np.cos(0.008 / 1.008 * np.pi / 2) ** 2
    assert kept(1000, "cosine")[500] == pytest.approx(half)  # Nichol and Dhariwal 2021, equation 17


def test_the_straight_schedule_goes_evenly_from_sample_to_noise() -> None:
    _, work = begun(checked(diffusion(task={"noise_schedule": "straight", "prediction": "flow"})))
    even = torch.linspace(0, 1, 101)
    torch.testing.assert_close(work.noise, even)
    torch.testing.assert_close(work.signal, 1 - even)


def test_noise_is_not_to_be_predicted_where_nothing_else_is_left() -> None:
    straight = diffusion(task={"noise_schedule": "straight", "prediction": "noise"})
    with pytest.raises(Problems) as refused:
        checked(straight)
    [problem] = refused.value.problems
    assert problem.place == "/task/prediction"
    [edit] = problem.fixes[0].edits
    assert (edit.path, edit.value) == ("/task/prediction", "flow")


@pytest.mark.parametrize(("schedule", "prediction"), KINDS)
def test_a_step_wants_what_papers_say(schedule: str, prediction: str) -> None:
    _, work = begun(checked(diffusion(task={"noise_schedule": schedule, "prediction": prediction})))
    clean, laid = torch.randn(2, 50, 2, generator=torch.Generator().manual_seed(4)).unbind()
    times = torch.arange(1, 101, 2)
    signal, noise = work.signal[times][:, None], work.noise[times][:, None]
    noisy, wanted = work.laid_over(clean, laid, times)
    torch.testing.assert_close(noisy, signal * clean + noise * laid)
    torch.testing.assert_close(wanted, told_of(prediction, signal, noise, clean, laid))


@pytest.mark.parametrize(("schedule", "prediction"), KINDS)
@pytest.mark.parametrize("time", [10, 50, 90])
def test_the_loss_at_a_time_is_what_cannot_be_known_of_a_gaussian(schedule: str, prediction: str, time: int) -> None:
    _, work = begun(checked(diffusion(task={"noise_schedule": schedule, "prediction": prediction})))
    known: Any = {"main": Known(work)}
    chance = torch.Generator().manual_seed(6)
    x, laid = SPREAD * torch.randn(50_000, 2, generator=chance), torch.randn(50_000, 2, generator=chance)
    signal, noise = float(work.signal[time]), float(work.noise[time])
    unknown = SPREAD**2 * noise**2 / (signal**2 * SPREAD**2 + noise**2)  # variance of the clean sample, once seen
    sample, other = {"noise": (0, 1), "velocity": (-noise, signal), "sample": (1, 0), "flow": (-1, 1)}[prediction]
    loss, plain = work.losses_at(known, x, laid, time)
    assert loss == pytest.approx((sample - other * signal / noise) ** 2 * unknown, rel=0.03)
    assert plain == pytest.approx(sample**2 * SPREAD**2 + other**2, rel=0.03)


@pytest.mark.parametrize(("schedule", "prediction"), KINDS)
def test_what_is_laid_over_a_sample_is_told_apart_again(schedule: str, prediction: str) -> None:
    """A network that knows what it is to tell exactly makes out the sample and the noise, at every time."""
    _, work = begun(checked(diffusion(task={"noise_schedule": schedule, "prediction": prediction})))
    clean, laid = torch.randn(2, 50, 2, generator=torch.Generator().manual_seed(1)).unbind()
    for time in (1, 50, 80):
        signal, noise = work.signal[time], work.noise[time]
        told = told_of(prediction, signal, noise, clean, laid)
        knowing: Any = {"main": lambda *_, told=told, **__: told}  # in place of a network
        found = work.made_out(knowing, signal * clean + noise * laid, time)
        torch.testing.assert_close(found[0], clean, atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(found[1], laid, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("prediction", ["velocity", "noise", "sample", "flow"])
def test_ddim_in_all_steps_with_fresh_noise_has_the_statistics_of_ddpm(prediction: str) -> None:
    task = {"prediction": prediction, "sampling_steps": 100, "eta": 1.0}
    _, work = begun(checked(diffusion(task=task)))
    known: Any = {"main": Known(work)}
    start = torch.randn(20_000, 2, generator=torch.Generator().manual_seed(2))
    stages = {stage.time: stage.noisy for stage in work.stages(known, start)}
    left = work.kept
    ddpm, chance = start, torch.Generator().manual_seed(3)
    for time in range(100, 0, -1):  # algorithm 2 of Ho et al. 2020, with the smaller of its two variances
        alpha = left[time] / left[time - 1]
        _, laid = work.made_out(known, ddpm, time)
        mean = (ddpm - (1 - alpha) / (1 - left[time]).sqrt() * laid) / alpha.sqrt()
        spread = ((1 - left[time - 1]) / (1 - left[time]) * (1 - alpha)).sqrt()
        ddpm = (mean + spread * torch.randn(ddpm.shape, generator=chance)).float()
        if time in (81, 51, 21, 1):
            assert stages[time - 1].std().item() == pytest.approx(ddpm.std().item(), rel=0.02)
            assert stages[time - 1].mean().item() == pytest.approx(ddpm.mean().item(), abs=0.02)
    assert stages[0].std().item() == pytest.approx(SPREAD, rel=0.05)


@pytest.mark.parametrize(("schedule", "prediction"), KINDS)
@pytest.mark.parametrize(("steps", "eta"), [(100, 0.0), (50, 0.0), (100, 1.0)])
def test_a_gaussian_is_drawn_as_it_is(schedule: str, prediction: str, steps: int, eta: float) -> None:
    task = {"sampling_steps": steps, "eta": eta, "noise_schedule": schedule, "prediction": prediction}
    _, work = begun(checked(diffusion(task=task)))
    known: Any = {"main": Known(work)}
    start = torch.randn(20_000, 2, generator=torch.Generator().manual_seed(2))
    *_, last = work.stages(known, start)
    assert last.time == 0
    assert last.noisy.std().item() == pytest.approx(SPREAD, rel=0.06)


def test_the_flow_of_a_gaussian_is_followed_by_plain_steps_of_its_length() -> None:
    """Drawing by flow matching is Euler's method: each step goes as far along the flow as the time does."""
    task = {"sampling_steps": 10, "noise_schedule": "straight", "prediction": "flow"}
    _, work = begun(checked(diffusion(task=task)))
    known = Known(work)
    networks: Any = {"main": known}
    point = start = torch.randn(500, 2, generator=torch.Generator().manual_seed(5))
    for time in range(100, 0, -10):
        point = point - 0.1 * known(point, torch.full((500,), time / 100))
    *_, last = work.stages(networks, start)
    torch.testing.assert_close(last.noisy, point, atol=1e-5, rtol=1e-4)


def test_drawing_has_a_chance_of_its_own_and_gives_the_same_again() -> None:
    experiment = checked(diffusion(task={"eta": 1.0}))
    stepper, work = begun(experiment)
    evaluator = Evaluator(experiment, samples_of(experiment), work)
    before = torch.get_rng_state()
    first = evaluator.evaluate(stepper.averaged)
    assert torch.equal(before, torch.get_rng_state())
    assert first == evaluator.evaluate(stepper.averaged)


def test_pictures_and_metrics_change_nothing_of_the_training(tmp_path: Path) -> None:
    drawing = diffusion(training={"averaging": 0.9}, task={"eta": 1.0})
    events = trained(tmp_path, drawing)
    told = [loss for event in events if event["type"] == "measured" for loss in event["columns"]["train_loss"]]
    stepper, _ = begun(checked(drawing))
    losses = stepper.advance(len(told)).losses["loss"]
    assert told == [float(f"{loss:.6g}") for loss in losses]
    assert events[-1]["reason"] == "done"


def test_samples_are_seen_in_units_of_their_spread_and_drawn_in_their_own() -> None:
    for dataset in (
        {"kind": "islands"},
        {"kind": "spiral", "standardize": True},
        {"kind": "digits"},
        {"kind": "moons"},
    ):
        kind = next(part for part in DATASETS if part.kind_name() == dataset["kind"])
        networks = Diffusion().networks(kind.model_validate(dataset))
        experiment = checked(diffusion() | {"dataset": dataset, "networks": networks})
        x = samples_of(experiment).inputs
        work = begun(experiment)[1]
        z = work.scaled(x)
        assert abs(z.mean().item()) < 0.5
        assert 0.5 < z.std().item() < 1.5
        torch.testing.assert_close(work.unscaled(z), x, atol=1e-5, rtol=1e-5)


def test_diffusion_learns_where_the_islands_lie() -> None:
    experiment = checked(diffusion(training={"epochs": 500, "averaging": 0.99}, schedule={"kind": "cosine"}))
    stepper, work = begun(experiment)
    evaluator = Evaluator(experiment, samples_of(experiment), work)
    first = evaluator.evaluate(stepper.averaged).metrics
    stepper.advance(2000)
    later = evaluator.evaluate(stepper.averaged).metrics
    assert later["train_on_islands"] > max(2 * first["train_on_islands"], 0.4)  # of 240 points only
    assert later["train_islands"] == 1
    assert later["train_distance_ratio"] < first["train_distance_ratio"]


def test_the_way_is_shown_from_noise_to_what_is_drawn() -> None:
    experiment = checked(diffusion())
    stepper, work = begun(experiment)
    stepper.advance(20)
    look = Look(experiment, stepper.averaged, samples_of(experiment), work)
    probing = Probing(experiment, look)
    assert "denoising" in probing.names
    assert not {"surface", "generated_points"} & set(probing.names)
    frame = decode(probing.frames(["denoising"], 20, 1.0)["denoising"])
    batch = look.samples.whole("validation")
    with torch.no_grad():
        answer = look.answer(batch).numpy()
        end, _ = work.made_out(stepper.averaged, work.scaled(torch.zeros(1, 2)), 1)
    noisy: Any = frame.arrays["noisy"]
    field: Any = frame.arrays["field"]
    assert noisy.shape == (21, batch.size, 2)
    assert frame.about["times"] == [*range(100, -1, -5)]
    np.testing.assert_allclose(noisy[-1], answer, atol=1e-4)
    start = work.unscaled(batch.inputs["noise"]).numpy()
    np.testing.assert_allclose(noisy[0], start, atol=1e-4)
    middle = field[-1, field.shape[1] // 2]
    np.testing.assert_allclose(middle[:2], 0, atol=1e-6)
    way = work.unscaled(end).numpy()[0]
    np.testing.assert_allclose(
        (middle[2:] - middle[:2]) / np.linalg.norm(middle[2:]), way / np.linalg.norm(way), atol=1e-3
    )


def test_pictures_of_the_weights_in_training_stand_beside_those_of_the_averages(tmp_path: Path) -> None:
    averaging = diffusion(training={"averaging": 0.9, "epochs": 3})
    trained(tmp_path / "runs", averaging)
    folder = RunFolder(next((tmp_path / "runs").iterdir()))
    newest_frame: Any = decode(folder.live_file("denoising").read_bytes())
    experiment, step = checked(averaging), newest_frame.step
    look = samples_of(experiment).whole("validation")
    for name, live in (("noisy", False), ("live_noisy", True)):
        networks = newest(folder, step, live).networks
        with torch.no_grad():
            drawn = begun(experiment)[1].answer(networks, look).numpy()
        shown: Any = newest_frame.arrays[name]
        np.testing.assert_allclose(shown[-1], drawn, atol=1e-4)
    assert not np.allclose(newest_frame.arrays["noisy"], newest_frame.arrays["live_noisy"], atol=1e-3)
    trained(tmp_path / "plain", diffusion(training={"epochs": 1}))
    plain = RunFolder(next((tmp_path / "plain").iterdir())).live_file("denoising")
    assert set(decode(plain.read_bytes()).arrays) == {"noisy", "clean", "field"}


def test_pictures_are_shown_as_they_come_about() -> None:
    digits: Any = {"kind": "digits", "samples": 300}
    layers = [{"kind": "flatten"}, *WIDE, {"kind": "linear", "units": 64}, {"kind": "reshape", "sizes": [1, 8, 8]}]
    experiment = checked(diffusion() | {"dataset": digits, "networks": {"main": {"layers": layers, "head": False}}})
    stepper, work = begun(experiment)
    stepper.advance(5)
    look = Look(experiment, stepper.averaged, samples_of(experiment), work)
    probing = Probing(experiment, look)
    assert "generated_pictures" in probing.names
    assert not {"reconstructions", "denoising", "feature_maps"} & set(probing.names)
    frame = decode(probing.frames(["generated_pictures"], 5, 1.0)["generated_pictures"])
    way: Any = frame.arrays["way"]
    clean: Any = frame.arrays["clean"]
    noised: Any = frame.arrays["noised"]
    assert way.codes.shape == clean.codes.shape == (11, 36, 1, 8, 8)
    assert frame.about["times"] == [*range(100, -1, -10)]
    batch = look.samples.whole("validation")
    noise, real = batch.inputs["noise"][:36], batch.inputs["x"][:9]
    with torch.no_grad():
        stages = list(work.way(stepper.averaged, noise))
        drawn = work.drawn(stepper.averaged, noise).clamp(0, 1).numpy()
    np.testing.assert_allclose(way.codes[-1] / 255, drawn, atol=1 / 255)
    np.testing.assert_allclose(clean.codes[0] / 255, stages[0].clean.clamp(0, 1).numpy(), atol=1 / 255)
    assert noised.codes.shape == (11, 9, 1, 8, 8)
    np.testing.assert_allclose(noised.codes[-1] / 255, real.numpy(), atol=1 / 255)
    half = 0.5 + 0.5 * (work.signal[50] * (real - 0.5) / 0.5 + work.noise[50] * noise[:9])
    np.testing.assert_allclose(noised.codes[5] / 255, half.clamp(0, 1).numpy(), atol=1 / 255)


def looked(names: tuple[str, ...], loss: Callable[[], Tensor]) -> float:
    """A move that is not made."""
    return loss().item()


TOLD = [*WIDE[:2], {"kind": "class_embedding"}, *WIDE[2:]]


def asked(**others: Any) -> Experiment:
    """A small diffusion model of digits that is told which."""
    picture = [{"kind": "linear", "units": 64}, {"kind": "reshape", "sizes": [1, 8, 8]}]
    networks = {"main": {"layers": [{"kind": "flatten"}, *TOLD * 2, *picture], "head": False}}
    whole = diffusion(task={"conditional": True}, **others)
    return checked(whole | {"dataset": {"kind": "digits"}, "networks": networks})


def test_a_network_is_told_the_class_of_what_it_learns_from_and_of_what_it_draws() -> None:
    experiment = asked()
    _, work = begun(experiment)
    batch = samples_of(experiment).whole("train").part(0, 20)
    told: list[Tensor] = []

    def watched(noisy: Tensor, time: Tensor, label: Tensor) -> Tensor:
        told.append(label)
        return torch.zeros_like(noisy)

    networks: Any = {"main": watched}
    work.step(networks, batch, looked)
    assert torch.equal(told.pop(), batch.inputs["label"])
    work.answer(networks, batch)
    assert len(told) == 20
    assert all(torch.equal(label, batch.inputs["label"]) for label in told)


def test_columns_of_pictures_are_the_classes_in_turn() -> None:
    experiment = asked()
    stepper, work = begun(experiment)
    look = Look(experiment, stepper.averaged, samples_of(experiment), work)
    probing = Probing(experiment, look)
    frame = decode(probing.frames(["generated_pictures"], 0, 0.0)["generated_pictures"])
    assert frame.about["classes"] == [str(digit) for digit in range(10)]
    assert frame.about["across"] == 10
    noise = look.samples.whole("validation").inputs["noise"][:40]
    with torch.no_grad():
        sevens = work.drawn(stepper.averaged, noise, work.all_of(7, 40)).clamp(0, 1).numpy()
    way: Any = frame.arrays["way"]
    assert way.codes.shape == (11, 40, 1, 8, 8)
    np.testing.assert_allclose(way.codes[-1][7::10] / 255, sevens[7::10], atol=1 / 255)


def test_any_class_is_asked_for_in_any_number_of_steps(tmp_path: Path) -> None:
    document = asked(training={"epochs": 2}).model_dump(mode="json")
    trained(tmp_path / "runs", document)
    folder = RunFolder(next((tmp_path / "runs").iterdir()))
    found = newest(folder)

    def drawn(**settings: Any) -> Any:
        question = Sample(count=4, seed=3, **settings)
        with torch.no_grad():
            parts = list(SampleReply(folder, found, question).parts())
        return np.array([sample for part in parts for sample in part["samples"]])

    def expected(labels: list[int], steps: int) -> Any:
        work = WORK["diffusion"](patched_steps(found.experiment, steps))
        assert isinstance(work, DiffusionWork)
        noise = torch.randn(4, 1, 8, 8, generator=torch.Generator().manual_seed(3))
        with torch.no_grad():
            return work.drawn(found.networks, noise, {"label": torch.tensor(labels)}).numpy()

    np.testing.assert_allclose(drawn(), expected([0, 1, 2, 3], 20), atol=1e-5)
    np.testing.assert_allclose(drawn(label=7, steps=3), expected([7] * 4, 3), atol=1e-5)
    with pytest.raises(Problem, match="no class 10"):
        drawn(label=10)


def patched_steps(experiment: Experiment, steps: int) -> Experiment:
    """The same, but that samples are drawn in so many steps."""
    document = experiment.model_dump(mode="json")
    document["task"]["sampling_steps"] = steps
    return checked(document)
