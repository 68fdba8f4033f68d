"""Coming in: a code and a display name give a seat, kept in a signed cookie. No e-mail, no password."""

import asyncio
import unicodedata

from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.settings import Settings
from app.web.access import LOCAL, Actor
from app.web.codes import class_code, same, signing_key, teacher_code
from app.web.errors import Refusal

COOKIE = "trainyard"
LONGEST_NAME = 40  # graphemes
LARGEST_NAME = 800  # bytes; one grapheme may have many
PROGRAM = "program"  # the seat of whoever sends only the class code
WRONG_SECONDS = 0.25  # how long every wrong code waits for its answer, one after another
LONGEST_WAIT = 10.0  # seconds


class Sessions:
    """Tells who asks, from a cookie or from `Authorization: Bearer`, and gives out seats."""

    def __init__(self, settings: Settings) -> None:
        self._open = settings.open
        self._age = settings.session_days * 86_400
        self._code = "" if self._open else class_code(settings)
        self._teacher = "" if self._open else teacher_code(settings)
        self._serializer = URLSafeTimedSerializer("" if self._open else signing_key(settings), salt="seat")
        self._wrong = asyncio.Lock()

    def actor(self, cookie: str | None, authorization: str | None) -> Actor | None:
        """Who this is; None where nobody we know."""
        if self._open:
            return LOCAL
        if authorization:
            return self._bearer(authorization)
        return self._seated(cookie) if cookie else None

    def sealed(self, seat: str) -> str:
        """What the cookie of a seat holds; programs may send it as their bearer token."""
        return self._serializer.dumps({"seat": seat})

    @property
    def age(self) -> int:
        """How long a seat lasts, in seconds."""
        return self._age

    async def demand_code(self, given: str) -> None:
        """Raises `Refusal` 403 where the code is wrong.

        Wrong codes wait in one line for the whole server, so guessing is slow from however many addresses; a right
        code never waits, so a class behind one address is never locked out by somebody who guesses.
        """
        if self._open or same(given, self._code) or same(given, self._teacher):
            return
        await self.penance()
        raise Refusal(403, "This code is not right. It stands where the server was started.", place="/code")

    async def penance(self) -> None:
        """Waits as long as a wrong code must."""
        try:
            async with asyncio.timeout(LONGEST_WAIT), self._wrong:
                await asyncio.sleep(WRONG_SECONDS)
        except TimeoutError:
            return

    def is_teacher(self, code: str) -> bool:
        """Whether this is the teacher's code."""
        return not self._open and same(code, self._teacher)

    def _bearer(self, authorization: str) -> Actor | None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        if same(token, self._teacher):
            return Actor("teacher", teacher=True)
        if same(token, self._code):
            return Actor(PROGRAM)
        return self._seated(token.strip())

    def _seated(self, token: str) -> Actor | None:
        try:
            held = self._serializer.loads(token, max_age=self._age)
        except BadSignature:
            return None
        return Actor(held["seat"], teacher=held["seat"] == "teacher")


def clean_name(name: str) -> str:
    """A display name in NFC, with single spaces and without what cannot be seen. Raises `Refusal` 422."""
    shown = "".join(letter for letter in unicodedata.normalize("NFC", name) if _visible(letter))
    shown = " ".join(shown.split())
    if not any(unicodedata.category(letter)[0] in "LNS" for letter in shown):
        raise Refusal(422, "Choose a name of at least one letter.", place="/name")
    if graphemes(shown) > LONGEST_NAME or len(shown.encode()) > LARGEST_NAME:
        raise Refusal(422, "Choose a name of at most {most} letters.", place="/name", most=LONGEST_NAME)
    return shown


def graphemes(text: str) -> int:
    """How many characters a person sees: combining marks and joined emoji count with what they are joined to."""
    count = 0
    joined = False
    for letter in text:
        extends = unicodedata.category(letter) in ("Mn", "Me", "Mc") or 0x1F3FB <= ord(letter) <= 0x1F3FF
        count += not (extends or joined or letter == "\u200d")
        joined = letter == "\u200d"
    return count


def _visible(letter: str) -> bool:
    # Zero-width joiner and variation selectors make emoji; other format and control characters could hide or turn text.
    return letter == "\u200d" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
