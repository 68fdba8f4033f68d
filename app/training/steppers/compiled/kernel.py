# pyright: basic, reportCallIssue=false, reportAttributeAccessIssue=false
# ruff: noqa: PLR0912, PLR0917 - each kind has loops of its own, and the compiler knows no keywords
"""One compiled loop that trains any stack of linear layers: its sizes are data, so that it is compiled once.
One file, though long: what is compiled together is cached together.

What stands in memory: `values` holds what leaves each operation, number after number, `LANES` samples side by side, so
that every innermost loop is one of vector instructions; `deltas` the gradients of the same. `weights` is all that is
learned in one row. Operations are rows of `operations`, see `app.training.steppers.compiled.plan`.

It is longer than other modules, because its functions are parts of one loop and mean little apart.
"""

import math
from typing import Any

import numpy as np
from numba import config, njit

from app.training.steppers.compiled.arithmetic import exp, log_of_one_and, tanh
from app.training.steppers.compiled.keeping import kept_in
from app.training.steppers.compiled.lanes import FLAGS, LANES, load, plus_product, spread, store, total
from app.training.steppers.compiled.opcodes import (
    ADAM,
    ADAMW,
    ADD,
    BACK,
    BACK_OTHER,
    BCE,
    BIAS,
    CROSS_ENTROPY,
    ELU,
    GELU,
    GELU_BY_TANH,
    GIVES,
    HUBER,
    KIND,
    L1,
    LEAKY_RELU,
    LINEAR,
    MSE,
    OTHER,
    OUT,
    RELU,
    RMSPROP,
    SGD,
    SIGMOID,
    SILU,
    SOFTPLUS,
    SOURCE,
    TAKES,
    TANH,
    WEIGHT,
)

config.CACHE_DIR = str(kept_in())  # read by `cache=True` below
# What is no number stays none: without `nnan` and `ninf`.
HOW: Any = {"fastmath": set(FLAGS), "error_model": "numpy"}


@njit(**HOW)
def _linear(values, weights, source, out, takes, gives, weight, bias):
    for unit in range(gives):
        answer = spread(weights[bias + unit] if bias >= 0 else weights.dtype.type(0))
        row = weight + unit * takes
        for number in range(takes):
            answer = plus_product(answer, spread(weights[row + number]), load(values, (source + number) * LANES))
        store(values, (out + unit) * LANES, answer)


@njit(**HOW)
def _linear_back(values, deltas, weights, gradient, source, out, takes, gives, weight, bias, back):
    ones, zeros = spread(weights.dtype.type(1)), spread(weights.dtype.type(0))
    if back == 0:
        for number in range(source, source + takes):
            store(deltas, number * LANES, zeros)
    for unit in range(gives):
        delta = load(deltas, (out + unit) * LANES)
        if bias >= 0:
            gradient[bias + unit] += total(delta, ones)
        row = weight + unit * takes
        for number in range(takes):
            gradient[row + number] += total(delta, load(values, (source + number) * LANES))
        if back >= 0:
            for number in range(takes):
                at = (source + number) * LANES
                store(deltas, at, plus_product(load(deltas, at), spread(weights[row + number]), delta))


@njit(**HOW)
def _bend(kind, p, q, values, first, to, count):
    """Applies an activation to `count` numbers from `first` on; `p` and `q` are its settings."""
    real = values.dtype.type
    zero, one, half = real(0), real(1), real(0.5)
    if kind == RELU:
        for i in range(count):
            x = values[first + i]
            values[to + i] = zero if x <= zero else x
    elif kind == LEAKY_RELU:
        for i in range(count):
            x = values[first + i]
            values[to + i] = x if x > zero else p * x
    elif kind == ELU:
        for i in range(count):
            x = values[first + i]
            below = p * (exp(zero if x > zero else x) - one)
            values[to + i] = x if x > zero else below
    elif kind == TANH:
        for i in range(count):
            values[to + i] = tanh(values[first + i])
    elif kind == SIGMOID:
        for i in range(count):
            values[to + i] = one / (one + exp(-values[first + i]))
    elif kind == GELU:
        root = real(0.7071067811865476)
        for i in range(count):
            x = values[first + i]
            values[to + i] = half * x * (one + real(math.erf(x * root)))
    elif kind == GELU_BY_TANH:
        for i in range(count):
            x = values[first + i]
            values[to + i] = half * x * (one + tanh(real(0.7978845608028654) * (x + real(0.044715) * x * x * x)))
    elif kind == SILU:
        for i in range(count):
            x = values[first + i]
            values[to + i] = x / (one + exp(-x))
    elif kind == SOFTPLUS:
        for i in range(count):
            x = values[first + i]
            z = x * p
            rounded = ((z if z > zero else zero) + log_of_one_and(exp(-abs(z)))) / p
            values[to + i] = x if z > q else rounded
    else:
        for i in range(count):
            values[to + i] = real(math.sin(p * values[first + i]))


