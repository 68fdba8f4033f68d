"""Every number of a frame is an element of a tensor."""

from typing import Any

import numpy as np
import pytest
import torch

from app.experiment.check import checked
from app.parts.datasets import DATASETS
from app.parts.datasets.dataset import Dataset
from app.parts.datasets.points import Points
from app.parts.datasets.translated import Translated
from app.parts.shapes import Channelled, Classes, Features, Image, Mask, Ordered, Shape, Tags, Tokens
from app.runs.frames import Frame, Quantised, decode
from app.training.building import build_networks
from app.training.data.samples import samples_of
from app.training.probes import Look
from app.training.probes.surface import plane
from app.training.recording.probing import Probing
from app.training.tasks import WORK
from app.training.tasks.diffusion import DiffusionWork
from tests.parts.families import OWN_FILES
from tests.training.documents import document, layers


def looked_at(changed: dict[str, Any]) -> tuple[Look, dict[str, Frame]]:
    experiment = checked(changed)
    samples = samples_of(experiment)
    look = Look(experiment, build_networks(experiment), samples, WORK[experiment.task.kind](experiment))
    probing = Probing(experiment, look)
    return look, {name: decode(block) for name, block in probing.frames(probing.names, 3, 0.5).items()}


def values(array: Any) -> Any:
    """The numbers of an array, those of pictures from their bytes."""
    if isinstance(array, Quantised):
        return array.low + array.codes / 255 * (array.high - array.low)
    return array


def test_the_surface_is_the_networks_answer_at_the_centre_of_each_pixel() -> None:
    look, frames = looked_at(document())
    with torch.no_grad():
        answers = torch.sigmoid(look.networks["main"](torch.from_numpy(plane(100).astype(np.float32)))).numpy()

    np.testing.assert_allclose(values(frames["surface"].arrays["output"])[0].ravel(), answers[:, 0], atol=0.5 / 255)
    assert plane(100)[0].tolist() == pytest.approx([-5.94, 5.94])  # row by row from the top left


def test_a_neurons_picture_is_what_leaves_its_activation() -> None:
    look, frames = looked_at(document())
    with torch.no_grad():
        after = look.networks["main"].layers[:2](torch.from_numpy(plane(32).astype(np.float32))).numpy()
    picture = frames["surface"].arrays["car:/networks/main/layers/0"]

    assert isinstance(picture, Quantised)
    assert picture.low == -picture.high
    np.testing.assert_allclose(values(picture)[5].ravel(), after[:, 5], atol=picture.high / 255)


def test_each_input_is_pictured_by_its_own_size() -> None:
    dataset = {"kind": "circle", "features": ["x1", "x2_squared"], "formulas": ["exp(x1^2)", "x1 > x2"]}
    _, frames = looked_at(document(dataset=dataset))
    picture, sizes = values(frames["surface"].arrays["inputs"]), frames["surface"].about["input_sizes"]
    x1, x2 = plane(32).T
    expected = np.stack([x1, x2**2, np.minimum(np.exp(x1**2), 1e6), x1 > x2])

    assert sizes == pytest.approx([x1.max(), x2.max() ** 2, 1e6, 1])
    for shown, size, truth in zip(picture, sizes, expected, strict=True):
        np.testing.assert_allclose(shown.ravel() * size, truth, atol=size / 255)


def test_the_neuron_card_adds_up() -> None:
    look, frames = looked_at(document(networks={"main": {"layers": layers(5, 4)}}))
    seen, learned = frames["activations"].arrays, frames["weights"].arrays
    inputs = values(seen["inputs"])
    first, second = "/networks/main/layers/0", "/networks/main/layers/2"
    for path, arriving in ((first, inputs), (second, values(seen[f"after:{first}"]))):
        sums = arriving @ values(learned[f"weight:{path}"]).T + values(learned[f"bias:{path}"])
        np.testing.assert_allclose(values(seen[f"before:{path}"]), sums, atol=1e-5)
        np.testing.assert_allclose(values(seen[f"after:{path}"]), np.tanh(sums), atol=1e-5)
    x, y = values(seen["curve:/networks/main/layers/1"])
    np.testing.assert_allclose(y, np.tanh(x), atol=1e-6)
    rows = frames["activations"].about["samples"]
    np.testing.assert_allclose(inputs, look.samples.prepared.inputs[rows])
    assert set(rows) <= set(look.samples.prepared.validation.tolist())


def test_a_wide_layer_shows_twelve_and_a_residual_its_inner_layers() -> None:
    inner = {"kind": "residual", "layers": layers(100)}
    _, frames = looked_at(document(networks={"main": {"layers": [*layers(100), inner]}}))
    cars = {car["path"]: car for car in frames["weights"].about["cars"]}

    assert list(cars) == ["/networks/main/layers/0", "/networks/main/layers/2/layers/0", "/networks/main/head/0"]
    assert cars["/networks/main/layers/0"]["shown"] == [0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99]
    assert values(frames["weights"].arrays["weight:/networks/main/layers/2/layers/0"]).shape == (12, 100)


