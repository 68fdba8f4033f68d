"""Formulas that people type: what they are worth, and what is said where they cannot be read."""

import math
import string

import numpy as np
import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from app.parts.expressions.tree import CONSTANTS, ONE, SEVERAL
from app.parts.formula import LARGEST, Formula
from app.parts.problem import Problem
from tests.parts.expressions import EXPRESSIONS, ROWS, Written, worth

NAMES = ("x1", "x2")
COLUMNS = {name: np.array([row[number] for row in ROWS]) for number, name in enumerate(NAMES)}
LETTERS = [
    *"x12 .,()+-*/^<>=&|!e",
    "x1",
    "x₂",
    "²",
    "⁻",
    "−",
    "·",
    "（",
    "and ",
    "not ",
    "sin(",
    "max(",
    "\u0000",
    "🧠",
]


def parsed(text: str) -> Formula:
    return Formula.parse(text, NAMES)


def value(text: str, x1: float = 2.0, x2: float = -3.0) -> float:
    (result,) = parsed(text).values({"x1": np.array([x1]), "x2": np.array([x2])})
    return result


@settings(max_examples=250, deadline=None)
@given(EXPRESSIONS)
@example(Written("-x1^2", "-x1**2"))
@example(Written("2^-x1^2", "2**-x1**2"))
@example(Written("abs(x1^3.5)", "abs(x1**3.5)"))
@example(Written("0 < x1 <= 2 < x2", "0 < x1 <= 2 < x2", truth=True))
@example(Written("not x1 < 0 and x2 > 1 or x1 > 2", "not x1 < 0 and x2 > 1 or x1 > 2", truth=True))
def test_it_is_worth_what_python_makes_of_the_same_expression(written: Written) -> None:
    formula = parsed(written.ours)
    values = formula.values(COLUMNS)
    assert formula.is_rule == written.truth
    assert values.dtype == (bool if written.truth else np.float64)
    assert np.isfinite(values).all()
    for row, ours in zip(ROWS, values.tolist(), strict=True):
        for text in (written.python, formula.in_full()):
            theirs = worth(text, row)
            event("compared" if theirs is not None else "without a value in Python")
            if theirs is not None and abs(theirs) < LARGEST:
                assert math.isclose(ours, theirs, rel_tol=1e-5, abs_tol=1e-5), text


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS)
def test_what_is_shown_of_it_reads_as_the_same_formula(written: Written) -> None:
    formula = parsed(written.ours)
    assert parsed(formula.pretty()).in_full() == formula.in_full()


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(LETTERS), max_size=30).map("".join) | st.text(max_size=60))
@example("(" * 150)
@example("-" * 150 + "x1")
@example("x1^" * 60 + "x1")
@example("not " * 45 + "x1<1")
@example("sin(" * 45)
@example("9" * 200)
@example("1e" + "9" * 100)
@example("x1" * 200)
@example("\ud800")
def test_any_text_is_a_formula_or_a_problem(text: str) -> None:
    try:
        formula, problem = parsed(text), None
    except Problem as raised:
        formula, problem = None, raised
    event("problem" if problem else "formula")
    if problem:
        assert str(problem)
        assert all(edit.path == "" and edit.value != text for fix in problem.fixes for edit in fix.edits)
    if formula:
        values = formula.values(COLUMNS)
        assert np.isfinite(values).all()
        assert values.shape == (len(ROWS),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x1^2 + sin(3*x2)", 4 + math.sin(-9)),
        ("exp(-(x1^2+x2^2)/4)", math.exp(-13 / 4)),
        ("max(x1, 0, x2)", 2),
        ("x₁² − 2·x₂", 10),
        ("x1³÷x2", -8 / 3),
        ("（x1＋2）×x2", -12),  # typed with a Chinese input method
        ("Ｘ１＊３", 6),
        ("ln(E)", 1),
        ("floor(x1/0.3)", 6),
        ("sign(x2)*sqrt(abs(x2*12))", -6),
        ("(x1 > 0) + (x2 > 0)", 1),
        ("2^3^2", 512),
        ("-2^2", -4),
        ("10⁻²", 0.01),
    ],
)
def test_values_worked_by_hand(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("x1^2 + x2^2 < 16", True),
        ("x1 > 0 and x2 > 0", False),
        ("x1 > 0 or x2 > 0", True),
        ("not (x1 > 0 and x2 > 0)", True),
        ("0 < x1 < 2", False),
        ("x1 ≥ 2 且 非 x2 > 0", True),
        ("x1 > 9 或 x2 < 0", True),
    ],
)
def test_rules_say_yes_or_no(text: str, inside: bool) -> None:
    assert parsed(text).is_rule
    assert value(text) == inside


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x1**2+sin( 3*x2 )", "x₁² + sin(3·x₂)"),
        ("exp(-(x1^2+x2^2)/4)", "exp(−(x₁² + x₂²)/4)"),
        ("(x1+1)*(x2-1)", "(x₁ + 1)·(x₂ − 1)"),
        ("((x1))", "x₁"),
        ("x1-(x2-1)", "x₁ − (x₂ − 1)"),
        ("(x1-x2)-1", "x₁ − x₂ − 1"),
        ("(-x1)^2", "(−x₁)²"),
        ("2^(x1+x2)", "2^(x₁ + x₂)"),
        ("x1*-x2", "x₁·(−x₂)"),
        ("pi*x1<=4 and not x2>0", "π·x₁ ≤ 4 and not x₂ > 0"),
        ("x1^-2", "x₁⁻²"),
    ],
)
def test_it_is_shown_as_in_a_book(text: str, shown: str) -> None:
    assert parsed(text).pretty() == shown


