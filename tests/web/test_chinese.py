"""Whatever the server says, it says in Chinese too."""

import ast
import json
import re
from pathlib import Path

from fastapi import FastAPI

from app.web.docs import METHODS
from app.web.errors import TITLES

ROOT = Path(__file__).parents[2]
ZH = ROOT / "locales" / "zh"
IN_TEMPLATES = re.compile(r"""\bt\((["'])web\1, (["'])(.+?)\2[,)]""")


def sentences(context: str) -> dict[str, str]:
    return json.loads((ZH / f"{context}.json").read_text("utf-8"))


def problem_templates() -> set[str]:
    """The templates of every `Refusal` and `Problem` that app/web makes, and the sentences of statuses."""
    found: set[str] = set()
    for file in (ROOT / "app" / "web").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Refusal", "Problem")
            ):
                texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                found |= {text for text in texts if isinstance(text, str)}
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id == "SENTENCES"
            ):
                values = node.value.values if isinstance(node.value, ast.Dict) else []
                found |= {
                    value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
                }
    return found - {""}


def described(app: FastAPI) -> set[str]:
    """Everything that the page about the API says."""
    found: set[str] = set()
    for methods in app.openapi()["paths"].values():
        for route in (methods[method] for method in METHODS if method in methods):
            found |= {route["summary"], route["description"], *route["tags"]}
            found |= {response["description"] for response in route["responses"].values()}
            found |= {parameter.get("description", "") for parameter in route.get("parameters", [])}
    return found - {""}


def on_pages() -> set[str]:
    files = [ROOT / "templates" / name for name in ("login.html", "docs.html")]
    return {match[2] for file in files for match in IN_TEMPLATES.findall(file.read_text("utf-8"))}


def test_every_problem_has_its_chinese() -> None:
    assert problem_templates() - set(sentences("problems")) == set()


def test_every_word_of_the_pages_and_of_the_api_has_its_chinese(app: FastAPI) -> None:
    wanted = described(app) | on_pages() | set(TITLES.values())
    assert wanted - set(sentences("web")) == set()


def test_no_chinese_is_left_over(app: FastAPI) -> None:
    assert set(sentences("web")) - described(app) - on_pages() - set(TITLES.values()) == set()


def test_translations_keep_their_places_for_values() -> None:
    for context in ("web", "problems"):
        for english, chinese in sentences(context).items():
            assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", chinese)), english
