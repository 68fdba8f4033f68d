"""From any value to a document that JSON can hold, with a problem for each thing that JSON cannot."""

from typing import Any, cast

from app.experiment.limits import LONGEST_NAME, MOST_DEPTH, MOST_NUMBER
from app.parts.problem import Problem, pointer


def plain(value: Any, problems: list[Problem], place: str = "", depth: int = 0) -> Any:
    """`value` as clean JSON. What had to be left out is added to `problems`, in its place."""
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return _plain_number(value, problems, place)
    if isinstance(value, str):
        return _plain_text(value, problems, place)
    if depth >= MOST_DEPTH:
        problems.append(
            Problem("Lists and objects are nested more than {most} deep here.", place=place, most=MOST_DEPTH)
        )
        return None
    if isinstance(value, list | tuple):
        items = cast("list[Any]", value)
        return [plain(item, problems, place + pointer(number), depth + 1) for number, item in enumerate(items)]
    if isinstance(value, dict):
        return _plain_object(cast("dict[Any, Any]", value), problems, place, depth)
    problems.append(Problem("This is no JSON value.", place=place))
    return None


def _plain_object(value: dict[Any, Any], problems: list[Problem], place: str, depth: int) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    for key, inner in value.items():
        if not isinstance(key, str) or not _encodes(key):
            problems.append(Problem("A field in here has a name that is no valid text.", place=place))
        elif len(key) > LONGEST_NAME:
            problems.append(
                Problem("A field in here has a name of more than {most} characters.", place=place, most=LONGEST_NAME)
            )
        else:
            clean[key] = plain(inner, problems, place + pointer(key), depth + 1)
    return clean


def _plain_number(value: int, problems: list[Problem], place: str) -> int | None:
    if abs(value) <= MOST_NUMBER:
        return value
    problems.append(Problem("This number is too large.", place=place))
    return None


def _plain_text(value: str, problems: list[Problem], place: str) -> str | None:
    if _encodes(value):
        return value
    problems.append(Problem("This text holds half a character (a lone surrogate), so it cannot be saved.", place=place))
    return None


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
