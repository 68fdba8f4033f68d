"""Counting what follows what: how well the next token of a text is told without a network, by the few tokens before it.

Witten-Bell interpolation, so that a sequence that was never seen is judged by its shorter ends. It is counted in the
windows that a network learns from and measured at the same places of the same windows, with no more before them than a
network has. Source: Witten and Bell 1991, doi.org/10.1109/18.87000.
"""

import time
from collections.abc import Iterator
from math import exp, log
from typing import Any, NamedTuple

import numpy as np

from app.experiment.experiment import Experiment
from app.parts.datasets.dataset import Array
from app.parts.datasets.prepared import Prepared
from app.training.data.samples import SPLITS

ORDERS = range(2, 8)  # tokens that are looked at together, the last one being told
MOST_COUNTED = 3_000_000  # tokens that are counted in; of more, windows spread evenly
TITLE = "Counting, order {order}"
HELP = "Looks how often each token came behind the {before} before it in the text that is learned from."
HELP_OF_TWO = "Looks how often each token came behind the one before it in the text that is learned from."


class Windows(NamedTuple):
    """Rows of tokens (n, window + 1), those that are counted first; `parts` are the rows of each split measured."""

    rows: Array
    counted: int
    parts: dict[str, slice]


def counted(experiment: Experiment, prepared: Prepared) -> Iterator[dict[str, Any]]:
    """What each order reaches, told as methods are."""
    windows, lengths = _windows(experiment, prepared), _lengths(experiment, prepared)
    began = time.perf_counter()
    for order, chances in enumerate(_chances(windows, len(lengths), ORDERS[-1]), 1):
        if order in ORDERS:
            metrics: dict[str, float] = {}
            for split, rows in windows.parts.items():
                places = slice(rows.start - windows.counted, rows.stop - windows.counted)
                metrics |= _measured(split, chances[places], windows.rows[rows, 1:], lengths)
            yield _told(order, metrics, windows, len(prepared.train), time.perf_counter() - began)


def bits_of(most: int, experiment: Experiment, prepared: Prepared) -> float:
    """The bits per character that one order needs for the windows that validate, or for those that are learned from
    where none do."""
    split = "validation" if len(prepared.validation) else "train"
    windows, lengths = _windows(experiment, prepared, (split,)), _lengths(experiment, prepared)
    *_, chances = _chances(windows, len(lengths), most)
    return _measured(split, chances, windows.rows[windows.parts[split], 1:], lengths)[f"{split}_bits_per_character"]


def _lengths(experiment: Experiment, prepared: Prepared) -> Array:
    """How many characters each token of the vocabulary has."""
    learned = prepared.learned
    return np.ones(len(prepared.vocabulary(experiment.dataset))) if learned is None else learned.lengths


def _windows(experiment: Experiment, prepared: Prepared, splits: tuple[str, ...] = SPLITS) -> Windows:
    targets = prepared.targets
    rows = {split: getattr(prepared, split) for split in splits}
    train = _spread(prepared.train, max(MOST_COUNTED // (targets.shape[1] + 1), 1))
    most = experiment.task.most_measured
    measured = {split: own if most is None else _spread(own, most) for split, own in rows.items() if len(own)}
    parts: dict[str, slice] = {}
    at = len(train)
    for split, kept in measured.items():
        parts[split] = slice(at, at + len(kept))
        at += len(kept)
    every = np.concatenate([train, *measured.values()])
    return Windows(np.hstack([prepared.inputs[every], targets[every, -1:]]), len(train), parts)


def _spread(rows: Array, most: int) -> Array:
    """At most so many of the rows, spread evenly: those that a network is measured on."""
    return rows if len(rows) <= most else rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]


def _chances(windows: Windows, size: int, most: int) -> Iterator[Array]:
    """For each order from 1, how likely each token (n, window) of the measured rows was held to be."""
    rows, first = windows.rows, windows.counted
    chances = np.full((len(rows) - first, rows.shape[1] - 1), 1 / size)
    before = np.zeros(rows.shape, np.int64)  # the number of the sequence that ends before each place; of order 1, none
    for order in range(1, most + 1):
        together = before[:, order - 1 :] * size + rows[:, order - 1 :]
        different, numbers = np.unique(together, return_inverse=True)
        numbers = numbers.reshape(together.shape)
        counts = np.bincount(numbers[:first].ravel(), minlength=len(different))
        contexts, seen = different // size, counts > 0
        followed = np.bincount(contexts, weights=counts)
        kinds = np.bincount(contexts[seen], minlength=len(followed))  # how many different tokens followed
        skipped = max(order - 2, 0)  # places of the windows with too little before them
        places = numbers[first:, 1 if order == 1 else 0 :]
        of = contexts[places]
        shorter, known = chances[:, skipped:], followed[of] > 0
        longer = (counts[places] + kinds[of] * shorter) / np.maximum(followed[of] + kinds[of], 1)
        chances = np.hstack([chances[:, :skipped], np.where(known, longer, shorter)])
        yield chances
        if order < most:
            before = np.zeros(rows.shape, np.int64)
            before[:, order:] = numbers[:, :-1]


def _measured(split: str, chances: Array, tokens: Array, lengths: Array) -> dict[str, float]:
    nats = float(-np.log(chances).mean())
    characters = float(lengths[tokens].mean())
    return {
        f"{split}_loss": nats,
        f"{split}_bits_per_character": nats / characters / log(2),
        f"{split}_perplexity": exp(nats),
    }


def _told(order: int, metrics: dict[str, float], windows: Windows, samples: int, seconds: float) -> dict[str, Any]:
    return {
        "kind": f"order_{order}",
        "title": TITLE,
        "help": HELP_OF_TWO if order == ORDERS[0] else HELP,
        "values": {"order": order, "before": order - 1},
        "inputs": "raw",
        "metrics": metrics,
        "samples": windows.counted,
        "capped": windows.counted < samples,
        "seconds": round(seconds, 3),
    }
