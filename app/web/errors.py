"""What a person is told when something is not possible: `application/problem+json`, in the asked language.

The border for errors of ours: logged once here, and told in one honest sentence.
"""

import logging
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect
from uvicorn.protocols.utils import ClientDisconnected

from app.executors.executor import Unreachable
from app.parts.problem import Edit, Fix, Problem, Problems, Value, pointer
from app.runs.room import no_room
from app.store.database import no_room as no_room_for_rows
from app.web.answers import Json
from app.web.language import Language, language_of

log = logging.getLogger("trainyard")

GONE = (ClientDisconnect, WebSocketDisconnect, ClientDisconnected)  # how Starlette and uvicorn say who has left

SENTENCES = {
    400: "This request cannot be read.",
    401: "Say who you are first: send the class code, or come in through the login page.",
    403: "You may not do this.",
    404: "There is nothing at this address.",
    405: "This address does not know the method {method}.",
    408: "This request came in too slowly.",
    409: "This does not fit what happened in the meantime.",
    413: "This request is larger than allowed.",
    415: "Send JSON, with the header Content-Type: application/json.",
    422: "Something in this request does not fit.",
    429: "That was too much at once.",
    503: "The part of the server that trains does not come up. Its own words stand in the server's log.",
    507: "The disk of this server is full. Delete some runs first.",
    500: "Something went wrong on our side. It has been written to the server's log.",
}

TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    408: "Too slow",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    422: "Unprocessable",
    429: "Too many requests",
    500: "Server error",
    503: "Service unavailable",
    507: "Insufficient storage",
}


class Refusal(Exception):
    """No, and why: a status and a template sentence with its values."""

    def __init__(
        self, status: int, template: str = "", *, place: str = "", retry_after: int | None = None, **values: Value
    ) -> None:
        template = template or SENTENCES[status]
        super().__init__(template.format(**values))
        self.status = status
        self.problem = Problem(template, place=place, fixes=(), **values)
        self.retry_after = retry_after

    def at(self, place: str) -> "Refusal":
        """The same, with a place that is within `place`."""
        problem = self.problem
        inside = place + problem.place
        return Refusal(self.status, problem.template, place=inside, retry_after=self.retry_after, **problem.values)


def described(problem: Problem, language: Language) -> dict[str, Any]:
    """A problem as it travels: sentences in the asked language, and what they were made from."""
    return {
        "detail": language.problem(problem.template, **problem.values),
        "template": problem.template,
        "values": problem.values,
        "place": problem.place,
        "fixes": [
            {"title": fix_told(fix, language), "edits": [edit_told(edit) for edit in fix.edits]}
            for fix in problem.fixes
        ],
    }


def fix_told(fix: Fix, language: Language) -> str:
    """What a fix does, in words."""
    return language.problem(fix.title, **fix.values)


def problem_answer(
    status: int, problems: list[Problem], language: Language, headers: dict[str, str] | None = None
) -> Response:
    """The answer for these problems; the first one is its `detail`."""
    told = [described(problem, language) for problem in problems]
    body = {
        "type": "about:blank",
        "title": language.t("web", TITLES.get(status, TITLES[400])),
        "status": status,
        "detail": told[0]["detail"],
        "problems": told,
    }
    return Json(body, status, headers, media_type="application/problem+json")


def refusal_answer(refusal: Refusal, language: Language) -> Response:
    """The answer for a refusal."""
    headers: dict[str, str] = {}
    if refusal.retry_after is not None:
        headers["retry-after"] = str(refusal.retry_after)
    if refusal.status == 408:
        headers["connection"] = "close"  # what comes of it is not waited for
    if refusal.status == 401:
        headers["www-authenticate"] = "Bearer"
    return problem_answer(refusal.status, [refusal.problem], language, headers)


def install(app: FastAPI) -> None:
    """Makes the app answer every error with problems."""

    async def on_refusal(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return refusal_answer(error, language_of(request))

    async def on_problem(request: Request, error: Exception) -> Response:
        problems = error.problems if isinstance(error, Problems) else [error]
        return problem_answer(
            422, [problem for problem in problems if isinstance(problem, Problem)], language_of(request)
        )

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return problem_answer(422, [_from_pydantic(mistake) for mistake in error.errors()], language_of(request))

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        template = SENTENCES.get(error.status_code, SENTENCES[400])
        problem = Problem(template, method=request.method) if "{method}" in template else Problem(template)
        return problem_answer(error.status_code, [problem], language_of(request), dict(error.headers or {}))

    async def on_unreachable(request: Request, error: Exception) -> Response:
        log.error("%s", error)
        return refusal_answer(Refusal(503, retry_after=5), language_of(request))

    async def on_no_room(request: Request, error: Exception) -> Response:
        if not (no_room(error) or no_room_for_rows(error)):
            raise error
        log.error("%s", error)
        return refusal_answer(Refusal(507, retry_after=10), language_of(request))

    app.add_exception_handler(OSError, on_no_room)
    app.add_exception_handler(DBAPIError, on_no_room)
    app.add_exception_handler(Unreachable, on_unreachable)
    app.add_exception_handler(Refusal, on_refusal)
    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(Problems, on_problem)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)


class LastResort:
    """The outermost layer: an error nobody expected is logged once and told in one sentence."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting_send(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] in ("http.response.start", "websocket.accept", "websocket.close")
            await send(message)

        try:
            await self.app(scope, receive, noting_send)
        except GONE:  # it left before its body had come in, or before it was refused: nobody is there to be told
            return
        except Exception:  # the border: whatever it is, it must not end the server
            log.exception("An error in %s", scope.get("path", scope["type"]))
            if scope["type"] == "http" and not begun:
                answer = problem_answer(500, [Problem(SENTENCES[500])], language_of(Request(scope)))
                await answer(scope, receive, send)
            elif scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1011})
            elif scope["type"] == "lifespan":
                raise


def edit_told(edit: Edit) -> dict[str, Any]:
    """An edit as it travels, as in JSON Patch."""
    told: dict[str, Any] = {"op": edit.op, "path": edit.path}
    return told if edit.op == "remove" else told | {"value": edit.value}


def _from_pydantic(error: dict[str, Any]) -> Problem:
    where = [part for part in error["loc"] if part not in ("query", "path", "header", "cookie", "body")]
    return Problem("{name} cannot be {given}.", place=pointer(*where), name=name_of(error), given=brief(error))


def name_of(error: dict[str, Any], whole: str = "") -> str:
    """The field that one of Pydantic's errors speaks of, where it is in a list that of the list; `whole` where none."""
    return next((part for part in reversed(error["loc"]) if isinstance(part, str)), whole)


def brief(error: dict[str, Any]) -> str:
    """What was given, short enough for a sentence."""
    text = str(error.get("input"))
    return repr(text if len(text) <= 40 else text[:39] + "…")