@pytest.mark.parametrize(
    ("text", "expected", "defined"),
    [
        ("1/(x1-2)", LARGEST, False),
        ("-1/(x1-2)", -LARGEST, False),
        ("(x1-2)/(x1-2)", 0, False),
        ("log(x2)", 0, False),
        ("sqrt(x2)", 0, False),
        ("exp(exp(10))", LARGEST, False),
        ("exp(x1*10)", LARGEST, True),
        ("x2^0.5", 0, False),
        ("1/(1/(x1-2))", 0, True),
    ],
)
def test_where_there_is_no_value_it_is_0_and_none_is_beyond_a_million(
    text: str, expected: float, defined: bool
) -> None:
    assert value(text) == expected
    assert parsed(text).defined({"x1": np.array([2.0]), "x2": np.array([-3.0])}).tolist() == [defined]


@pytest.mark.parametrize(
    ("text", "sentence", "mended"),
    [
        ("", "There is no formula yet. Write one such as sin(x1).", None),
        ("   ", "There is no formula yet. Write one such as sin(x1).", None),
        ("sin x1", "After “sin” a bracket must open, at character 5.", "sin(x1)"),
        ("2 + sin", "After “sin” a bracket must open, at character 8.", None),
        ("x1 +", "After “+” a number, a name or a bracket must follow, at character 5.", None),
        ("x1 + * 2", "After “+” a number, a name or a bracket must follow, at character 6.", None),
        ("*x1", "A formula cannot begin with “*”.", None),
        ("2x1", "Between “2” and “x1” a sign such as + or * is missing, at character 2.", "2*x1"),
        ("(x1) (x2)", "Between “)” and “(” a sign such as + or * is missing, at character 6.", "(x1)*(x2)"),
        ("sin((x1 + 2", "The bracket that opens at character 5 is never closed.", "sin((x1 + 2))"),
        ("x1 + 2)", "The bracket at character 7 closes none that is open.", "x1 + 2"),
        ("(x1, 2)", "A comma only parts the numbers that a function is given, not what stands at character 4.", None),
        ("max(x1)", "“max” compares two numbers or more, and is given 1, at character 1.", None),
        ("1 + sin(x1, x2)", "“sin” takes one number, and is given 2, at character 5.", None),
        ("x1 and x2 > 1", "“and” at character 4 needs comparisons beside it, such as x1 < 2.", None),
        ("not x1", "“not” at character 1 needs comparisons beside it, such as x1 < 2.", None),
        ("x1 = 2", "“=” compares nothing here, at character 4. Use <, <=, > or >=.", None),
        ("x1 ; 2", "“;” has no meaning in a formula, at character 4.", None),
        ("y + 1", "There is no “y” here, at character 1. Known are: x1, x2.", None),
        ("1 + x3", "There is no “x3” here, at character 5. Known are: x1, x2.", None),
        ("x1x2", "There is no “x1x2” here, at character 1. Known are: x1, x2.", "x1*x2"),
        (
            "sinus(x1)",
            f"There is no function “sinus”, at character 1. Known are: {', '.join([*ONE, *SEVERAL])}.",
            "sin(x1)",
        ),
        ("1e999", "The number at character 1 is too large.", None),
        ("(" * 41 + "x1", "This stands more than 40 brackets deep, at character 41.", None),
        ("x" * 201, "A formula may have 200 characters, and this one has 201.", None),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_button_mends_it(text: str, sentence: str, mended: str | None) -> None:
    with pytest.raises(Problem) as raised:
        parsed(text)
    assert str(raised.value) == sentence
    assert [edit.value for fix in raised.value.fixes for edit in fix.edits] == ([mended] if mended else [])
    if mended:
        parsed(mended)


def test_names_may_hold_spaces_signs_and_any_script() -> None:
    names = ("sepal length (cm)", "sepal length", "年龄", "e", "max", "2nd class")
    columns = {name: np.array([float(number + 1)]) for number, name in enumerate(names)}

    def worth_of(text: str) -> float:
        return Formula.parse(text, names).values(columns)[0]

    assert worth_of("sepal length (cm) + 10*sepal length") == 21
    assert worth_of("年龄² + Sepal Length (CM)") == 10
    assert worth_of("e + pi*0") == 4  # a name comes before a constant
    assert worth_of("max + max(e, 1)") == 9  # and before a function, but for its bracket
    assert worth_of("2nd class > 5 and 年龄 < 4") == 1
    assert Formula.parse("年龄 > e", names).names == {"年龄", "e"}


def test_it_looks_at_the_names_that_stand_in_it() -> None:
    assert parsed("pi + 2").names == frozenset()
    assert parsed("sin(X1) * 2").names == {"x1"}
    assert parsed("x₁ < 2 or not x2 > 1").names == {"x1", "x2"}


def test_nothing_of_python_is_within_reach() -> None:
    for text in ("__import__", "x1.real", "[x1]", "lambda", "x1 if x2 else 1", "x1; x2", "'a'", "f(x1)", "x1@x2"):
        with pytest.raises(Problem):
            parsed(text)
    words = {*ONE, *SEVERAL, *CONSTANTS}
    assert all(set(word) <= set(string.ascii_lowercase) for word in words)