TASKS: dict[type[Shape], tuple[str, str]] = {
    Classes: ("classification", "cross_entropy"),
    Features: ("regression", "mse"),
    Mask: ("segmentation", "cross_entropy"),
    Tokens: ("language_model", "cross_entropy"),
    Tags: ("tagging", "cross_entropy"),
}
SEEN: dict[type[Shape], set[str]] = {
    Mask: {"masks"},
    Tokens: {"written", "activations"},
    Tags: {"tags_given", "right_by_length", "activations"},
}
OTHERS = [  # what is translated: in test_translation.py
    dataset for dataset in DATASETS if dataset not in (*OWN_FILES, Points) and not issubclass(dataset, Translated)
]


@pytest.mark.parametrize("kind", [dataset.kind_name() for dataset in OTHERS])
def test_every_dataset_can_be_looked_at(kind: str) -> None:
    dataset = next(candidate for candidate in DATASETS if candidate.kind_name() == kind)
    inputs, target = dataset().inputs(), dataset().target()
    task, loss = TASKS[type(target)]
    first = [{"kind": "conv2d", "filters": 4, "padding": 1}, {"kind": "relu"}] if isinstance(inputs, Image) else []
    first = [{"kind": "embedding"}] if isinstance(inputs, Tokens) else first
    flatten = [] if isinstance(inputs, Features) else [{"kind": "flatten"}]
    rest = [] if isinstance(target, Mask | Tokens | Tags) else [*flatten, *layers(6)]
    _, frames = looked_at(
        document(
            dataset={"kind": kind, "samples": 100} if isinstance(target, Tokens) else {"kind": kind},
            task={"kind": task},
            loss={"kind": loss},
            networks={"main": {"layers": [*first, *rest]}},
        )
    )
    expected = {"weights"}
    expected |= {"surface"} if dataset.group in ("plane", "line") else set()
    expected |= {"feature_maps"} if isinstance(inputs, Channelled) else set()
    expected |= {"states", "gates", "attention", "head_roles"} if isinstance(inputs, Ordered | Tokens) else set()
    expected |= {"memory"} if dataset.lags is not Dataset.lags else set()
    expected |= SEEN.get(type(target), {"activations"})
    assert set(frames) == expected
    for frame in frames.values():
        for name, array in frame.arrays.items():
            assert np.isfinite(values(array)).all(), name


def test_neurons_of_networks_that_draw_answer_to_noise_and_to_what_is_drawn() -> None:
    inner = [{"kind": "linear", "units": 4}, {"kind": "tanh"}]
    changed = document(
        dataset={"kind": "islands", "samples": 100},
        task={"kind": "gan", "latent": 3},
        loss={"kind": "least_squares"},
        networks={"generator": {"layers": inner}, "discriminator": {"layers": inner}},
    )
    look, frames = looked_at(changed)
    arrays = frames["activations"].arrays
    assert "targets" not in arrays  # nobody knows what noise is to become
    noise = torch.tensor(values(arrays["inputs"]))
    assert noise.shape[1] == 3
    generator, discriminator = look.networks["generator"], look.networks["discriminator"]
    with torch.no_grad():
        drawn = generator(noise)
        first = torch.tanh(discriminator.get_submodule("layers.0")(drawn))
    np.testing.assert_allclose(values(arrays["outputs"]), drawn.numpy(), atol=1e-6)
    np.testing.assert_allclose(values(arrays["after:/networks/discriminator/layers/0"]), first.numpy(), atol=1e-6)


def test_neurons_of_diffusion_answer_to_samples_half_way_to_noise() -> None:
    inner = [{"kind": "linear", "units": 4}, {"kind": "time_embedding"}, {"kind": "silu"}]
    changed = document(
        dataset={"kind": "islands", "samples": 100},
        task={"kind": "diffusion", "times": 40},
        loss={"kind": "mse"},
        networks={"main": {"layers": inner}},
    )
    look, frames = looked_at(changed)
    work = look.work
    assert isinstance(work, DiffusionWork)
    arrays = frames["activations"].arrays
    noisy = torch.tensor(values(arrays["inputs"]))
    with torch.no_grad():
        told = look.networks["main"](noisy, time=torch.full((len(noisy),), 0.5))
    np.testing.assert_allclose(values(arrays["outputs"]), told.numpy(), atol=1e-6)
    rows = frames["activations"].about["samples"]
    clean = torch.from_numpy(look.samples.prepared.inputs[rows])
    apart = noisy.numpy() - (work.signal[20] * work.scaled(clean)).numpy()
    assert 0.5 < apart.std() / float(work.noise[20]) < 1.5  # the rest is noise of the spread of that time
