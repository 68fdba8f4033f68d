"""The arithmetic of windows against PyTorch's own: for any settings the same sizes, or a refusal by both."""

import json
from typing import Any

import pytest
import torch
from hypothesis import event, given, settings
from hypothesis import strategies as st
from torch import Tensor

from app.experiment.patch import patched
from app.parts.layers import LAYERS, Layer
from app.parts.layers.conv2d import Conv2d
from app.parts.layers.conv_transpose2d import ConvTranspose2d
from app.parts.layers.max_pool2d import MaxPool2d
from app.parts.layers.window import MOST_SIDE
from app.parts.problem import Problem
from app.parts.shapes import Channelled, Image, Series
from app.training.building import build
from tests.experiment.documents import objects

GROUPS = ("convolution", "pooling", "shape")
WINDOWED = [part for part in LAYERS if part.group in GROUPS and issubclass(part.takes(), Channelled)]
SIDES = st.integers(1, 14)
PICTURES = st.builds(Image, channels=st.integers(1, 6), height=SIDES, width=SIDES)
LINES = st.builds(Series, channels=st.integers(1, 6), length=SIDES)
EACH = pytest.mark.parametrize("part", WINDOWED, ids=lambda part: part.kind_name())


def shapes_for(part: type[Layer[Any]]) -> st.SearchStrategy[Any]:
    """Pictures and series as far as the layer takes them."""
    kinds = ((PICTURES, Image), (LINES, Series))
    return st.one_of([shapes for shapes, kind in kinds if issubclass(kind, part.takes())])


def real(layer: Layer[Any], shape: Channelled) -> Tensor | None:
    """What PyTorch gives for one sample; nothing where it refuses."""
    if getattr(layer, "filters", 0) % getattr(layer, "groups", 1) or shape.channels % getattr(layer, "groups", 1):
        return refused(layer, shape)
    try:
        return build(layer.module_for(shape))(torch.zeros(1, *shape.sizes))
    except (RuntimeError, IndexError):
        return None


def refused(layer: Layer[Any], shape: Channelled) -> None:
    """Nothing, once PyTorch has refused to build the layer at all."""
    with pytest.raises(ValueError, match="must be divisible by groups"):
        build(layer.module_for(shape))


@EACH
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_the_rule_promises_what_pytorch_gives_and_refuses_what_it_refuses(
    part: type[Layer[Any]], data: st.DataObject
) -> None:
    layer = part.model_validate(data.draw(objects(part)))
    shape = data.draw(shapes_for(part))
    try:
        promised = layer.shape_after(shape)
    except Problem:
        event("refused")
        outputs = real(layer, shape)
        assert outputs is None or outputs.numel() == 0
        demand_mended(layer, shape)
    else:
        event("accepted")
        outputs = real(layer, shape)
        assert outputs is not None
        assert outputs.shape == (1, *promised.sizes)


def demand_mended(layer: Layer[Any], shape: Channelled) -> None:
    """Pressing the first button, at most thrice, makes the layer fit."""
    document: Any = [json.loads(layer.model_dump_json())]
    for _ in range(3):
        if not document:
            return  # removed
        (problem,) = type(layer).model_validate(document[0]).problems(shape) or [None]
        if problem is None:
            return
        document = patched(document, problem.at("/0").fixes[0].edits)
    assert not type(layer).model_validate(document[0]).problems(shape)


@pytest.mark.parametrize(
    ("layer", "before", "after"),
    [
        (Conv2d(kernel=5, padding=2), 28, 28),  # half the kernel keeps the size
        (Conv2d(kernel=3, stride=2, padding=1), 28, 14),
        (Conv2d(kernel=3, dilation=2), 28, 24),
        (MaxPool2d(kernel=3, stride=3), 8, 2),  # the last two rows are left out
        (ConvTranspose2d(kernel=2, stride=2), 7, 14),
        (ConvTranspose2d(kernel=3, stride=2, padding=1, output_padding=1), 7, 14),
    ],
)
def test_sizes_worked_by_hand(layer: Layer[Any], before: int, after: int) -> None:
    given = layer.shape_after(Image(channels=1, height=before, width=before))
    assert given.sizes[1:] == (after, after)


def test_a_window_larger_than_the_picture_says_both_and_offers_what_fits() -> None:
    with pytest.raises(Problem) as raised:
        MaxPool2d(kernel=4).shape_after(Image(channels=1, height=9, width=3))
    assert str(raised.value).startswith("A window of 4 does not fit into 3, padding included.")
    assert [str(fix.title.format(**fix.values)) for fix in raised.value.fixes] == [
        "Make the window 3 wide",
        "Set the padding to 1",
    ]


def test_groups_that_share_nothing_out_offer_filters_that_do() -> None:
    with pytest.raises(Problem) as raised:
        Conv2d(filters=16, groups=3).shape_after(Image(channels=3, height=8, width=8))
    assert str(raised.value) == "3 channels and 16 filters do not both fall into 3 equal groups."
    assert [fix.edits[0].value for fix in raised.value.fixes] == [15, 1]


def test_pictures_do_not_grow_beyond_measure() -> None:
    with pytest.raises(Problem, match=f"a side of 4097; {MOST_SIDE} are the most") as raised:
        ConvTranspose2d(kernel=17, stride=16).shape_after(Image(channels=1, height=256, width=1))
    assert raised.value.place == "/stride"
