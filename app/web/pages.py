"""The pages: their templates with sentences in the asked language, and the scripts they need."""

import json
import secrets
from functools import cache
from typing import Any

import jinja2
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.shipped import shipped
from app.web.house import ActorHere, HouseHere
from app.web.language import COOKIE, language_of
from app.web.statics import Statics

router = APIRouter(include_in_schema=False)
TEMPLATES = shipped("templates")
YEAR = 31_536_000  # seconds
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


@router.get("/")
async def playground(request: Request, actor: ActorHere, house: HouseHere) -> Response:
    """Where networks are built and trained."""
    return page(request, "playground", {"seat": actor.seat, "open": house.settings.open})


@router.get("/runs")
async def runs(request: Request, actor: ActorHere, house: HouseHere) -> Response:
    """Where runs are found and compared."""
    return page(request, "runs", {"seat": actor.seat, "open": house.settings.open})


def page(request: Request, name: str, more: dict[str, Any] | None = None, status: int = 200) -> Response:
    """The page `name`: templates/name.html with static/js/pages/name.js and static/css/pages/name.css.

    Templates are given `t`, `language` (a code), `lang` (a tag), `asset`, `import_map`, `preloads`, `script`, `sheet`,
    `nonce`, `page`, and what the route adds.
    """
    statics: Statics = request.app.state.statics
    statics.refresh()
    asked = language_of(request)
    nonce = secrets.token_urlsafe(16)
    script = statics.page_file(f"js/pages/{name}.js")
    text = (
        _templates()
        .get_template(f"{name}.html")
        .render(
            t=asked.t,
            language=asked.code,
            lang=asked.tag,
            asset=statics.address,
            import_map=json.dumps(statics.import_map()),
            preloads=statics.preloads(script),
            script=statics.address(script),
            sheet=statics.address(statics.page_file(f"css/pages/{name}.css")),
            nonce=nonce,
            page=name,
            **(more or {}),
        )
    )
    answer = HTMLResponse(text, status)
    answer.headers["content-security-policy"] = POLICY.format(nonce=nonce)
    answer.headers["cache-control"] = "no-cache"
    answer.headers["vary"] = "Accept-Language, Cookie"
    if request.query_params.get("language"):
        answer.set_cookie(COOKIE, asked.code, max_age=YEAR, samesite="lax")
    return answer


def away(path: str) -> Response:
    """To another page of ours."""
    return RedirectResponse(ours(path), 303)


def ours(path: str) -> str:
    """The path, where it leads to a page of ours; anything else than a plain path leads to the playground."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if plain else "/"


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
