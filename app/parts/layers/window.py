"""What layers with a sliding window share: its settings, and how many places it fits into."""

from collections.abc import Sequence
from typing import Any

from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem

MOST_SIDE = 4096  # pixels or moments of a side that a layer may make


def kernel(default: int, title: str = "Kernel size") -> Any:
    """The field `kernel`: the side of the window."""
    return setting(default, title, "Side of the window, in pixels or moments.", ge=1, le=31)


def stride(default: int) -> Any:
    """The field `stride`."""
    return setting(
        default, "Stride", "How far the window moves at a time. 2 halves the width and the height.", ge=1, le=16
    )


def padding(default: int) -> Any:
    """The field `padding`."""
    return setting(
        default,
        "Padding",
        "Zeros added on every side. With a stride and a dilation of 1, half of an odd kernel size, rounded down, keeps"
        " the size.",
        ge=0,
        le=15,
    )


def dilation() -> Any:
    """The field `dilation`."""
    return setting(1, "Dilation", "Distance between neighbours under the window; 2 skips every other.", ge=1, le=8)


def slid(sides: Sequence[int], kernel: int, stride: int, padding: int, dilation: int = 1) -> list[int]:
    """How many places a window fits into along each side: ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1.

    Raises `Problem` where there is none. Source: torch.nn.Conv2d's documentation; Dumoulin and Visin 2016,
    arXiv:1603.07285.
    """
    reach, room = dilation * (kernel - 1) + 1, min(sides) + 2 * padding
    if reach <= room:
        return [(side + 2 * padding - reach) // stride + 1 for side in sides]
    fitting = (room - 1) // dilation + 1
    wider = -(-(reach - min(sides)) // 2)
    fixes = [Fix("Make the window {size} wide", {"size": fitting}, (Edit("add", "/kernel", fitting),))]
    if wider <= kernel // 2:  # a pool bears no more, and more would be nothing but zeros
        fixes.append(Fix("Set the padding to {size}", {"size": wider}, (Edit("add", "/padding", wider),)))
    raise Problem(
        "A window of {reach} does not fit into {room}, padding included. Make it smaller, or add padding.",
        place="/kernel",
        reach=reach,
        room=room,
        fixes=tuple(fixes),
    )


def demand_room(sides: Sequence[int], place: str) -> None:
    """Raises `Problem` where a layer would make more than there is room for."""
    if max(sides) > MOST_SIDE:
        raise Problem(
            "This would make a side of {side}; {most} are the most.", place=place, side=max(sides), most=MOST_SIDE
        )


def grouped(channels: int, filters: int, groups: int) -> None:
    """Raises `Problem` where channels or filters do not fall into `groups` equal parts."""
    if channels % groups == 0 and filters % groups == 0:
        return
    fixes = [Fix("Use one group", edits=(Edit("add", "/groups", 1),))]
    if channels % groups == 0 and groups <= 1024:
        more = max(round(filters / groups), 1) * groups
        if more <= 1024:
            fixes.insert(0, Fix("Use {filters} filters", {"filters": more}, (Edit("add", "/filters", more),)))
    raise Problem(
        "{channels} channels and {filters} filters do not both fall into {groups} equal groups.",
        place="/groups",
        channels=channels,
        filters=filters,
        groups=groups,
        fixes=tuple(fixes),
    )
