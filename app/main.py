"""Joins the parts of the program; nothing else does."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from app.executors.executor import Executor
from app.executors.limits import Limits, usual_places, usual_runs
from app.executors.local import LocalExecutor
from app.executors.memory import share_of_memory
from app.runs.private import private_folder
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
    forking,
    frames,
    health,
    instant,
    live,
    locales,
    login,
    many,
    metrics,
    pages,
    parts,
    predict,
    presets,
    questions,
    runs,
    seats,
    starting,
    statics,
    uploads,
)
from app.web.connections import door, raise_limit_of_files
from app.web.errors import LastResort
from app.web.gate import Gate
from app.web.house import House
from app.web.previews import Previews
from app.web.room import Room
from app.web.run_states import RunStates
from app.web.seat_limits import SeatLimits
from app.web.signing_in import Sessions
from app.web.tails import Tails
from app.web.threads import SeatThreads
from app.web.unsent import PromptWebSockets

ROUTERS = (
    parts,
    presets,
    experiments,
    augmented,
    baselines,
    datasets,
    uploads,
    forking,
    starting,
    runs,
    commands,
    events,
    metrics,
    frames,
    predict,
    questions,
    instant,
    many,
    live,
    login,
    seats,
    health,
    locales,
    docs,
    pages,
    statics,
)
SECONDS_TO_LEAVE = 3  # for open sockets and streams when the server ends


async def _nothing() -> None:
    return


def create_app(
    settings: Settings,
    executor: Executor,
    leave: Callable[[], Awaitable[None]] = _nothing,
    arrive: Callable[[], Awaitable[None]] = _nothing,
) -> FastAPI:
    """The whole web application over an executor. `arrive` is called before runs are looked at, `leave` at the end."""
    private_folder(settings.data)
    settings.runs.mkdir(exist_ok=True)
    tell_workers(settings.data, settings.datasets)
    database = open_database(f"sqlite:///{settings.data / 'trainyard.sqlite'}")
    states = RunStates(executor)
    threads = SeatThreads()
    limits = SeatLimits(settings)
    rows = Runs(database)
    house = House(
        settings=settings,
        executor=executor,
        database=database,
        sessions=Sessions(settings, database, limits),
        limits=limits,
        runs=rows,
        projector=Projector(database, settings.runs),
        states=states,
        tails=Tails(settings.runs, states),
        uploads=Uploads(settings.data),
        previews=Previews(),
        room=Room(settings, rows),
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        await arrive()
        async with house.living():
            yield
        threads.close()
        await leave()

    app = FastAPI(
        title="Trainyard",
        version="0.1.0",
        description="A neural-network playground with real engines.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,  # what generated clients call their methods
    )
    app.state.house = house
    app.state.threads = threads
    app.state.statics = statics.Statics()
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router.router)
    # The last one added is the outermost.
    app.add_middleware(GZipMiddleware, minimum_size=1500, compresslevel=5)
    app.add_middleware(Gate, settings=settings, sessions=house.sessions, limits=house.limits)
    app.add_middleware(LastResort)
    return app


def make_app(settings: Settings) -> FastAPI:
    """The application with runs on this machine."""
    places = settings.places or usual_places()
    per_owner = settings.runs_per_seat or (usual_runs() if settings.open else 1)
    together = per_owner if settings.open else places  # how many runs can be in training at once
    limits = Limits(
        places=places,
        per_owner=per_owner,
        share=settings.share_seconds,
        run_memory=settings.run_megabytes * 1_000_000 or share_of_memory(together),
    )
    executor = LocalExecutor(settings.data, limits)
    return create_app(settings, executor, executor.close, executor.dismiss_older)


def serve(settings: Settings) -> None:
    """Serves until it is told to end (SIGINT, SIGTERM). Runs go on meanwhile."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    raise_limit_of_files()
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
        "ws": PromptWebSockets,
        "ws_per_message_deflate": False,  # messages are encoded, and packed, once for all; each anew would cost more
        "ws_max_size": 65_536,  # bytes from a browser
        "ws_ping_interval": 20.0,
        "ws_ping_timeout": 20.0,
        "timeout_graceful_shutdown": SECONDS_TO_LEAVE,
        "http": door(settings.connections),
    }
