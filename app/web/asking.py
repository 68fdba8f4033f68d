"""Questions to a warm worker, and its answers as HTTP."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.executors.executor import Cancelled, Unanswered
from app.parts.problem import Edit, Fix, Problem, Problems
from app.web.access import Actor
from app.web.errors import Refusal
from app.web.house import House

LONGEST = 30.0  # seconds
MEDIA = {b"J": "application/json", b"B": "application/octet-stream"}


def asker(request: Request, actor: Actor, what: str) -> str:
    """Whose newer question takes an older one's place: the seat's, apart by tab where the page sends `X-Tab`."""
    return f"{actor.seat}\n{request.headers.get('x-tab', '')[:64]}\n{what}"


async def answer_of(house: House, question: dict[str, Any], key: str, stay: float = 0.0) -> Response:
    """A worker's answer; it stays so many seconds for the next question with this key.

    Raises `Problems` where the worker found some, `Refusal` where there is no answer.
    """
    return sent(await asked(house, question, key, stay=stay))


def sent(answer: bytes) -> Response:
    """An answer of `asked`."""
    return Response(answer[1:], media_type=MEDIA[answer[:1]])


async def asked(house: House, question: dict[str, Any], key: str, seconds: float = LONGEST, stay: float = 0.0) -> bytes:
    """The same as bytes, the kind of the answer in front."""
    try:
        answer = await house.executor.ask(question, key, seconds, stay)
    except Cancelled:
        raise Refusal(409, "A newer question took this one's place.") from None
    except Unanswered:
        raise Refusal(
            422, "This took too long or too much memory to work out. Make the network or the data smaller."
        ) from None
    if answer[:1] == b"P":
        raise Problems([problem_told(told) for told in json.loads(answer[1:])])
    return answer


def problem_told(told: dict[str, Any]) -> Problem:
    """A problem as workers write it."""
    fixes = tuple(
        Fix(fix["title"], fix.get("values", {}), tuple(Edit(**edit) for edit in fix.get("edits", [])))
        for fix in told.get("fixes", [])
    )
    return Problem(told["template"], place=told.get("place", ""), fixes=fixes, **told.get("values", {}))
