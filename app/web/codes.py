"""The codes one comes in with and the key that signs cookies: given, or made once and kept in the data folder."""

import errno
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.parts.problem import Problem
from app.settings import Settings

# Short, common, easy to read aloud, none a homophone of another.
WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").split()
READABLE = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: 5 bits each, none looks like another
SHORTEST_CLASS_CODE = 8  # characters
SHORTEST_TEACHER_CODE = 16
SHORTEST_KEY = 32
SHORT = re.compile(r"([a-z]+-){3}\d\d")  # a teacher's code as it was made before it had 80 bits
WITHOUT_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def class_code(settings: Settings) -> str:
    """What a class types to come in. Raises `Problem` where the server would not be safe with it."""
    if settings.token:
        return _long_enough(settings.token, SHORTEST_CLASS_CODE, "TRAINYARD_TOKEN")
    return _kept(settings.data / "class-code", readable_code, SHORTEST_CLASS_CODE)


def teacher_code(settings: Settings) -> str:
    """What a teacher's programs send; it may do everything. Raises `Problem`."""
    if settings.teacher_token:
        code = _long_enough(settings.teacher_token, SHORTEST_TEACHER_CODE, "TRAINYARD_TEACHER_TOKEN")
    else:
        path = settings.data / "teacher-code"
        code = _kept(path, long_code, SHORTEST_TEACHER_CODE)
        if SHORT.fullmatch(code):  # about 28 bits, which can be guessed
            path.unlink()
            code = _kept(path, long_code, SHORTEST_TEACHER_CODE)
    if same(code, class_code(settings)):
        raise Problem("The class code and the teacher's code are the same, so everybody would be a teacher.")
    return code


def signing_key(settings: Settings) -> str:
    """What cookies are signed with. Raises `Problem`."""
    return _kept(settings.data / "signing-key", lambda: secrets.token_urlsafe(32), SHORTEST_KEY)


def readable_code() -> str:
    """Three words and a number, such as maple-river-lantern-42: about 400 million of them."""
    words = [secrets.choice(WORDS) for _ in range(3)]
    return "-".join([*words, str(secrets.randbelow(90) + 10)])


def long_code() -> str:
    """Four times four letters and digits, such as 8k3q-v0xn-27jd-mhe5: 80 bits."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))


def same(given: str, right: str) -> bool:
    """Whether two codes are equal, in a time that tells nothing; capitals and spaces around do not count.

    Nothing equals an empty code.
    """
    expected = right.strip().casefold().encode()
    return secrets.compare_digest(given.strip().casefold().encode(), expected) and expected != b""


def _kept(path: Path, make: Callable[[], str], shortest: int) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _keep_whole(path, make() + "\n")
    try:
        code = path.read_text("utf-8").strip()
    except UnicodeDecodeError:
        code = ""
    return _long_enough(code, shortest, str(path))


def _keep_whole(path: Path, text: str) -> None:
    """Writes a file that is there with all of its text or not at all, whatever happens meanwhile."""
    part = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(file, "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        with suppress(FileExistsError):  # another start was quicker: its code holds
            _link(part, path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _link(part: Path, path: Path) -> None:
    try:
        os.link(part, path)
    except OSError as error:
        if error.errno not in WITHOUT_LINKS:
            raise
        part.rename(path)  # a file system without links, such as that of a memory card


def _long_enough(code: str, shortest: int, where: str) -> str:
    code = code.strip()
    if not code:
        raise Problem(
            "{where} is empty, perhaps since the disk was full. Delete it and start again: a new one is made.",
            where=where,
        )
    if len(code) < shortest:
        raise Problem(
            "{where} has {count} characters and is too easy to guess; take at least {least}.",
            where=where,
            count=len(code),
            least=shortest,
        )
    return code