@njit(**HOW)
def _bend_back(kind, p, q, values, deltas, first, to, count, add):
    """Adds to, or sets, the gradients from `first` on by those from `to` on."""
    real = values.dtype.type
    zero, one, half = real(0), real(1), real(0.5)
    if add == 0:
        for i in range(count):
            deltas[first + i] = zero
    if kind == RELU:
        for i in range(count):
            slope = zero if values[first + i] <= zero else one
            deltas[first + i] += slope * deltas[to + i]
    elif kind == LEAKY_RELU:
        for i in range(count):
            slope = one if values[first + i] > zero else p
            deltas[first + i] += slope * deltas[to + i]
    elif kind == ELU:
        for i in range(count):
            slope = one if values[first + i] > zero else values[to + i] + p
            deltas[first + i] += slope * deltas[to + i]
    elif kind == TANH:
        for i in range(count):
            y = values[to + i]
            deltas[first + i] += (one - y * y) * deltas[to + i]
    elif kind == SIGMOID:
        for i in range(count):
            y = values[to + i]
            deltas[first + i] += y * (one - y) * deltas[to + i]
    elif kind == GELU:
        root, peak = real(0.7071067811865476), real(0.3989422804014327)
        for i in range(count):
            x = values[first + i]
            slope = half * (one + real(math.erf(x * root))) + x * peak * exp(-half * x * x)
            deltas[first + i] += slope * deltas[to + i]
    elif kind == GELU_BY_TANH:
        root, cube = real(0.7978845608028654), real(0.044715)
        for i in range(count):
            x = values[first + i]
            t = tanh(root * (x + cube * x * x * x))
            slope = half * (one + t) + half * x * (one - t * t) * root * (one + real(3) * cube * x * x)
            deltas[first + i] += slope * deltas[to + i]
    elif kind == SILU:
        for i in range(count):
            x = values[first + i]
            s = one / (one + exp(-x))
            deltas[first + i] += s * (one + x * (one - s)) * deltas[to + i]
    elif kind == SOFTPLUS:
        for i in range(count):
            z = values[first + i] * p
            slope = one / (one + exp(-z))
            deltas[first + i] += (one if z > q else slope) * deltas[to + i]
    else:
        for i in range(count):
            deltas[first + i] += p * real(math.cos(p * values[first + i])) * deltas[to + i]


@njit(**HOW)
def _forward(operations, settings, values, weights):
    for i in range(len(operations)):
        kind, source, out, takes = operations[i, KIND], operations[i, SOURCE], operations[i, OUT], operations[i, TAKES]
        if kind == LINEAR:
            gives, weight, bias = operations[i, GIVES], operations[i, WEIGHT], operations[i, BIAS]
            _linear(values, weights, source, out, takes, gives, weight, bias)
        elif kind == ADD:
            other = operations[i, OTHER] * LANES
            for place in range(takes * LANES):
                values[out * LANES + place] = values[source * LANES + place] + values[other + place]
        else:
            _bend(kind, settings[i, 0], settings[i, 1], values, source * LANES, out * LANES, takes * LANES)


@njit(**HOW)
def _backward(operations, settings, values, deltas, weights, gradient):
    for i in range(len(operations) - 1, -1, -1):
        kind, source, out, takes = operations[i, KIND], operations[i, SOURCE], operations[i, OUT], operations[i, TAKES]
        back, first, to, count = operations[i, BACK], source * LANES, out * LANES, takes * LANES
        if kind == LINEAR:
            gives, weight, bias = operations[i, GIVES], operations[i, WEIGHT], operations[i, BIAS]
            _linear_back(values, deltas, weights, gradient, source, out, takes, gives, weight, bias, back)
        elif kind == ADD:
            for begin, how in ((first, back), (operations[i, OTHER] * LANES, operations[i, BACK_OTHER])):
                if how == 0:
                    for place in range(count):
                        deltas[begin + place] = deltas[to + place]
                elif how == 1:
                    for place in range(count):
                        deltas[begin + place] += deltas[to + place]
        elif back >= 0:
            _bend_back(kind, settings[i, 0], settings[i, 1], values, deltas, first, to, count, back)


