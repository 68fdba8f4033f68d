"""What every set of points on the plane owes: points, and the features of a point that the network is given."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from app.parts.datasets.dataset import Array, Dataset
from app.parts.formula import Formula
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem, pointer
from app.parts.shapes import Features, Shape

HALF_SIDE = 6.0  # the plane that is shown reaches from -6 to 6 on both axes
NAMES = ("x1", "x2")  # what a formula calls the coordinates of a point
MOST_FORMULAS, LONGEST_FORMULA = 6, 80
PROBES = 61  # points on each side of the grid that tells whether a formula says anything new

Feature = Literal["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2", "cos_x1", "cos_x2"]
FEATURES: dict[Feature, Callable[[Array], Array]] = {
    "x1": lambda p: p[:, 0],
    "x2": lambda p: p[:, 1],
    "x1_squared": lambda p: p[:, 0] ** 2,
    "x2_squared": lambda p: p[:, 1] ** 2,
    "x1_x2": lambda p: p[:, 0] * p[:, 1],
    "sin_x1": lambda p: np.sin(p[:, 0]),
    "sin_x2": lambda p: np.sin(p[:, 1]),
    "cos_x1": lambda p: np.cos(p[:, 0]),
    "cos_x2": lambda p: np.cos(p[:, 1]),
}
FEATURE_SYMBOLS: dict[Feature, str] = {
    "x1": "x₁",
    "x2": "x₂",
    "x1_squared": "x₁²",
    "x2_squared": "x₂²",
    "x1_x2": "x₁x₂",
    "sin_x1": "sin x₁",
    "sin_x2": "sin x₂",
    "cos_x1": "cos x₁",
    "cos_x2": "cos x₂",
}


class PlaneDataset(Dataset):
    """Points on the plane; raw samples are (n, 2)."""

    group: ClassVar[str] = "plane"
    surface: ClassVar[Literal["plane", "line", ""]] = "plane"

    features: list[Feature] = setting(
        ["x1", "x2"],
        "Features",
        "What the network is told of a point. A good feature can replace a layer.",
        max_length=9,
        labels=FEATURE_SYMBOLS,
    )
    formulas: list[Annotated[str, Field(max_length=LONGEST_FORMULA)]] = setting(
        [],
        "Formulas",
        "Features of your own, such as x1^2 + sin(3*x2). They may use + - * / ^ and brackets; sin, cos, tan, exp, log,"
        " sqrt, abs, min, max, sign, tanh, floor; pi and e. Comparisons such as x1 < x2 give 1 or 0. Where there is no"
        " value, as of log(-1), it is 0; none is beyond a million.",
        max_length=MOST_FORMULAS,
    )

    def inputs(self) -> Shape:
        return Features(size=len(self.features) + len(self.formulas))

    def input_names(self) -> list[str]:
        return [*(FEATURE_SYMBOLS[feature] for feature in self.features), *map(_shown, self.formulas)]

    def scale(self) -> tuple[float, float]:
        return (0.0, 1.0) if self.standardize else (0.0, HALF_SIDE / 2)

    def encode(self, raw: Array) -> Array:
        columns = {name: raw[:, number] for number, name in enumerate(NAMES)}
        own = [Formula.parse(text, NAMES).values(columns) for text in self.formulas]
        return np.stack([*(FEATURES[feature](raw) for feature in self.features), *own], axis=1)

    def check(self) -> None:
        if not self.features and not self.formulas:
            both = Edit("replace", "/features", list(NAMES))
            raise Problem(
                "The network is told nothing of a point. Choose a feature.",
                place="/features",
                fixes=(Fix("Use x₁ and x₂", edits=(both,)),),
            )
        once = list(dict.fromkeys(self.features))
        if once != self.features:
            raise Problem(
                "A feature is chosen twice, which tells the network nothing new.",
                place="/features",
                fixes=(Fix("Keep each one once", edits=(Edit("replace", "/features", once),)),),
            )
        for problem in self._formula_problems():
            raise problem
        super().check()

    def _formula_problems(self) -> Iterator[Problem]:
        if not self.formulas:
            return
        side = np.linspace(-HALF_SIDE, HALF_SIDE, PROBES)
        grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
        columns = {name: grid[:, number] for number, name in enumerate(NAMES)}
        known = [(FEATURE_SYMBOLS[feature], FEATURES[feature](grid)) for feature in self.features]
        for number, text in enumerate(self.formulas):
            place = pointer("formulas", number)
            remove = Fix("Remove it", edits=(Edit("remove", place),))
            try:
                formula = Formula.parse(text, NAMES)
            except Problem as problem:
                found = problem.at(place)
                yield Problem(found.template, place=place, fixes=(*found.fixes, remove), **found.values)
                continue
            values = formula.values(columns).astype(float)
            same = next((name for name, others in known if np.allclose(values, others)), "")
            template = ""
            if not formula.defined(columns).any():
                template = "{formula} has no value anywhere on the plane, so it tells the network nothing."
            elif np.ptp(values) == 0:
                template = "{formula} is the same everywhere on the plane, so it tells the network nothing."
            elif same:
                template = "{formula} is the same as {other} everywhere, so it tells the network nothing new."
            if template:
                yield Problem(template, place=place, fixes=(remove,), formula=formula.pretty(), other=same)
            known.append((formula.pretty(), values))


def _shown(text: str) -> str:
    """A formula as in a book; as it was typed where it cannot be read."""
    with suppress(Problem):
        return Formula.parse(text, NAMES).pretty()
    return text
