"""Loaders of a person's own files, named `files.x` in a `TorchCall`. Each is given the data folder first."""

from app.training.files.batches import cifar10
from app.training.files.idx import mnist
from app.training.files.stored import own_pictures, own_table

__all__ = ["cifar10", "mnist", "own_pictures", "own_table"]
