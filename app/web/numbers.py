"""Numbers in sentences as the page writes them (`static/js/i18n/numbers.js`): 0.588, 4.1·10⁻⁴, 12,000; never "nan".

Chinese (`chinese=True`) has no blank before a per cent sign and writes powers with a cross: 96.7%, 4.1×10⁻⁴.
"""

import math

from app.parts.metrics import BY_NAME, split_of

NOTHING = "–"  # where there is no number
SMALL, LARGE = 1e-3, 1e7  # numbers beyond are written as powers of ten
DIGITS = 3
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def written(value: float, digits: int = DIGITS, *, chinese: bool = False) -> str:
    """A number with `digits` that matter; whole numbers keep all of theirs below ten million."""
    if math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == int(value) and abs(value) < LARGE:
        return whole(int(value))
    rounded = float(f"{abs(value):.{digits - 1}e}")
    if rounded < SMALL or rounded >= LARGE:
        return _power_of_ten(value, min(digits, 2), "×" if chinese else "·")
    decimals = max(0, digits - 1 - math.floor(math.log10(rounded)))
    text = f"{value:,.{decimals}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def whole(count: int) -> str:
    """A whole number with all its digits, since it may be a limit: 12,345."""
    return f"{count:,}".replace("-", "−")


def metric_written(name: str, value: float, *, chinese: bool = False) -> str:
    """The value of a metric, named with or without its split, as the metric is written."""
    metric = split_of(name)[1] or BY_NAME.get(name)
    written_as = percent if metric and metric.written == "percent" else written
    return written_as(value, chinese=chinese)


def percent(fraction: float, *, chinese: bool = False) -> str:
    """0.9667 is 96.7 %. 1 is 100 %, and nothing less ever reads so."""
    if not math.isfinite(fraction):
        return written(fraction)
    sign = "%" if chinese else " %"
    share = math.floor(fraction * 1000 + 0.5) / 10
    if share == 100 and fraction < 1:
        share = 99.9
    if share == 0 and fraction > 0:
        return f"< 0.1{sign}"
    return (f"{share:.0f}" if share == int(share) else f"{share:.1f}").replace("-", "−") + sign


def _power_of_ten(value: float, digits: int, times: str) -> str:
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    power = "10" + str(int(exponent)).translate(SUPERSCRIPTS)
    number = f"{float(mantissa):g}"
    if abs(float(mantissa)) == 1:
        return f"−{power}" if value < 0 else power
    return f"{number}{times}{power}".replace("-", "−")
