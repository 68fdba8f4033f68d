"""Inner layers to begin with, for layers that hold others."""

from typing import Any

from app.parts.shapes import Channelled, Image, Series, Shape


def weighing(shape: Shape, units: int = 0, kernel: int = 3) -> dict[str, Any]:
    """A layer with weights that changes nothing but, with `units`, how many neurons or channels there are."""
    units = units or shape.at_each
    if isinstance(shape, Image | Series):
        kind = "conv2d" if isinstance(shape, Image) else "conv1d"
        return {"kind": kind, "filters": min(units, 1024), "kernel": kernel, "padding": kernel // 2}
    return {"kind": "linear", "units": min(units, 4096)}


def keeping(shape: Shape) -> list[dict[str, Any]]:
    """Layers that bend what arrives and give the shape they take."""
    return [weighing(shape), {"kind": "relu"}, weighing(shape)]


def dipping(shape: Shape) -> list[dict[str, Any]]:
    """Layers that make a picture or a series half as large and then as large again; for what is odd, `keeping`."""
    if not isinstance(shape, Channelled) or any(side % 2 for side in shape.sides):
        return keeping(shape)
    pool = {"kind": "max_pool2d" if isinstance(shape, Image) else "max_pool1d"}
    return [pool, weighing(shape), {"kind": "relu"}, {"kind": "upsample"}]
