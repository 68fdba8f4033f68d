"""Puts values into sentences, as `static/js/i18n/t.js` does in the page.

Chinese has a blank between Chinese and Western text, and none within Chinese; which of the two a value is, only the
value says. So blanks beside values are set here, and what people wrote themselves stays as it is.
"""

import re
from collections.abc import Mapping
from typing import Any

EDGE = "\0"  # where a value begins or ends
HAN = "[\u3400-\u9fff]"
# Latin and Greek letters, digits, raised and lowered ones, the minus sign
WESTERN = "[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u2070-\u2094\u2212]"
TOUCHING = re.compile(f"(?<={HAN}){EDGE}+(?={WESTERN})|(?<={WESTERN}){EDGE}+(?={HAN})")
APART = re.compile(f"(?<={HAN})(?: {EDGE}+|{EDGE}+ )(?={HAN})")


def filled(template: str, values: Mapping[str, Any], *, chinese: bool = False) -> str:
    """The template with its values, as `str.format` puts them in; in Chinese with the blanks that they need.

    Raises `KeyError`, `IndexError` or `ValueError` where the template has braces that are no places for values.
    """
    if not chinese:
        return template.format(**values)
    marked = {name: f"{EDGE}{str(value).replace(EDGE, '')}{EDGE}" for name, value in values.items()}
    return TOUCHING.sub(" ", APART.sub("", template.format(**marked))).replace(EDGE, "")
