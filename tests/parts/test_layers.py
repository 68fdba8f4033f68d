"""What every layer promises of its shape and size, and what is peculiar to some."""

import inspect
from typing import Any

import pypinyin
import pytest
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from app.parts.layers import LAYERS, Layer
from app.parts.layers.linear import Linear
from app.parts.layers.residual import Residual
from app.parts.layers.stack import flow, survey, unfolded
from app.parts.layers.tanh import Tanh
from app.parts.problem import Problem
from app.parts.shapes import Features, Image, Shape
from app.training import modules
from app.training.building import build
from tests.parts.outcomes import SHAPES
from tests.parts.sentences import chinese
from tests.parts.variants import INNER, with_variants

ADDED = Residual(layers=INNER)
CASES = [
    pytest.param(layer, shape, id=f"{layer.kind}-{number}-{shape.sizes}")
    for part in LAYERS
    for number, layer in enumerate(with_variants(part()))
    for shape in SHAPES
    if isinstance(shape, layer.takes()) and (layer != ADDED or shape == Features(size=5))
]


def built(layer: Layer[Any], shape: Shape) -> nn.Module:
    torch.manual_seed(0)
    return build(layer.module_for(shape))


def batch_of(shape: Shape) -> Tensor:
    return torch.randn(7, *shape.sizes, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize(("layer", "shape"), CASES)
def test_the_promised_shape_is_the_real_one(layer: Layer[Any], shape: Shape) -> None:
    outputs = built(layer, shape)(batch_of(shape))
    assert outputs.shape == (7, *layer.shape_after(shape).sizes)


@pytest.mark.parametrize(("layer", "shape"), CASES)
def test_the_promised_parameters_are_the_real_ones(layer: Layer[Any], shape: Shape) -> None:
    assert layer.parameters(shape) == sum(each.numel() for each in built(layer, shape).parameters())


@pytest.mark.parametrize(("layer", "shape"), CASES)
def test_multiply_adds_are_those_that_pytorch_counts(layer: Layer[Any], shape: Shape) -> None:
    counter = FlopCounterMode(display=False)
    with counter:
        built(layer, shape)(batch_of(shape)[:2])
    assert layer.multiply_adds(shape) * 2 * 2 == counter.get_total_flops()  # two operations each, two samples


@pytest.mark.parametrize("part", [part for part in LAYERS if part.elementwise], ids=lambda part: part.kind_name())
def test_an_elementwise_layer_bends_each_number_by_itself(part: type[Layer[Any]]) -> None:
    numbers = torch.linspace(-3, 3, 12)
    flat = built(part(), Features(size=12))(numbers[None])[0]
    picture = built(part(), Image(channels=3, height=2, width=2))(numbers.reshape(1, 3, 2, 2))[0]
    assert torch.equal(flat, picture.flatten())
    for number, bent in zip(numbers, flat, strict=True):
        torch.testing.assert_close(built(part(), Features(size=1))(number.reshape(1, 1))[0, 0], bent)


def test_activations_that_are_no_curve_say_so() -> None:
    curveless = [part.kind_name() for part in LAYERS if part.group == "activation" and not part.elementwise]
    assert curveless == ["softmax"]
    assert all(part.group == "activation" for part in LAYERS if part.elementwise)


def test_kinds_are_pytorchs_own_names() -> None:
    for part in LAYERS:
        target = part().module_for(Features(size=5)).target
        assert target.rpartition(".")[2].lower() == part.kind_name().replace("_", "")


def test_search_finds_layers_by_pinyin() -> None:
    titles = {chinese("layers")[part.title] for part in LAYERS}
    spelt = chinese("pinyin")
    assert {title for title in titles if any("\u4e00" <= sign <= "\u9fff" for sign in title)} == set(spelt)
    for title, keys in spelt.items():
        signs = "".join(sign for sign in title if sign.isalnum())
        whole = "".join(pypinyin.lazy_pinyin(signs)).lower()
        initials = "".join(pypinyin.lazy_pinyin(signs, style=pypinyin.Style.FIRST_LETTER)).lower()
        assert keys == f"{whole} {initials}"


def test_own_modules_cite_their_source() -> None:
    for name in ("Residual", "Sine", "Step"):
        assert "Source:" in inspect.getdoc(getattr(modules, name, None) or pytest.fail(name))


class TestStep:
    def test_answers_nothing_between_0_and_1_but_at_0(self) -> None:
        numbers = torch.tensor([-2.0, -1e-9, 0.0, 1e-9, 3.0])
        assert modules.Step()(numbers).tolist() == [0, 0, 0.5, 1, 1]

    def test_lets_no_gradient_pass(self) -> None:
        numbers = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
        modules.Step()(numbers).sum().backward()
        assert numbers.grad is not None
        assert numbers.grad.tolist() == [0, 0, 0]


class TestResidual:
    def test_adds_its_input_to_what_its_inner_layers_give(self) -> None:
        shape = Features(size=5)
        module = built(ADDED, shape)
        inputs = batch_of(shape)
        torch.testing.assert_close(module(inputs), inputs + module.layers(inputs))

    def test_says_where_an_inner_layer_does_not_fit(self) -> None:
        image = Image(channels=1, height=8, width=8)
        found = survey([Residual(layers=[Residual(layers=[Linear()])])], image, "/layers")
        assert [problem.place for problem in found.problems] == ["/layers/0/layers/0/layers/0"]

    def test_offers_to_mend_the_sizes(self) -> None:
        found = survey([Residual(layers=[Linear(units=3), Tanh()])], Features(size=5), "/layers")
        (problem,) = found.problems
        assert str(problem).startswith("The inner layers turn 5 numbers into 3")
        (edit,) = problem.fixes[0].edits
        assert (edit.path, edit.value) == ("/layers/0/layers/0/units", 5)

    def test_goes_on_behind_a_misfit(self) -> None:
        image = Image(channels=1, height=8, width=8)
        found = survey([Linear(units=3), Residual(layers=[Linear(units=2)]), Linear(units=4)], image, "/layers")
        assert [problem.place for problem in found.problems] == ["/layers/0", "/layers/1/layers"]
        assert found.after == Features(size=4)

    def test_unfolds_into_all_its_layers(self) -> None:
        placed = flow([Residual(layers=[Residual(layers=[Tanh()])])], Features(size=2), "/layers")
        paths = [one.path for one in unfolded(placed)]
        assert paths == ["/layers/0", "/layers/0/layers/0", "/layers/0/layers/0/layers/0"]

    def test_nested_deeply_is_looked_at_in_no_time(self) -> None:
        layer: Layer[Any] = Residual(layers=[Linear(units=3)])
        for _ in range(30):
            layer = Residual(layers=[layer])
        with pytest.raises(Problem):
            layer.shape_after(Features(size=2))
        assert len(layer.problems(Features(size=2))) == 1
