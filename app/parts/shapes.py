"""Shapes: what flows between layers, without the batch. Each knows its sizes and says itself in words."""

from math import prod
from typing import ClassVar, Self, TypeAlias

from pydantic import BaseModel, ConfigDict

from app.parts.problem import Value


class Shape(BaseModel):
    """What one sample looks like at one place of a network; `Shape` itself stands for any."""

    model_config = ConfigDict(frozen=True)

    words: ClassVar[str] = "anything"  # a template over the fields
    noun: ClassVar[str] = "anything"  # what a layer that takes it is said to take

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the tensor of one sample."""
        raise NotImplementedError

    @property
    def numbers(self) -> int:
        """How many numbers one sample has."""
        return prod(self.sizes)

    def described(self) -> tuple[str, dict[str, Value]]:
        """The template sentence for this shape and its values, for translation."""
        return self.words, dict(self.model_dump())


class OneDimensional(Shape):
    """What PyTorch's 1-D layers take both of: a flat list of numbers, or a series."""

    noun: ClassVar[str] = "a flat list of numbers or a series"


class Features(OneDimensional):
    """A flat list of numbers: the columns of a table, or the outputs of a row of neurons."""

    words: ClassVar[str] = "{size} numbers"
    noun: ClassVar[str] = "a flat list of numbers"
    size: int

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.size,)


class Channelled(Shape):
    """Planes or rows of numbers side by side, one for each channel: what a filter slides over."""

    noun: ClassVar[str] = "a picture or a series"
    channels: int

    @property
    def sides(self) -> tuple[int, ...]:
        """The height and the width of a picture, or the length of a series."""
        return self.sizes[1:]

    def with_sizes(self, *sizes: int) -> Self:
        """A shape of the same kind with other sizes, the channels first."""
        return type(self)(**dict(zip(type(self).model_fields, sizes, strict=True)))


class Image(Channelled):
    """A picture of `channels` planes, each `height` x `width` pixels."""

    words: ClassVar[str] = "{channels} × {height} × {width} pixels"
    noun: ClassVar[str] = "a picture"
    height: int  # pixels
    width: int  # pixels

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.channels, self.height, self.width)


class Series(Channelled, OneDimensional):
    """A series: `length` moments, each with `channels` numbers."""

    words: ClassVar[str] = "{channels} × {length} numbers in a row"
    noun: ClassVar[str] = "a series"
    length: int  # moments

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.channels, self.length)


class Classes(Shape):
    """A target: one of several named classes. Its tensor is a single class number."""

    words: ClassVar[str] = "one of {count} classes"
    noun: ClassVar[str] = "a class"
    names: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.names)

    @property
    def sizes(self) -> tuple[int, ...]:
        return ()

    def described(self) -> tuple[str, dict[str, Value]]:
        return self.words, {"count": self.count}


class Mask(Shape):
    """A target: a named class for every pixel. Its tensor is (height, width) class numbers."""

    words: ClassVar[str] = "one of {count} classes for each of {height} × {width} pixels"
    noun: ClassVar[str] = "a mask"
    names: tuple[str, ...]
    height: int  # pixels
    width: int  # pixels

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.names)

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.height, self.width)

    def described(self) -> tuple[str, dict[str, Value]]:
        return self.words, {"count": self.count, "height": self.height, "width": self.width}


Target: TypeAlias = Classes | Features | Mask  # what a dataset may have to be learned
