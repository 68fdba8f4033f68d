"""From bytes to text: which encoding a file has, and a sentence where it has none or two."""

import codecs
from contextlib import suppress
from typing import Literal, get_args

from charset_normalizer import from_bytes

from app.parts.problem import Problem

Encoding = Literal[
    "utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc_kr", "windows-1252", "windows-1250", "windows-1251"
]
ENCODINGS: tuple[str, ...] = get_args(Encoding)
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What charset-normalizer is asked to choose from; where it finds several equally likely, the first of these.
CANDIDATES = ("gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "cp1250", "cp1251", "iso8859_2", "koi8_r")
SAMPLED = 100_000  # bytes that are looked at
MOST_CHAOS = 0.6  # more is no text; charset-normalizer's own 0.2 gives up on short lists of names
ALIKE = 0.05  # difference of charset-normalizer's chaos that means nothing; measured on short random tables
MIXED = (
    "Line {line} is written in another encoding than the rest of the file. Open it in an editor and save it as UTF-8."
)
UNKNOWN = "The letters of this file cannot be read: its encoding is unknown. Save it as UTF-8."
NO_TEXT = "This file holds bytes that no text has, so it is no table. Save the table as CSV (UTF-8)."


def decoded(content: bytes, asked: str = "") -> tuple[str, str]:
    """The text, and the name of its encoding; `asked` is the one that a person says it has. Raises `Problem`."""
    encoding = asked or encoding_of(content)
    if encoding == "utf-8":
        encoding = "utf-8-sig"  # a mark at the start is no letter
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Problem(UNKNOWN if asked else MIXED, line=content.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text:
        raise Problem(NO_TEXT)
    return text.removeprefix("\ufeff"), encoding.removesuffix("-sig").replace("cp125", "windows-125")


def encoding_of(content: bytes) -> str:
    """The name of the encoding that fits best. Raises `Problem` where none does."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    if b"\0" in content[:SAMPLED]:
        return _wide(content)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _narrow(content)
    return "utf-8"


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: read the wrong way round, its line ends and commas would be no ASCII."""
    ascii_letters: dict[str, int] = {}
    for name in ("utf-16-le", "utf-16-be"):
        with suppress(UnicodeDecodeError):
            text = content.decode(name)
            if "\0" not in text and ("\n" in text or "\r" in text):
                ascii_letters[name] = sum(letter.isascii() for letter in text[:SAMPLED])
    if not ascii_letters:
        raise Problem(NO_TEXT)
    return max(ascii_letters, key=lambda name: ascii_letters[name])


def _narrow(content: bytes) -> str:
    lines = [(number, line) for number, line in enumerate(content.split(b"\n"), 1) if not line.isascii()]
    strange = [number for number, line in lines if not _is_utf8(line)]
    if 3 * len(strange) <= len(lines):  # by chance a few lines may look like UTF-8, but not most of them
        raise Problem(MIXED, line=strange[0])
    sample = b"\n".join(line for _, line in lines)[:SAMPLED]
    found = from_bytes(sample, cp_isolation=list(CANDIDATES), threshold=MOST_CHAOS)
    matches = [match for match in found if match.encoding in CANDIDATES]
    if not matches:
        raise Problem(UNKNOWN)
    least = min(match.chaos for match in matches)
    likely = {match.encoding for match in matches if match.chaos <= least + ALIKE}
    return next(name for name in CANDIDATES if name in likely)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
