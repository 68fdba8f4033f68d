"""Small experiments that tests train."""

from typing import Any


def layers(*units: int, activation: str = "tanh") -> list[dict[str, Any]]:
    """Linear layers of these widths, each with an activation."""
    return [layer for width in units for layer in ({"kind": "linear", "units": width}, {"kind": activation})]


def document(**changes: Any) -> dict[str, Any]:
    """Spirals with 8-8 tanh and Adam; whatever is given replaces that part."""
    return {
        "dataset": {"kind": "spiral", "samples": 200},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": layers(8, 8)}},
        "loss": {"kind": "bce_with_logits"},
        "optimizer": {"kind": "adam", "lr": 0.01},
        "training": {"epochs": 20},
    } | changes
