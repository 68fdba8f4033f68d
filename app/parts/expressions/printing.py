"""A formula's tree written down again: for people as in a book, and in full with all brackets."""

import re

from app.parts.expressions.tokens import RAISED, spelling
from app.parts.expressions.tree import CONSTANTS, Call, Name, Node, Number, Pair, Prefix

UP = str.maketrans({digit: raised for raised, digit in RAISED.items()} | {"-": "⁻"})
DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
COUNTED = re.compile(r"([^\W\d_])(\d+)")  # one letter and a number, as x1
WHOLE = re.compile(r"\d{1,3}")
# How tightly a sign binds; `reading` goes by the same numbers.
TIGHTNESS = {"or": 1, "and": 2, "not": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "^": 8}
MINUS, ATOM = 7, 9
SHOWN = {"+": " + ", "-": " − ", "*": "·", "/": "/", "<": " < ", "<=": " ≤ ", ">": " > ", ">=": " ≥ "}


def pretty(node: Node, least: int = 0) -> str:
    """As a person would write it: x₁² + sin(3·x₂). In brackets where it binds less tightly than `least`."""
    tight, text = _pretty(node)
    return text if tight >= least else f"({text})"


def _pretty(node: Node) -> tuple[int, str]:
    match node:
        case Number(text):
            return ATOM, {"pi": "π"}.get(text, text)
        case Name(name):
            counted = COUNTED.fullmatch(spelling(name))
            return ATOM, counted[1] + counted[2].translate(DOWN) if counted else name
        case Call(function, arguments):
            return ATOM, f"{function}({', '.join(map(pretty, arguments))})"
        case Prefix("not", operand):
            return TIGHTNESS["not"], f"not {pretty(operand, TIGHTNESS['not'])}"
        case Prefix(_, operand):
            return MINUS, f"−{pretty(operand, MINUS + 1)}"
        case Pair("^", left, right):
            return TIGHTNESS["^"], pretty(left, ATOM) + _exponent(right)
        case Pair(sign, left, right):
            tight = TIGHTNESS[sign]
            behind = ATOM if isinstance(right, Prefix) and right.sign == "-" else tight + 1
            return tight, pretty(left, tight) + SHOWN.get(sign, f" {sign} ") + pretty(right, behind)


def _exponent(node: Node) -> str:
    match node:
        case Number(text) if WHOLE.fullmatch(text):
            return text.translate(UP)
        case Prefix("-", Number(text)) if WHOLE.fullmatch(text):
            return f"-{text}".translate(UP)
        case _:
            return "^" + pretty(node, TIGHTNESS["^"])


def in_full(node: Node) -> str:
    """With a bracket around every operation and signs as in Python: ((x1 ** 2.0) + sin((3.0 * x2)))."""
    match node:
        case Number(text):
            return text if text in CONSTANTS else repr(float(text))
        case Name(name):
            return spelling(name)
        case Prefix(sign, operand):
            return f"({sign} {in_full(operand)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(in_full, arguments))})"
        case Pair(sign, left, right):
            return f"({in_full(left)} {sign.replace('^', '**')} {in_full(right)})"
