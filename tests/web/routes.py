"""Every address that the server answers, for tests of who may ask there."""

import re
from collections.abc import Generator

from starlette.routing import BaseRoute, Route, WebSocketRoute

from app.main import ROUTERS
from app.web.gate import OPEN
from tests.web.house import Server

OPEN_PATHS = {*OPEN, "/static/{name:path}"}


def guarded(server: Server) -> Generator[tuple[str, str]]:
    """Method and path of every route that needs a seat."""
    for route in _routes(server):
        if isinstance(route, Route) and route.path not in OPEN_PATHS:
            for method in route.methods or ():
                yield method, _filled(route.path)


def sockets(server: Server) -> list[str]:
    """The path of every live socket."""
    return [_filled(route.path) for route in _routes(server) if isinstance(route, WebSocketRoute)]


def _routes(server: Server) -> list[BaseRoute]:
    return [*server.app.routes, *(route for router in ROUTERS for route in router.router.routes)]


def _filled(path: str) -> str:
    return re.sub(r"{[^}]+}", "r0000000000000", path)
