"""What layers share that look along a sequence or a series: where its places lie, and which of them only fill up."""

from collections.abc import Mapping
from typing import Any

from app.parts.shapes import Ordered, Series, Shape

PADDING = "padding"  # the side that says which places only fill up


def places(shape: Ordered, sides: Mapping[str, Shape]) -> dict[str, Any]:
    """The options of a module that looks along the places: that they come last, and that some only fill up."""
    options: dict[str, Any] = {"places_last": True} if isinstance(shape, Series) else {}
    padding = sides.get(PADDING)
    padded = padding is not None and padding.sizes == (shape.places,)
    return options | ({"padded": True} if padded else {})
