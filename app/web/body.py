"""A request's body as strict JSON, and as what a route expects."""

import json
import math
from collections import Counter
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from app.experiment.limits import MOST_PROBLEMS
from app.parts.problem import Problem, Problems, pointer
from app.web.errors import Refusal, brief, name_of
from app.web.threads import in_thread

DEEPEST = 64  # levels of lists and objects
LONGEST_NUMBER = 30  # digits
MOST_LISTS = 50_000  # lists and objects
QUICK = 16_000  # bytes that are read within a few milliseconds, so the event loop may do it

Wanted = TypeVar("Wanted", bound=BaseModel)


async def json_of(request: Request) -> Any:
    """The body's JSON value. Raises `Refusal` where it is none, or one that two readers could read differently."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise Refusal(415)
    body = await request.body()
    return parsed(body) if len(body) <= QUICK else await in_thread(request, parsed, body)


def parsed(body: bytes | str) -> Any:
    """The JSON value of `body`: no NaN, no key twice, no lone surrogates, not too deep. Raises `Refusal` 400 or 422."""
    try:
        text = body.decode("utf-8") if isinstance(body, bytes) else body
        if text.count("[") + text.count("{") > MOST_LISTS:  # each takes hundreds of times the room it has here
            raise Refusal(422, "This has more than {most} lists and objects.", most=MOST_LISTS)
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_float
        )
        text.encode("utf-8")
        if "\\u" in text or "\\U" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # an escape may have made half a character
    except UnicodeError:
        raise Refusal(400, "The text is not valid UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Refusal(
            400, "This is not JSON: line {line}, column {column}.", line=error.lineno, column=error.colno
        ) from None
    except RecursionError:
        raise Refusal(422, "Lists and objects are nested more than {most} deep.", most=DEEPEST) from None
    _demand_shallow(value)
    return value


async def body_as(request: Request, wanted: type[Wanted]) -> Wanted:
    """The body as what a route expects. Raises `Problems` with one for each field that does not fit."""
    value = await json_of(request)
    if len(await request.body()) <= QUICK:
        return read_as(value, wanted)
    return await in_thread(request, read_as, value, wanted)


def read_as(value: Any, wanted: type[Wanted]) -> Wanted:
    """`value` as what is expected; true is no number, and 1.0 no whole one. Raises `Problems`."""
    try:
        return wanted.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        raise Problems(problems_of(error)) from None


def problems_of(error: ValidationError, skip: int = 0) -> list[Problem]:
    """One problem for each of the first things that Pydantic found; `skip` leading parts of the place are left out."""
    errors = error.errors(include_url=False, include_context=False)
    told = [_problem(dict(mistake), skip) for mistake in errors[:MOST_PROBLEMS]]
    if more := len(errors) - len(told):
        told.append(Problem("There are {count} more problems.", count=more))
    return told


def _problem(error: dict[str, Any], skip: int) -> Problem:
    where = pointer(*error["loc"][skip:])
    name = name_of(error, "JSON")
    match error["type"]:
        case "missing":
            return Problem("{name} is missing.", place=where, name=name)
        case "extra_forbidden":
            return Problem("{name} is not known here.", place=where, name=name)
        case _:
            return Problem("{name} cannot be {given}.", place=where, name=name, given=brief(error))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise Refusal(400, "The key {key} stands twice in one object.", key=twice[:80])
    return found


def _constant(name: str) -> Any:
    raise Refusal(422, "{name} is no number that can be used here.", name=name)


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        return _constant(digits[:40])
    return number


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise Refusal(422, "A number here has more than {most} digits.", most=LONGEST_NUMBER)
    return int(digits)


def _demand_shallow(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise Refusal(422, "Lists and objects are nested more than {most} deep.", most=DEEPEST)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [inner for inner in cast("dict[str, Any]", value).values() if isinstance(inner, (dict, list))]
    if isinstance(value, list):
        return [inner for inner in cast("list[Any]", value) if isinstance(inner, (dict, list))]
    return []
