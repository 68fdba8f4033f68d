"""Names as people and their files give them: any script, one line, bounded."""

import unicodedata

CUT = "…"
JOINERS = "\u200c\u200d"  # invisible, and part of how some scripts and emoji are written


def clean_name(text: str, most: int) -> str:
    """A name in NFC, on one line, without what cannot be seen, of at most `most` characters."""
    shown = "".join(
        " " if _breaks(character) else character for character in unicodedata.normalize("NFC", text) if _kept(character)
    )
    shown = " ".join(shown.split())
    if len(shown) > most:
        shown = shown[: most - 1].rstrip() + CUT
    return shown


def _breaks(letter: str) -> bool:
    return unicodedata.category(letter) in ("Zl", "Zp") or letter in "\t\n\r\v\f"


def _kept(letter: str) -> bool:
    """Format characters could hide or turn text; half a surrogate cannot be saved."""
    return letter in JOINERS or _breaks(letter) or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
