"""GANs: who moves when, what slopes cost, and how what is drawn is measured."""

from collections.abc import Callable
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from app.experiment.check import check, checked
from app.experiment.experiment import Experiment
from app.experiment.live_changes import check_networks
from app.parts.datasets.dataset import Gathering
from app.parts.datasets.islands import Islands
from app.parts.metrics import AS_ASKED, EXAMINED
from app.parts.problem import Problem
from app.runs.folder import RunFolder
from app.runs.frames import decode
from app.runs.record import digest, record
from app.training.asking.trained import trained as newest
from app.training.data.feed import feed_of
from app.training.data.samples import samples_of
from app.training.probes import Look
from app.training.probes.surface import plane
from app.training.recording.checkpoints import Checkpoints
from app.training.recording.evaluating import Evaluator
from app.training.recording.moments import Moments
from app.training.recording.probing import Probing
from app.training.steppers.averaging import averages_in
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK
from app.training.tasks.drawing_new import mean_distance
from app.training.tasks.gan import GanWork
from app.training.tasks.generating import coverage, on_islands, sliced_distance
from app.training.tasks.work import Networks
from tests.training.documents import document
from tests.training.running import trained

SMALL = [{"kind": "linear", "units": 8}, {"kind": "leaky_relu"}]


def gan(loss: str = "least_squares", networks: Any = None, **others: Any) -> dict[str, Any]:
    """A small GAN on a ring of islands."""
    return document(
        dataset={"kind": "islands", "samples": 200},
        task={"kind": "gan", "latent": 3, **others.pop("task", {})},
        loss={"kind": loss},
        networks=networks or {"generator": {"layers": SMALL}, "discriminator": {"layers": SMALL}},
        training={"batch_size": 30, "epochs": 20, **others.pop("training", {})},
        **others,
    )


def begun(experiment: Experiment) -> tuple[EagerStepper, GanWork]:
    """A stepper before its first step, and its work."""
    work = WORK["gan"](experiment)
    assert isinstance(work, GanWork)
    return EagerStepper(experiment, feed_of(experiment, samples_of(experiment)), work), work


def test_a_move_leaves_the_other_network_without_a_change_and_without_a_gradient() -> None:
    experiment = checked(gan(task={"discriminator_steps": 2, "r1": 0.1, "gradient_penalty": 1.0}))
    stepper, work = begun(experiment)
    moved: list[tuple[str, ...]] = []
    step, own = work.step, stepper.networks

    def watching(networks: Networks, batch: Any, move: Any) -> dict[str, float]:
        def watched(names: tuple[str, ...], loss: Callable[[], Tensor]) -> float:
            (name,) = names
            (other,) = set(own) - {name}
            for parameter in (tensor for network in own.values() for tensor in network.parameters()):
                parameter.grad = None
            before = [tensor.detach().clone() for tensor in own[other].parameters()]
            value = move(names, loss)
            assert all(map(torch.equal, before, own[other].parameters()))
            assert all(tensor.grad is None for tensor in own[other].parameters())
            assert all(tensor.grad is not None for tensor in own[name].parameters())
            moved.append(names)
            return value

        return step(networks, batch, watched)

    work.step = watching
    stepper.advance(3)
    assert moved == [("discriminator",), ("discriminator",), ("generator",)] * 3


@pytest.mark.parametrize(("setting", "expected"), [("r1", [6.0, 8.0]), ("gradient_penalty", [9.6, 12.8])])
def test_the_gradient_of_a_slope_is_that_worked_by_hand(setting: str, expected: list[float]) -> None:
    # D(x) = w · x with w = (3, 4): its slope is 5 everywhere. R1 / 2 · 5² has the gradient R1 · w, and the penalty
    # p · (5 − 1)² the gradient 2 p · (5 − 1) · w / 5. Real and drawn points are the same, so that nothing else pulls.
    _, work = begun(checked(gan("wasserstein", task={setting: 2.0})))
    line = nn.Linear(2, 1, bias=False)
    with torch.no_grad():
        line.weight.copy_(torch.tensor([[3.0, 4.0]]))
    points = torch.randn(7, 2)
    work.told_apart(line, points, points.clone(), torch.rand(7, 1)).backward()
    assert line.weight.grad is not None
    assert line.weight.grad[0].tolist() == pytest.approx(expected, rel=1e-5)


