"""From bytes to text: which encoding a file has, and a sentence where it has none or two."""

import codecs
from contextlib import suppress
from typing import Literal, get_args

from charset_normalizer import from_bytes

from app.parts.problem import Problem
from app.training.files.letters import strangeness

Encoding = Literal[
    "utf-8",
    "utf-16",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1254",
    "iso8859-2",
    "koi8-r",
    "mac-roman",
]
ENCODINGS: tuple[str, ...] = get_args(Encoding)
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# With two bytes for a letter; where charset-normalizer finds several equally likely, the first of these.
WIDE = ("gb18030", "big5", "shift_jis", "euc_kr")
# The first bytes of a letter that is common in each.
COMMON = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "shift_jis": (0x82, 0x97), "euc_kr": (0xB0, 0xC8)}
LEAST_HIGH = 0.25  # share of wide letters whose second byte is not ASCII, too
MOSTLY = 0.5  # share of common letters from which on text may be in a wide encoding
# With one byte for a letter; where several are equally likely, the first of these.
NARROW = ("windows-1252", "windows-1250", "windows-1251", "mac-roman", "koi8-r", "iso8859-2", "windows-1254")
# In names of a zip: the zip standard's own, and those of DOS and Windows in other countries.
NARROW_IN_ZIPS = ("cp437", "cp850", "cp852", "cp866", *NARROW)
NO_TEXT_AT_ALL = 0.7  # strangeness from which on no narrow encoding is believed
AS_LIKELY = 0.04  # difference of strangeness that means little, so that it is asked
SAMPLED = 100_000  # bytes that are looked at
LONGEST_LETTER = 4  # bytes of a letter in a wide encoding
MOST_CHAOS = 0.6  # more is no text; charset-normalizer's own 0.2 gives up on short lists of names
ALIKE = 0.05  # difference of charset-normalizer's chaos that means nothing; measured on short random tables
MIXED = (
    "Line {line} is written in another encoding than the rest of the file. Open it in an editor and save it as UTF-8."
)
UNKNOWN = "The letters of this file cannot be read: its encoding is unknown. Save it as UTF-8."
NO_TEXT = "This file holds bytes that no text has. Save a table as CSV (UTF-8), a text as plain text (UTF-8)."


def decoded(content: bytes, asked: str = "") -> tuple[str, str]:
    """The text, and the name of its encoding; `asked` is the one that a person says it has. Raises `Problem`."""
    encoding = asked or likely_encodings(content)[0]
    if encoding == "utf-8":
        encoding = "utf-8-sig"  # a mark at the start is no letter
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Problem(UNKNOWN if asked else MIXED, line=content.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text:
        raise Problem(NO_TEXT)
    return text.removeprefix("\ufeff"), encoding.removesuffix("-sig")


def likely_encodings(content: bytes, narrow: tuple[str, ...] = NARROW) -> list[str]:
    """The encodings that fit equally well, the one that is taken first. Raises `Problem` where none does."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return [name]
    if b"\0" in content[:SAMPLED]:
        return [_utf_16(content)]
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _without_unicode(content, narrow)
    return ["utf-8"]


def _utf_16(content: bytes) -> str:
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


def _without_unicode(content: bytes, narrow: tuple[str, ...]) -> list[str]:
    lines = [(number, line) for number, line in enumerate(content.split(b"\n"), 1) if not line.isascii()]
    strange = [number for number, line in lines if not _is_utf8(line)]
    if 3 * len(strange) <= len(lines):  # by chance a few lines may look like UTF-8, but not most of them
        raise Problem(MIXED, line=strange[0])
    sample = b"\n".join(line for _, line in lines)
    if len(sample) > SAMPLED:  # whole lines: half a letter is in no encoding
        sample = sample[:SAMPLED].rpartition(b"\n")[0] or _whole_letters(sample)
    wide = [name for name in WIDE if _common(sample, name) >= MOSTLY]
    return [found] if wide and (found := _likeliest(sample, wide)) else _narrow(sample, narrow)


def _whole_letters(line: bytes) -> bytes:
    """The beginning of a line that is longer than what is looked at, where a letter ends in a wide encoding."""
    ends = (line[: SAMPLED - cut] for cut in range(LONGEST_LETTER))
    return max(ends, key=lambda end: max(_common(end, name) for name in WIDE))


def _common(sample: bytes, encoding: str) -> float:
    """The share of letters beyond ASCII that are common in a wide encoding; 0 where the text is none."""
    try:
        letters = [letter for letter in sample.decode(encoding) if not letter.isascii()]
    except UnicodeDecodeError:
        return 0.0
    codes = [code for letter in letters if len(code := letter.encode(encoding)) == 2]
    if sum(code[1] > 0x7F for code in codes) < LEAST_HIGH * len(codes):
        return 0.0  # an accent before an ASCII letter
    first, last = COMMON[encoding]
    lowest = 0xA1 if encoding == "gb18030" else 0x40
    return sum(first <= code[0] <= last and code[1] >= lowest for code in codes) / max(len(letters), 1)


def _likeliest(sample: bytes, wide: list[str]) -> str | None:
    found = from_bytes(sample, cp_isolation=wide, threshold=MOST_CHAOS)
    matches = [match for match in found if match.encoding in wide]
    if not matches:
        return None
    least = min(match.chaos for match in matches)
    likely = {match.encoding for match in matches if match.chaos <= least + ALIKE}
    return next(name for name in wide if name in likely)


def _narrow(sample: bytes, candidates: tuple[str, ...]) -> list[str]:
    """The narrow encodings in which the letters are those of a language; those that give the same text count once."""
    found: dict[str, tuple[float, str]] = {}
    for name in candidates:
        with suppress(UnicodeDecodeError):
            text = sample.decode(name)
            found.setdefault(text, (strangeness(text), name))
    if not found or min(found.values())[0] >= NO_TEXT_AT_ALL:
        raise Problem(UNKNOWN)
    least = min(cost for cost, _ in found.values())
    likely = [name for cost, name in found.values() if cost <= least + AS_LIKELY]
    best = next(name for cost, name in found.values() if cost == least)
    return [best, *(name for name in likely if name != best)]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
