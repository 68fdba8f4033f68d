"""Older documents: each version knows the step to the next, and a document climbs them one by one."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from app.experiment.experiment import VERSION

Document: TypeAlias = dict[str, Any]
Upgrade: TypeAlias = Callable[[Document], Document]

# From version N to N + 1: `{1: name_the_networks}`. The step need not set `version`.
UPGRADES: Mapping[int, Upgrade] = {}


def upgraded(document: Any, upgrades: Mapping[int, Upgrade] = UPGRADES, newest: int = VERSION) -> Any:
    """The same experiment as a document of the newest version.

    What is no document, and a version that no step leads from, come back as they are: the check will say so.
    """
    if not isinstance(document, dict):
        return document
    current: Document = document  # pyright: ignore[reportUnknownVariableType]
    version = current.get("version", newest)
    while type(version) is int and version < newest and version in upgrades:
        current = {**upgrades[version](current), "version": version + 1}
        version += 1
    return current
