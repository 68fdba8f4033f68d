"""The sentences of a language, for the page."""

from functools import cache

from fastapi import APIRouter
from starlette.responses import Response

from app.web.answers import encoded
from app.web.errors import Refusal
from app.web.examples import answers
from app.web.language import CODES, Code, language

router = APIRouter(tags=["server"])
SENTENCES = {"ui": {"Train": "训练"}}


@router.get("/api/locales/{code}", summary="Sentences of a language", responses=answers(200, SENTENCES, 404))
async def sentences(code: str) -> Response:
    """`{context: {English: translated}}`. English itself is empty: it stands in the code."""
    known = next((candidate for candidate in CODES if candidate == code), None)
    if known is None:
        raise Refusal(404, "There is no language called {given}.", given=repr(code[:40]))
    return Response(_sentences(known), media_type="application/json", headers={"cache-control": "no-cache"})


@cache
def _sentences(code: Code) -> bytes:
    return encoded(language(code).sentences)
