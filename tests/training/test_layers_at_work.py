"""Layers for pictures and series in a run: their first weights, what is shown of them, and that they learn."""

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from app.experiment.addresses import layer_of, parameter_address
from app.experiment.check import checked
from app.parts.layers import LAYERS
from app.parts.layers.stack import unfolded
from app.training.recording.checkpoints import newest_step
from app.training.worker import work
from tests.training.building import build_network
from tests.training.documents import document, layers
from tests.training.running import new_run, trained
from tests.training.test_probes import looked_at, values

CONV, RELU = {"kind": "conv2d", "filters": 8, "padding": 1}, {"kind": "relu"}
CNN = [CONV, RELU, {"kind": "max_pool2d"}, {**CONV, "filters": 16}, RELU, {"kind": "global_max_pool"}]
EVERYTHING: list[dict[str, Any]] = [
    {"kind": "skip", "layers": [{"kind": "max_pool2d"}, CONV, {"kind": "batch_norm2d"}, RELU, {"kind": "upsample"}]},
    {
        "kind": "branches",
        "branches": [{"layers": [CONV, RELU]}, {"layers": [CONV, {"kind": "group_norm"}, RELU]}],
    },
    {"kind": "squeeze_excite"},
    {
        "kind": "residual",
        "layers": [{**CONV, "filters": 16, "groups": 16}, {"kind": "instance_norm2d"}, RELU, {"kind": "dropout2d"}],
    },
    {
        "kind": "branches",
        "join": "add",
        "branches": [{}, {"layers": [{"kind": "avg_pool2d", "kernel": 1, "stride": 1}]}],
    },
    {"kind": "conv_transpose2d", "filters": 8},
    RELU,
    {"kind": "adaptive_max_pool2d", "output_size": 9},
    {"kind": "adaptive_avg_pool2d", "output_size": 4},
    {"kind": "zero_pad2d"},
    {"kind": "permute", "dims": [1, 3, 2]},
    {"kind": "reshape", "sizes": [16, 18]},
    {"kind": "conv1d", "filters": 12},
    {"kind": "batch_norm1d"},
    RELU,
    {"kind": "max_pool1d"},
    {"kind": "avg_pool1d"},
    {"kind": "instance_norm1d"},
    {"kind": "adaptive_avg_pool1d"},
    {"kind": "rms_norm"},
    {"kind": "global_avg_pool"},
    {"kind": "maxout", "units": 16},
    {"kind": "alpha_dropout"},
]