def test_islands_are_counted_where_a_fifth_of_their_share_lies_near_them() -> None:
    gathering = Gathering(np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]]), 1.0)
    points = np.repeat([[0.0, 2.9], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0], [5.0, 5.0]], [50, 4, 5, 0, 41], axis=0)
    found = on_islands(points, gathering)
    assert found.counts.tolist() == [50, 4, 5, 0]
    assert found.reached == 0.5  # 4 of 100 points are less than a fifth of a quarter
    assert found.near == pytest.approx(0.59)
    assert on_islands(np.array([[0.0, 3.1], [np.nan, 0.0]]), gathering).near == 0


def test_real_points_reach_all_islands_and_cover_themselves() -> None:
    islands = Islands(samples=2000)
    gathering = islands.gathering()
    assert gathering is not None
    some, others = (islands.draw(np.random.default_rng(seed), None)[0] for seed in (1, 2))
    found = on_islands(some, gathering)
    assert found.reached == 1
    assert found.near == pytest.approx(1 - np.exp(-4.5), abs=0.01)  # of a round cloud within three deviations
    assert coverage(torch.from_numpy(some)[:500], torch.from_numpy(others)[:500]) == pytest.approx(1 - 0.5**5, abs=0.04)
    assert coverage(torch.zeros(500, 2).double(), torch.from_numpy(others)[:500]) == 0


@pytest.mark.parametrize("numbers", [2, 20])
def test_the_sliced_distance_of_gaussians_is_the_one_that_is_known(numbers: int) -> None:
    chance = torch.Generator().manual_seed(3)
    some, others = torch.randn(2, 20_000, numbers, generator=chance).unbind()
    shift = torch.full((numbers,), 3.0)
    assert sliced_distance(some, others) < 0.05
    assert sliced_distance(some, others + shift) == pytest.approx(3.0, rel=0.15 if numbers > 2 else 0.02)
    assert sliced_distance(some, 3 * others) == pytest.approx(2.0, rel=0.02)  # |1 − 3|, whatever the direction


def test_the_mean_distance_of_gaussian_points_is_the_one_that_is_known() -> None:
    points = torch.randn(2_000, 2, generator=torch.Generator().manual_seed(3))
    assert mean_distance(points) == pytest.approx(sqrt(torch.pi), rel=0.03)
    assert mean_distance(torch.ones(5, 2)) == 0


def test_what_is_drawn_for_metrics_uses_up_no_chance_and_is_the_same_again() -> None:
    experiment = checked(gan())
    stepper, work = begun(experiment)
    evaluator = Evaluator(experiment, samples_of(experiment), work)
    before = torch.get_rng_state()
    first = evaluator.evaluate(stepper.averaged)
    batch = samples_of(experiment).whole("train")
    evaluator.batch_loss(stepper.networks, batch)
    assert torch.equal(before, torch.get_rng_state())
    assert first == evaluator.evaluate(stepper.averaged)
    assert {name for name in first.metrics if name.startswith("test_")} == {
        f"test_{metric.name}" for metric in experiment.task.metrics if metric not in (AS_ASKED, *EXAMINED)
    }


def test_metrics_and_pictures_change_nothing_of_the_training(tmp_path: Path) -> None:
    playing = gan(training={"averaging": 0.9}, task={"gradient_penalty": 0.1})
    events = trained(tmp_path, playing)
    told = [loss for event in events if event["type"] == "measured" for loss in event["columns"]["train_generator"]]
    stepper, _ = begun(checked(playing))
    losses = stepper.advance(len(told)).losses["generator"]
    assert told == [float(f"{loss:.6g}") for loss in losses]
    assert sum(event["type"] == "evaluated" for event in events) > 5


