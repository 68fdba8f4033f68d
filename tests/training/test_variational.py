"""Variational autoencoders: what a cloud tells, what a loss is made of, and what is shown of the codes."""

import json
import math
from typing import Any

import numpy as np
import pytest
import torch
from torch.distributions import Normal, kl_divergence

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.metrics import AUROC
from app.runs.frames import decode
from app.training.data.feed import feed_of
from app.training.data.samples import samples_of
from app.training.doctor import Doctor
from app.training.probes import Look
from app.training.probes.activations import chosen_samples
from app.training.recording.evaluating import Evaluator
from app.training.recording.probing import Probing
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK
from app.training.tasks.variational_autoencoder import Cloud, VariationalAutoencoderWork
from tests.training.test_reconstructing import DIGITS

HIDDEN = [{"kind": "linear", "units": 64}, {"kind": "gelu"}]
NETWORKS = {
    "encoder": {"layers": [{"kind": "flatten"}, *HIDDEN]},
    "decoder": {
        "layers": [*HIDDEN, {"kind": "linear", "units": 64}, {"kind": "reshape", "sizes": [1, 8, 8]}],
        "head": False,
    },
}


def variational(**task: Any) -> Experiment:
    """A small one of 300 digits."""
    return checked(
        DIGITS
        | {
            "task": {"kind": "variational_autoencoder", "code": 4, **task},
            "loss": {"kind": "mse"},
            "networks": NETWORKS,
            "optimizer": {"kind": "adam", "lr": 0.003},
        }
    )


def begun(experiment: Experiment) -> tuple[EagerStepper, VariationalAutoencoderWork]:
    """A stepper before its first step, and its work."""
    work = WORK[experiment.task.kind](experiment)
    assert isinstance(work, VariationalAutoencoderWork)
    return EagerStepper(experiment, feed_of(experiment, samples_of(experiment)), work), work


def test_what_a_cloud_tells_is_its_divergence_by_the_closed_form_and_by_monte_carlo() -> None:
    chance = torch.Generator().manual_seed(1)
    cloud = Cloud(torch.randn(6, 3, generator=chance), torch.randn(6, 3, generator=chance))
    own, standard = Normal(cloud.middle, (cloud.log_variance / 2).exp()), Normal(0.0, 1.0)
    torch.testing.assert_close(cloud.told(), kl_divergence(own, standard))
    points = cloud.at(torch.randn(200_000, 6, 3, generator=chance))
    by_chance = (own.log_prob(points) - standard.log_prob(points)).mean(dim=0)
    torch.testing.assert_close(cloud.told(), by_chance, atol=0.03, rtol=0.03)
    assert Cloud(torch.zeros(1, 2), torch.zeros(1, 2)).told().tolist() == [[0.0, 0.0]]


def test_the_loss_is_how_likely_samples_are_where_the_cloud_is_the_true_one() -> None:
    """Of a linear decoder of one number the likelihood and the posterior are known; there the bound is reached."""
    _, work = begun(variational(spread=0.5, code=1))
    chance = torch.Generator().manual_seed(2)
    weight, x = torch.randn(6, generator=chance), torch.randn(50, 6, generator=chance)
    variance = 1 / (1 + weight.square().sum() / 0.25)  # of the posterior; the samples' own is w wᵀ + 0.25 I
    along = (x * weight).sum(dim=1)
    squares = (x.square().sum(dim=1) - along.square() * variance / 0.25) / 0.25
    exact = -(squares + 6 * math.log(2 * math.pi * 0.25) - variance.log()) / 2
    cloud = Cloud(along[:, None] * variance / 0.25, variance.log().expand(50, 1))
    draws = torch.randn(2000, 50, 1, generator=chance)
    lost = torch.stack([work.lost(cloud.at(draw) * weight, x) for draw in draws]).mean(dim=0)
    constant = 3 * math.log(2 * math.pi * 0.25)
    torch.testing.assert_close(-(lost + cloud.told().sum(dim=1)) - constant, exact, atol=0.2, rtol=0.01)


def test_a_step_pays_for_all_numbers_of_a_sample_and_for_what_the_code_tells() -> None:
    experiment = variational(beta=2.0, spread=0.5)
    stepper, work = begun(experiment)
    batch = samples_of(experiment).whole("train")
    paid: list[float] = []

    def looked(names: tuple[str, ...], loss: Any) -> float:
        assert names == ("encoder", "decoder")
        paid.append(loss().item())
        return paid[-1]

    torch.default_generator.manual_seed(5)
    work.step(stepper.networks, batch, looked)
    torch.default_generator.manual_seed(5)
    chance = torch.randn(batch.size, 4)
    with torch.no_grad():
        middle, log_variance = stepper.networks["encoder"](batch.inputs["x"]).split(4, dim=1)
        drawn = stepper.networks["decoder"](middle + (log_variance / 2).exp() * chance)
        lost = (drawn - batch.inputs["x"]).square().sum(dim=(1, 2, 3)) / (2 * 0.5**2)
        told = kl_divergence(Normal(middle, (log_variance / 2).exp()), Normal(0.0, 1.0)).sum(dim=1)
    assert paid == [pytest.approx((lost + 2 * told).mean().item(), rel=1e-5)]


