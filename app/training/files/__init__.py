"""Loaders of a person's own files, and of texts that are cut by what is learned from them.

They are named `files.x` in a `TorchCall`. Each is given the data folder first.
"""

from app.training.files.batches import cifar10
from app.training.files.idx import mnist
from app.training.files.stored import own_pictures, own_series, own_table
from app.training.files.texts import own_text, text_tokens

__all__ = ["cifar10", "mnist", "own_pictures", "own_series", "own_table", "own_text", "text_tokens"]
