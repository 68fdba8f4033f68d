"""The tree of a formula: what each place of it computes, over whole columns at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from math import e, pi
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Columns: TypeAlias = Mapping[str, Array]

CONSTANTS = {"pi": pi, "e": e}
ONE: dict[str, Callable[[Array], Array]] = {  # functions of one number
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "tanh": np.tanh,
    "floor": np.floor,
}
SEVERAL: dict[str, Callable[[Array, Array], Array]] = {"min": np.minimum, "max": np.maximum}  # of two or more
SIGNS: dict[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "and": np.logical_and,
    "or": np.logical_or,
}
COMPARISONS = ("<", "<=", ">", ">=")
JOINTS = ("and", "or")


@dataclass(frozen=True)
class Number:
    """A number as it was written."""

    text: str

    @property
    def truth(self) -> bool:
        return False

    def values(self, columns: Columns) -> Array:
        return np.float64(CONSTANTS[self.text] if self.text in CONSTANTS else float(self.text))  # pyright: ignore[reportReturnType]


@dataclass(frozen=True)
class Name:
    """One of the inputs."""

    name: str

    @property
    def truth(self) -> bool:
        return False

    def values(self, columns: Columns) -> Array:
        return columns[self.name]


@dataclass(frozen=True)
class Prefix:
    """`-` before a number, or `not` before a comparison."""

    sign: str
    operand: "Node"

    @property
    def truth(self) -> bool:
        return self.sign == "not"

    def values(self, columns: Columns) -> Array:
        given = self.operand.values(columns)
        return np.logical_not(given) if self.truth else np.negative(_number(given))


@dataclass(frozen=True)
class Pair:
    """Two operands and the sign between them."""

    sign: str
    left: "Node"
    right: "Node"

    @property
    def truth(self) -> bool:
        return self.sign in COMPARISONS or self.sign in JOINTS

    def values(self, columns: Columns) -> Array:
        left, right = self.left.values(columns), self.right.values(columns)
        if self.sign in JOINTS:
            return SIGNS[self.sign](left, right)
        return SIGNS[self.sign](_number(left), _number(right))


@dataclass(frozen=True)
class Call:
    """A function and what it is given."""

    function: str
    arguments: tuple["Node", ...]

    @property
    def truth(self) -> bool:
        return False

    def values(self, columns: Columns) -> Array:
        given = [_number(argument.values(columns)) for argument in self.arguments]
        if self.function in SEVERAL:
            return reduce(SEVERAL[self.function], given)
        return ONE[self.function](given[0])


Node: TypeAlias = Number | Name | Prefix | Pair | Call


def _number(given: Array) -> Array:
    """What is true counts 1, what is not 0."""
    return np.asarray(given, dtype=np.float64)


def names_in(node: Node) -> Iterator[str]:
    """The inputs that it looks at, each as often as it stands there."""
    match node:
        case Name(name):
            yield name
        case Prefix(operand=operand):
            yield from names_in(operand)
        case Pair(left=left, right=right):
            yield from names_in(left)
            yield from names_in(right)
        case Call(arguments=arguments):
            for argument in arguments:
                yield from names_in(argument)
        case _:
            pass
