"""The initializers, one per file. A new one is one line in the list."""

from typing import TYPE_CHECKING

from app.parts.choice import choice_of
from app.parts.initializers.default import Default
from app.parts.initializers.initializer import Initializer

INITIALIZERS = (Default,)
if TYPE_CHECKING:
    AnyInitializer = Initializer  # one of the list; only checkers see it so
else:
    AnyInitializer = choice_of(INITIALIZERS)

__all__ = ["INITIALIZERS", "AnyInitializer", "Initializer"]
