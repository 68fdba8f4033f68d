"""What all routes share, and how a route asks for it."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from starlette.requests import HTTPConnection

from app.executors.executor import Executor
from app.runs.folder import RunFolder, is_id
from app.settings import Settings
from app.store.database import no_room
from app.store.projector import Projector
from app.store.runs import Runs
from app.store.schema import RunRow
from app.uploads.uploads import Uploads
from app.web.access import Actor, Thing, Verb, may
from app.web.errors import Refusal
from app.web.gate import actor_of
from app.web.language import Language, language_of
from app.web.previews import Previews
from app.web.room import Room
from app.web.run_states import RunStates
from app.web.seat_limits import SeatLimits
from app.web.signing_in import Sessions
from app.web.tails import Tails

PROJECT_EVERY = 0.5  # seconds
ADOPT_EVERY = 5.0  # seconds between two looks for runs that the command line made
AGAIN_AFTER = 1.0  # seconds until a task that ended unexpectedly begins anew
log = logging.getLogger("trainyard")


@dataclass(frozen=True)
class House:
    """One per server."""

    settings: Settings
    executor: Executor
    database: sessionmaker[Session]
    sessions: Sessions
    limits: SeatLimits
    runs: Runs
    projector: Projector
    states: RunStates
    tails: Tails
    uploads: Uploads
    previews: Previews
    room: Room
    newest_many: dict[str, object] = field(default_factory=dict[str, object])  # the newest of each asker, by key

    def folder(self, run: str) -> RunFolder:
        """The folder of a run. Raises `Refusal` 404 where `run` is no run's name."""
        if not is_id(run):
            raise Refusal(404, "There is no such run.")
        return RunFolder(self.settings.runs / run)

    async def row(self, run: str, actor: Actor, verb: Verb = "see") -> RunRow:
        """The row of a run, told of everything in its log. Raises `Refusal` 404 or 403."""
        self.folder(run)
        row = await asyncio.to_thread(self._fresh_row, run)
        if row is None:
            raise Refusal(404, "There is no such run.")
        if not may(actor, verb, Thing(row.owner)):
            raise Refusal(
                403,
                "This run belongs to {owner}. You can look at it, and start one of your own like it.",
                owner=row.owner,
            )
        return row

    @contextlib.asynccontextmanager
    async def living(self) -> AsyncGenerator[None]:
        """While the server runs: logs are followed, rows kept up to date, and interrupted runs go on."""
        await asyncio.to_thread(self.projector.adopt)
        await asyncio.to_thread(self.projector.bring_up_all)
        works = (self.tails.pulse, self._project, self._resume, self.room.watch)
        tasks = [asyncio.create_task(kept_going(work)) for work in works]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _resume(self) -> None:
        """Warms the launcher, and gives it the runs that were interrupted."""
        await self.executor.alive()
        for row in await asyncio.to_thread(self.runs.unfinished):
            folder = RunFolder(self.settings.runs / row.id)
            if row.status != "paused" and not folder.locked():  # a paused one goes on when it is told to
                await self.executor.start(folder.path, row.owner)

    async def _project(self) -> None:
        adopted = time.monotonic()
        full = False
        while True:
            try:
                if time.monotonic() - adopted > ADOPT_EVERY:  # another program may have made runs
                    await asyncio.to_thread(self.projector.adopt)
                    adopted = time.monotonic()
                await asyncio.to_thread(self.projector.bring_up_all)
                full = False
            except SQLAlchemyError as error:  # a full disk or a held database may be well again in a moment
                if not no_room(error):
                    log.exception("The rows could not be brought up to date")
                elif not full:
                    log.error("The rows cannot be brought up to date while the disk is full")
                full = no_room(error)
            await asyncio.sleep(PROJECT_EVERY)

    def _fresh_row(self, run: str) -> RunRow | None:
        if self.runs.get(run) is None or not self.folder(run).path.is_dir():
            return None
        try:
            self.projector.bring_up([run])
        except SQLAlchemyError as error:
            if not no_room(error):
                raise
            row = self.runs.get(run)
            return row and self.projector.brought_up(row)  # on a full disk it can be looked at, and deleted
        return self.runs.get(run)


async def kept_going(work: Callable[[], Awaitable[None]]) -> None:
    """Does `work`; where it fails, logs why and begins anew: a full disk, say, may be well again in a moment."""
    while True:
        try:
            await work()
            return
        except Exception:  # the border: whatever it is, the server must not go on without this work
            log.exception("%s ended unexpectedly and begins anew", work.__qualname__)
        await asyncio.sleep(AGAIN_AFTER)


def house_of(connection: HTTPConnection) -> House:
    """What the app was made with."""
    return connection.app.state.house


HouseHere = Annotated[House, Depends(house_of)]
ActorHere = Annotated[Actor, Depends(actor_of)]
LanguageHere = Annotated[Language, Depends(language_of)]
