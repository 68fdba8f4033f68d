"""A frame: what a probe saw at one step, as one block of bytes that a browser reads without copying.

Layout: magic `TYF1`, header length (uint32, little endian), header (JSON, UTF-8, padded with spaces so that the arrays
start at a multiple of 8), arrays one after another, each at its `offset` from the end of the header, 4-byte aligned.
Header: {"probe", "step", "epoch", "about": {…}, "arrays": {name: {"dtype", "shape", "offset", "low", "high"}}}.
Arrays are float32, int32, or uint8 quantised between `low` and `high`: value = low + byte / 255 * (high - low).
"""

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf, nextafter
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"TYF1"
Array = NDArray[Any]


@dataclass(frozen=True)
class Quantised:
    """A picture in bytes: uint8 `codes` between `low` and `high`."""

    codes: Array
    low: float
    high: float


@dataclass(frozen=True)
class Frame:
    """`about` says what the arrays are: layer paths, class names, grid range."""

    probe: str
    step: int
    epoch: float
    arrays: dict[str, Array | Quantised]
    about: dict[str, Any] = field(default_factory=dict[str, Any])


def quantised(values: Array, symmetric: bool, span: tuple[float, float] | None = None) -> Quantised:
    """`values` in bytes, between `span` or as they come; `symmetric` makes the range −m..m so that 0 keeps its colour.

    Numbers that are not finite become 0. In float64, because the span of the largest float32 is none itself.
    """
    finite = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = span or ((float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0))
    if symmetric:
        high = max(abs(low), abs(high)) or 1e-12
        low = -high
    if high <= low:
        high = max(low + 1e-12, nextafter(low, inf))  # beside a large number 1e-12 is nothing
    codes = np.rint((finite - low) * (255 / (high - low))).astype(np.uint8)
    return Quantised(codes, low, high)


def encode(frame: Frame) -> bytes:
    """The bytes of a frame."""
    described: dict[str, Any] = {}
    blocks: list[bytes] = []
    offset = 0
    for name, array in frame.arrays.items():
        codes = array.codes if isinstance(array, Quantised) else array
        block = np.ascontiguousarray(codes).tobytes()
        described[name] = {"dtype": str(codes.dtype), "shape": list(codes.shape), "offset": offset}
        if isinstance(array, Quantised):
            described[name] |= {"low": array.low, "high": array.high}
        block += b"\0" * (-len(block) % 4)
        blocks.append(block)
        offset += len(block)
    header = {"probe": frame.probe, "step": frame.step, "epoch": frame.epoch, "about": frame.about, "arrays": described}
    return _head(header) + b"".join(blocks)


def with_header(block: bytes, change: Callable[[dict[str, Any]], dict[str, Any]]) -> bytes:
    """The same frame with another header; its arrays keep their order. Raises `ValueError` on other bytes."""
    header, length = _header(block)
    return _head(change(header)) + block[8 + length :]


def decode(block: bytes) -> Frame:
    """The frame of `encode`. Raises `ValueError` on other bytes."""
    header, length = _header(block)
    arrays: dict[str, Array | Quantised] = {}
    for name, entry in header["arrays"].items():
        count = int(np.prod(entry["shape"], dtype=np.int64))
        array = np.frombuffer(block, entry["dtype"], count, 8 + length + entry["offset"]).reshape(entry["shape"])
        arrays[name] = Quantised(array, entry["low"], entry["high"]) if "low" in entry else array
    return Frame(header["probe"], header["step"], header["epoch"], arrays, header["about"])


def _head(header: dict[str, Any]) -> bytes:
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % 8)
    return MAGIC + struct.pack("<I", len(text)) + text


def _header(block: bytes) -> tuple[dict[str, Any], int]:
    """The header of a frame, and its length in bytes."""
    if block[:4] != MAGIC:
        raise ValueError(f"Expected a frame, but got {block[:4]!r}.")
    (length,) = struct.unpack_from("<I", block, 4)
    return json.loads(block[8 : 8 + length]), length
