"""The steps of a layer with their numbers: they end in what PyTorch's own module gives, and frames carry them."""

from typing import Any

import numpy as np
import pytest
import torch

from app.parts import layers
from app.parts.layers import Layer
from app.parts.layers.attention import Attention
from app.parts.layers.class_token import ClassToken
from app.parts.layers.first_step import FirstStep
from app.parts.layers.gru import Gru
from app.parts.layers.last_step import LastStep
from app.parts.layers.lstm import Lstm
from app.parts.layers.max_over_time import MaxOverTime
from app.parts.layers.mean_over_time import MeanOverTime
from app.parts.layers.reading_memory import MEMORY
from app.parts.layers.recurrent import STATE
from app.parts.layers.rnn import Rnn
from app.parts.layers.step_rule import ARRIVING
from app.parts.layers.transformer_block import TransformerBlock
from app.parts.shapes import Padding, Sequence
from app.training import modules
from app.training.building import build
from app.training.probes.stepped_cars import laid_out, rows_of
from app.training.probes.stepping import Stepping
from tests.parts.families import example
from tests.parts.outcomes import batch_of, built, fitting
from tests.parts.variants import with_variants
from tests.training.test_probes import looked_at, values

PLACES, WIDTH = 6, 4
COUNTS = torch.tensor([6, 4, 1])
LAYERS: tuple[Layer[Any], ...] = (
    Rnn(units=3, nonlinearity="relu"),
    Lstm(units=3, num_layers=2, bidirectional=True),
    Lstm(units=3, gives="last"),
    Gru(units=3, num_layers=2, bidirectional=True, gives="last"),
    Attention(heads=2, rotary=True),
    Attention(heads=2, causal=True),
    TransformerBlock(heads=2, norm="rms_norm"),
    TransformerBlock(heads=2, norm_first=False, activation="relu"),
    ClassToken(),
    FirstStep(),
    LastStep(),
    MeanOverTime(),
    MaxOverTime(),
)
STEPWISE = [
    part
    for part in layers.LAYERS
    if (layer := example(part)) and not layer.stacks() and layer.rule(fitting(layer)[0]).steps
]


