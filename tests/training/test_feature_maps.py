"""Feature maps are what leaves the layers, in bytes; kernels are the weights; and a frame stays small."""

import numpy as np
import torch

from app.parts.datasets.circle import Circle
from app.parts.datasets.digits import Digits
from app.parts.probes.feature_maps import FeatureMaps
from app.parts.tasks.classification import Classification
from app.runs.frames import Frame, Quantised, encode
from app.training.probes.feature_maps import filters_of
from tests.training.pictures import (
    FLATTEN,
    RELU,
    Large,
    Small,
    Waves,
    conv,
    half_a_byte,
    looked_at,
    values,
)

MOST_BYTES = 256_000


def size(frame: Frame) -> int:
    return len(encode(frame))


def test_it_fits_pictures_and_series_only() -> None:
    assert FeatureMaps().fits(Digits(), Classification())
    assert FeatureMaps().fits(Waves(), Classification())
    assert not FeatureMaps().fits(Circle(), Classification())


def test_maps_are_what_leaves_the_cars_and_kernels_are_the_weights() -> None:
    look, frames = looked_at(Digits(), conv(5), RELU, conv(4, stride=2), {"kind": "tanh"}, FLATTEN)
    frame = frames["feature_maps"]
    x = torch.from_numpy(look.samples.prepared.inputs[frame.about["samples"]])
    with torch.no_grad():
        first = look.networks["main"].layers[:2](x)
        second = look.networks["main"].layers[2:4](first)
        outputs = torch.softmax(look.networks["main"](x), dim=1)

    assert [car["path"] for car in frame.about["cars"]] == ["/networks/main/layers/0", "/networks/main/layers/2"]
    for path, tensor in (("/networks/main/layers/0", first), ("/networks/main/layers/2", second)):
        maps = frame.arrays[f"maps:{path}"]
        assert maps.low == -maps.high  # type: ignore[union-attr]
        assert float(tensor.abs().max()) <= maps.high * 1.0001  # type: ignore[union-attr]
        np.testing.assert_allclose(values(maps), tensor.numpy(), atol=half_a_byte(maps))
    for number, path in ((0, "/networks/main/layers/0"), (2, "/networks/main/layers/2")):
        main = look.networks["main"]
        weight, bias = main.get_parameter(f"layers.{number}.weight"), main.get_parameter(f"layers.{number}.bias")
        np.testing.assert_array_equal(frame.arrays[f"kernels:{path}"], weight.detach().numpy())
        np.testing.assert_array_equal(frame.arrays[f"bias:{path}"], bias.detach().numpy())
    np.testing.assert_allclose(values(frame.arrays["outputs"]), outputs.numpy(), atol=1e-6)


def test_the_picture_that_went_in_keeps_its_grey() -> None:
    look, frames = looked_at(Digits(), conv(2), FLATTEN)
    inputs = frames["feature_maps"].arrays["inputs"]
    raw = look.samples.prepared.raw[frames["feature_maps"].about["samples"]]
    np.testing.assert_array_equal(inputs.codes, np.rint(raw * 255))  # type: ignore[union-attr]


def test_standardised_inputs_are_what_the_network_is_given() -> None:
    look, frames = looked_at(Digits(standardize=True), conv(2), FLATTEN)
    inputs = frames["feature_maps"].arrays["inputs"]
    given = look.samples.prepared.inputs[frames["feature_maps"].about["samples"]]
    np.testing.assert_allclose(values(inputs), given, atol=half_a_byte(inputs))


def test_a_large_map_is_averaged_down_to_32_pixels() -> None:
    look, frames = looked_at(Large(samples=100), conv(3), RELU, FLATTEN, {"kind": "linear", "units": 2})
    frame = frames["feature_maps"]
    maps = frame.arrays["maps:/networks/main/layers/0"]
    x = torch.from_numpy(look.samples.prepared.inputs[frame.about["samples"]])
    with torch.no_grad():
        whole = look.networks["main"].layers[:2](x).numpy()
    blocks = whole.reshape(*whole.shape[:2], 32, 2, 32, 2).mean(axis=(3, 5))

    assert maps.codes.shape == blocks.shape  # type: ignore[union-attr]
    np.testing.assert_allclose(values(maps), blocks, atol=half_a_byte(maps))
    assert frame.arrays["inputs"].codes.shape[1:] == (3, 64, 64)  # type: ignore[union-attr]


