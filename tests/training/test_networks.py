"""Tasks of several networks: each network has its own optimizer, and moves when its task says so."""

from collections.abc import Callable
from typing import Any, ClassVar, Literal

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from app.experiment.check import check, checked
from app.experiment.experiment import Experiment
from app.experiment.live_changes import changed
from app.experiment.network import Network
from app.parts.datasets.dataset import Dataset
from app.parts.shapes import Features
from app.parts.tasks.regression import Regression
from app.parts.tasks.task import Ends
from app.training.data.batch import Batch
from app.training.data.feed import feed_of
from app.training.data.samples import samples_of
from app.training.recording.evaluating import Evaluator
from app.training.recording.measuring import Measuring
from app.training.steppers.eager import EagerStepper
from app.training.steppers.stepper import Stepper
from app.training.tasks.regression import RegressionWork
from app.training.tasks.work import Move, Networks
from tests.training.documents import document
from tests.training.steppers import DullStepper

STEPS = 20
PLANE = document(
    dataset={"kind": "plane", "samples": 100}, task={"kind": "regression"}, loss={"kind": "mse"}, networks={"main": {}}
)
ADAM, SGD = {"kind": "adam", "lr": 0.01}, {"kind": "sgd", "lr": 0.1, "momentum": 0.9}
LBFGS = {"kind": "lbfgs", "max_iter": 2, "lr": 0.1}


class Autoencoder(Regression):
    """In no list of the program. Gives its input again, out of a single number."""

    kind: Literal["autoencoder"] = "autoencoder"  # pyright: ignore[reportIncompatibleVariableOverride]

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        code = Features(size=1)
        return {"encoder": Ends(dataset.inputs(), code), "decoder": Ends(code, dataset.inputs())}


class AutoencoderWork(RegressionWork):
    """Both networks move by one loss."""

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        x = batch.inputs["x"]
        given = ("encoder", "decoder")
        return {"loss": move(given, lambda: self.criterion(networks["decoder"](networks["encoder"](x)), x))}

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return networks["decoder"](networks["encoder"](batch.inputs["x"]))


class Pair(Regression):
    """Draws points that a second network cannot tell from real ones."""

    losses: ClassVar[tuple[str, ...]] = ("critic", "generator")
    kind: Literal["pair"] = "pair"  # pyright: ignore[reportIncompatibleVariableOverride]

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        points = dataset.inputs()
        return {"generator": Ends(points, points), "critic": Ends(points, Features(size=1))}


class PairWork(RegressionWork):
    """Two moves in one step: the critic's, then the generator's. Source: Goodfellow et al. 2014, arXiv:1406.2661."""

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        generator, critic = networks["generator"], networks["critic"]
        real = batch.inputs["x"]
        noise = torch.randn(real.shape)

        def told_apart() -> Tensor:
            fake = generator(noise).detach()
            return functional.softplus(-critic(real)).mean() + functional.softplus(critic(fake)).mean()

        def seen_through() -> Tensor:
            return functional.softplus(-critic(generator(noise))).mean()

        return {"critic": move(("critic",), told_apart), "generator": move(("generator",), seen_through)}


class PenaltyWork(PairWork):
    """The critic's slope is kept near 1: its loss holds a gradient. Source: Gulrajani et al. 2017, arXiv:1704.00028."""

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        generator, critic = networks["generator"], networks["critic"]
        real = batch.inputs["x"]
        noise, between = torch.randn(real.shape), torch.rand(len(real), 1)

        def critical() -> Tensor:
            fake = generator(noise).detach()
            mixed = (between * real + (1 - between) * fake).requires_grad_()
            (slope,) = torch.autograd.grad(critic(mixed).sum(), mixed, create_graph=True)
            return critic(fake).mean() - critic(real).mean() + 10 * (slope.norm(dim=1) - 1).square().mean()

        return {
            "critic": move(("critic",), critical),
            "generator": move(("generator",), lambda: -critic(generator(noise)).mean()),
        }


