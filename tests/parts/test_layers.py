"""What every layer promises of its shape and size, and what is peculiar to some."""

import inspect
from typing import Any

import pypinyin
import pytest
import torch
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from app.parts.layers import LAYERS, Layer
from app.parts.layers.stack import flow, survey, unfolded
from app.parts.shapes import Features, Image
from app.training import modules
from tests.parts.families import example
from tests.parts.outcomes import SHAPES, SIDES, arrives, batch_of, built, fitting, module_of, modules_of
from tests.parts.sentences import chinese
from tests.parts.variants import variants, with_variants

EACH_VARIANT = pytest.mark.parametrize(
    "layer",
    [
        pytest.param(layer, id=f"{layer.kind}-{number}")
        for part in LAYERS
        for number, layer in enumerate(with_variants(example(part)))
    ],
)
EACH = pytest.mark.parametrize("part", LAYERS, ids=lambda part: part.kind_name())


@EACH_VARIANT
def test_the_promised_shape_is_the_real_one(layer: Layer[Any]) -> None:
    for shape in fitting(layer):
        outputs = built(layer, shape)(batch_of(shape))
        assert outputs.shape == (7, *layer.shape_after(shape).sizes), shape


@EACH_VARIANT
def test_the_promised_parameters_are_the_real_ones(layer: Layer[Any]) -> None:
    for shape in fitting(layer):
        module = built(layer, shape)
        assert layer.parameters(shape) == sum(each.numel() for each in module.parameters()), shape
        named = {name: tuple(each.shape) for name, each in module.named_parameters()}
        promised = dict(layer.weights(shape))
        for inner in unfolded(layer.placed(shape)):
            name = inner.path.strip("/").replace("/", ".")
            promised |= {f"{name}.{own}": sizes for own, sizes in inner.layer.weights(inner.before).items()}
        assert promised == named, shape


@EACH
def test_a_batch_as_small_as_promised_can_be_trained(part: type[Layer[Any]]) -> None:
    for shape in fitting(example(part)):
        least = example(part).smallest_batch(shape)
        module = built(example(part), shape).train()
        module(batch_of(shape)[:least])
        if least > 1:
            with pytest.raises(ValueError, match="Expected more than 1 value"):
                module(batch_of(shape)[: least - 1])


@EACH
def test_every_setting_changes_something_on_a_shape_that_takes_both(part: type[Layer[Any]]) -> None:
    plain = module_of(example(part))
    for name, other in variants(example(part)):
        both = {shape: made for shape, made in module_of(other).items() if shape in plain}
        assert any(made != plain[shape] for shape, made in both.items()), (name, other)


@EACH
def test_it_takes_the_shapes_it_names_and_says_why_not_others(part: type[Layer[Any]]) -> None:
    taken = [shape for shape in SHAPES if arrives(part, shape)]
    assert taken
    for shape in SHAPES:
        if shape not in taken:
            (problem,) = survey([example(part)], shape, "/layers", SIDES).problems[:1]
            assert problem.place == "/layers/0"
            assert problem.values["shape"] == type(shape).noun


@EACH
def test_it_starts_so_that_it_fits_wherever_it_can(part: type[Layer[Any]]) -> None:
    for shape in SHAPES:
        if arrives(part, shape):
            (placed,) = flow([part.started(shape)], shape, "/layers", SIDES)
            assert built(placed.layer, shape)(batch_of(shape)).shape == (7, *placed.after.sizes)


@EACH
def test_its_twin_has_the_same_settings_for_another_shape(part: type[Layer[Any]]) -> None:
    if part.twin:
        twin = next(other for other in LAYERS if other.kind_name() == part.twin.kind)
        assert (twin.title, twin.takes()) == (part.twin.title, part.twin.takes)
        assert set(twin.model_fields) == set(part.model_fields)


@EACH
def test_the_field_that_sizes_it_says_how_many_neurons_or_channels_leave(part: type[Layer[Any]]) -> None:
    if part.sized_by:
        for shape in fitting(example(part)):
            other = part.model_validate({**example(part).model_dump(), part.sized_by: 6})
            assert other.shape_after(shape).at_each == 6


