"""Coming in: a code and a display name give a seat, kept in a signed cookie. No e-mail, no password."""

import asyncio
import hashlib
import hmac
import ipaddress
import secrets
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session, sessionmaker

from app.settings import Settings
from app.store.seats import TEACHER, Seats
from app.web.access import LOCAL, Actor
from app.web.codes import class_code, same, signing_key, teacher_code
from app.web.errors import Refusal
from app.web.guesses import Guesses
from app.web.names import clean_name
from app.web.seat_limits import SeatLimits

COOKIE = "trainyard"
PROGRAM = "program"  # the seat of programs that send only the class code


class Sessions:
    """Tells who asks, from a cookie or from `Authorization: Bearer`, and gives out seats. `seats` is None if open."""

    def __init__(self, settings: Settings, database: sessionmaker[Session], limits: SeatLimits) -> None:
        self._limits = limits
        self.age = settings.session_days * 86_400  # seconds for which a token is good
        self.seats: Seats | None = None
        self._code = self._teacher = ""
        self.approval = settings.approve_seats and not settings.open
        key = secrets.token_urlsafe(32)  # for nobody's tokens: an open server never looks at them
        if not settings.open:
            self._code, self._teacher, key = class_code(settings), teacher_code(settings), signing_key(settings)
            self.seats = Seats(
                database,
                _standing_for(self._code, key),
                _standing_for(self._teacher, key),
                approval=settings.approve_seats,
            )
        self._serializer = URLSafeTimedSerializer(key, salt="seat")
        self._guesses = Guesses()

    async def actor(self, cookie: str | None, authorization: str | None = None, address: str = "") -> Actor | None:
        """Who this is; None where nobody we know. Raises `Refusal` 429 where too many codes are tried."""
        if self.seats is None:
            return LOCAL
        if authorization:
            return await self._bearer(_token_in(authorization), address)
        return self._seated(cookie) if cookie else None

    async def take(self, code: str, name: str, address: str) -> str:
        """A seat for a right code. Raises `Refusal` 403, 422 or 429."""
        if self.seats is None:
            return LOCAL.seat
        if not await self._guesses.judge(address, lambda: same(code, self._code) | same(code, self._teacher)):
            raise Refusal(403, "This code is not right. It stands where the server was started.", place="/code")
        if same(code, self._teacher):
            return TEACHER
        wanted = clean_name(name)
        self._limits.new_seat(_network(address))
        return await asyncio.to_thread(self.seats.take, wanted)

    def waits(self, seat: str) -> bool:
        """Whether the teacher has not admitted this seat yet."""
        return self.seats is not None and self.seats.waits(seat)

    async def leave(self, cookie: str | None, authorization: str | None) -> None:
        """Makes the tokens of a seat useless, wherever copies of them are. A code stays good."""
        token = _token_in(authorization) or cookie
        actor = self._seated(token) if token else None
        if actor is not None and self.seats is not None:
            await asyncio.to_thread(self.seats.revoke, actor.seat)

    def sealed(self, seat: str) -> str:
        """What the cookie of a seat holds; programs may send it as their bearer token."""
        return self._serializer.dumps({"seat": seat, "generation": self.seats.generation(seat) if self.seats else 0})

    async def _bearer(self, token: str, address: str) -> Actor | None:
        if same(token, self._teacher):  # too long to be guessed, so it never waits
            return Actor(TEACHER, teacher=True)
        if self._is_signed(token):
            return self._seated(token)
        if not await self._guesses.judge(address, lambda: same(token, self._code)):
            return None
        return Actor(PROGRAM, shared=True, waiting=self.approval)  # nobody could admit one of those who share it

    def _is_signed(self, token: str) -> bool:
        """Whether this server signed the token, even if it is no longer valid. Such a token is no guess."""
        return self._serializer.loads_unsafe(token)[0]

    def _seated(self, token: str) -> Actor | None:
        try:
            held: dict[str, Any] = self._serializer.loads(token, max_age=self.age)
        except BadSignature:
            return None
        seat = held["seat"]
        if self.seats is None or held.get("generation", 0) != self.seats.generation(seat):
            return None
        return Actor(seat, teacher=seat == TEACHER, waiting=self.seats.waits(seat))


def _token_in(authorization: str | None) -> str:
    """What follows `Bearer`; nothing where that is not what was sent."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _standing_for(code: str, key: str) -> str:
    """A keyed hash of a code, which may be written down: without the key it says nothing about the code."""
    return hmac.new(key.encode(), code.strip().casefold().encode(), hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    """The network of an address that one household or school shares: the address itself, of IPv6 its first 64 bits."""
    try:
        return str(ipaddress.ip_network((address, 64 if ":" in address else 32), strict=False))
    except ValueError:
        return address
