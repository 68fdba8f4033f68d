"""An order of samples in which every stretch has nearly the same share of each class."""

import numpy as np

from app.parts.datasets.dataset import Array


def even_order(random: np.random.Generator, classes: Array) -> Array:
    """All row numbers, at random, but so that any prefix holds each class in proportion, to within one sample.

    A class of n samples takes the places (rank + ½) / n on a common scale from 0 to 1.
    """
    order = random.permutation(len(classes))
    places = np.empty(len(classes))
    for label in np.unique(classes):
        rows = order[classes[order] == label]
        places[rows] = (np.arange(len(rows)) + 0.5) / len(rows)
    return order[np.argsort(places[order], kind="stable")]
