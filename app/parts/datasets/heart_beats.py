"""Heartbeats as five Gaussian waves each, and what may be wrong with them.

Source: McSharry et al. 2003, doi.org/10.1109/TBME.2003.808805, whose model moves along a circle; here the waves stand
at fixed seconds around the tallest, which is the same for one rate.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.parts.datasets.dataset import Array

LENGTH, PER_SECOND = 128, 50  # moments of a series; it lasts 2.56 s
MOST_BEATS = 8  # enough before, within and behind the series at the fastest rate
P, Q, R, S, T = range(5)
SECONDS = np.array([-0.17, -0.035, 0.0, 0.035, 0.26])  # of each wave's top, from R
HEIGHTS = np.array([0.15, -0.12, 1.0, -0.22, 0.3])  # millivolts
WIDTHS = np.array([0.022, 0.011, 0.014, 0.013, 0.05])  # seconds, standard deviation
SLOW, FAST, UNEVEN = 60.0, 95.0, 0.03  # beats a minute, and how unevenly they come as a share

Sign = Literal["early_beat", "no_p_wave", "wide_qrs", "st_elevation"]
SIGNS: tuple[Sign, ...] = ("early_beat", "no_p_wave", "wide_qrs", "st_elevation")


@dataclass
class Beats:
    """Where the tops of the waves are, in seconds, how high and how wide: (n, beats, 5) each; `lifted` (n,) is how far
    the stretch between S and T lies above the rest, in millivolts."""

    at: Array
    heights: Array
    widths: Array
    lifted: Array


def usual_beats(random: np.random.Generator, count: int) -> Beats:
    """Healthy hearts, each with a rate and waves of its own."""
    pause = 60 / random.uniform(SLOW, FAST, (count, 1))
    pauses = pause * (1 + UNEVEN * random.standard_normal((count, MOST_BEATS)))
    tops = np.cumsum(pauses, axis=1) - 2 * pause + pause * random.uniform(0, 1, (count, 1))
    shape = (count, 1, len(SECONDS))
    spread = 1 + 0.12 * random.uniform(-1, 1, shape)
    late = np.sqrt(pause / 0.8)[..., None]  # a slower heart takes longer to recover
    seconds = np.where(np.arange(len(SECONDS)) == T, SECONDS * late, SECONDS)
    at = tops[..., None] + seconds * (1 + 0.06 * random.uniform(-1, 1, shape))
    heights = np.broadcast_to(HEIGHTS * spread, at.shape).copy()
    widths = np.broadcast_to(WIDTHS * (1 + 0.1 * random.uniform(-1, 1, shape)), at.shape).copy()
    return Beats(at, heights, widths, np.zeros(count))


def spoil(random: np.random.Generator, beats: Beats, signs: Array) -> None:
    """Makes hearts ill, in place: `signs` (n,) are numbers of `SIGNS`, -1 for one that stays healthy."""
    early, without_p, wide, lifted = (signs == number for number in range(len(SIGNS)))
    beats.heights[without_p, :, P] = 0
    factors, lifts, advances = (random.uniform(*span, len(signs)) for span in ((2.2, 3.0), (0.2, 0.35), (0.3, 0.42)))
    factor = factors[wide, None]
    for wave in (Q, R, S):
        beats.widths[wide, :, wave] *= factor
        beats.at[wide, :, wave] += (beats.at[wide, :, wave] - beats.at[wide, :, R]) * (factor - 1)
    beats.lifted[lifted] = lifts[lifted]
    _bring_forward(beats, np.flatnonzero(early), advances[early, None])


def _bring_forward(beats: Beats, rows: Array, advances: Array) -> None:
    """One beat in the middle of the series comes too soon, by a share of its pause, broad and without a P wave: from
    the chamber itself."""
    tops = beats.at[rows, :, R]
    which = np.abs(tops - LENGTH / PER_SECOND / 2).argmin(axis=1)
    pause = np.take_along_axis(np.diff(tops, axis=1), which[:, None] - 1, axis=1)
    beats.at[rows, which] -= pause * advances
    beats.heights[rows, which, P] = 0
    beats.widths[rows, which, R] *= 2.4
    beats.heights[rows, which, T] *= -1  # it recovers the other way round


def traces(beats: Beats) -> Array:
    """The series (n, 128) in millivolts."""
    moments = np.arange(LENGTH) / PER_SECOND
    waves = (moments - beats.at[..., None]) / beats.widths[..., None]
    series = np.einsum("nbwt,nbw->nt", np.exp(-(waves**2) / 2), beats.heights)
    between = (moments - beats.at[:, :, S, None]) / 0.03, (beats.at[:, :, T, None] - moments) / 0.03
    plateau = 1 / ((1 + np.exp(-between[0])) * (1 + np.exp(-between[1])))
    return series + beats.lifted[:, None] * plateau.sum(axis=1)
