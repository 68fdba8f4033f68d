"""The codes one comes in with and the key that signs cookies: given, or made once and kept in the data folder."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from app.settings import Settings

# Short, common, easy to read aloud, none a homophone of another.
WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").split()


def class_code(settings: Settings) -> str:
    """What a class types to come in."""
    return settings.token or _kept(settings.data / "class-code", readable_code)


def teacher_code(settings: Settings) -> str:
    """What a teacher's programs send; it may do everything."""
    return settings.teacher_token or _kept(settings.data / "teacher-code", readable_code)


def signing_key(settings: Settings) -> str:
    """What cookies are signed with."""
    return _kept(settings.data / "signing-key", lambda: secrets.token_urlsafe(32))


def readable_code() -> str:
    """Three words and a number, such as maple-river-lantern-42: about 400 million of them."""
    words = [secrets.choice(WORDS) for _ in range(3)]
    return "-".join([*words, str(secrets.randbelow(90) + 10)])


def same(given: str, right: str) -> bool:
    """Whether two codes are equal, in a time that tells nothing; capitals and spaces around do not count."""
    return secrets.compare_digest(given.strip().casefold().encode(), right.strip().casefold().encode())


def _kept(path: Path, make: Callable[[], str]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("utf-8").strip()
    with os.fdopen(file, "w", encoding="utf-8") as opened:
        code = make()
        opened.write(code + "\n")
    return code
