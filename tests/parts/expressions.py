"""Formulas made at random, in our own signs and in Python's, whose own parser and `math` say what they are worth."""

import math
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

ROWS = [(-2.5, 1.0), (-1.0, -3.0), (0.0, 0.0), (0.5, 2.0), (1.0, -0.25), (3.0, 4.0)]  # x1, x2
SHAKEN = (0.0, 1e-12, -1e-12)  # each function's result is off by this share: what then moves is not worth comparing


@dataclass(frozen=True)
class Written:
    """The same expression in both languages; `truth` where it is a comparison."""

    ours: str
    python: str
    truth: bool = False

    def bracketed(self) -> "Written":
        return Written(f"({self.ours})", f"({self.python})", self.truth)


LEAVES = st.sampled_from(
    [
        *[Written(text, text) for text in ("0", "1", "2", "3.5", ".25", "1e1", "10.", "x1", "x2", "pi", "e")],
        Written("x₁", "x1"),
        Written("X2", "x2"),
        Written("π", "pi"),
        Written("x₁²", "(x1**2)"),
        Written("x2⁻¹", "(x2**-1)"),
    ]
)
SIGNS = st.sampled_from(
    [
        *[(sign, sign) for sign in "+-*/"],
        ("−", "-"),
        ("·", "*"),
        ("×", "*"),
        ("÷", "/"),
        ("^", "**"),
        ("**", "**"),
    ]
)
COMPARISONS = st.sampled_from([("<", "<"), ("<=", "<="), (">", ">"), (">=", ">="), ("≤", "<="), ("≥", ">=")])
FUNCTIONS = st.sampled_from(["sin", "cos", "tan", "exp", "log", "sqrt", "abs", "sign", "tanh", "floor"])


def _loose(inner: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    """With brackets or without: then the signs around decide what belongs together."""
    return st.builds(lambda expression, closed: expression.bracketed() if closed else expression, inner, st.booleans())


@st.composite
def _pair(draw: Any, inner: st.SearchStrategy[Written]) -> Written:
    left, right, (our, python) = draw(_loose(inner)), draw(_loose(inner)), draw(SIGNS)
    gap = draw(st.sampled_from(["", " "]))
    return Written(f"{left.ours}{gap}{our}{gap}{right.ours}", f"{left.python} {python} {right.python}")


@st.composite
def _prefixed(draw: Any, inner: st.SearchStrategy[Written]) -> Written:
    operand, sign = draw(_loose(inner)), draw(st.sampled_from(["-", "−", "+"]))
    return Written(sign + operand.ours, sign.replace("−", "-") + operand.python)


@st.composite
def _called(draw: Any, inner: st.SearchStrategy[Written]) -> Written:
    name = draw(st.one_of(FUNCTIONS, st.sampled_from(["min", "max"])))
    count = 1 if name not in ("min", "max") else draw(st.integers(2, 3))
    given = [draw(inner) for _ in range(count)]
    ours, python = ", ".join(argument.ours for argument in given), ", ".join(argument.python for argument in given)
    return Written(f"{name}({ours})", f"{name}({python})")


@st.composite
def _compared(draw: Any, inner: st.SearchStrategy[Written]) -> Written:
    made = draw(_loose(inner))
    ours, python = made.ours, made.python
    for our, their in draw(st.lists(COMPARISONS, min_size=1, max_size=2)):
        right = draw(_loose(inner))
        ours, python = f"{ours} {our} {right.ours}", f"{python} {their} {right.python}"
    return Written(ours, python, truth=True)


@st.composite
def _joined(draw: Any, inner: st.SearchStrategy[Written]) -> Written:
    joint, left = draw(st.sampled_from(["and", "or", "not"])), draw(_loose(inner))
    if joint == "not":
        return Written(f"not {left.ours}", f"not {left.python}", truth=True)
    right = draw(_loose(inner))
    return Written(f"{left.ours} {joint} {right.ours}", f"{left.python} {joint} {right.python}", truth=True)


NUMBERS = st.recursive(LEAVES, lambda inner: _pair(inner) | _prefixed(inner) | _called(inner), max_leaves=8)
RULES = st.recursive(_compared(NUMBERS), _joined, max_leaves=4)
MIXED = _pair(NUMBERS | RULES.map(Written.bracketed))
EXPRESSIONS = (NUMBERS | RULES | MIXED).filter(lambda expression: len(expression.ours) <= 150)


def worth(python: str, row: tuple[float, float]) -> float | None:
    """What Python makes of it; None where it is not finite, or hangs on the last digits."""
    found = [worth for shaken in SHAKEN if (worth := _worth(python, row, 1 + shaken)) is not None]
    if len(found) < len(SHAKEN):
        return None
    first, *others = found
    steady = all(math.isclose(first, other, rel_tol=1e-6, abs_tol=1e-6) for other in others)
    return first if steady else None


def _worth(python: str, row: tuple[float, float], shaken: float) -> float | None:
    def off(function: Any) -> Any:
        return lambda *given: function(*given) * shaken

    names = {name: off(getattr(math, name)) for name in ("sin", "cos", "tan", "exp", "log", "sqrt", "tanh")}
    # math.fabs: abs would make a number again of a complex one, which is none of ours.
    names |= {"abs": math.fabs, "min": min, "max": max, "floor": math.floor, "sign": lambda x: (x > 0) - (x < 0)}
    names |= {"pi": math.pi, "e": math.e, "x1": row[0], "x2": row[1]}
    try:
        value = eval(python, {"__builtins__": {}}, names)  # noqa: S307  our own text, made above
    except (ArithmeticError, ValueError, TypeError):  # TypeError: Python went on with a complex number
        return None
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None
