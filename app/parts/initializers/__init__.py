"""The initializers, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.initializers.default import Default
from app.parts.initializers.initializer import Initializer

INITIALIZERS = (Default,)
AnyInitializer = choice_of(INITIALIZERS)

__all__ = ["INITIALIZERS", "AnyInitializer", "Initializer"]