@njit(**HOW)
def _loss_by_element(kind, p, values, deltas, wanted, terms, at, count):
    """The loss of each number from `at` on, in `terms`, and its gradient."""
    real = values.dtype.type
    zero, one, two, half = real(0), real(1), real(2), real(0.5)
    if kind == MSE:
        for i in range(count):
            d = values[at + i] - wanted[i]
            terms[i], deltas[at + i] = d * d, two * d
    elif kind == L1:
        for i in range(count):
            d = values[at + i] - wanted[i]
            terms[i] = abs(d)
            deltas[at + i] = one if d > zero else (-one if d < zero else d)
    elif kind == HUBER:
        for i in range(count):
            d = values[at + i] - wanted[i]
            far = abs(d)
            terms[i] = half * d * d if far < p else p * (far - half * p)
            deltas[at + i] = p if d >= p else (-p if d <= -p else d)
    elif kind == BCE:
        for i in range(count):
            z, y = values[at + i], wanted[i]
            small = exp(-abs(z))
            terms[i] = (zero if z < zero else z) - z * y + log_of_one_and(small)
            share = one / (one + small)
            deltas[at + i] = (share if z >= zero else small * share) - y
    else:
        for i in range(count):
            room = p - wanted[i] * values[at + i]
            terms[i] = zero if room < zero else room
            deltas[at + i] = zero if room < zero else -wanted[i]


@njit(**HOW)
def _cross_entropy(values, deltas, wanted, terms, at, gives, lane):
    """The same for one sample and all its classes."""
    largest = values[at + lane]
    for unit in range(1, gives):
        z = values[at + unit * LANES + lane]
        if not z <= largest:  # nor where it is no number
            largest = z
    total = values.dtype.type(0)
    for unit in range(gives):
        total += exp(values[at + unit * LANES + lane] - largest)
    log_total = values.dtype.type(math.log(total))
    for unit in range(gives):
        z, i = values[at + unit * LANES + lane] - largest, unit * LANES + lane
        terms[i] = wanted[i] * (log_total - z)
        deltas[at + i] = exp(z) / total - wanted[i]


@njit(**HOW)
def _loss(kind, p, values, deltas, wanted, terms, out, gives, lanes, share):
    """The sum of the losses of the first `lanes` samples; the gradients are multiplied by `share`, others are 0."""
    zero, at = values.dtype.type(0), out * LANES
    if kind == CROSS_ENTROPY:
        for lane in range(LANES):
            _cross_entropy(values, deltas, wanted, terms, at, gives, lane)
    else:
        _loss_by_element(kind, p, values, deltas, wanted, terms, at, gives * LANES)
    total = zero
    for unit in range(gives):
        for lane in range(LANES):
            place = unit * LANES + lane
            total += terms[place] if lane < lanes else zero
            deltas[at + place] = deltas[at + place] * share if lane < lanes else zero
    return total


@njit(**HOW)
def _regularize(weights, gradient, decayed, l1, l2, longest):
    """Adds the pull of L1 and L2 to the gradient, then shortens it; 0 is off."""
    zero, one = weights.dtype.type(0), weights.dtype.type(1)
    if l1 != 0 or l2 != 0:
        for i in range(len(weights)):
            w = weights[i]
            sign = one if w > zero else (-one if w < zero else w)
            gradient[i] += decayed[i] * (l1 * sign + l2 * w)
    if longest != 0:
        squares = zero
        for i in range(len(gradient)):
            squares += gradient[i] * gradient[i]
        share = longest / (math.sqrt(squares) + weights.dtype.type(1e-6))
        if not share >= one:
            for i in range(len(gradient)):
                gradient[i] *= share


@njit(**HOW)
def _shorten(operations, weights, longest):
    for i in range(len(operations)):
        if operations[i, KIND] == LINEAR:
            takes = operations[i, TAKES]
            for unit in range(operations[i, GIVES]):
                first = operations[i, WEIGHT] + unit * takes
                squares = weights.dtype.type(0)
                for place in range(first, first + takes):
                    squares += weights[place] * weights[place]
                length = math.sqrt(squares)
                share = longest / (longest if length < longest else length)
                for place in range(first, first + takes):
                    weights[place] *= share


