"""One line of the table: what is promised, and what was measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`met` is None where nothing is promised."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None
    note: str = ""


def milliseconds(seconds: float) -> str:
    """Seconds, in milliseconds."""
    return f"{seconds * 1000:.0f} ms"


def percent(share: float) -> str:
    """A signed share, in per cent."""
    return f"{share:+.1%}".replace("%", " %")