def digits(stack: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """Handwritten digits, to be told apart by these layers."""
    initializer = changes.pop("initializer", {"kind": "default"})
    main = {"layers": stack, "initializer": initializer}
    return document(dataset={"kind": "digits"}, loss={"kind": "cross_entropy"}, networks={"main": main}, **changes)


def test_a_convolutional_network_tells_digits_apart(tmp_path: Path) -> None:
    events = trained(tmp_path, digits(CNN, training={"epochs": 25, "batch_size": 32}))
    assert events[-1]["reason"] == "done"
    last = next(event["metrics"] for event in reversed(events) if event["type"] == "evaluated")
    assert last["test_accuracy"] > 0.95


def test_every_layer_for_pictures_and_series_learns(tmp_path: Path) -> None:
    whole = digits(EVERYTHING, training={"epochs": 5, "batch_size": 64}, optimizer={"kind": "adam", "lr": 0.005})
    used = {placed.layer.kind for placed in unfolded(checked(whole).placed())}
    groups = ("convolution", "pooling", "shape", "structure", "normalisation")
    left = {part.kind_name() for part in LAYERS if part.group in groups and not part.reads} - used
    assert left == {"global_max_pool", "flatten", "layer_norm", "identity"}  # trained elsewhere
    events = trained(tmp_path, whole)
    assert events[-1]["reason"] == "done"
    losses = [event["metrics"]["train_loss"] for event in events if event["type"] == "evaluated"]
    assert losses[-1] < 0.8 * losses[0]


@pytest.mark.parametrize(
    ("layer", "inputs"),
    [
        ({"kind": "conv2d", "filters": 64, "kernel": 3}, 64 * 9),
        ({"kind": "conv2d", "filters": 64, "kernel": 3, "groups": 4}, 64 // 4 * 9),
        ({"kind": "conv_transpose2d", "filters": 32, "kernel": 3, "stride": 1}, 64 * 9),
        ({"kind": "conv_transpose2d", "filters": 32, "kernel": 3, "stride": 1, "groups": 2}, 64 // 2 * 9),
    ],
)
def test_first_filters_have_the_spread_that_their_inputs_ask_for(layer: dict[str, Any], inputs: int) -> None:
    changed = digits([{**CONV, "filters": 64}, RELU, layer], initializer={"kind": "kaiming_normal"})
    weight = build_network(checked(changed)).get_parameter("layers.2.weight")
    assert weight.std().item() == pytest.approx(math.sqrt(2 / inputs), rel=0.05)


def test_first_filters_of_a_transposed_convolution_stand_at_right_angles() -> None:
    layer = {"kind": "conv_transpose2d", "filters": 6, "kernel": 2, "groups": 2}
    changed = digits([CONV, RELU, layer], initializer={"kind": "orthogonal"})
    network = build_network(checked(changed))
    for group in (
        network.get_parameter("layers.2.weight").detach().chunk(2)
    ):  # (inputs of a group, outputs of a group, 2, 2)
        rows = group.transpose(0, 1).flatten(1)
        torch.testing.assert_close(rows @ rows.T, torch.eye(3), atol=1e-5, rtol=0)
    assert network.get_parameter("layers.2.bias").tolist() == [0] * 6


def test_every_parameter_belongs_to_the_layer_that_holds_it() -> None:
    experiment = checked(digits(EVERYTHING))
    network = build_network(experiment)
    placed = {part.path: part for part in unfolded(experiment.placed())}
    sizes: dict[str, int] = {}
    for name, parameter in network.named_parameters():
        layer = layer_of(parameter_address("main", name))
        sizes[layer] = sizes.get(layer, 0) + parameter.numel()
    assert sizes == {path: part.parameters for path, part in placed.items() if part.layer.weights(part.before)}


def test_weights_show_rows_of_neurons_and_the_spread_of_all() -> None:
    stack = [CONV, RELU, {"kind": "flatten"}, {"kind": "maxout", "units": 5}, *layers(6)]
    look, frames = looked_at(digits(stack, probes=[{"kind": "weights"}]))
    arrays = frames["weights"].arrays
    rows = {name for name in arrays if name.startswith("weight:")}
    assert rows == {"weight:/networks/main/layers/4", "weight:/networks/main/head/0"}
    for path in (f"/networks/main/{place}" for place in ("layers/0", "layers/3", "layers/4", "head/0")):
        assert int(values(arrays[f"histogram:{path}"]).sum()) == look.module(path).get_parameter("weight").numel()
    assert [car["path"] for car in frames["weights"].about["cars"]] == list(frames["weights"].about["histograms"])


def test_one_number_of_a_filter_can_be_set_also_inside_a_branch(tmp_path: Path) -> None:
    path = "/networks/main/layers/1/branches/0/layers/0/weight"
    still = digits(EVERYTHING, training={"epochs": 1, "batch_size": 300}, optimizer={"kind": "sgd", "lr": 1e-12})
    weight = {"path": path, "index": [7, 3, 0, 2]}
    folder = new_run(tmp_path, still, {"kind": "set", "weight": weight, "value": 0.625, "at_step": 1})
    assert work(folder.path) == 0
    saved = load_file(folder.checkpoints / f"{newest_step(folder)}.safetensors")
    assert saved[path][7, 3, 0, 2].item() == pytest.approx(0.625, abs=1e-6)
