"""The login page, and the same for programs: a code and a name for a seat."""

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.store.seats import TEACHER
from app.web.answers import Json
from app.web.body import body_as
from app.web.errors import Refusal, described
from app.web.examples import answers, asks
from app.web.gate import actor_of
from app.web.house import House, HouseHere
from app.web.language import language_of
from app.web.pages import away, ours, page
from app.web.signing_in import COOKIE

router = APIRouter(tags=["access"])
EXAMPLE = {"seat": "Li", "token": "eyJzZWF0IjoiTGkifQ.aSMl…", "teacher": False, "waiting": False}


class Coming(BaseModel):
    """Who wants to come in."""

    model_config = ConfigDict(extra="forbid", strict=True)

    code: str = Field(max_length=200)
    name: str = Field(max_length=400, description="A display name; a number is added where it is taken.")


@router.post(
    "/api/session",
    summary="Take a seat",
    responses=answers(200, EXAMPLE, 400, 403, 413, 415, 429),
    openapi_extra=asks({"code": "maple-river-lantern-42", "name": "Li"}, Coming),
)
async def take(request: Request, house: HouseHere) -> Response:
    """Gives a seat: as a cookie for browsers, and as `token` for `Authorization: Bearer`.

    While it is `waiting`, everything it asks for is refused with 401, until the teacher admits it.
    """
    coming = await body_as(request, Coming)
    seat = await house.sessions.take(coming.code, coming.name, _address(request))
    token = house.sessions.sealed(seat)
    answer = Json({"seat": seat, "token": token, "teacher": seat == TEACHER, "waiting": house.sessions.waits(seat)})
    _keep(answer, house, token)
    return answer


@router.delete("/api/session", status_code=204, summary="Leave the seat", responses=answers(204, None))
async def leave(request: Request, house: HouseHere) -> Response:
    """Forgets who this browser is. The seat's tokens are no longer good, wherever copies of them are."""
    await house.sessions.leave(request.cookies.get(COOKIE), request.headers.get("authorization"))
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, samesite="lax", httponly=True)
    return answer


@router.get("/login", include_in_schema=False)
async def login_page(request: Request, house: HouseHere) -> Response:
    """Where the code is typed."""
    if house.settings.open:
        return away("/")
    actor = actor_of(request)
    if actor.waiting and "again" not in request.query_params:
        return page(request, "login", {"waiting": actor.seat, "next": ours(request.query_params.get("next", "/"))})
    return _page(request, seat="" if actor.waiting else actor.seat, ended=COOKIE in request.cookies and not actor.seat)


@router.post("/login", include_in_schema=False)
async def login(request: Request, house: HouseHere) -> Response:
    """Takes the form of the page; without JavaScript as well."""
    if house.settings.open:
        return away("/")
    form = await _form(request)
    try:
        seat = await house.sessions.take(form.get("code", ""), form.get("name", ""), _address(request))
    except Refusal as refusal:
        return _page(request, refusal, form)
    answer = away(form.get("next", "/"))
    _keep(answer, house, house.sessions.sealed(seat))
    return answer


def _page(
    request: Request,
    refusal: Refusal | None = None,
    form: dict[str, str] | None = None,
    *,
    seat: str = "",
    ended: bool = False,
) -> Response:
    told = described(refusal.problem, language_of(request)) if refusal else None
    typed = form or {"code": "", "name": "", "next": request.query_params.get("next", "/")}
    shown = {"waiting": "", "next": typed["next"], "problem": told, "form": typed, "seat": seat, "ended": ended}
    return page(request, "login", shown, refusal.status if refusal else 200)


async def _form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise Refusal(415, "Send the form of the login page.")
    text = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=10, errors="replace")
    except ValueError:
        raise Refusal(400) from None
    return {"code": "", "name": "", "next": "/"} | {
        name: values[0][:400] for name, values in fields.items() if name in ("code", "name", "next")
    }


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _keep(answer: Response, house: House, token: str) -> None:
    # No `secure`: schools serve this over plain http, where such a cookie would never come back.
    answer.set_cookie(COOKIE, token, max_age=house.sessions.age, httponly=True, samesite="lax")
