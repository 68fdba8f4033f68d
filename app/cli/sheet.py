"""A sheet of samples that are pictures, as PNG."""

import struct
import zlib
from math import ceil, sqrt
from typing import Any

import numpy as np

from app.parts.datasets.prepared import Array

GAP = 2  # pixels around each sample
GREY = 128  # of the gaps, so that black and white pictures both have an edge
SIDE = 64  # pixels: a sample is enlarged by a whole factor as long as it is no larger than this


def sheet(samples: list[Any]) -> bytes:
    """Samples (n, channels, height, width), 0 black and 1 full light, row by row in a sheet about as wide as high.

    Three channels are red, green and blue; any other number is shown as its mean. What lies outside of 0 to 1 is cut.
    Raises `ValueError` where a sample is no picture, the pictures are not all of one size, or there is none.
    """
    levels = np.array(samples, np.float64)
    if levels.ndim != 4 or not levels.size:
        raise ValueError(f"Expected pictures (n, channels, height, width), but got {levels.shape}.")
    if levels.shape[1] != 3:
        levels = levels.mean(axis=1, keepdims=True).repeat(3, axis=1)
    light = np.round(255 * levels.clip(0, 1)).astype(np.uint8).transpose(0, 2, 3, 1)
    count, height, width, _ = light.shape
    factor = max(1, SIDE // max(height, width))
    light = light.repeat(factor, axis=1).repeat(factor, axis=2)
    down, right = factor * height + GAP, factor * width + GAP
    columns = ceil(sqrt(count))
    whole = np.full((ceil(count / columns) * down + GAP, columns * right + GAP, 3), GREY, np.uint8)
    for at, picture in enumerate(light):
        top, left = at // columns * down + GAP, at % columns * right + GAP
        whole[top : top + factor * height, left : left + factor * width] = picture
    return _png(whole)


def _png(pixels: Array) -> bytes:
    """Pixels (height, width, 3) of 8 bits as a PNG file, written by hand: only confined workers load Pillow."""
    height, width, _ = pixels.shape
    unfiltered = np.zeros((height, 1), np.uint8)  # each row begins with the number of its filter
    rows = np.hstack([unfiltered, pixels.reshape(height, -1)])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits a channel, colours, not interlaced
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows.tobytes())) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
