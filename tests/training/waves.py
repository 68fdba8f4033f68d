"""Waves of made voices, and WAV files of them."""

import io
import wave

import numpy as np

from app.parts.datasets.hearing import RATE
from app.parts.datasets.mandarin_tones import CONTOURS
from app.parts.datasets.prepared import Array
from app.parts.datasets.vowel_synthesis import FORMANTS, HARMONICS, WIDTHS

SILENCE = 0.2  # seconds before and after each sound


def spoken(pitches: Array, formants: Array | None = None) -> Array:
    """A voice of this pitch in hertz at each number of the wave (n,), its harmonics shaped by formants (n, 4)."""
    phase = 2 * np.pi * np.cumsum(pitches) / RATE
    made = np.zeros(len(pitches))
    for number in range(1, HARMONICS + 1):
        hertz = number * pitches
        level = np.where(hertz < RATE / 2, 1 / number, 0)
        for middle, width in zip(() if formants is None else formants.T**2, WIDTHS, strict=False):
            level = level * middle / np.sqrt((middle - hertz**2) ** 2 + (width * hertz) ** 2)
        made += level * np.sin(number * phase)
    through = np.linspace(0, 1, len(made))
    made *= np.clip(np.minimum(through / 0.15, (1 - through) / 0.2), 0, 1)
    quiet = np.zeros(round(SILENCE * RATE))
    return np.concatenate([quiet, 0.5 * made / abs(made).max(), quiet])


def vowel(name: str, size: float, pitch: float) -> Array:
    """A vowel, or a glide of one to another, out of a throat of this size: the larger the number, the shorter."""
    through = np.linspace(0, 1, round(0.35 * RATE))[:, None]
    first, last = (np.array(FORMANTS[name[at]]) * size for at in (0, -1))
    return spoken(pitch * (1 - 0.1 * through[:, 0]), first + (last - first) / (1 + np.exp((0.5 - through) / 0.09)))


def syllable(tone: int, middle: float, octaves: float) -> Array:
    """A syllable with this tone, of a voice around `middle` hertz."""
    levels = np.interp(np.linspace(0, 1, round(0.45 * RATE)), np.linspace(0, 1, 4), CONTOURS[tone])
    return spoken(middle * 2 ** (octaves * (levels - 3) / 4))


def wav(numbers: Array, width: int = 2, channels: int = 1, rate: int = RATE) -> bytes:
    """A WAV file of numbers from −1 to 1, each of `width` bytes; every channel has the same."""
    file = io.BytesIO()
    whole = np.round(np.repeat(numbers, channels) * (2 ** (8 * width - 1) - 1)).astype("<i8")
    if width == 1:
        whole += 128
    with wave.open(file, "wb") as writer:
        writer.setparams((channels, width, rate, 0, "NONE", ""))
        writer.writeframes(whole.view(np.uint8).reshape(-1, 8)[:, :width].tobytes())
    return file.getvalue()
