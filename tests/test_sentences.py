"""Every sentence a person can meet exists in English and in Chinese, with the same values, and none is left over."""

import ast
import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from app.training import doctor, ending

ROOT = Path(__file__).parents[1]
ZH = ROOT / "locales" / "zh"
CONTEXTS = sorted(path.stem for path in ZH.glob("*.json"))
BROWSER_ONLY = ("charts", "editor", "live", "network", "own", "page", "runs", "ui", "views")
TOLD_BY_NAME = ("pinyin",)  # search words, no sentences
CALL = re.compile(
    r"""\bt\(\s*(["'])(?P<context>\w+)\1,\s*(?P<quote>["'`])(?P<sentence>(?:\\.|(?!(?P=quote)).)+)(?P=quote)""",
    re.DOTALL,
)
PLACES = re.compile(r"{\w+}")


def sentences(context: str) -> dict[str, str]:
    return json.loads((ZH / f"{context}.json").read_text("utf-8"))


def browser_files() -> list[Path]:
    return [*ROOT.glob("static/js/**/*.js"), *ROOT.glob("templates/*.html")]


def said_in_the_browser() -> Iterator[tuple[str, str, str]]:
    """Each `t("context", "sentence")` with the file it stands in."""
    for file in browser_files():
        for found in CALL.finditer(file.read_text("utf-8")):
            if found["quote"] != "`":
                yield file.name, found["context"], found["sentence"].replace('\\"', '"').replace("\\'", "'")


def first_texts(*names: str) -> Iterator[str]:
    """The first argument of every call of these in app/, where it is a text."""
    for file in ROOT.glob("app/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def constants(module: object) -> dict[str, str]:
    return {name: value for name, value in vars(module).items() if name.isupper() and isinstance(value, str)}


def told_by_workers() -> set[str]:
    """What `warned` and `finished` events say, put together as the doctor does."""
    said = constants(doctor)
    begin = [said.pop(name) for name in ("NO_BETTER_THAN_CLASS", "NO_BETTER_THAN_PIXEL", "NO_BETTER_THAN_MEAN")]
    rest = [said.pop(name) for name in ("STUCK", "SLOW", "SHALLOW", "WITHOUT_FILTERS", "VANISHING", "UNSURE")]
    stands = [said.pop("CONVERGED")]
    then = [said.pop(name) for name in ("SMALLER_STEPS", "LARGER_STEPS", "STRAIGHT")]
    joined = (one + other for one, other in (*product(begin, rest), *product(stands, then)))
    return {*said.values(), *joined, *constants(ending).values()}


def test_what_the_browser_says_has_its_chinese() -> None:
    missing = [one for one in said_in_the_browser() if one[1] not in CONTEXTS or one[2] not in sentences(one[1])]
    assert missing == []


def test_what_workers_tell_has_its_chinese() -> None:
    assert told_by_workers() - set(sentences("doctor")) == set()


def test_every_problem_and_fix_has_its_chinese() -> None:
    assert set(first_texts("Problem", "Fix")) - {""} - set(sentences("problems")) == set()


@pytest.mark.parametrize("context", BROWSER_ONLY)
def test_no_chinese_of_the_browser_is_left_over(context: str) -> None:
    whole = "".join(file.read_text("utf-8") for file in browser_files()).replace('\\"', '"')
    assert [sentence for sentence in sentences(context) if sentence not in whole] == []


@pytest.mark.parametrize("context", [one for one in CONTEXTS if one not in TOLD_BY_NAME])
def test_translations_keep_their_values_and_are_chinese(context: str) -> None:
    for english, chinese in sentences(context).items():
        assert set(PLACES.findall(english)) == set(PLACES.findall(chinese)), english
        assert "您" not in chinese, english
        assert "偏差" not in chinese, english
        assert chinese.strip(), english
