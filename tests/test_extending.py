"""The examples of docs/extending.md do what the page says."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import torch

from app.experiment.check import checked
from app.parts.layers.stack import flow
from app.parts.shapes import Features, Image
from app.training.building import build, build_networks
from app.training.data.feed import feed_of
from app.training.data.samples import samples_of
from app.training.probes import Look
from app.training.recording.evaluating import Evaluator
from app.training.steppers.eager import EagerStepper

PAGE = Path(__file__).parents[1] / "docs" / "extending.md"
CURVE = {
    "dataset": {"kind": "curve", "samples": 100},
    "task": {"kind": "regression"},
    "networks": {"main": {"layers": [{"kind": "linear", "units": 8}, {"kind": "tanh"}]}},
    "loss": {"kind": "mse"},
}


def examples() -> dict[str, Any]:
    """What the Python of the page defines, one block after another."""
    made: dict[str, Any] = {"__name__": "extending"}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL):
        exec(block, made)  # noqa: S102 - examples that stand in this repository, run to see that they are true
    return made


def test_the_layer_is_pytorchs() -> None:
    celu = examples()["Celu"](alpha=0.5)
    for shape in (Features(size=5), Image(channels=2, height=3, width=4)):
        (placed,) = flow([celu], shape, "/layers")
        numbers = torch.randn(7, *shape.sizes)
        assert placed.after == shape
        assert torch.equal(build(celu.module_for(shape))(numbers), torch.nn.CELU(0.5)(numbers))
    assert "Barron" in celu.help()
    assert celu.form()["properties"]["alpha"]["title"] == "α"


def test_the_task_trains_and_measures_what_it_names() -> None:
    made = examples()
    plain = checked(CURVE)
    task = made["SteadyRegression"]()
    assert task.fits(plain.dataset)
    experiment = plain.model_copy(update={"task": task})
    samples = samples_of(experiment)
    work = made["SteadyRegressionWork"](experiment)
    stepper = EagerStepper(experiment, feed_of(experiment, samples), work)
    first = Evaluator(experiment, samples, work).evaluate(stepper.networks).metrics
    assert not stepper.advance(300).broke
    last = Evaluator(experiment, samples, work).evaluate(stepper.networks).metrics
    assert last["validation_median_error"] < first["validation_median_error"]
    targets = samples.whole("train").targets
    assert targets is not None
    errors = work.answer(stepper.networks, samples.whole("train")).detach().numpy() - targets.numpy()
    np.testing.assert_allclose(last["train_median_error"], np.median(np.abs(errors)), rtol=1e-5)
    assert {name.partition("_")[2] for name in last} == {metric.name for metric in task.metrics}
    assert task.described()["shown"] == ["median_error", "loss"]


def test_the_probe_gives_the_norm_of_every_parameter() -> None:
    made = examples()
    experiment = checked(CURVE)
    networks = build_networks(experiment)
    samples = samples_of(experiment)
    work = made["SteadyRegressionWork"](experiment)
    probe = made["WeightNormsWork"](Look(experiment, networks, samples, work))
    with torch.no_grad():
        about, arrays = probe.take()
    assert about["addresses"][0] == "/networks/main/layers/0/weight"
    assert arrays["norms"].shape == (len(list(networks["main"].parameters())),)
    assert arrays["norms"][0] == np.float32(networks["main"].get_parameter("layers.0.weight").norm().item())
    assert made["WeightNorms"]().fits(experiment.dataset, experiment.task)


def test_what_the_page_names_is_there() -> None:
    root = PAGE.parents[1]
    for name in re.findall(r"`((?:app|static|tests|locales)/[\w/]*\.?\w*)`", PAGE.read_text()):
        made_up = any(word in name for word in ("celu", "steady", "weight_norms", "norms.js"))
        assert made_up or (root / name).exists(), name