def test_a_gan_learns_where_the_islands_lie() -> None:
    wide = [{"kind": "linear", "units": 32}, {"kind": "leaky_relu"}] * 2
    networks = {"generator": {"layers": wide}, "discriminator": {"layers": wide}}
    playing = gan(
        networks=networks,
        optimizer={"kind": "adam", "lr": 0.002, "beta1": 0.5},
        task={"r1": 0.5},
        training={"batch_size": 60, "epochs": 2000, "averaging": 0.99},
    )
    experiment = checked(playing)
    stepper, work = begun(experiment)
    evaluator = Evaluator(experiment, samples_of(experiment), work)
    first = evaluator.evaluate(stepper.averaged).metrics
    stepper.advance(1500)
    later = evaluator.evaluate(stepper.averaged).metrics
    assert first["train_islands"] < 0.3
    assert later["train_islands"] > 0.7
    assert later["train_distance"] < first["train_distance"] / 2


def test_averages_answer_questions_and_follow_what_is_set_by_hand(tmp_path: Path) -> None:
    playing = gan(training={"averaging": 0.9, "epochs": 3})
    path = "/networks/generator/layers/0/bias"
    by_hand = {"kind": "set", "weight": {"path": path, "index": [0]}, "value": 9.0, "at_step": 6}
    told = trained(tmp_path / "runs", playing, by_hand)
    assert told[-1]["reason"] == "done"
    folder = RunFolder(next((tmp_path / "runs").iterdir()))
    checkpoints = Checkpoints(folder, Moments(1, 1, 1))
    step = checkpoints.newest()
    assert step is not None
    tensors, _ = checkpoints.load(step)
    averages = averages_in(tensors)
    assert averages[path][0] > 8
    assert not torch.equal(averages[path], tensors[path])
    assert torch.equal(newest(folder).networks["generator"].get_parameter("layers.0.bias"), averages[path])


def test_averages_are_those_of_the_weights() -> None:
    norms = [{"kind": "linear", "units": 4}, {"kind": "batch_norm1d"}]
    networks = {"generator": {"layers": norms}, "discriminator": {"layers": SMALL}}
    stepper, _ = begun(checked(gan(networks=networks, training={"averaging": 0.75})))
    own = stepper.networks["generator"].state_dict()
    expected = {name: tensor.clone() for name, tensor in own.items()}
    for step in range(1, 41):
        stepper.advance(1)
        kept = min(0.75, step / (step + 9))
        for name, tensor in own.items():
            expected[name] = kept * expected[name] + (1 - kept) * tensor if tensor.is_floating_point() else tensor
    for name, tensor in stepper.averaged["generator"].state_dict().items():
        torch.testing.assert_close(tensor, expected[name])
    assert not torch.equal(own["layers.0.weight"], expected["layers.0.weight"])


def test_pictures_of_a_gan_are_the_numbers_of_its_networks() -> None:
    experiment = checked(gan())
    stepper, work = begun(experiment)
    stepper.advance(30)
    look = Look(experiment, stepper.averaged, samples_of(experiment), work)
    probing = Probing(experiment, look)
    assert {"generated_points", "scores"} <= set(probing.names)
    before = torch.get_rng_state()
    frames = {name: decode(block) for name, block in probing.frames(probing.names, 30, 1.0).items()}
    assert torch.equal(before, torch.get_rng_state())
    seen, told = frames["generated_points"].arrays, frames["scores"].arrays
    generator, discriminator = stepper.networks["generator"], stepper.networks["discriminator"]
    drawn = torch.from_numpy(np.array(seen["drawn"])).requires_grad_()
    batch = look.samples.whole("validation")
    with torch.no_grad():
        np.testing.assert_allclose(np.array(seen["drawn"]), generator(batch.inputs["noise"]).numpy(), atol=1e-5)
        scores = discriminator(torch.from_numpy(plane(50).astype(np.float32))).numpy()[:, 0]
        ends = generator(torch.tensor([[-2.2, 2.2, 0.0], [2.2, 2.2, 0.0]])).numpy()
        of_real = discriminator(batch.inputs["x"]).numpy()[:, 0]
    says: Any = seen["says"]
    assert says.low + says.high == pytest.approx(1.0)  # the score that says nothing lies in the middle
    values = says.low + says.codes / 255 * (says.high - says.low)
    np.testing.assert_allclose(values.ravel(), scores, atol=(says.high - says.low) / 255)
    lines: Any = seen["lattice"]
    np.testing.assert_allclose(lines[12, [0, -1]], ends, atol=1e-5)
    (pull,) = torch.autograd.grad(-(discriminator(drawn) - 1).square().mean(), drawn)
    arrows: Any = seen["arrows"]
    longest = pull[: len(arrows)].norm(dim=1).max()
    np.testing.assert_allclose(arrows[:, 2:] - arrows[:, :2], (pull[: len(arrows)] / longest).numpy(), atol=1e-4)
    np.testing.assert_allclose(
        np.array(told["real"]), np.histogram(of_real, np.array(told["edges"]))[0] / 40, atol=0.03
    )
    assert np.sum(np.array(told["drawn"])) == pytest.approx(1.0)