@njit(**HOW)
def _update(kind, rates, rate, taken, weights, gradient, mean, square):
    """One step of an optimizer; `taken` counts from 1, `mean` and `square` are what it remembers.

    `rates`: momentum, β₁ or α · Nesterov, β₂ or rate decay · ε · weight decay.
    """
    real = weights.dtype.type
    one, fresh, slope = real(1), real(1 - rates[0]), real(rates[0])
    decay, tiny, speed = real(rates[3]), real(rates[2]), real(rate)
    count = len(weights)
    if decay != 0 and kind != ADAMW:
        for i in range(count):
            gradient[i] += decay * weights[i]
    if kind == SGD:
        if rates[0] == 0:
            for i in range(count):
                weights[i] -= speed * gradient[i]
        else:
            for i in range(count):
                mean[i] = gradient[i] if taken == 1 else slope * mean[i] + gradient[i]
                weights[i] -= speed * (gradient[i] + slope * mean[i] if rates[1] != 0 else mean[i])
    elif kind in (ADAM, ADAMW):
        if kind == ADAMW:
            shrunk = real(1 - rate * rates[3])
            for i in range(count):
                weights[i] *= shrunk
        kept, fresh_square = real(rates[1]), real(1 - rates[1])
        speed = real(rate / (1 - rates[0] ** taken))
        root = one / real(math.sqrt(1 - rates[1] ** taken))
        for i in range(count):
            mean[i] += fresh * (gradient[i] - mean[i])
            square[i] = kept * square[i] + fresh_square * gradient[i] * gradient[i]
            weights[i] -= speed * mean[i] / (math.sqrt(square[i]) * root + tiny)
    elif kind == RMSPROP:
        for i in range(count):
            square[i] = slope * square[i] + fresh * gradient[i] * gradient[i]
            weights[i] -= speed * gradient[i] / (math.sqrt(square[i]) + tiny)
    else:
        speed = real(rate / (1 + (taken - 1) * rates[1]))
        for i in range(count):
            square[i] += gradient[i] * gradient[i]
            weights[i] -= speed * gradient[i] / (math.sqrt(square[i]) + tiny)


@njit(**HOW)
def _take_in(inputs, numbers, classes, rows, at, lanes, values, wanted, gives, spread):
    """Puts samples into their lanes, and what is wanted of them. Lanes that are left over repeat the last sample."""
    real = values.dtype.type
    for lane in range(LANES):
        row = rows[at + min(lane, lanes - 1)]
        for number in range(inputs.shape[1]):
            values[number * LANES + lane] = inputs[row, number]
        if len(classes) > 0:
            for unit in range(gives):
                wanted[unit * LANES + lane] = spread / real(gives)
            wanted[classes[row] * LANES + lane] += real(1) - spread
        else:
            for unit in range(gives):
                wanted[unit * LANES + lane] = numbers[row, unit]


@njit(cache=True, **HOW)
def train(
    samples, operations, settings, weights, decayed, memory, order, place, loss, optimizer, rates, held, factors, seen
):
    """Takes a step for each of `factors`, fewer where a loss is not finite. Gives the losses of those that it began.

    `samples` are inputs (n, k), targets (n, k) and class numbers (n), one of the latter empty; `order` is the rows in
    the order in which they are seen, epoch after epoch, `place` (samples in an epoch, batch size, where in `order` it
    begins). `loss` (kind, setting), `optimizer` (kind, steps taken, base of the rate), `held` (L1, L2, clipping,
    max-norm). `memory` (2, weights) is what the optimizer remembers; `seen` (2, weights), where it is not empty, gets
    the gradient of the last step and the weights before it.
    """
    real = weights.dtype.type
    inputs, numbers, classes = samples
    count, batch_size, at = place
    last = operations[len(operations) - 1]
    out, gives = last[OUT], last[GIVES]
    values, deltas = np.empty((out + gives) * LANES, weights.dtype), np.empty((out + gives) * LANES, weights.dtype)
    wanted, terms = np.empty(gives * LANES, weights.dtype), np.empty(gives * LANES, weights.dtype)
    gradient, losses = np.empty_like(weights), np.empty(len(factors))
    kind, setting = loss
    by_rule, taken, base = optimizer
    for step in range(len(factors)):
        size = min(batch_size, count - at % count)
        share = real(1) / real(size * (1 if kind == CROSS_ENTROPY else gives))
        gradient[:] = real(0)
        total = real(0)
        for first in range(0, size, LANES):
            lanes = min(LANES, size - first)
            _take_in(inputs, numbers, classes, order, at + first, lanes, values, wanted, gives, real(setting))
            _forward(operations, settings, values, weights)
            total += _loss(kind, real(setting), values, deltas, wanted, terms, out, gives, lanes, share)
            _backward(operations, settings, values, deltas, weights, gradient)
        losses[step] = total * share
        if not np.isfinite(losses[step]):
            return losses[: step + 1]
        if len(seen) > 0 and step == len(factors) - 1:
            seen[0], seen[1] = gradient, weights
        _regularize(weights, gradient, decayed, real(held[0]), real(held[1]), real(held[2]))
        _update(by_rule, rates, base * factors[step], taken + step + 1, weights, gradient, memory[0], memory[1])
        if held[3] != 0:
            _shorten(operations, weights, real(held[3]))
        at += size
    return losses
