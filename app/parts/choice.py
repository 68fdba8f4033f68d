"""A choice: the type of a field that holds any one part of a list, told apart by `kind`."""

from typing import Annotated, Any, Union

from pydantic import Field

from app.parts.part import Part


def choice_of(parts: tuple[type[Part], ...]) -> Any:
    """The annotation for "one of `parts`". A type checker cannot read it: give it the family's class instead."""
    if len(parts) == 1:
        return parts[0]  # a union of one has nothing to tell apart
    return Annotated[Union[parts], Field(discriminator="kind")]  # noqa: UP007
