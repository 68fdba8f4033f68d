"""The gate that every request and every socket passes. Requests without valid credentials are refused."""

import asyncio
import ipaddress
import re
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Settings
from app.web.access import STRANGER, Actor
from app.web.bodies import Bodies
from app.web.errors import Refusal, refusal_answer
from app.web.language import language_of
from app.web.seat_limits import SeatLimits
from app.web.signing_in import COOKIE, Sessions

# All that is open without a code: where the code is typed, what that page is made of, and whether we are well.
OPEN = ("/login", "/api/session", "/api/health", "/favicon.ico")
OPEN_BELOW = ("/static/",)
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
ACTOR = "trainyard.actor"  # the key in the scope
WAITING = "{name} waits for the teacher, who lets each new seat in."
WAITING_PROGRAM = "The teacher lets each seat in here. Take one of your own with POST /api/session, and send its token."
RETRY = 5  # seconds after which the teacher may have let somebody in
HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?")
OURS = ("same-origin", "none")  # Sec-Fetch-Site of our own pages, and of an address that a person types
DRAINED = 256_000_000  # bytes of a refused body that are read and thrown away, so that the refusal can be read
DRAINING = 30.0  # seconds for that


def actor_of(connection: HTTPConnection) -> Actor:
    """Who asks, as the gate found out."""
    return connection.scope[ACTOR]


class Gate:
    """Host, origin, who it is, how often, how large; then security headers on the way out."""

    def __init__(self, app: ASGIApp, settings: Settings, sessions: Sessions, limits: SeatLimits) -> None:
        self.app = app
        self._settings = settings
        self._sessions = sessions
        self._limits = limits
        self._bodies = Bodies(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        shielded = _with_headers(send, connection)
        try:
            self._demand_host_and_origin(scope, connection.headers)
            scope[ACTOR] = actor = await self._admitted(connection)
            async with self._bodies.limited(scope, receive, actor) as limited:
                await self.app(scope, limited, shielded)
        except Refusal as refusal:  # of the app none comes here: it answers its own
            await self._refuse(refusal, scope, receive, shielded)

    def _demand_host_and_origin(self, scope: Scope, headers: Headers) -> None:
        host = headers.get("host", "")
        if len(headers.getlist("host")) != 1 or not self._is_ours(host):
            raise Refusal(
                403, "This server does not answer to the name {name}. TRAINYARD_HOSTS can allow it.", name=host[:80]
            )
        if _reads_from_another_site(scope, headers):
            raise Refusal(403, "Another site asked for this, so it is refused.")
        origin = headers.get("origin")
        if origin is None or (scope["type"] == "http" and scope["method"] not in UNSAFE):
            return
        if not _same_place(origin, host):
            raise Refusal(403, "Another site ({origin}) asked for this, so it is refused.", origin=origin[:80])

    def _is_ours(self, host: str) -> bool:
        found = HOST.fullmatch(host)
        if not found:
            return False
        name = found[1].strip("[]").lower().rstrip(".")
        if name == "localhost" or name in self._settings.names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True  # rebinding a name needs a name

    async def _admitted(self, connection: HTTPConnection) -> Actor:
        path = connection.scope["path"]
        cookie = connection.cookies.get(COOKIE)
        if path.startswith(OPEN_BELOW):
            return STRANGER
        if path in OPEN:  # a code that comes along is not looked at: it could be guessed there
            return await self._sessions.actor(cookie) or STRANGER
        authorization = connection.headers.get("authorization")
        address = connection.client.host if connection.client else ""
        actor = await self._sessions.actor(cookie, authorization, address)
        if actor is None:
            raise Refusal(401)
        if actor.waiting:
            raise Refusal(401, WAITING_PROGRAM if actor.shared else WAITING, retry_after=RETRY, name=actor.seat)
        self._limits.request(actor.seat)
        return actor

    async def _refuse(self, refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
        answer = refusal_answer(refusal, language_of(HTTPConnection(scope)))
        if scope["type"] == "websocket":
            await _deny(answer, scope, receive, send)
        elif refusal.status == 413:
            await _answer_and_drain(answer, receive, send)
        elif refusal.status == 401 and scope["method"] == "GET" and _wants_page(scope):
            target = scope["path"] + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
            await RedirectResponse(f"/login?next={quote(target)}", 303)(scope, receive, send)
        else:
            await answer(scope, receive, send)


def _same_place(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _reads_from_another_site(scope: Scope, headers: Headers) -> bool:
    """Whether a browser says that the page of another site asks. A link of theirs to one of our pages is good."""
    if headers.get("sec-fetch-site", "none") in OURS:
        return False
    follows_a_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return not (follows_a_link and scope["type"] == "http" and scope["method"] in ("GET", "HEAD"))


def _wants_page(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "") and not scope["path"].startswith("/api/")


def _with_headers(send: Send, connection: HTTPConnection) -> Send:
    # Browsers ignore this one, and complain, on plain http from another machine.
    left_out = () if _trustworthy(connection) else ("cross-origin-opener-policy",)

    async def sending(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                if name not in left_out:
                    headers.setdefault(name, value)
        await send(message)

    return sending


def _trustworthy(connection: HTTPConnection) -> bool:
    """Whether a browser takes this origin for a safe one: https, or this machine."""
    found = HOST.fullmatch(connection.headers.get("host", ""))
    name = found[1].strip("[]").lower() if found else ""
    return connection.scope["scheme"] in ("https", "wss") or name in ("localhost", "127.0.0.1", "::1")


async def _deny(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Refuses a socket before it opens, with the reason as an HTTP answer where the server can give one."""
    await receive()  # websocket.connect
    if "websocket.http.response" in scope.get("extensions", {}):
        await answer(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008})


async def _answer_and_drain(answer: Response, receive: Receive, send: Send) -> None:
    # A connection that is closed while the body still comes in is reset, and the reason with it.
    raw: Sequence[tuple[bytes, bytes]] = [*answer.raw_headers, (b"connection", b"close")]
    await send({"type": "http.response.start", "status": answer.status_code, "headers": raw})
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    drained = 0
    more = True
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAINING):
            while more and drained < DRAINED:
                message = await receive()
                drained += len(message.get("body", b""))
                more = message["type"] == "http.request" and message.get("more_body", False)
    await send({"type": "http.response.body", "body": b""})
