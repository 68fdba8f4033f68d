"""Layers to begin with: a small network for each kind of sample."""

from typing import Any

from app.parts.shapes import Features, Image, Mask, Shape, Tags, Tokens

LayerDocument = dict[str, Any]
FLATTEN: LayerDocument = {"kind": "flatten"}
RELU: LayerDocument = {"kind": "relu"}
POOL: LayerDocument = {"kind": "max_pool2d", "kernel": 2, "stride": 2}
DENSE: list[LayerDocument] = [{"kind": "linear", "units": 16}, RELU, {"kind": "linear", "units": 8}, RELU]
SMALLEST_POOLED = 8  # pixels; two poolings leave too little of a smaller picture


def small_network(inputs: Shape, target: Shape) -> list[LayerDocument]:
    """A few layers that take such samples. The head behind them gives what the loss wants."""
    if isinstance(target, Mask):
        return [_filters(16), RELU, _filters(16), RELU]
    if isinstance(target, Tokens | Tags):
        return [{"kind": "embedding"}, {"kind": "lstm", "units": 64}]
    if isinstance(inputs, Image) and min(inputs.sides) >= SMALLEST_POOLED:
        return [_filters(8), RELU, POOL, _filters(16), RELU, POOL, FLATTEN]
    return [*flattening(inputs), *DENSE]


def flattening(inputs: Shape) -> list[LayerDocument]:
    """What makes a flat list of a sample."""
    if isinstance(inputs, Tokens):
        return [{"kind": "embedding"}, FLATTEN]
    return [] if isinstance(inputs, Features) else [FLATTEN]


def _filters(count: int) -> LayerDocument:
    return {"kind": "conv2d", "filters": count, "kernel": 3, "padding": 1}
