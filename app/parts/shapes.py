"""Shapes: what flows between layers, without the batch. Each knows its sizes and says itself in words.

One file, though long: each is a few lines, and what they share is read by comparing them.
"""

from math import prod
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict

from app.parts.problem import Value

SHOWN_WHOLE = 16  # of so many units all are drawn
SHOWN_CHOICE = 12  # of more so many, chosen evenly


class Shape(BaseModel):
    """What one sample looks like at one place of a network; `Shape` itself stands for any."""

    model_config = ConfigDict(frozen=True)

    words: ClassVar[str] = "anything"  # a template over the fields
    noun: ClassVar[str] = "anything"  # what a layer that takes it is said to take
    dtype: ClassVar[Literal["float32", "int64"]] = "float32"

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the tensor of one sample."""
        raise NotImplementedError

    @property
    def at_each(self) -> int:
        """How many numbers stand at each place: of a flat list all, of a picture its channels."""
        return 1

    @property
    def class_names(self) -> list[str]:
        """The names of the classes of a target; empty where it has none."""
        return []

    @property
    def dim(self) -> int:
        """The dimension of a batch along which the numbers at each place lie."""
        return 1

    @property
    def numbers(self) -> int:
        """How many numbers one sample has."""
        return prod(self.sizes)

    @property
    def units(self) -> int:
        """How many neurons are drawn for it, or channels."""
        return self.numbers

    @property
    def shown(self) -> list[int]:
        """The units that are drawn, the first and the last among them."""
        if self.units <= SHOWN_WHOLE:
            return list(range(self.units))
        return [round(place * (self.units - 1) / (SHOWN_CHOICE - 1)) for place in range(SHOWN_CHOICE)]

    def as_drawn(self) -> dict[str, Any]:
        """As JSON, with its units and those that are drawn."""
        return self.as_json() | {"units": self.units, "shown": self.shown}

    def as_json(self) -> dict[str, Any]:
        """Its kind, and the name and the size of each axis of its tensor, which are called as its fields are."""
        names = [name for name, field in type(self).model_fields.items() if field.annotation is int]
        axes = [{"name": name, "size": size} for name, size in zip(names, self.sizes, strict=False)]
        return {"kind": type(self).__name__.lower(), "axes": axes}

    def described(self) -> tuple[str, dict[str, Value]]:
        """The template sentence for this shape and its values, for translation."""
        return self.words, dict(self.model_dump())

    def answered(self, at_each: int) -> "Shape":
        """What a network gives that answers this target with so many numbers at each place."""
        raise ValueError(f"Expected a shape that can be a target, but got {self}.")


class Vectors(Shape):
    """What a linear layer takes: one flat list of numbers, or one at each place of a sequence."""

    noun: ClassVar[str] = "a flat list of numbers or a sequence"


class OneDimensional(Shape):
    """What PyTorch's 1-D layers take both of: a flat list of numbers, or a series."""

    noun: ClassVar[str] = "a flat list of numbers or a series"


class Ordered(Shape):
    """Numbers at places or moments that follow one another: what a recurrent layer reads."""

    noun: ClassVar[str] = "a sequence or a series"

    @property
    def places(self) -> int:
        """How many follow one another."""
        raise NotImplementedError


class Features(OneDimensional, Vectors):
    """A flat list of numbers: the columns of a table, or the outputs of a row of neurons."""

    words: ClassVar[str] = "{size} numbers"
    noun: ClassVar[str] = "a flat list of numbers"
    size: int

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.size,)

    @property
    def at_each(self) -> int:
        return self.size

    def answered(self, at_each: int) -> "Features":
        return Features(size=at_each)


class Channelled(Shape):
    """Planes or rows of numbers side by side, one for each channel: what a filter slides over."""

    noun: ClassVar[str] = "a picture or a series"
    channels: int

    @property
    def at_each(self) -> int:
        return self.channels

    @property
    def units(self) -> int:
        return self.channels

    @property
    def sides(self) -> tuple[int, ...]:
        """The height and the width of a picture, or the length of a series."""
        return self.sizes[1:]

    def with_sizes(self, *sizes: int) -> Self:
        """A shape of the same kind with other sizes, the channels first."""
        return type(self)(**dict(zip(type(self).model_fields, sizes, strict=True)))

    def answered(self, at_each: int) -> Self:
        return self.with_sizes(at_each, *self.sides)


