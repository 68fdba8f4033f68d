"""Every sentence a person can meet exists in English and in Chinese, with the same values, and none is left over."""

import ast
import json
import re
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

import pytest

from app.parts.metrics import METRICS
from app.parts.tasks import TASKS
from app.training.doctor import sentences
from app.training.running import ending

ROOT = Path(__file__).parents[1]
ZH = ROOT / "locales" / "zh"
CONTEXTS = sorted(path.stem for path in ZH.glob("*.json"))
BROWSER_ONLY = ("charts", "editor", "live", "network", "own", "page", "runs", "ui", "views")
TOLD_BY_NAME = ("pinyin", "aliases")  # search words, no sentences
CALL = re.compile(
    r"""\bt\(\s*(["'])(?P<context>\w+)\1,\s*(?P<quote>["'`])(?P<sentence>(?:\\.|(?!(?P=quote)).)+)(?P=quote)""",
    re.DOTALL,
)
PLACES = re.compile(r"{\w+}")


def catalogue(context: str) -> dict[str, str]:
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
    """What `judged` and `finished` events say, put together as the doctor does."""
    said = constants(sentences)
    begins = {
        "WITH_NOTHING": [task.nothing for task in TASKS if task.nothing],
        "TOO_WEAK": [said.pop("TOO_WEAK")],
        "STANDS": [said.pop("STANDS")],
    }
    learn = ("SATURATED", "OVERSHOT", "SLOW", "VANISHING", "FORGETS", "UNSURE")
    missing = ("SHALLOW", "WITHOUT_FILTERS", "LINEAR", "UNEVEN", "NARROW", "NARROW_FILTERS")
    ways = {
        "WITH_NOTHING": (*learn, *missing),
        "TOO_WEAK": (*missing, "SMALL_CODE", "UNSURE_WHY", "HELD_BACK"),
        "STANDS": ("SMALLER_STEPS", "LARGER_STEPS", "STRAIGHT", "HELD_BACK"),
    }
    advice = {name: said.pop(name) for name in dict.fromkeys(chain(*ways.values()))}
    joined = {
        beginning + advice[name] for key, names in ways.items() for beginning, name in product(begins[key], names)
    }
    outcomes = {outcome for task in TASKS for told in task.outcomes.values() for outcome in told}
    joined |= {outcome + tail for outcome, tail in product(outcomes, ("", said.pop("STILL_BETTER")))}
    joined |= {head for task in TASKS for head in task.outcomes}
    alone = {
        *begins["WITH_NOTHING"],
        *begins["STANDS"],
        *sentences.FELL.values(),
        *sentences.ROSE.values(),
        *sentences.LOWEST.values(),
    }
    faults = {told for task in TASKS for told in task.faults}
    return {*said.values(), *joined, *alone, *faults, *constants(ending).values()}


def test_what_the_browser_says_has_its_chinese() -> None:
    missing = [said for said in said_in_the_browser() if said[1] not in CONTEXTS or said[2] not in catalogue(said[1])]
    assert missing == []


def test_what_workers_tell_has_its_chinese() -> None:
    assert told_by_workers() - set(catalogue("doctor")) == set()


def test_every_problem_and_fix_has_its_chinese() -> None:
    assert set(first_texts("Problem", "Fix")) - {""} - set(catalogue("problems")) == set()


def test_every_metric_has_its_chinese_and_nothing_else_stands_there() -> None:
    said = {sentence for metric in METRICS for sentence in (metric.title, metric.help)}
    assert set(catalogue("metrics")) == said


@pytest.mark.parametrize("context", BROWSER_ONLY)
def test_no_chinese_of_the_browser_is_left_over(context: str) -> None:
    whole = "".join(file.read_text("utf-8") for file in browser_files()).replace('\\"', '"')
    assert [sentence for sentence in catalogue(context) if sentence not in whole] == []


@pytest.mark.parametrize("context", [context for context in CONTEXTS if context not in TOLD_BY_NAME])
def test_translations_keep_their_values_and_are_chinese(context: str) -> None:
    for english, chinese in catalogue(context).items():
        assert set(PLACES.findall(english)) == set(PLACES.findall(chinese)), english
        assert "您" not in chinese, english
        assert "偏差" not in chinese, english
        assert chinese.strip(), english