def experiment_of(task: Any, optimizers: dict[str, dict[str, Any]], **training: Any) -> Experiment:
    """An experiment of a task that stands in no list; `optimizers` are the networks' own."""
    layers = [{"kind": "linear", "units": 6}, {"kind": "tanh"}]
    plain = checked({**PLANE, "training": {"batch_size": 12, **training}})
    networks = {
        name: Network.model_validate({"layers": layers, "optimizer": optimizers.get(name)})
        for name in task.ends(plain.dataset, 1)
    }
    return plain.model_copy(update={"task": task, "networks": networks})


Make = Callable[..., Stepper]


def begin(experiment: Experiment, work: Callable[[Experiment], Any], kind: Make = EagerStepper) -> tuple[Stepper, Any]:
    """A stepper of the experiment, and its feed."""
    feed = feed_of(experiment, samples_of(experiment))
    return kind(experiment, feed, work(experiment)), feed


def weights(stepper: Stepper, network: str) -> list[Tensor]:
    return [parameter.detach().clone() for parameter in stepper.networks[network].parameters()]


CASES = [
    pytest.param(Autoencoder(), AutoencoderWork, {}, id="autoencoder, one kind of optimizer"),
    pytest.param(Autoencoder(), AutoencoderWork, {"encoder": SGD, "decoder": ADAM}, id="autoencoder, two optimizers"),
    pytest.param(Autoencoder(), AutoencoderWork, {"encoder": LBFGS, "decoder": ADAM}, id="L-BFGS beside Adam"),
    pytest.param(Autoencoder(), AutoencoderWork, {"encoder": LBFGS, "decoder": LBFGS}, id="two L-BFGS"),
    pytest.param(Pair(), PairWork, {"critic": SGD}, id="GAN"),
    pytest.param(Pair(), PairWork, {"generator": LBFGS}, id="GAN, its generator by L-BFGS"),
    pytest.param(Pair(), PenaltyWork, {}, id="gradient penalty"),
]


@pytest.mark.parametrize(("task", "work", "optimizers"), CASES)
def test_networks_move_as_plain_pytorch_moves_them(task: Any, work: Any, optimizers: Any) -> None:
    experiment = experiment_of(task, optimizers, averaging=0.8, regularization={"l2": 0.01, "clip_norm": 1.0})
    told: list[Any] = []
    for kind in (EagerStepper, DullStepper):
        stepper, _ = begin(experiment, work, kind)
        told.append((stepper.advance(STEPS).losses, stepper.state()))
    (losses, state), (expected, kept) = told
    for name in task.losses:
        np.testing.assert_array_equal(losses[name], expected[name])
    assert state.values == kept.values
    assert state.tensors.keys() == kept.tensors.keys()
    assert [name for name, tensor in state.tensors.items() if not torch.equal(tensor, kept.tensors[name])] == []


@pytest.mark.parametrize(("task", "work", "optimizers"), CASES)
def test_networks_go_on_from_a_state_as_if_nothing_had_happened(task: Any, work: Any, optimizers: Any) -> None:
    experiment = experiment_of(task, optimizers, averaging=0.8)
    straight, _ = begin(experiment, work)
    assert not straight.advance(2 * STEPS).broke
    expected = straight.state()
    broken, feed = begin(experiment, work)
    broken.advance(STEPS)
    kept = broken.state()  # taken now: all draw from the one generator of the process
    other, fed = begin(experiment, work)
    other.restore(kept)
    fed.order.restore(feed.order.state())
    other.advance(STEPS)
    reached = other.state()
    assert [name for name, tensor in expected.tensors.items() if not torch.equal(tensor, reached.tensors[name])] == []


def test_an_autoencoder_learns_and_is_observed_network_by_network() -> None:
    experiment = experiment_of(Autoencoder(), {"decoder": SGD})
    stepper, _ = begin(experiment, AutoencoderWork)
    chunk = stepper.advance(300, observe=True)
    assert chunk.losses["loss"][-10:].mean() < 0.7 * chunk.losses["loss"][:10].mean()
    assert set(chunk.layers) == {
        f"/networks/{name}/{layer}" for name in ("encoder", "decoder") for layer in ("layers/0", "head/0")
    }