class Image(Channelled):
    """A picture of `channels` planes, each `height` x `width` pixels."""

    words: ClassVar[str] = "{channels} × {height} × {width} pixels"
    noun: ClassVar[str] = "a picture"
    height: int  # pixels
    width: int  # pixels

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.channels, self.height, self.width)


class Series(Channelled, OneDimensional, Ordered):
    """A series: `length` moments, each with `channels` numbers."""

    words: ClassVar[str] = "{channels} × {length} numbers in a row"
    noun: ClassVar[str] = "a series"
    length: int  # moments

    @property
    def places(self) -> int:
        return self.length

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.channels, self.length)


class Sequence(Vectors, Ordered):
    """A sequence: `width` numbers at each of `length` places. Its tensor is (length, width)."""

    words: ClassVar[str] = "{length} places with {width} numbers each"
    noun: ClassVar[str] = "a sequence"
    length: int  # places
    width: int  # numbers at each

    @property
    def places(self) -> int:
        return self.length

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.length, self.width)

    @property
    def at_each(self) -> int:
        return self.width

    @property
    def dim(self) -> int:
        return 2

    def answered(self, at_each: int) -> "Sequence":
        return Sequence(length=self.length, width=at_each)


class Choice(Shape):
    """A target that is one of `count` classes, or one at each place."""

    dtype: ClassVar[Literal["float32", "int64"]] = "int64"

    @property
    def count(self) -> int:
        """How many classes there are."""
        raise NotImplementedError


class Tokens(Choice):
    """Pieces of text, or other symbols: at each of `length` places the number of one of `vocabulary` tokens."""

    words: ClassVar[str] = "{length} tokens out of {vocabulary}"
    noun: ClassVar[str] = "tokens"
    length: int  # places
    vocabulary: int  # different tokens

    @property
    def count(self) -> int:
        return self.vocabulary

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.length,)

    def answered(self, at_each: int) -> Sequence:
        return Sequence(length=self.length, width=at_each)


class Named(Choice):
    """A choice of classes that have names."""

    names: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.names)

    @property
    def class_names(self) -> list[str]:
        return list(self.names)

    def described(self) -> tuple[str, dict[str, Value]]:
        return self.words, {"count": self.count, **self.model_dump(exclude={"names"})}


class Classes(Named):
    """A target: one of several named classes. Its tensor is a single class number."""

    words: ClassVar[str] = "one of {count} classes"
    noun: ClassVar[str] = "a class"

    @property
    def sizes(self) -> tuple[int, ...]:
        return ()

    def answered(self, at_each: int) -> Features:
        return Features(size=at_each)


class Mask(Named):
    """A target: a named class for every pixel. Its tensor is (height, width) class numbers."""

    words: ClassVar[str] = "one of {count} classes for each of {height} × {width} pixels"
    noun: ClassVar[str] = "a mask"
    height: int  # pixels
    width: int  # pixels

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.height, self.width)

    def answered(self, at_each: int) -> Image:
        return Image(channels=at_each, height=self.height, width=self.width)


class Tags(Named):
    """A target: a named label at each of `length` places of a sequence. Its tensor is (length,) label numbers."""

    words: ClassVar[str] = "one of {count} labels at each of {length} places"
    noun: ClassVar[str] = "labels"
    length: int  # places

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.length,)

    def answered(self, at_each: int) -> Sequence:
        return Sequence(length=self.length, width=at_each)


class Padding(Shape):
    """A side: which of `length` places of a sequence only fill up. Its tensor is (length,) yes or no."""

    words: ClassVar[str] = "which of {length} places only fill up"
    noun: ClassVar[str] = "padding"
    length: int  # places

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.length,)


class Time(Shape):
    """A side: how far a sample is on its way from clean (0) to pure noise (1). Its tensor is a single number."""

    words: ClassVar[str] = "how noisy a sample is"
    noun: ClassVar[str] = "a time of diffusion"

    @property
    def sizes(self) -> tuple[int, ...]:
        return ()


class Nothing(Shape):
    """No target: a task that has nothing to compare an answer with."""

    words: ClassVar[str] = "nothing"
    noun: ClassVar[str] = "nothing"

    @property
    def sizes(self) -> tuple[int, ...]:
        return (0,)
