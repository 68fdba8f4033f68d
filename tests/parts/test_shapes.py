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


@pytest.mark.parametrize(
    ("shape", "units"),
    [
        (Features(size=16), 16),
        (Image(channels=3, height=8, width=6), 3),
        (Series(channels=2, length=90), 2),
        (Mask(names=("ground", "cell"), height=8, width=6), 48),
    ],
    ids=str,
)
def test_the_units_of_a_shape_are_its_channels_or_its_numbers(shape: Shape, units: int) -> None:
    assert shape.as_drawn() == shape.as_json() | {"units": units, "shown": shape.shown}
    assert len(shape.shown) == min(units, 12 if units > 16 else 16)


def test_up_to_sixteen_units_are_all_drawn_of_more_twelve_with_the_first_and_the_last() -> None:
    assert Features(size=16).shown == list(range(16))
    assert Features(size=24).shown == [0, 2, 4, 6, 8, 10, 13, 15, 17, 19, 21, 23]
    assert Features(size=256).shown[-1] == 255
