"""What every dataset owes: shapes of inputs and targets, samples from a seed, and a visible split."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict

from app.parts.datasets.sound import Sound
from app.parts.part import Part, setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Classes, Image, Shape
from app.parts.torch_call import TorchCall

Array = NDArray[Any]

# Every dataset has these; forms show them below what is peculiar to one.
SHARED = ("validation", "test", "standardize", "seed")
MOST_NUMBERS = 100_000_000  # in all samples together: 400 MB as float32, and a worker holds them up to three times


def _shared_last(schema: dict[str, Any]) -> None:
    properties = schema["properties"]
    own = {name: field for name, field in properties.items() if name not in SHARED}
    schema["properties"] = own | {name: properties[name] for name in SHARED if name in properties}


class TargetUnit(NamedTuple):
    """A predicted number counts in `unit`s from `origin`; the amount is measured in `measure`, such as kg."""

    name: str
    origin: float
    unit: float
    measure: str


class Gathering(NamedTuple):
    """Clouds that samples gather in: the middle of each, as networks see samples, and how far samples stray from it."""

    middles: Array  # (clouds, numbers)
    spread: float  # standard deviation of each number


class Dataset(Part):
    """Samples to learn from. `raw` is what a person sees (points, rows, pixels); `encode` gives the network's inputs.

    `group` is one of: plane, line, table, picture, series, own. `surface` says over what the network's
    answer can be drawn: the plane, a line, or nothing. `brought` are the settings that tell what stands in data of a
    person's own, which only the person sees.
    """

    model_config = ConfigDict(frozen=True, json_schema_extra=_shared_last)

    family: ClassVar[str] = "datasets"
    carried: ClassVar[tuple[str, ...]] = (*SHARED, "samples", "noise", "features", "formulas")
    surface: ClassVar[Literal["plane", "line", ""]] = ""
    brought: ClassVar[tuple[str, ...]] = ()
    chosen_there: ClassVar[tuple[str, ...]] = ()  # settings that are chosen where data are brought, besides `brought`
    start: ClassVar[Mapping[str, Any]] = {}  # what a newly chosen one has besides its defaults
    # How somebody has to bring samples first: "drawing", "upload", or the "folder" that the operator names.
    supplied_by: ClassVar[str] = ""
    by_column: ClassVar[bool] = False  # whether samples are rows of a person's own columns, shown as they were sent
    # Whether samples follow one another in time: the first are learned from, the next validate, the last test.
    in_order: ClassVar[bool] = False
    asks_longer: ClassVar[bool] = False  # whether samples that validate and test are longer than those learned from
    alike: ClassVar[bool] = False  # whether all numbers of an input are standardised alike, not each by itself
    reads_text: ClassVar[bool] = False  # whether `sample_of` takes a text
    pads: ClassVar[bool] = False  # whether samples are tokens of different lengths, filled up with the token 0
    kind: str
    validation: int = setting(
        20, "Validation", "Share kept aside to tune by. The network never learns from it.", ge=0, le=80, unit="%"
    )
    test: int = setting(20, "Test", "Share sealed until the end, for one honest answer.", ge=0, le=80, unit="%")
    standardize: bool = setting(
        False, "Standardise", "Shift and scale every input to mean 0 and spread 1, measured on the training samples."
    )
    seed: int = setting(0, "Data seed", "Another number draws other samples, noise and split.", ge=0, le=2**31 - 1)

    @classmethod
    def described(cls) -> dict[str, Any]:
        """`target` says what is to be learned: "classes", "features" (numbers) or "mask"; `apart` are the settings that
        are chosen where data are brought; `pads` and `by_column` are there where they hold."""
        target = type(cls(kind=cls.kind_name()).target()).__name__.lower()
        apart = [*cls.brought, *cls.chosen_there]
        told = super().described() | {"target": target, "supplied_by": cls.supplied_by, "apart": apart}
        told |= {"start": dict(cls.start)}
        return told | {name: True for name in ("pads", "by_column") if getattr(cls, name)}

    def inputs(self) -> Shape:
        """The shape of one encoded sample."""
        raise NotImplementedError

    def target(self) -> Shape:
        """The shape of one target: a class, numbers to be predicted, or a class for every pixel."""
        raise NotImplementedError

    def input_names(self) -> list[str]:
        """A name for each number of a flat input, empty for pictures."""
        return []

    def vocabulary(self) -> list[str]:
        """How each token is written; empty where inputs are no tokens, or where that is learned from the samples."""
        return []

    def target_vocabulary(self) -> list[str]:
        """How each token of a target is written, where it has others than the inputs; empty where it has none."""
        return []

    def learned_tokens(self, loaded: tuple[Array, Array] | None) -> Array | None:
        """What a tokenizer has learned from the samples, as `app.parts.tokenizers.learned.Learned` keeps it; None where
        there was nothing to learn."""
        return None

    def entropy(self) -> float | None:
        """Bits per token of a text that nobody can do without; None where nobody knows, or there is no text."""
        return None

    def unit_of_target(self, loaded: tuple[Array, Array] | None) -> tuple[float, float]:
        """A number to be told counts in the second of these from the first; measured on the training samples alone."""
        return 0.0, 1.0

    def moments(self, loaded: tuple[Array, Array] | None) -> Array | None:
        """Of a series whose dates are known, the days of its values since the first date; None otherwise."""
        return None

    def corpus(self, raw: Array, vocabulary: list[str]) -> str | None:
        """A hash of a text, the same for the same text cut alike; None where it is none."""
        return None

    def size(self) -> int:
        """How many samples there are, all splits together."""
        raise NotImplementedError

    def split_sizes(self) -> tuple[int, int, int]:
        """How many samples train, validate and test."""
        count = self.size()
        test, validation = round(count * self.test / 100), round(count * self.validation / 100)
        return count - test - validation, validation, test

    def source(self) -> TorchCall | None:
        """The loader, called in a worker: a library's, or `files.X` of `app/training/files/`, which is given the data
        folder first. None where `draw` makes the samples itself."""
        return None

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        """Raw samples (n, ...) float and targets: (n,) class numbers or (n, k) float. `loaded` comes from `source`."""
        raise NotImplementedError

    def sample_of(self, given: Any) -> Any:
        """One raw sample, as nested lists of numbers, of what somebody sends to be predicted. Raises `Problem`."""
        return given

    def measured(self) -> TargetUnit | None:
        """How a predicted number is measured; None where the network's number is the amount itself."""
        return None

    def gathering(self) -> Gathering | None:
        """The clouds that all samples gather in; None where they do not, or where they are nowhere to be read."""
        return None

    def lags(self, raw: Array) -> Array | None:
        """How many places lie between the end of each raw sample and the earliest that its answer needs (n,); None
        where nobody knows."""
        return None

    def sound(self) -> Sound | None:
        """How a raw sample is heard; None where it is no sound."""
        return None

    def hear(self, wave: Array) -> Array:
        """The raw sample that a wave (n,) makes, see `hearing.py`; of datasets that have a `sound`."""
        raise NotImplementedError

    def scale(self) -> tuple[float, float]:
        """About the middle of the numbers of samples as networks see them, and how far those stray: as far as noise has
        to reach that is laid over them."""
        return (0.5, 0.5) if isinstance(self.inputs(), Image) and not self.standardize else (0.0, 1.0)

    def shows_classes(self) -> bool:
        """Whether samples are pictures, each of one of several classes."""
        target = self.target()
        return isinstance(self.inputs(), Image) and isinstance(target, Classes) and target.count > 1

    def kept_apart(self, targets: Array) -> Array:
        """(n,) bool: the samples that validate or test, but are never learned from."""
        return np.zeros(len(targets), bool)

    def encode(self, raw: Array) -> Array:
        """The network's inputs (n, ...) for raw samples (n, ...), before standardising."""
        return raw

    def filling(self, encoded: Array) -> Array | None:
        """What stands in for a missing number (NaN) of each input, measured on encoded training samples (n, ...).

        None where nothing is ever missing.
        """
        return None

    def check(self) -> None:
        """Raises `Problem` where settings that are each in range do not fit together."""
        if self.validation + self.test > 90:
            raise Problem(
                "Validation and test take {taken} % of the samples, so less than 10 % is left to learn from.",
                place="/validation",
                taken=self.validation + self.test,
                fixes=(
                    Fix(
                        "Keep 20 % and 20 % aside",
                        edits=(Edit("replace", "/validation", 20), Edit("replace", "/test", 20)),
                    ),
                ),
            )
        if self.split_sizes()[0] < 1:
            raise Problem(
                "No sample is left to learn from. Use more samples, or keep fewer aside.", place="/validation"
            )
