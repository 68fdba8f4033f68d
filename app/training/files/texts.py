"""Texts cut into tokens that have to be learned from them first: generated ones, and those that people brought."""

from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from app.parts.datasets import AnyDataset, Dataset
from app.parts.datasets.dataset import Array
from app.parts.datasets.own_text import MOST_UNKNOWN, OwnText
from app.parts.datasets.prepared import DRAW
from app.parts.datasets.text import Text
from app.parts.problem import Problem
from app.training.tokenizers.cutting import cut
from app.uploads.folder import GONE, UploadFolder, is_upload

DATASET: TypeAdapter[Dataset] = TypeAdapter(AnyDataset)
CHANGED = (
    "This text has {count} characters, {different} of them different, which is not what this experiment says. Choose "
    "the text anew."
)
RARE = (
    "{percent} % of the tokens of this text are unknown: what stands in it is too rare to be learned. Choose another "
    "tokenizer, a larger vocabulary, or a longer text."
)
MORE = 1.05  # than seems to be needed is asked for, where a text has too few tokens


def own_text(data: Path | None, document: dict[str, Any]) -> tuple[Array, Array]:
    """All tokens (n,) int64 of a person's own text, and what was learned. Raises `Problem` where the text is not there,
    is another one than the document says, or has hardly any token that could be learned."""
    dataset = DATASET.validate_python(document)
    if not isinstance(dataset, OwnText):
        raise ValueError(f"Expected a text of one's own, but got {dataset.kind}.")
    if data is None or not is_upload(dataset.upload):
        raise Problem(GONE, place="/upload")
    try:
        text = UploadFolder.of(data, dataset.upload).text_file.read_bytes().decode()
    except FileNotFoundError:
        raise Problem(GONE, place="/upload") from None
    different = len(set(text))
    if (len(text), different) != (dataset.characters, dataset.different):
        raise Problem(CHANGED, place="/characters", count=len(text), different=different)
    tokens, learned = cut(dataset.tokenizer, text, dataset.beginning())
    if learned.unknown > MOST_UNKNOWN:
        raise Problem(RARE, place="/tokenizer", percent=int(100 * learned.unknown))
    return tokens, learned.as_array()


def text_tokens(_data: Path | None, document: dict[str, Any]) -> tuple[Array, Array]:
    """Exactly the tokens (n,) int64 that the windows of a generated text take, and what was learned, as an array."""
    dataset = DATASET.validate_python(document)
    if not isinstance(dataset, Text):
        raise ValueError(f"Expected a text, but got {dataset.kind}.")
    wanted = letters = dataset.samples * dataset.window + 1
    while True:
        text = dataset.text(np.random.default_rng([dataset.seed, DRAW]), letters)
        tokens, learned = cut(dataset.tokenizer, text, dataset.beginning())
        if len(tokens) >= wanted:
            return tokens[:wanted], learned.as_array()
        letters = int(len(text) * wanted / len(tokens) * MORE) + 1