@EACH
def test_a_layer_bends_or_keeps_straight_lines_straight_as_it_says(part: type[Layer[Any]]) -> None:
    bent = []
    for layer in with_variants(example(part)):
        for shape in fitting(layer):
            if shape.dtype != "float32":  # there is nothing between two tokens
                continue
            module, (first, second) = built(layer, shape).eval(), 3 * batch_of(shape)[:2]
            middle, ends = torch.stack([(first + second) / 2]), torch.stack([first, second])
            bent.append(not torch.allclose(module(middle), module(ends).mean(0, keepdim=True), atol=1e-5))
    if not part.bends:
        assert not any(bent)
    elif bent and not example(part).stacks():  # what others hold may bend
        assert any(bent)


@EACH_VARIANT
def test_multiply_adds_are_those_that_pytorch_counts(layer: Layer[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    # oneDNN's LSTM and the fused attention are one operation each that is not counted; PyTorch's own are made of many
    monkeypatch.setattr(torch.backends.mkldnn, "enabled", False)
    for shape in fitting(layer):
        counter = FlopCounterMode(display=False)
        with counter, sdpa_kernel(SDPBackend.MATH):
            built(layer, shape)(batch_of(shape)[:2])
        assert layer.multiply_adds(shape) * 2 * 2 == counter.get_total_flops(), shape  # two operations, two samples


@pytest.mark.parametrize("part", [part for part in LAYERS if part.elementwise], ids=lambda part: part.kind_name())
def test_an_elementwise_layer_bends_each_number_by_itself(part: type[Layer[Any]]) -> None:
    numbers = torch.linspace(-3, 3, 12)
    flat = built(part.model_validate({}), Features(size=12))(numbers[None])[0]
    picture = built(part.model_validate({}), Image(channels=3, height=2, width=2))(numbers.reshape(1, 3, 2, 2))[0]
    assert torch.equal(flat, picture.flatten())
    for number, bent in zip(numbers, flat, strict=True):
        torch.testing.assert_close(built(part.model_validate({}), Features(size=1))(number.reshape(1, 1))[0, 0], bent)


def test_activations_that_are_no_curve_say_so() -> None:
    curveless = [part.kind_name() for part in LAYERS if part.group == "activation" and not part.elementwise]
    assert curveless == ["softmax"]
    assert all(part.group == "activation" for part in LAYERS if part.elementwise)


@EACH
def test_kinds_are_pytorchs_own_names(part: type[Layer[Any]]) -> None:
    for target in targets_of(part):
        namespace, _, name = target.rpartition(".")
        assert name.lower() == part.kind_name().replace("_", "")
        assert namespace in ("nn", "modules")
        if namespace == "modules" and hasattr(nn, name):
            assert issubclass(getattr(modules, name), getattr(nn, name))  # one tensor where PyTorch gives two


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
    plain = ("Reshape", "Permute", "FirstStep", "LastStep", "MeanOverTime")  # nothing was invented there
    for name in {target[8:] for part in LAYERS for target in targets_of(part) if target[0] == "m"}:
        assert name in plain or "Source:" in (inspect.getdoc(getattr(modules, name)) or "")


def targets_of(part: type[Layer[Any]]) -> list[str]:
    """The names of the modules that an example is built of."""
    return [call.target for call in modules_of(example(part)) if call is not None]


class TestStep:
    def test_answers_nothing_between_0_and_1_but_at_0(self) -> None:
        numbers = torch.tensor([-2.0, -1e-9, 0.0, 1e-9, 3.0])
        assert modules.Step()(numbers).tolist() == [0, 0, 0.5, 1, 1]

    def test_lets_no_gradient_pass(self) -> None:
        numbers = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
        modules.Step()(numbers).sum().backward()
        assert numbers.grad is not None
        assert numbers.grad.tolist() == [0, 0, 0]