def test_a_series_has_its_maps_and_kernels_too() -> None:
    look, frames = looked_at(Waves(samples=100), {"kind": "conv1d", "filters": 3, "kernel": 5}, RELU, FLATTEN)
    frame = frames["feature_maps"]
    x = torch.from_numpy(look.samples.prepared.inputs[frame.about["samples"]])
    with torch.no_grad():
        whole = look.networks["main"].layers[:2](x).numpy()  # (n, 3, 508)
    maps = frame.arrays["maps:/networks/main/layers/0"]

    np.testing.assert_allclose(values(maps), whole.reshape(len(x), 3, 254, 2).mean(axis=3), atol=half_a_byte(maps))
    kernels = frame.arrays["kernels:/networks/main/layers/0"]
    np.testing.assert_array_equal(kernels, look.networks["main"].get_parameter("layers.0.weight").detach().numpy())
    assert frame.arrays["inputs"].codes.shape[1:] == (2, 512)  # type: ignore[union-attr]


def test_of_a_wide_layer_the_units_that_are_drawn_are_sent() -> None:
    look, frames = looked_at(Digits(), conv(20), RELU, conv(100), RELU, FLATTEN)
    frame = frames["feature_maps"]
    shown = [0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99]
    arriving = frame.about["kernel_inputs"]["/networks/main/layers/2"]
    weight = look.networks["main"].get_parameter("layers.2.weight").detach().numpy()

    assert frame.about["cars"][1]["shown"] == shown
    maps = frame.arrays["maps:/networks/main/layers/2"]
    assert isinstance(maps, Quantised)
    assert maps.codes.shape[1] == 12
    assert arriving == [0, 2, 3, 5, 7, 9, 10, 12, 14, 16, 17, 19]
    np.testing.assert_array_equal(frame.arrays["kernels:/networks/main/layers/2"], weight[shown][:, arriving])


def test_a_kernel_of_a_transposed_convolution_is_what_one_pixel_leaves() -> None:
    transposed = torch.nn.ConvTranspose2d(4, 6, 3, groups=2, bias=False)
    filters = filters_of(transposed)
    for pixel in range(4):
        x = torch.zeros(1, 4, 1, 1)
        x[0, pixel] = 1
        for unit in range(6):
            group, within = divmod(pixel, 2)
            expected = filters[unit, within] if unit // 3 == group else torch.zeros(3, 3)
            torch.testing.assert_close(transposed(x)[0, unit], expected)


def test_a_network_with_shortcuts_shows_what_is_inside_them() -> None:
    inner = {"kind": "residual", "layers": [conv(4), RELU, conv(4)]}
    look, frames = looked_at(Digits(), conv(4), inner, RELU, FLATTEN)
    frame = frames["feature_maps"]
    x = torch.from_numpy(look.samples.prepared.inputs[frame.about["samples"]])
    with torch.no_grad():
        before = look.networks["main"].layers[0](x)
        within = look.networks["main"].get_submodule("layers.1.layers.0")(before).relu()
        joined = look.networks["main"].layers[1](before).relu()
    assert [car["path"] for car in frame.about["cars"]] == [
        "/networks/main/layers/0",
        "/networks/main/layers/1",
        "/networks/main/layers/1/layers/0",
        "/networks/main/layers/1/layers/2",
    ]
    for path, tensor in (("/networks/main/layers/1", joined), ("/networks/main/layers/1/layers/0", within)):
        maps = frame.arrays[f"maps:{path}"]
        np.testing.assert_allclose(values(maps), tensor.numpy(), atol=half_a_byte(maps))
    assert "kernels:/networks/main/layers/1" not in frame.arrays


def test_all_probes_speak_of_the_same_samples_and_the_first_are_of_every_class() -> None:
    look, frames = looked_at(Digits(), conv(4, stride=2), RELU, FLATTEN)
    few, many = (frames[name].about["samples"] for name in ("feature_maps", "activations"))
    assert few == many[: len(few)]
    assert len(few) == 12
    assert sorted(look.samples.prepared.targets[few[:10]].tolist()) == list(range(10))
    assert set(many) <= set(look.samples.prepared.validation.tolist())


def test_a_frame_stays_small_however_deep_or_large_the_network() -> None:
    block = {"kind": "residual", "layers": [conv(16), RELU, conv(16)]}
    deep = [conv(16), RELU, *[conv(16), RELU] * 30, *[block, RELU] * 15]
    far = [{"kind": "conv2d", "filters": 16, "kernel": 11, "padding": 5} for _ in range(12)]
    for dataset, layers in ((Small(samples=60), deep), (Large(samples=60), far), (Digits(), [conv(1024), conv(16)])):
        last = [{"kind": "conv2d", "filters": 1, "kernel": 1, "stride": 8}, FLATTEN]
        _, frames = looked_at(dataset, *layers, *last)
        frame = frames["feature_maps"]
        assert size(frame) <= MOST_BYTES
        assert len(frame.about["samples"]) >= 1
        last = [f"maps:/networks/main/layers/{len(layers) - back}" for back in (1, 2)]
        assert not frame.arrays.keys().isdisjoint(last)