@pytest.mark.parametrize("padded", [False, True], ids=["whole", "filled up"])
@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_last_step_is_what_the_module_gives(layer: Layer[Any], padded: bool) -> None:
    shape = Sequence(length=PLACES, width=WIDTH)
    placed = layer.beside({"padding": Padding(length=PLACES)} if padded else {})
    torch.default_generator.manual_seed(0)
    module: Any = build(placed.module_for(shape)).eval()
    x = torch.randn(3, PLACES, WIDTH)
    counts = COUNTS if padded else torch.full((3,), PLACES)
    for inner in module.modules():
        inner.sides = {"padding": torch.arange(PLACES) >= counts[:, None]}
    with torch.no_grad():
        y = module(x)
        stepping = Stepping(placed.rule(shape), module, {ARRIVING: x}, {ARRIVING: counts})
        told = Stepping(placed.rule(shape), module, {ARRIVING: x}, {ARRIVING: counts}, known_of(module, x))
    last = placed.rule(shape).steps[-1].name
    table = y if y.dim() == 3 else y[:, None]
    for place, unit in ((0, 0), (table.shape[1] - 1, table.shape[2] - 1)):
        numbers = stepping.numbers(place, unit)
        torch.testing.assert_close(numbers[last], table[:, place, unit], atol=1e-5, rtol=1e-5)
        if place == 0 or not padded:  # a module tells a state of 0 at places that only fill up
            torch.testing.assert_close(told.numbers(place, unit), numbers, atol=1e-5, rtol=1e-5)
    if y.dim() == 3:
        torch.testing.assert_close(stepping.table(last), y, atol=1e-5, rtol=1e-5)
        torch.testing.assert_close(stepping.along(1)[last], y[..., 1], atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("part", STEPWISE, ids=lambda part: part.kind_name())
def test_steps_of_every_kind_end_in_what_leaves(part: type[Layer[Any]]) -> None:
    """Beside what arrives, layers read a class, a time, or a memory whose last place only fills up."""
    for layer in with_variants(example(part)):
        for shape in fitting(layer):
            module, x = built(layer, shape).eval(), batch_of(shape)
            with torch.no_grad():
                y = module(x)
                sides = {layer.reads: laid_out(module.sides[layer.reads], len(x))} if layer.reads else {}
                tables = {ARRIVING: rows_of(x, shape), **sides}
                counts = {MEMORY: torch.full((len(x),), 4)}
                stepping = Stepping(layer.rule(shape), module, tables, counts)
                made = stepping.table(stepping.rule.steps[-1].name)
                leaving = rows_of(y, layer.shape_after(shape))
            torch.testing.assert_close(made, leaving, atol=1e-5, rtol=1e-5)


def known_of(module: Any, x: torch.Tensor) -> dict[str, torch.Tensor]:
    """The states that a recurrent module of one layer and direction tells, so that they are not made once more."""
    if not isinstance(module, modules.Recurrent) or getattr(module, "num_layers", 0) > 1 or module.bidirectional:
        return {}
    module.keeps = True
    module(x)
    assert module.kept is not None
    return {STATE: module.kept}


def network(*layers: dict[str, Any]) -> dict[str, Any]:
    return {
        "dataset": {"kind": "adding", "samples": 60, "length": 12},
        "task": {"kind": "regression"},
        "networks": {"main": {"layers": list(layers)}},
        "loss": {"kind": "mse"},
    }


def kept_map(frame: Any, path: str, name: str) -> Any:
    """The map of a step: that of what leaves, or one of its own."""
    names = frame.about["steps"][path][0]
    at = names.index(name)
    if at == len(names) - 1:
        return values(frame.arrays[f"maps:{path}"])
    return values(frame.arrays[f"step:{at}:{path}"])


PATH = "/networks/main/layers/0"


def test_frame_has_the_numbers_that_an_lstm_makes_its_last_state_of() -> None:
    _, frames = looked_at(network({"kind": "lstm", "units": 6, "gives": "last"}))
    frame = frames["activations"]
    names, numbers = frame.about["steps"][PATH], values(frame.arrays[f"steps:{PATH}"])
    assert [sorted(unit) for unit in names] == [sorted([*"cfghios", "c[t−1]", "h[last]"])] * 6
    by_name = {name: numbers[:, :, at] for at, name in enumerate(names[0])}
    np.testing.assert_allclose(by_name["f"] * by_name["c[t−1]"] + by_name["i"] * by_name["g"], by_name["c"], atol=1e-6)
    np.testing.assert_allclose(by_name["o"] * np.tanh(by_name["c"]), by_name["h"], atol=1e-6)
    np.testing.assert_allclose(by_name["h[last]"], values(frame.arrays[f"after:{PATH}"]), atol=1e-6)


def test_frame_has_a_map_of_each_step_of_a_gru_over_a_series() -> None:
    _, frames = looked_at(network({"kind": "gru", "units": 6}, {"kind": "last_step"}))
    frame = frames["feature_maps"]
    maps = {name: kept_map(frame, PATH, name) for name in ("r", "z", "n", "h", "h[t−1]")}
    state, before = maps["h"][: len(maps["r"])], maps["h[t−1]"]
    np.testing.assert_allclose(before[..., 1:], state[..., :-1], atol=0.02)
    assert np.abs(before[..., 0]).max() < 0.02
    mixed = (1 - maps["z"]) * maps["n"] + maps["z"] * before
    np.testing.assert_allclose(mixed, state, atol=0.03)


def test_frame_has_the_numbers_that_channels_are_scaled_by() -> None:
    document = network({"kind": "squeeze_excite", "units": 2}, {"kind": "relu"}, {"kind": "flatten"})
    pictures = {**document, "dataset": {"kind": "shapes", "samples": 60}, "task": {"kind": "classification"}}
    _, frames = looked_at({**pictures, "loss": {"kind": "cross_entropy"}})
    frame = frames["feature_maps"]
    assert frame.about["steps"][PATH][0] == ["x", "g", "y"]
    arriving = values(frame.arrays["inputs"])
    gate, scaled = (values(frame.arrays[f"step:{at}:{PATH}"]) for at in (1, 2))
    assert np.ptp(gate, axis=(2, 3)).max() < 0.01
    np.testing.assert_allclose(gate * arriving[: len(gate)], scaled, atol=0.02)
