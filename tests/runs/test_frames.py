"""Frames come back from bytes as they went in, and quantised numbers to half a step."""

import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.runs.frames import MAGIC, Frame, Quantised, decode, encode, quantised

SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)
FLOATS = arrays.arrays(np.float32, SHAPES, elements=st.floats(width=32))
INTEGERS = arrays.arrays(np.int32, SHAPES)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
PICTURES = st.builds(Quantised, arrays.arrays(np.uint8, SHAPES), FINITE, FINITE)
ABOUT = st.dictionaries(st.text(), st.text() | st.integers() | FINITE | st.lists(st.booleans()), max_size=4)
FRAMES = st.builds(
    Frame,
    probe=st.sampled_from(["surface", "weights", "activations"]),
    step=st.integers(0, 10**12),
    epoch=st.floats(0, 1e9),
    arrays=st.dictionaries(st.text(max_size=12), FLOATS | INTEGERS | PICTURES, max_size=4),
    about=ABOUT,
)


def assert_same(actual: Any, expected: Any) -> None:
    assert type(actual) is type(expected)
    if isinstance(actual, Quantised):
        assert (actual.low, actual.high) == (expected.low, expected.high)
        actual, expected = actual.codes, expected.codes
    assert actual.dtype == expected.dtype
    assert actual.shape == expected.shape
    assert actual.tobytes() == expected.tobytes()


@settings(deadline=None)  # a busy machine is no failure
@given(FRAMES)
def test_a_frame_comes_back_as_it_went(frame: Frame) -> None:
    back = decode(encode(frame))
    assert (back.probe, back.step, back.epoch, back.about) == (frame.probe, frame.step, frame.epoch, frame.about)
    assert list(back.arrays) == list(frame.arrays)
    for name, array in frame.arrays.items():
        assert_same(back.arrays[name], array)


@settings(deadline=None)  # a busy machine is no failure
@given(FRAMES)
def test_arrays_begin_where_a_browser_can_look_without_copying(frame: Frame) -> None:
    block = encode(frame)
    (length,) = struct.unpack_from("<I", block, 4)
    assert block[:4] == MAGIC
    assert (8 + length) % 8 == 0
    header = json.loads(block[8 : 8 + length])
    assert all(array["offset"] % 4 == 0 for array in header["arrays"].values())
    assert len(block) % 4 == 0


@settings(deadline=None)  # a busy machine is no failure
@given(arrays.arrays(np.float32, SHAPES, elements=st.floats(width=32)), st.booleans())
def test_quantised_numbers_are_right_to_half_a_step(values: Any, symmetric: bool) -> None:
    picture = quantised(values, symmetric)
    finite = np.where(np.isfinite(values), values, 0).astype(np.float64)
    back = picture.low + picture.codes / 255 * (picture.high - picture.low)
    assert picture.low < picture.high
    assert np.all(np.abs(back - finite) <= (picture.high - picture.low) / 255 * 0.5001)
    if symmetric:
        assert picture.low == -picture.high


@pytest.mark.parametrize("number", [0.0, 1.0, 1e5, -3e38])
def test_a_picture_of_one_number_is_that_number(number: float) -> None:
    picture = quantised(np.full((2, 2), number, np.float32), symmetric=False)
    assert picture.low + picture.codes / 255 * (picture.high - picture.low) == pytest.approx(number)


def test_nothing_but_zeros_has_the_colour_of_zero_in_the_middle() -> None:
    picture = quantised(np.zeros((2, 2)), symmetric=True)
    assert picture.low == -picture.high
    assert np.all(picture.codes == 128)


def test_a_given_span_is_kept() -> None:
    picture = quantised(np.array([0.0, 0.5, 1.0]), symmetric=False, span=(0.0, 1.0))
    assert (picture.low, picture.high, picture.codes.tolist()) == (0.0, 1.0, [0, 128, 255])


@pytest.mark.parametrize("block", [b"", b"TYF", b"GIF89a", b"TYF2\0\0\0\0"])
def test_other_bytes_are_refused(block: bytes) -> None:
    with pytest.raises(ValueError, match="Expected a frame"):
        decode(block)