TOLD = [*SMALL[:1], {"kind": "class_embedding"}, *SMALL[1:]]
ASKED = {"generator": {"layers": TOLD}, "discriminator": {"layers": TOLD}}


def test_each_pass_of_a_step_is_told_the_classes_of_its_own_samples() -> None:
    experiment = checked(gan(networks=ASKED, task={"conditional": True, "discriminator_steps": 2}))
    stepper, work = begun(experiment)
    seen: list[tuple[str, Tensor, Tensor]] = []

    def watched(name: str) -> Any:
        network = stepper.networks[name]

        def called(x: Tensor, label: Tensor) -> Tensor:
            seen.append((name, x, label))
            return network(x, label=label)

        return called

    batch = samples_of(experiment).whole("train").part(0, 31)
    labels, real = batch.inputs["label"], batch.inputs["x"]
    networks: Any = {name: watched(name) for name in ("generator", "discriminator")}

    def looked(names: tuple[str, ...], loss: Callable[[], Tensor]) -> float:
        return loss().item()

    work.step(networks, batch, looked)
    told = [(name, label.tolist()) for name, _, label in seen]
    first, last = labels[:16].tolist(), labels[16:].tolist()
    turns = [(name, part) for part in (first, last) for name in ("generator", "discriminator", "discriminator")]
    assert told == [*turns, ("generator", last), ("discriminator", last)]
    assert torch.equal(seen[1][1], real[:16])
    assert torch.equal(seen[4][1], real[16:])


def test_what_is_asked_for_is_what_the_generator_is_told() -> None:
    experiment = checked(gan(networks=ASKED, task={"conditional": True}))
    stepper, work = begun(experiment)
    noise = torch.randn(10, 3, generator=torch.Generator().manual_seed(4))
    with torch.no_grad():
        turned = work.drawn(stepper.averaged, noise, work.in_turn(10))
        of_each = [work.drawn(stepper.averaged, noise, sides) for sides in work.of_each(10)]
    classes = len(of_each)
    assert classes == 8  # islands
    for row in range(10):
        torch.testing.assert_close(turned[row], of_each[row % classes][row])
    assert not torch.equal(of_each[0], of_each[1])
    with pytest.raises(Problem, match="no class 99"):
        work.all_of(99, 3)


def test_pictures_and_metrics_of_a_gan_that_is_told_classes_are_there() -> None:
    experiment = checked(gan(networks=ASKED, task={"conditional": True}))
    stepper, work = begun(experiment)
    stepper.advance(5)
    samples = samples_of(experiment)
    Evaluator(experiment, samples, work).evaluate(stepper.averaged)
    probing = Probing(experiment, Look(experiment, stepper.averaged, samples, work))
    seen = decode(probing.frames(["generated_points"], 5, 1.0)["generated_points"]).arrays
    batch = samples.whole("validation")
    grid = torch.from_numpy(plane(50).astype(np.float32))
    with torch.no_grad():
        drawn = stepper.networks["generator"](batch.inputs["noise"], label=batch.inputs["label"])
        said = [stepper.networks["discriminator"](grid, **sides) for sides in work.of_each(len(grid))]
    np.testing.assert_allclose(np.array(seen["drawn"]), drawn.numpy(), atol=1e-5)
    says: Any = seen["says"]
    values = says.low + says.codes / 255 * (says.high - says.low)
    expected = torch.stack(said).mean(dim=0).numpy()[:, 0]
    np.testing.assert_allclose(values.ravel(), expected, atol=(says.high - says.low) / 255)


