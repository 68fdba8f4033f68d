"""Files for the browser: read once, compressed once, served under a hash of all of them, so that none grows stale."""

import gzip
import hashlib
import mimetypes
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.web.errors import Refusal

STATIC = Path(__file__).parents[2] / "static"
FOREVER = "public, max-age=31536000, immutable"
IMPORT_MAP = {
    "preact": "vendor/preact.js",
    "preact/hooks": "vendor/preact-hooks.js",
    "@preact/signals": "vendor/signals.js",
    "@preact/signals-core": "vendor/signals-core.js",
    "uplot": "vendor/uplot.js",
}
# Static imports and re-exports only: what is imported when it is needed is fetched when it is needed.
IMPORTS = re.compile(r"""(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+?\s*from\s*)?["']([^"']+)["']""")
# A quarter of our scripts is said to people and type checkers; what stands before code on its line stays.
COMMENTS = re.compile(rb"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
COMPRESSED = {".js", ".css", ".svg", ".json", ".txt", ".html", ".map"}
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}

router = APIRouter()


@dataclass(frozen=True)
class Served:
    """One file: its bytes, and those compressed where that helps."""

    content: bytes
    compressed: bytes | None
    media: str


class Statics:
    """All files below `static`. They are read again when one of them has changed, which is asked with every page."""

    def __init__(self, root: Path = STATIC) -> None:
        self._root = root
        self._stamp: tuple[tuple[str, int, int], ...] | None = None
        self._files: dict[str, Served] = {}
        self._preloads: dict[str, list[str]] = {}
        self.hash = ""
        self.refresh()

    def refresh(self) -> None:
        """Reads all files again if one has changed."""
        paths = [path for path in sorted(self._root.rglob("*")) if path.is_file() and not path.name.startswith(".")]
        stamp = tuple((str(path), (status := path.stat()).st_mtime_ns, status.st_size) for path in paths)
        if stamp == self._stamp:
            return
        before = self._files
        self._files = {}
        self._preloads = {}
        digest = hashlib.sha256()
        for path in paths:
            name, content = path.relative_to(self._root).as_posix(), _sent(path)
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
            known = before.get(name)
            self._files[name] = known if known and known.content == content else _served(path, content)
        self._stamp = stamp
        self.hash = digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where a file stands, such as /static/1a2b…/js/pages/playground.js."""
        return f"/static/{self.hash}/{name.removeprefix('/').removeprefix('static/')}"

    def import_map(self) -> dict[str, dict[str, str]]:
        """What the browser needs to find libraries by their names."""
        return {"imports": {name: self.address(file) for name, file in IMPORT_MAP.items()}}

    def preloads(self, entry: str) -> list[str]:
        """Where everything stands that `entry` imports, at once and through others."""
        if entry not in self._preloads:
            found: dict[str, None] = {}
            waiting = [entry]
            while waiting:
                name = waiting.pop()
                if name in found or name not in self._files:
                    continue
                found[name] = None
                waiting += [_resolved(name, one) for one in IMPORTS.findall(self._files[name].content.decode())]
            self._preloads[entry] = list(found)
        return [self.address(name) for name in self._preloads[entry]]

    def get(self, name: str) -> Served | None:
        """A file by its name. Names are looked up, never joined to a path."""
        return self._files.get(name)


@router.api_route("/static/{name:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def static_file(request: Request, name: str) -> Response:
    """A file, for ever under the right hash, with a question under any other name."""
    statics: Statics = request.app.state.statics
    first, _, rest = name.partition("/")
    lasting = first == statics.hash
    served = statics.get(rest if lasting or re.fullmatch(r"[0-9a-f]{12}", first) else name)
    if served is None:
        raise Refusal(404)
    tag = f'"{statics.hash}"'
    headers = {
        "cache-control": FOREVER if lasting else "no-cache",
        "etag": tag,
        "vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    content = served.content
    if served.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content = served.compressed
        headers["content-encoding"] = "gzip"
    return Response(content, media_type=served.media, headers=headers)


@router.get("/favicon.ico", include_in_schema=False)
async def favicon(request: Request) -> Response:
    """The picture in the tab."""
    statics: Statics = request.app.state.statics
    served = statics.get("favicon.svg")
    if served is None:
        return Response(status_code=204)
    return Response(served.content, media_type=served.media, headers={"cache-control": "max-age=86400"})


def _sent(path: Path) -> bytes:
    """What the browser is sent of a file: our own scripts without the comments that fill whole lines."""
    content = path.read_bytes()
    ours = path.suffix == ".js" and path.parent.name != "vendor"
    return COMMENTS.sub(b"", content) if ours else content


def _served(path: Path, content: bytes) -> Served:
    media = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    compressed = gzip.compress(content, 9, mtime=0) if path.suffix in COMPRESSED and len(content) > 500 else None
    return Served(content, compressed, media)


def _resolved(importer: str, name: str) -> str:
    if name.startswith("."):
        return posixpath.normpath(posixpath.join(posixpath.dirname(importer), name))
    return IMPORT_MAP.get(name, name)
