"""From a formula's text to its tree, by operator precedence (Pratt 1973, doi:10.1145/512927.512931)."""

from collections.abc import Sequence

from app.parts.expressions import mistakes
from app.parts.expressions.printing import MINUS, TIGHTNESS
from app.parts.expressions.tokens import Token, spelling, tokens_of
from app.parts.expressions.tree import (
    COMPARISONS,
    CONSTANTS,
    JOINTS,
    ONE,
    SEVERAL,
    Call,
    Name,
    Node,
    Number,
    Pair,
    Prefix,
)
from app.parts.problem import Problem

MOST_CHARACTERS = 200
DEEPEST = 40  # operands within operands
ALIASES = {"π": "pi", "ln": "log", "且": "and", "或": "or", "非": "not"}
LARGEST = 1e300


def tree_of(text: str, names: Sequence[str]) -> Node:
    """The tree of a formula over these names. Raises `Problem` with the place of the first mistake."""
    if not text.strip():
        raise Problem("There is no formula yet. Write one such as {example}.", example=f"sin({spelling(names[0])})")
    if len(text) > MOST_CHARACTERS:
        raise Problem(
            "A formula may have {most} characters, and this one has {count}.", most=MOST_CHARACTERS, count=len(text)
        )
    return _Reader(text, names).read()


class _Reader:
    def __init__(self, text: str, names: Sequence[str]) -> None:
        self.text = text
        self.tokens = tokens_of(text, names)
        self.names = names
        self.next = 0
        self.depth = 0
        self.opened: list[Token] = []

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def at(self, sign: str) -> bool:
        return self.token.kind == "sign" and self.token.meaning == sign

    def taken(self) -> Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def read(self) -> Node:
        node = self.operand(0)
        if self.token.kind != "end":
            raise self._left_over()
        return node

    def operand(self, least: int) -> Node:
        """An operand with all signs behind it that bind at least as tightly."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Problem(
                "This stands more than {most} brackets deep, at character {at}.", most=DEEPEST, at=self.token.at
            )
        node = self.beginning()
        while (sign := self._sign()) and TIGHTNESS[sign] >= least:
            node = self.continued(node, self.taken(), sign)
        self.depth -= 1
        return node

    def beginning(self) -> Node:
        """What an operand begins with: a number, a name, a function, a bracket, or a sign before one."""
        token = self.taken()
        meaning = ALIASES.get(token.meaning, token.meaning).lower() if token.kind == "word" else token.meaning
        if token.kind == "number":
            return self._powers(self._number(token))
        if token.kind == "sign" and meaning in "+-":
            operand = self.operand(MINUS)
            return Prefix("-", operand) if meaning == "-" else operand
        if token.kind == "sign" and meaning == "(":
            return self._powers(self._bracketed(token))
        if token.kind == "word" and meaning == "not":
            operand = self.operand(TIGHTNESS["not"])
            self._claims(token, operand)
            return Prefix("not", operand)
        if token.kind in ("word", "name"):
            return self._powers(self._named(token, meaning))
        raise mistakes.missing_operand(self.tokens[self.next - 2] if self.next > 1 else None, token)

    def continued(self, left: Node, token: Token, sign: str) -> Node:
        """What `left` becomes with the sign behind it and what follows that."""
        if sign in COMPARISONS:
            return self._chain(left, sign)
        right = self.operand(TIGHTNESS[sign] + (sign != "^"))  # powers are read from the right
        if sign in JOINTS:
            self._claims(token, left, right)
        return Pair(sign, left, right)

    def _sign(self) -> str:
        """The sign that goes on from an operand, where there is one."""
        meaning = ALIASES.get(self.token.meaning, self.token.meaning).lower()
        return meaning if self.token.kind in ("sign", "word") and meaning in TIGHTNESS and meaning != "not" else ""

    def _chain(self, left: Node, sign: str) -> Node:
        right = self.operand(TIGHTNESS[sign] + 1)
        node = Pair(sign, left, right)
        while (following := self._sign()) in COMPARISONS:
            self.taken()
            last, right = right, self.operand(TIGHTNESS[sign] + 1)
            node = Pair("and", node, Pair(following, last, right))
        return node

    def _powers(self, node: Node) -> Node:
        while self.token.kind == "raised":
            raised = self.taken().meaning
            exponent = Number(raised.removeprefix("-"))
            node = Pair("^", node, Prefix("-", exponent) if raised.startswith("-") else exponent)
        return node

    def _number(self, token: Token) -> Number:
        if float(token.meaning) > LARGEST:
            raise Problem("The number at character {at} is too large.", at=token.at)
        return Number(token.meaning)

    def _bracketed(self, token: Token) -> Node:
        self.opened.append(token)
        node = self.operand(0)
        self._close()
        return node

    def _close(self) -> None:
        if not self.at(")"):
            raise self._left_over()
        self.taken()
        self.opened.pop()

    def _named(self, token: Token, meaning: str) -> Node:
        function = meaning if meaning in ONE or meaning in SEVERAL else ""
        name = token.meaning if token.kind == "name" else self._known(token.meaning)
        if function and (not name or self.at("(")):
            return self._called(token, function)
        if name:
            return Name(name)
        if meaning in CONSTANTS:
            return Number(meaning)
        raise mistakes.unknown(self.text, token, self.names, [*ONE, *SEVERAL], self.at("("))

    def _called(self, token: Token, function: str) -> Node:
        if not self.at("("):
            raise mistakes.no_bracket(self.text, token, self.token)
        self.opened.append(self.taken())
        arguments = [self.operand(0)]
        while self.at(","):
            self.taken()
            arguments.append(self.operand(0))
        self._close()
        least = 2 if function in SEVERAL else 1
        if len(arguments) < least or (function in ONE and len(arguments) > 1):
            raise mistakes.wrong_count(token, len(arguments), least)
        return Call(function, tuple(arguments))

    def _known(self, word: str) -> str:
        """The name that is meant, whatever its capitals; empty where there is none."""
        spelt = {spelling(name): name for name in self.names}
        alike = [name for key, name in spelt.items() if key.lower() == word.lower()]
        return spelt.get(word) or (alike[0] if len(alike) == 1 else "")

    def _claims(self, joint: Token, *operands: Node) -> None:
        if not all(operand.truth for operand in operands):
            raise mistakes.no_claim(joint, spelling(self.names[0]))

    def _left_over(self) -> Problem:
        """What to say of a token that nothing waits for."""
        token = self.token
        if token.kind == "end":
            return mistakes.unclosed(self.text, self.opened)
        if self.at(")"):
            return mistakes.unopened(self.text, token)
        if self.at(","):
            return mistakes.stray_comma(token)
        return mistakes.missing_sign(self.text, self.tokens[self.next - 1], token)
