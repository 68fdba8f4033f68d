"""How the numbers of a series are heard."""

from typing import NamedTuple

SILENCE = 60.0  # decibels from the loudest down to what is drawn and heard as silence
LOW = 100.0  # hertz of a pitch of 0 octaves


class Sound(NamedTuple):
    """A series of so many `seconds`. With `bands`, each channel says how loud one of them is: 1 is loudest, 0 lies
    60 decibels below. Without any, the first channel is the pitch in octaves above 100 hertz, the second how loud it
    is, from 0 to 1."""

    seconds: float
    bands: list[float]  # hertz, the middle of each