def test_only_classes_can_be_asked_for() -> None:
    networks = {"generator": {"layers": SMALL}, "discriminator": {"layers": SMALL}}
    document = gan(networks=networks, task={"conditional": True}) | {"dataset": {"kind": "curve"}}
    found = [problem for problem in check(document).problems if problem.place == "/task/conditional"]
    assert len(found) == 1
    assert found[0].fixes[0].edits[0].path == "/task/conditional"


def alone(*networks: str, at: int, steps: int = 1) -> dict[str, Any]:
    """A command that lets networks move alone."""
    return {"kind": "step", "steps": steps, "networks": list(networks), "at_step": at}


def test_a_network_that_steps_alone_leaves_the_other_as_it_is() -> None:
    experiment = checked(gan(training={"averaging": 0.9}))
    stepper, _ = begun(experiment)
    stepper.advance(2)
    for name, other in (("generator", "discriminator"), ("discriminator", "generator")):
        weights = {
            network: [p.detach().clone() for p in stepper.networks[network].parameters()] for network in (name, other)
        }
        stepper.only = [name]
        chunk = stepper.advance(1)
        assert np.isfinite([*chunk.losses["generator"], *chunk.losses["discriminator"]]).all()
        assert all(map(torch.equal, weights[other], stepper.networks[other].parameters()))
        assert not any(map(torch.equal, weights[name], stepper.networks[name].parameters()))


def test_steps_of_one_network_alone_are_in_the_record_and_repeat(tmp_path: Path) -> None:
    orders = [
        alone("discriminator", at=5, steps=3),
        {"kind": "pause", "at_step": 6},
        {"kind": "resume", "at_step": 6},
        {"kind": "resume", "at_step": 8},
        alone("generator", at=20),
        {"kind": "resume", "at_step": 21},
    ]
    whole = gan(training={"epochs": 8})
    first, second = (trained(tmp_path / name, whole, *orders) for name in ("one", "two"))
    plain = trained(tmp_path / "plain", whole)
    assert [event["step"] for event in first if event["type"] == "command_applied"] == [5, 6, 6, 8, 20, 21]
    assert digest(record(first)) == digest(record(second)) != digest(record(plain))
    told = {step: command["networks"] for step, command in record(first).commands.values()}
    assert told == {5: ["discriminator"], 20: ["generator"]}
    assert {event["step"]: event["networks"] for event in first if event["type"] == "stepped"}[21] == ["generator"]


def test_a_pause_within_steps_of_one_network_changes_nothing(tmp_path: Path) -> None:
    whole = gan(training={"epochs": 8})
    on = {"kind": "resume", "at_step": 8}
    paused = [{"kind": "pause", "at_step": 6}, {"kind": "step", "steps": 2, "at_step": 6}]
    order = alone("discriminator", at=5, steps=3)
    straight, halting = (
        trained(tmp_path / "one", whole, order, on),
        trained(tmp_path / "two", whole, order, *paused, on),
    )
    first, second = record(straight), record(halting)
    assert first.measured == second.measured
    assert first.evaluated == second.evaluated


@pytest.mark.parametrize("names", [["nobody"], ["generator", "nobody"]])
def test_only_networks_that_are_there_can_step(names: list[str]) -> None:
    with pytest.raises(Problem, match="nobody"):
        check_networks(checked(gan()), names)
    with pytest.raises(Problem, match="the only one"):
        check_networks(checked(document()), ["main"])
