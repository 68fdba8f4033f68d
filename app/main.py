"""Joins the parts of the program; nothing else does."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from app.executors.executor import Executor
from app.executors.limits import Limits, usual_places
from app.executors.local import LocalExecutor
from app.settings import Settings
from app.store.database import open_database
from app.store.projector import Projector
from app.store.runs import Runs
from app.uploads.operator import tell_workers
from app.uploads.uploads import Uploads
from app.web import (
    augmented,
    baselines,
    commands,
    datasets,
    docs,
    errors,
    events,
    experiments,
    frames,
    health,
    live,
    locales,
    login,
    metrics,
    pages,
    parts,
    predict,
    presets,
    runs,
    starting,
    statics,
    uploads,
)
from app.web.errors import LastResort
from app.web.gate import Gate
from app.web.house import House
from app.web.limits import Limits as SeatLimits
from app.web.previews import Previews
from app.web.session import Sessions
from app.web.states import States
from app.web.tails import Tails

ROUTERS = (
    parts,
    presets,
    experiments,
    augmented,
    baselines,
    datasets,
    uploads,
    starting,
    runs,
    commands,
    events,
    metrics,
    frames,
    predict,
    live,
    login,
    health,
    locales,
    docs,
    pages,
    statics,
)
SECONDS_TO_LEAVE = 3  # for open sockets and streams when the server ends


def create_app(settings: Settings, executor: Executor, leave: Callable[[], Awaitable[None]] | None = None) -> FastAPI:
    """The whole web application over an executor. `leave` is called when the server ends."""
    settings.runs.mkdir(parents=True, exist_ok=True)
    tell_workers(settings.data, settings.datasets)
    database = open_database(f"sqlite:///{settings.data / 'trainyard.sqlite'}")
    states = States(executor)
    house = House(
        settings=settings,
        executor=executor,
        database=database,
        sessions=Sessions(settings),
        limits=SeatLimits(settings),
        runs=Runs(database),
        projector=Projector(database, settings.runs),
        states=states,
        tails=Tails(settings.runs, states),
        uploads=Uploads(settings.data),
        previews=Previews(),
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        async with house.living():
            yield
        if leave is not None:
            await leave()

    app = FastAPI(
        title="Trainyard",
        version="0.1.0",
        description="A neural-network playground with real engines.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.house = house
    app.state.statics = statics.Statics()
    errors.install(app)
    for one in ROUTERS:
        app.include_router(one.router)
    # The last one added is the outermost.
    app.add_middleware(GZipMiddleware, minimum_size=1500, compresslevel=5)
    app.add_middleware(Gate, settings=settings, sessions=house.sessions, limits=house.limits)
    app.add_middleware(LastResort)
    return app


def make_app(settings: Settings) -> FastAPI:
    """The application with runs on this machine."""
    settings.data.mkdir(parents=True, exist_ok=True)
    limits = Limits(places=settings.places or usual_places(), per_owner=settings.runs_per_seat)
    executor = LocalExecutor(settings.data, limits)
    return create_app(settings, executor, executor.close)


def serve(settings: Settings) -> None:
    """Serves until it is told to end (SIGINT, SIGTERM). Runs go on meanwhile."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    uvicorn.run(make_app(settings), **serving(settings))


def serving(settings: Settings) -> dict[str, Any]:
    """How uvicorn is to serve us."""
    return {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "ws_per_message_deflate": False,  # a message is encoded once for all; compressing it for each would cost more
        "ws_max_size": 65_536,  # bytes from a browser
        "ws_ping_interval": 20.0,
        "ws_ping_timeout": 20.0,
        "timeout_graceful_shutdown": SECONDS_TO_LEAVE,
        "h11_max_incomplete_event_size": 65_536,
    }
