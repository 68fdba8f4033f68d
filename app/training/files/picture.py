"""One picture, from the bytes of its file to small pixels: whatever comes, it costs little and ends in a sentence."""

import warnings
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from app.parts.datasets.dataset import Array
from app.parts.datasets.own_pictures import LARGEST_SIDE
from app.parts.problem import Problem

OPENED = (PngImageFile, JpegImageFile, GifImageFile, BmpImageFile, WebPImageFile)
FORMATS = [str(kind.format) for kind in OPENED]
MOST_PIXELS = 50_000_000  # 200 MB while it is opened; a telephone's camera has 12 to 48 million
MOST_IN_ALL = 1_000_000_000  # some seconds of work; of a telephone's JPEGs, which open smaller, thousands
UNREADABLE = "This picture is damaged or in a format that cannot be opened here. PNG, JPEG, GIF, BMP and WebP can."
TOO_MANY = "These pictures have more than {most} million pixels in all. Save them smaller, or send fewer."
TOO_LARGE = "This picture has more than {most} million pixels. Save it smaller."


class Budget:
    """How many pixels may still be opened, of all pictures that come together."""

    def __init__(self, left: int = MOST_IN_ALL) -> None:
        self._left = left

    def spend(self, pixels: int) -> None:
        """Takes so many. Raises `Problem` where there are fewer."""
        self._left -= pixels
        if self._left < 0:
            raise Problem(TOO_MANY, most=MOST_IN_ALL // 1_000_000)


def pixels_of(file: BinaryIO, largest: int = LARGEST_SIDE, budget: Budget | None = None) -> Array:
    """The picture (height, width, 1 or 3) uint8, upright, its longer side at most `largest`. Raises `Problem`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which is not looked at
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(file, formats=FORMATS) as image:
                return _small(image, largest, budget or Budget())
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise Problem(TOO_LARGE, most=MOST_PIXELS // 1_000_000) from None
        except (OSError, ValueError, SyntaxError, EOFError, OverflowError, IndexError, TypeError, KeyError):
            raise Problem(UNREADABLE) from None  # Pillow raises any of these for broken files


def _small(image: Image.Image, largest: int, budget: Budget) -> Array:
    if image.width * image.height > MOST_PIXELS:
        raise Image.DecompressionBombError
    image.draft("RGB", (2 * largest, 2 * largest))  # a JPEG is not opened larger than needed
    budget.spend(image.width * image.height)
    image.load()  # of several pictures in one file, the first
    upright = ImageOps.exif_transpose(image)
    plain = _plain(upright)
    plain.thumbnail((largest, largest), Image.Resampling.LANCZOS)
    pixels = np.asarray(plain).reshape(plain.height, plain.width, -1)
    grey = pixels.shape[2] == 3 and np.array_equal(pixels[:, :, :1].repeat(3, axis=2), pixels)
    return pixels[:, :, :1] if grey else pixels


def _plain(image: Image.Image) -> Image.Image:
    """In RGB, or in grey where it has no colour; what is transparent stands on white."""
    if image.mode.startswith("I") or image.mode == "F":  # more than 8 bits of grey
        numbers = np.asarray(image, float)
        highest = 65535 if image.mode.startswith("I") else max(float(numbers.max()), 1.0)
        return Image.fromarray(np.clip(numbers * (255 / highest), 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        image = Image.alpha_composite(white, layer)
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


Image.MAX_IMAGE_PIXELS = MOST_PIXELS