def test_metrics_use_up_no_chance_and_add_up() -> None:
    experiment = variational(beta=2.0)
    stepper, work = begun(experiment)
    work.meet(samples_of(experiment), None)
    evaluator = Evaluator(experiment, samples_of(experiment), work)
    before = torch.get_rng_state()
    metrics = evaluator.evaluate(stepper.networks).metrics
    assert torch.equal(before, torch.get_rng_state())
    assert metrics["test_loss"] == pytest.approx(metrics["test_reconstruction"] + 2 * metrics["test_kl"], rel=1e-5)
    assert {name for name in metrics if name.startswith("test_")} == {
        f"test_{metric.name}" for metric in work.task.metrics if metric is not AUROC
    }
    with torch.no_grad():
        batch = samples_of(experiment).whole("test")
        off = (work.answer(stepper.networks, batch) - batch.inputs["x"]).square().mean().sqrt()
    assert metrics["test_rmse"] == pytest.approx(off.item(), rel=1e-4)


@pytest.mark.parametrize(("beta", "active"), [(1.0, True), (20.0, False)])
def test_a_code_that_costs_too_much_tells_nothing(beta: float, active: bool) -> None:
    experiment = variational(beta=beta)
    stepper, work = begun(experiment)
    stepper.advance(400)
    metrics = Evaluator(experiment, samples_of(experiment), work).evaluate(stepper.networks).metrics
    assert (metrics["validation_active_units"] >= 2) == active
    assert (metrics["validation_active_units"] == 0) != active
    assert (metrics["validation_kl"] > 1) == active


def test_the_plane_and_new_samples_are_what_the_decoder_draws() -> None:
    experiment = variational()
    stepper, work = begun(experiment)
    stepper.advance(50)
    look = Look(experiment, stepper.networks, samples_of(experiment), work)
    probing = Probing(experiment, look)
    assert {"latent_plane", "reconstructions"} <= set(probing.names)
    before = torch.get_rng_state()
    frame = decode(probing.frames(["latent_plane"], 50, 1.0)["latent_plane"])
    assert torch.equal(before, torch.get_rng_state())
    drawn: Any = frame.arrays["drawn"]
    plane: Any = frame.arrays["plane"]
    first, second = frame.about["numbers"]
    corner = torch.zeros(1, 4)
    corner[0, first], corner[0, second] = Normal(0.0, 1.0).icdf(torch.tensor([0.02, 0.98]))
    with torch.no_grad():
        expected = stepper.networks["decoder"](corner).clamp(0, 1).numpy()[0]
        cloud = work.cloud(stepper.networks, look.samples.whole("validation").inputs["x"])
    assert drawn.codes.shape == (24, 1, 8, 8)
    np.testing.assert_allclose(plane.codes[0, 0] / 255, expected, atol=1 / 255)
    np.testing.assert_allclose(np.array(frame.arrays["told"]), cloud.told().mean(dim=0).numpy(), rtol=1e-4)


@pytest.mark.parametrize(("task", "place", "better"), [({"beta": 8}, "beta", 1.0), ({"spread": 4}, "spread", 2.0)])
def test_a_collapsed_posterior_is_named_with_what_mends_it(task: dict[str, float], place: str, better: float) -> None:
    doctor = Doctor(variational(**task))
    metrics = {"train_loss": 9.0, "train_r2": 0.0, "train_active_units": 0.0}
    early = doctor.look(100, 5.0, metrics, False, 0.003)
    assert early is None or early.what != "fault"  # it may still begin to tell something
    verdict = doctor.look(300, 15.0, metrics, False, 0.003)
    assert verdict is not None
    assert (verdict.what, verdict.tone) == ("fault", "warning")
    assert verdict.head["template"] == "The posterior has collapsed."
    assert verdict.sentence["values"] == {**task, "better": better}
    assert verdict.fix is not None
    assert verdict.fix["edits"] == [{"op": "replace", "path": f"/task/{place}", "value": better}]
    again = Doctor(variational(**task))
    again.restore(json.loads(json.dumps(doctor.state())))
    assert again.conclude("done") == verdict
    alive = doctor.look(320, 16.0, {**metrics, "train_active_units": 3.0}, False, 0.003)
    assert alive is None or alive.what != "fault"


def test_codes_are_the_clouds_of_samples_held_back() -> None:
    experiment = variational()
    stepper, work = begun(experiment)
    stepper.advance(50)
    look = Look(experiment, stepper.networks, samples_of(experiment), work)
    frame = decode(Probing(experiment, look).frames(["codes"], 50, 1.0)["codes"])
    rows, places = chosen_samples(look, 200)
    with torch.no_grad():
        cloud = work.cloud(stepper.networks, look.samples.at(torch.from_numpy(places)).inputs["x"])
    numbers = frame.about["numbers"]
    assert numbers == sorted(cloud.told().mean(dim=0).topk(2).indices.tolist())
    np.testing.assert_allclose(np.array(frame.arrays["codes"]), cloud.middle[:, numbers].numpy(), rtol=1e-4, atol=1e-5)
    deviation = cloud.log_variance[:, numbers].exp().sqrt().numpy()
    np.testing.assert_allclose(np.array(frame.arrays["spread"]), deviation, rtol=1e-4)
    assert np.array(frame.arrays["labels"]).tolist() == look.samples.prepared.targets[rows].tolist()
    assert frame.about["rest"] == [0.0] * cloud.middle.shape[1]
