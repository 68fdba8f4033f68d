# pyright: basic
# ruff: noqa: PLR0124, PLR1730 - what is no number is not itself; and of min and max it would not be sure to come out again
"""Exponentials that become vector instructions: for float32 by polynomials, for float64 the exact ones.

Numba compiles what `overload` gives for the type that arrives. It has no types for a type checker.
"""

import math
from typing import Any

import numpy as np
from numba import types
from numba.extending import overload

# Numbers of float32: a plain one would make float64 of everything that it meets.
ONE, TWO, HALF = np.float32(1), np.float32(2), np.float32(0.5)
LOWEST, HIGHEST = np.float32(-87.3), np.float32(88.3)  # beyond them the exponential is no number of float32
LOG2_E, LN2_HIGH, LN2_LOW = np.float32(1.4426950408889634), np.float32(0.693359375), np.float32(-2.12194440e-4)
# Cephes, expf: e^r − 1 − r over r², for |r| up to ln 2 / 2.
E5, E4, E3 = np.float32(1.9875691500e-4), np.float32(1.3981999507e-3), np.float32(8.3334519073e-3)
E2, E1, E0 = np.float32(4.1665795894e-2), np.float32(1.6666665459e-1), np.float32(5.0000001201e-1)
# Eigen, ptanh: a rational function up to where the rounded tanh is 1.
FLAT = np.float32(7.90531110763549805)
A13, A11, A9 = np.float32(-2.76076847742355e-16), np.float32(2.00018790482477e-13), np.float32(-8.60467152213735e-11)
A7, A5, A3 = np.float32(5.12229709037114e-08), np.float32(1.48572235717979e-05), np.float32(6.37261928875436e-04)
A1, B6, B4 = np.float32(4.89352455891786e-03), np.float32(1.19825839466702e-06), np.float32(1.18534705686654e-04)
B2, B0 = np.float32(2.26843463243900e-03), np.float32(4.89352518554385e-03)
T3, T5, T7, T9, T11, T13 = (np.float32(1 / n) for n in (3, 5, 7, 9, 11, 13))  # of the area tangent

# Not in another order: the remainders below are exact only as they stand.
EXACT: Any = {"fastmath": {"contract"}, "error_model": "numpy"}


def exp(x: Any) -> Any:
    """e^x. Of float32, what is beyond its range is cut to that."""
    raise NotImplementedError


def tanh(x: Any) -> Any:
    """The hyperbolic tangent."""
    raise NotImplementedError


def log_of_one_and(x: Any) -> Any:
    """ln(1 + x) for x in 0…1."""
    raise NotImplementedError


@overload(exp, jit_options=EXACT)
def _exp(x: Any) -> Any:
    def short(x: Any) -> Any:
        if x > HIGHEST:
            x = HIGHEST
        if x < LOWEST:
            x = LOWEST
        halves = np.float32(math.floor(x * LOG2_E + HALF))
        if x != x:  # it has no place among the whole numbers
            halves = ONE
        r = x - halves * LN2_HIGH - halves * LN2_LOW
        # NumPy's types know views of arrays only; this is one of a single number, whose bits are those of a power of 2
        power = np.int32((np.int32(halves) + np.int32(127)) << np.int32(23)).view(np.float32)  # type: ignore[arg-type]
        tail = ((((E5 * r + E4) * r + E3) * r + E2) * r + E1) * r + E0
        return (tail * r * r + r + ONE) * power

    def exact(x: Any) -> Any:
        return math.exp(x)

    return short if x == types.float32 else exact


@overload(tanh, jit_options=EXACT)
def _tanh(x: Any) -> Any:
    def short(x: Any) -> Any:
        if x > FLAT:
            x = FLAT
        if x < -FLAT:
            x = -FLAT
        s = x * x
        above = ((((((A13 * s + A11) * s + A9) * s + A7) * s + A5) * s + A3) * s + A1) * x
        return above / (((B6 * s + B4) * s + B2) * s + B0)

    def exact(x: Any) -> Any:
        return math.tanh(x)

    return short if x == types.float32 else exact


@overload(log_of_one_and, jit_options=EXACT)
def _log_of_one_and(x: Any) -> Any:
    def short(x: Any) -> Any:
        r = x / (TWO + x)
        s = r * r
        return TWO * r * (((((((T13 * s + T11) * s + T9) * s + T7) * s + T5) * s + T3) * s) + ONE)

    def exact(x: Any) -> Any:
        return math.log1p(x)

    return short if x == types.float32 else exact
