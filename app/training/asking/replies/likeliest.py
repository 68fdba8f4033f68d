"""The likeliest of a vocabulary, as replies tell them."""

from typing import Any

import numpy as np

from app.parts.datasets.dataset import Array


def likeliest(held: Array, shares: Array, tokens: list[str], most: int) -> dict[str, Any]:
    """`next`, the likeliest of all tokens, so many at `most`: each as `token`, its `number`, how likely the network
    `held` it, and its `share` of the choice; `others` are the `count` of the rest, and what all of them are `held` and
    have of the `share` together. `held` and `shares` are (vocabulary,)."""
    order: list[int] = np.argsort(-held, kind="stable").tolist()
    listed, others = order[:most], order[most:]
    return {
        "next": [
            {"token": tokens[number], "number": number, "held": float(held[number]), "share": float(shares[number])}
            for number in listed
        ],
        "others": {"count": len(others), "held": float(held[others].sum()), "share": float(shares[others].sum())},
    }
