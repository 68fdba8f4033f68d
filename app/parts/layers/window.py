"""What layers with a sliding window share: its settings, and how many places it fits into."""

from typing import Any

from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem


def kernel(default: int) -> Any:
    """The field `kernel`: the side of the window."""
    return setting(default, "Kernel size", "Side of the window, in pixels or moments.", ge=1, le=31)


def stride(default: int) -> Any:
    """The field `stride`."""
    return setting(
        default, "Stride", "How far the window moves at a time. 2 halves the width and the height.", ge=1, le=16
    )


def padding(default: int) -> Any:
    """The field `padding`."""
    return setting(
        default, "Padding", "Zeros added on every side. Half the kernel size keeps the size as it was.", ge=0, le=15
    )


def dilation() -> Any:
    """The field `dilation`."""
    return setting(1, "Dilation", "Distance between neighbours under the window; 2 skips every other.", ge=1, le=8)


def slid(size: int, kernel: int, stride: int, padding: int, dilation: int = 1) -> int:
    """How many places a window fits into: ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1. Raises `Problem` where there is none.

    Source: torch.nn.Conv2d's documentation; Dumoulin and Visin 2016, arXiv:1603.07285.
    """
    reach = dilation * (kernel - 1) + 1
    room = size + 2 * padding
    if reach <= room:
        return (room - reach) // stride + 1
    fixes: list[Fix] = []
    fitting = (room - 1) // dilation + 1
    if fitting >= 1:
        fixes.append(Fix("Make the window {size} wide", {"size": fitting}, (Edit("add", "/kernel", fitting),)))
    raise Problem(
        "A window of {reach} does not fit into {room}, padding included. Make it smaller, or add padding.",
        place="/kernel",
        reach=reach,
        room=room,
        fixes=tuple(fixes),
    )


def grouped(channels: int, filters: int, groups: int) -> None:
    """Raises `Problem` where channels or filters do not fall into `groups` equal parts."""
    if channels % groups == 0 and filters % groups == 0:
        return
    one = Fix("Use one group", edits=(Edit("add", "/groups", 1),))
    raise Problem(
        "{channels} channels and {filters} filters do not both fall into {groups} equal groups.",
        place="/groups",
        channels=channels,
        filters=filters,
        groups=groups,
        fixes=(one,),
    )