def test_a_move_touches_no_network_but_those_it_names() -> None:
    experiment = experiment_of(Pair(), {})
    seen: dict[str, Any] = {}

    class Watching(PairWork):
        def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
            def watched(names: tuple[str, ...], loss: Callable[[], Tensor]) -> float:
                before = {
                    name: [parameter.detach().clone() for parameter in networks[name].parameters()] for name in networks
                }
                value = move(names, loss)
                seen[names[0]] = [
                    name for name in networks if not all(map(torch.equal, before[name], networks[name].parameters()))
                ]
                return value

            return super().step(networks, batch, watched)

    stepper, _ = begin(experiment, Watching)
    stepper.advance(1)
    assert seen == {"critic": ["critic"], "generator": ["generator"]}


def test_where_a_move_breaks_its_networks_are_those_before_it() -> None:
    class Breaking(PairWork):
        def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
            def broken(names: tuple[str, ...], loss: Callable[[], Tensor]) -> float:
                return move(names, (lambda: loss() * torch.inf) if names == ("generator",) else loss)

            return super().step(networks, batch, broken)

    stepper, feed = begin(experiment_of(Pair(), {}), Breaking)
    before = {name: weights(stepper, name) for name in ("generator", "critic")}
    chunk = stepper.advance(5)
    assert (chunk.broke, chunk.count, stepper.step, feed.order.samples_seen) == (True, 1, 0, 0)
    assert all(map(torch.equal, before["generator"], weights(stepper, "generator")))
    assert not all(map(torch.equal, before["critic"], weights(stepper, "critic")))


def test_a_live_change_reaches_the_optimizer_it_names() -> None:
    experiment = experiment_of(Autoencoder(), {"encoder": SGD})
    stepper, _ = begin(experiment, AutoencoderWork)
    stepper.advance(1)
    still = experiment.model_copy(
        update={
            "networks": {
                **experiment.networks,
                "encoder": Network.model_validate(
                    {**experiment.networks["encoder"].model_dump(), "optimizer": {**SGD, "lr": 1e-30, "momentum": 0.0}}
                ),
            }
        }
    )
    stepper.change(still)
    before = {name: weights(stepper, name) for name in ("encoder", "decoder")}
    stepper.advance(1)
    assert all(map(torch.equal, before["encoder"], weights(stepper, "encoder")))
    assert not all(map(torch.equal, before["decoder"], weights(stepper, "decoder")))


def test_a_network_of_a_task_that_has_one_may_have_its_own_optimizer() -> None:
    own = document(networks={"main": {"layers": [], "optimizer": {"kind": "sgd", "lr": 0.5}}})
    experiment = checked(own)
    assert experiment.optimizer_of("main").lr == 0.5
    assert changed(experiment, "/networks/main/optimizer/lr", 0.25).optimizer_of("main").lr == 0.25
    wrong = check(document(networks={"main": {"optimizer": {"kind": "rprop", "etaminus": 2}}}))
    assert all(problem.place.startswith("/networks/main/optimizer") for problem in wrong.problems)
    assert wrong.problems


def test_metrics_are_those_of_the_networks_together() -> None:
    experiment = experiment_of(Autoencoder(), {})
    samples = samples_of(experiment)

    class Compared(AutoencoderWork):
        """Compares with the input instead of the targets."""

        def answer(self, networks: Networks, batch: Batch) -> Tensor:
            return super().answer(networks, batch)[:, :1]

    stepper, _ = begin(experiment, Compared)
    found = Evaluator(experiment, samples, Compared(experiment)).evaluate(stepper.averaged).metrics
    whole = samples.whole("validation")
    assert whole.targets is not None
    for network in stepper.networks.values():
        network.eval()
    with torch.no_grad():
        answer = stepper.networks["decoder"](stepper.networks["encoder"](whole.inputs["x"]))[:, :1]
    assert found["validation_loss"] == pytest.approx(functional.mse_loss(answer, whole.targets).item(), rel=1e-5)


def test_every_loss_of_a_step_is_recorded_under_its_name() -> None:
    measuring = Measuring(("critic", "generator"))
    columns = measuring.rows(
        1, {"critic": np.array([1.0, 2.0]), "generator": np.array([3.0, 4.0])}, np.array([0.1, 0.2]), np.ones(2), True
    )
    assert (columns["train_loss"], columns["train_generator"]) == ([1.0, 2.0], [3.0, 4.0])
