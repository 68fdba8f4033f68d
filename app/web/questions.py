"""Whatever a trained network can be asked, by one address; the reply comes in parts, as server-sent events."""

from collections.abc import AsyncGenerator

from fastapi import APIRouter, Request
from pydantic import RootModel
from starlette.responses import Response, StreamingResponse

from app.executors.executor import Cancelled, Unanswered
from app.parts.problem import Problem, Problems
from app.parts.questions import AnyQuestion, Question
from app.web.answers import event_told
from app.web.asking import LONGEST, UNANSWERED, Asker, asked, asker
from app.web.body import json_of
from app.web.errors import Refusal, described
from app.web.examples import answers, asks
from app.web.house import ActorHere, House, HouseHere
from app.web.language import language_of
from app.web.predict import askable, demand_there
from app.web.replies import STAY, Pieces, Told, question_of
from app.web.threads import in_thread

router = APIRouter(tags=["runs"])
STREAM = "text/event-stream"
EXAMPLE = (
    'event: begun\ndata: {"kind":"write_on","step":600,"epoch":50.0}\n\n'
    'event: part\ndata: {"text":"O"}\n\n'
    'event: ended\ndata: {"reason":"done"}\n\n'
)


class AskedOf(RootModel[AnyQuestion]):
    """One of the questions that `/api/parts` lists."""


@router.post(
    "/api/runs/{run}/ask",
    summary="Ask the network of a run for anything it can do",
    responses=answers(200, EXAMPLE, 400, 403, 404, 409, 413, 415, media=STREAM),
    openapi_extra=asks({"kind": "write_on", "text": "Once ", "count": 100, "seed": 1}, AskedOf),
)
async def ask(request: Request, run: str, house: HouseHere, actor: ActorHere) -> Response:
    """Lets a language model write on, a forecast go on, a network read a text word by word, draw samples, or draw what
    a code stands for: `kind` and its settings are those of `questions` in `/api/parts`. Of any moment that is kept
    (`step`); the same `seed` gives the same reply. A stream of `begun` (which step it is), `part`s as they are known,
    and `ended`. Hanging up ends it, and so does a newer one of the same seat and tab. A network that learned from own
    data answers to its owner alone.
    """
    folder = await askable(house, run, actor)
    value = await json_of(request)
    question = await in_thread(request, question_of, value)
    reading, by = Pieces(run, question), asker(request, actor, f"ask {run}")
    try:
        first = reading.take(await asked(house, reading.next(), by, stay=STAY))
    except (Problem, Problems, Refusal):
        demand_there(folder)
        raise
    return StreamingResponse(_events(house, by, question, reading, first), media_type=STREAM)


async def _events(house: House, by: Asker, question: Question, reading: Pieces, told: Told) -> AsyncGenerator[str]:
    yield event_told("begun", {"kind": question.kind, "step": told["step"], "epoch": told["epoch"]})
    reason = "done"
    with house.limits.question(by.seat):
        try:
            while True:
                for part in told["parts"]:
                    yield event_told("part", part)
                if reading.ended:
                    break
                answer = await house.executor.ask(reading.next(), by.key, LONGEST, STAY, owner=by.seat)
                told = reading.take(answer)
        except Problems as problems:
            yield event_told("problem", described(problems.problems[0], language_of(by.request)))
            reason = "failed"
        except Cancelled:
            reason = "cancelled"
        except Unanswered:
            yield event_told("problem", described(Problem(UNANSWERED), language_of(by.request)))
            reason = "failed"
    yield event_told("ended", {"reason": reason})
