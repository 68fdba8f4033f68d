"""Shapes are sent with named axes, so that nobody guesses from how many sizes there are."""

import pytest

from app.parts.shapes import Classes, Features, Image, Mask, Series, Shape

SHAPES = [
    (Features(size=5), "features", {"size": 5}),
    (Image(channels=3, height=8, width=6), "image", {"channels": 3, "height": 8, "width": 6}),
    (Series(channels=2, length=90), "series", {"channels": 2, "length": 90}),
    (Mask(names=("ground", "cell"), height=8, width=6), "mask", {"height": 8, "width": 6}),
    (Classes(names=("no", "yes")), "classes", {}),
]


@pytest.mark.parametrize(("shape", "kind", "axes"), SHAPES, ids=str)
def test_a_shape_is_sent_with_a_name_for_each_axis_of_its_tensor(shape: Shape, kind: str, axes: dict[str, int]) -> None:
    told = shape.as_json()
    assert told == {"kind": kind, "axes": [{"name": name, "size": size} for name, size in axes.items()]}
    assert tuple(axis["size"] for axis in told["axes"]) == shape.sizes
