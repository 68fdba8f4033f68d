"""Texts with blanks, as a masked language model reads them."""

import torch

from app.parts.datasets.dataset import Dataset
from app.parts.layers.over_time import PADDING
from app.parts.problem import Problem
from app.parts.questions.fill import HIDDEN
from app.parts.tasks.masked_language_model import BLANK
from app.training.data.batch import Batch, X


def sample_with_blanks(dataset: Dataset, words: list[str]) -> list[int]:
    """The tokens of a text whose blanks hold any word. Raises `Problem` at the text where it cannot be read."""
    known = dataset.vocabulary()
    try:
        sample: list[int] = dataset.sample_of(" ".join(known[-1] if word == HIDDEN else word for word in words))
    except Problem as problem:
        raise problem.at("/text") from None
    return sample


def blanked(sample: list[int], places: list[list[int]]) -> Batch:
    """The sample once for each list of places, with those blank."""
    tokens = torch.tensor([sample] * len(places))
    mask = torch.zeros(tokens.shape, dtype=torch.bool)
    for row, blank in zip(mask, places, strict=True):
        row[blank] = True
    return Batch({X: tokens, PADDING: tokens == BLANK, "mask": mask}, None, None, len(places))
