"""Waves out of WAV files."""

import io
import struct
import wave

import numpy as np

from app.parts.datasets.hearing import RATE
from app.parts.datasets.prepared import Array
from app.parts.problem import Problem

LONGEST = 10  # seconds
RATES = range(4_000, 200_001)  # hertz
UNSIGNED, WIDEST = 1, 4  # bytes of a number; one byte has no sign


def wave_in(data: bytes) -> Array:
    """The wave (n,) of a WAV file, `RATE` numbers a second from −1 to 1; its channels are mixed. Raises `Problem`."""
    if not data:
        raise Problem("There is no sound to listen to.")
    try:
        with wave.open(io.BytesIO(data)) as file:
            width, channels, rate, count = (
                file.getsampwidth(), file.getnchannels(), file.getframerate(), file.getnframes(),
            )  # fmt: skip
            if rate not in RATES:
                raise Problem("A WAV file here has {low} to {high} numbers a second.", low=RATES[0], high=RATES[-1])
            if count > LONGEST * rate:
                raise Problem("The sound is longer than {most} seconds.", most=LONGEST)
            numbers = _numbers(file.readframes(count), width)
    except (wave.Error, EOFError, struct.error, RuntimeError, ValueError):
        raise Problem("This is no WAV file of plain numbers (PCM).") from None
    mixed = numbers[: len(numbers) // channels * channels].reshape(-1, channels).mean(axis=1)
    if not mixed.any():
        raise Problem("There is nothing to hear in this sound.")
    count = max(1, round(len(mixed) * RATE / rate))
    resampled: Array = np.fft.irfft(np.fft.rfft(mixed), count)  # what is too high for the new rate is left out
    return resampled * count / len(mixed)


def _numbers(data: bytes, width: int) -> Array:
    """From −1 to 1."""
    if width == UNSIGNED:
        return np.frombuffer(data, np.uint8) / 127.5 - 1
    if width > WIDEST:
        raise ValueError
    bytes_of_each = np.frombuffer(data[: len(data) // width * width], np.uint8).reshape(-1, width)
    wide = np.zeros((len(bytes_of_each), WIDEST), np.uint8)
    wide[:, WIDEST - width :] = bytes_of_each
    return wide.view("<i4")[:, 0] / 2.0**31
