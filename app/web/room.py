"""How much room the runs of each seat take. Looked at every few seconds, so that no start has to wait for it."""

import asyncio
from collections import Counter

from app.runs.folder import RunFolder
from app.settings import Settings
from app.store.runs import Runs
from app.store.seats import TEACHER
from app.web.access import Actor
from app.web.errors import Refusal

EVERY = 5.0  # seconds


class Room:
    """One per server. Where one person has the machine, and for the teacher, there is no limit but the disk."""

    def __init__(self, settings: Settings, runs: Runs) -> None:
        self._settings = settings
        self._runs = runs
        self._ended: dict[str, int] = {}  # bytes of runs that do not change any more
        self._overdrawn: set[str] = set()  # runs whose workers were told
        self._taken: Counter[str] = Counter()

    def demand(self, actor: Actor) -> None:
        """Raises `Refusal` 429 where the runs of a seat take more than they may."""
        if not actor.teacher and self._taken[actor.seat] > self._most:
            raise Refusal(
                429,
                "Your runs take {megabytes} MB, and {most} MB are allowed. Delete some of them first.",
                retry_after=60,
                megabytes=round(self._taken[actor.seat] / 1_000_000),
                most=self._settings.runs_megabytes,
            )

    async def watch(self) -> None:
        """Looks again and again, for ever; where somebody logs in."""
        while not self._settings.open:
            await asyncio.to_thread(self.measure)
            await asyncio.sleep(EVERY)

    def measure(self) -> None:
        """Adds up what every seat has, and tells the workers of those who have too much. Reads the disk."""
        taken: Counter[str] = Counter()
        ended: dict[str, int] = {}
        unfinished: dict[str, str] = {}
        for run, owner, over in self._runs.owners():
            size = self._ended.get(run, -1) if over else -1
            if size < 0:
                size = RunFolder(self._settings.runs / run).bytes()
            if over:
                ended[run] = size
            else:
                unfinished[run] = owner
            taken[owner] += size
        self._ended, self._taken = ended, taken
        self._tell(unfinished)

    @property
    def _most(self) -> int:
        return self._settings.runs_megabytes * 1_000_000

    def _tell(self, unfinished: dict[str, str]) -> None:
        """A worker ends its run where it saves next; who has deleted enough by then goes on."""
        for run, owner in unfinished.items():
            too_much = owner != TEACHER and self._taken[owner] > self._most
            if too_much == (run in self._overdrawn):
                continue
            file = RunFolder(self._settings.runs / run).overdrawn_file
            try:
                if too_much:
                    file.touch()
                else:
                    file.unlink(missing_ok=True)
            except OSError:  # deleted meanwhile, or a full disk: then the next look tries again
                continue
            (self._overdrawn.add if too_much else self._overdrawn.discard)(run)
        self._overdrawn &= unfinished.keys()
