"""A picture of a person's own, as a setting of a question."""

from typing import Annotated, Any

from pydantic import WithJsonSchema

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.shapes import Image

Drawing = Annotated[list[Any], WithJsonSchema({"type": "array", "items": {}, "format": "drawing"})]


def drawing(title: str, description: str) -> Any:
    """A setting whose value is a `Drawing`: lists of channels of rows of pixels; empty where none is given."""
    return setting([], title, description, max_length=16)


def can_be_drawn(dataset: Dataset) -> bool:
    """Whether samples are pictures."""
    return isinstance(dataset.inputs(), Image)
