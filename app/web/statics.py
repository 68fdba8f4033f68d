"""Files for the browser: read once, compressed once, served under a hash of all of them, so that none grows stale."""

import gzip
import hashlib
import json
import mimetypes
import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.shipped import shipped
from app.web.errors import Refusal

STATIC = shipped("static")
BUNDLE = "bundle/"  # where hatch_build.py puts the pages in a few files
MADE_FROM = f"{BUNDLE}.made-from.json"  # {path below the root: SHA-256 of what was bundled}
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
COMPRESSED = {".js", ".css", ".svg", ".json", ".txt", ".html", ".map"}
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}

router = APIRouter()


@dataclass(frozen=True)
class Served:
    """One file."""

    content: bytes
    media: str
    compressible: bool

    @cached_property
    def compressed(self) -> bytes | None:
        """The bytes compressed, where that helps; once, when somebody first wants them."""
        return gzip.compress(self.content, 9, mtime=0) if self.compressible and len(self.content) > 500 else None


class Statics:
    """All files below `static`. They are read again when one of them has changed, which is asked with every page."""

    def __init__(self, root: Path = STATIC) -> None:
        self._root = root
        self._stamp: tuple[tuple[str, int, int], ...] | None = None
        self._files: dict[str, Served] = {}
        self._preloads: dict[str, list[str]] = {}
        self._bundled = False
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
            name, content = path.relative_to(self._root).as_posix(), path.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
            known = before.get(name)
            self._files[name] = known if known and known.content == content else _served(path, content)
        self._stamp = stamp
        self._bundled = self._bundle_is_of_these_files()
        self.hash = digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where a file stands, such as /static/1a2b…/js/pages/playground.js."""
        return f"/static/{self.hash}/{name.removeprefix('/').removeprefix('static/')}"

    def page_file(self, name: str) -> str:
        """The name of what a page loads for its own file: bundled while that is of the files here, else as it stands.

        So there is no step between an edit and its sight: the next page has the modules themselves.
        """
        return BUNDLE + name if self._bundled and BUNDLE + name in self._files else name

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
                waiting += [
                    _resolved(name, imported) for imported in IMPORTS.findall(self._files[name].content.decode())
                ]
            self._preloads[entry] = list(found)
        return [self.address(name) for name in self._preloads[entry]]

    def get(self, name: str) -> Served | None:
        """A file by its name. Names are looked up, never joined to a path."""
        return self._files.get(name)

    def _bundle_is_of_these_files(self) -> bool:
        made_from = self._root / MADE_FROM
        if not made_from.is_file():
            return False
        digests = {
            name.removeprefix("static/"): digest
            for name, digest in json.loads(made_from.read_text("utf-8")).items()
            if name.startswith("static/")
        }
        return all(
            name in self._files and hashlib.sha256(self._files[name].content).hexdigest() == digest
            for name, digest in digests.items()
        )


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


def _served(path: Path, content: bytes) -> Served:
    media = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Served(content, media, path.suffix in COMPRESSED)


def _resolved(importer: str, name: str) -> str:
    if name.startswith("."):
        return posixpath.normpath(posixpath.join(posixpath.dirname(importer), name))
    return IMPORT_MAP.get(name, name)
