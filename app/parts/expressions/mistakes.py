"""What can be wrong with a formula, each as a sentence with its place and, where one guess is likely, a button."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from app.parts.expressions.tokens import Token, spelling
from app.parts.problem import Edit, Fix, Problem

CUTOFF = 0.6  # how alike a name must be to be offered
LONGEST_LIST = 12  # names that a sentence repeats


def missing_operand(before: Token | None, token: Token) -> Problem:
    """A sign, or the end, where a number, a name or a bracket should be."""
    if before is None:
        return Problem("A formula cannot begin with “{found}”.", found=token.text)
    return Problem(
        "After “{before}” a number, a name or a bracket must follow, at character {at}.",
        before=before.text,
        at=token.at,
    )


def missing_sign(text: str, before: Token, token: Token) -> Problem:
    """Two operands with nothing between them."""
    cut = token.at - 1
    return Problem(
        "Between “{before}” and “{after}” a sign such as + or * is missing, at character {at}.",
        before=before.text,
        after=token.text,
        at=token.at,
        fixes=(_rewrite("Multiply them", text[:cut].rstrip() + "*" + text[cut:]),),
    )


def unclosed(text: str, opened: Sequence[Token]) -> Problem:
    """The end, while brackets are open."""
    closed = text.rstrip() + ")" * len(opened)
    return Problem(
        "The bracket that opens at character {at} is never closed.",
        at=opened[-1].at,
        fixes=(_rewrite("Close it at the end", closed),),
    )


def unopened(text: str, token: Token) -> Problem:
    """A closing bracket too many."""
    without = text[: token.at - 1] + text[token.at :]
    return Problem(
        "The bracket at character {at} closes none that is open.", at=token.at, fixes=(_rewrite("Remove it", without),)
    )


def stray_comma(token: Token) -> Problem:
    """A comma that parts nothing."""
    return Problem(
        "A comma only parts the numbers that a function is given, not what stands at character {at}.", at=token.at
    )


def no_bracket(text: str, function: Token, token: Token) -> Problem:
    """A function without its bracket; one that is followed by a single word can be mended."""
    fixes: tuple[Fix, ...] = ()
    if token.kind in ("word", "name", "number"):
        cut, end = token.at - 1, token.at - 1 + len(token.text)
        fixes = (_rewrite("Put the bracket", f"{text[:cut].rstrip()}({text[cut:end]}){text[end:]}"),)
    return Problem(
        "After “{function}” a bracket must open, at character {at}.", function=function.text, at=token.at, fixes=fixes
    )


def wrong_count(function: Token, count: int, least: int) -> Problem:
    """A function that is given too many numbers, or too few."""
    template = (
        "“{function}” compares two numbers or more, and is given {count}, at character {at}."
        if least > 1
        else "“{function}” takes one number, and is given {count}, at character {at}."
    )
    return Problem(template, function=function.text, count=count, at=function.at)


def no_claim(joint: Token, name: str) -> Problem:
    """`and`, `or`, `not` beside a number, which is neither true nor false."""
    return Problem(
        "“{joint}” at character {at} needs comparisons beside it, such as {name} < 2.",
        joint=joint.text,
        at=joint.at,
        name=name,
    )


def unknown(text: str, token: Token, names: Iterable[str], functions: Iterable[str], called: bool) -> Problem:
    """A word that is neither a name nor, where a bracket follows, a function."""
    known = {spelling(name): name for name in (functions if called else names)}
    word = token.meaning
    guesses = get_close_matches(word.lower(), known, n=1, cutoff=CUTOFF)
    written = ("" if called else _product(word, known)) or "".join(guesses)
    cut, end = token.at - 1, token.at - 1 + len(token.text)
    fix = _rewrite("Write {written}", text[:cut] + written + text[end:], written=written)
    listed = list(known)
    return Problem(
        "There is no function “{word}”, at character {at}. Known are: {known}."
        if called
        else "There is no “{word}” here, at character {at}. Known are: {known}.",
        word=token.text,
        at=token.at,
        known=", ".join(listed[:LONGEST_LIST]) + (" …" if len(listed) > LONGEST_LIST else ""),
        fixes=(fix,) if written else (),
    )


def _product(word: str, known: Iterable[str]) -> str:
    """`x1x2` is most likely meant as x1*x2."""
    names = list(known)
    pairs = ((name, other) for name in names for other in names)
    return next((f"{first}*{second}" for first, second in pairs if first + second == word), "")


def _rewrite(title: str, text: str, **values: str) -> Fix:
    return Fix(title, dict(values), (Edit("replace", "", text),))
