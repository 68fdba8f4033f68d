"""What a server says when it starts: every address it can be reached at, the code, and a picture of both to scan."""

import io
import ipaddress
import socket
from contextlib import suppress
from pathlib import Path

import segno

from app.settings import Settings
from app.web.codes import class_code, teacher_code

ROUTES = Path("/proc/net/fib_trie")


def announce(settings: Settings) -> list[str]:
    """The lines for the terminal. Makes the codes where there are none yet."""
    if settings.local:
        name = f"[{settings.host}]" if ":" in settings.host else settings.host
        lines = [f"Trainyard is at http://{name}:{settings.port}"]
        return lines if settings.open else [*lines, *_codes(settings)]
    addresses = addresses_of(settings)
    lines = ["Trainyard is at", *(f"  {address}" for address in addresses), *_codes(settings)]
    if addresses:
        lines += ["", *_picture(addresses[0] + "/login")]
    return lines


def addresses_of(settings: Settings) -> list[str]:
    """The addresses by which other machines reach the server, the likeliest first; configured names before numbers."""
    names = sorted(settings.names)
    if settings.host not in ("0.0.0.0", "::", ""):
        names.append(settings.host)
    else:
        names += lan_addresses()
    shown = [f"[{name}]" if ":" in name else name for name in dict.fromkeys(names)]
    port = "" if settings.port == 80 else f":{settings.port}"
    return [f"http://{name}{port}" for name in shown]


def lan_addresses() -> list[str]:
    """This machine's IPv4 addresses but for its own loop, that of the way out first."""
    found: dict[str, None] = {}
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.connect(("192.0.2.1", 9))  # sends nothing: it only asks which way a packet would leave
        found[out.getsockname()[0]] = None
    with suppress(OSError):
        found.update(dict.fromkeys(_interfaces()))
    return [address for address in found if not ipaddress.ip_address(address).is_loopback]


def _interfaces() -> list[str]:
    """The address of every interface, as Linux lists them: "|-- 192.168.1.7 /32 host LOCAL"."""
    words = ROUTES.read_text().split()
    ends = [at for at, word in enumerate(words) if word == "|--" and words[at + 2 : at + 5] == ["/32", "host", "LOCAL"]]
    return [words[at + 1] for at in ends]


def _codes(settings: Settings) -> list[str]:
    return [
        "",
        f"Class code:   {class_code(settings)}",
        f"Teacher code: {teacher_code(settings)}   (for you alone: it may stop and delete every run)",
    ]


def _picture(address: str) -> list[str]:
    text = io.StringIO()
    segno.make(address, error="m").terminal(text, border=2, compact=True)
    return text.getvalue().splitlines()
