"""How much one seat may ask for. Only new seats are counted by address: a whole school may stand behind one."""

import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from app.settings import Settings
from app.web.errors import Refusal

QUESTIONS = 32  # of one seat that wait or are being answered


@dataclass
class Bucket:
    """So many at once, refilled at a steady rate."""

    rate: float  # per second
    size: float
    left: float
    filled: float  # monotonic seconds

    def wait(self, now: float) -> float:
        """Takes one, and gives 0; or the seconds until there is one."""
        self.left = min(self.size, self.left + (now - self.filled) * self.rate)
        self.filled = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.rate


class SeatLimits:
    """Buckets by seat. A seat that has been still for long is forgotten."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._sockets: Counter[str] = Counter()
        self._questions: Counter[str] = Counter()

    def request(self, seat: str) -> None:
        """Counts a request. Raises `Refusal` 429."""
        rate = float(self._settings.requests_per_second)
        self._take("request", seat, rate, 4 * rate)

    def run(self, seat: str) -> None:
        """Counts a new run. Raises `Refusal` 429."""
        self._take("run", seat, self._settings.runs_per_minute / 60, float(self._settings.runs_per_minute))

    def new_seat(self, address: str) -> None:
        """Counts a seat that is given out. Raises `Refusal` 429. A school that comes in at once does not feel it."""
        self._take("seat", address, self._settings.seats_per_minute / 60, float(self._settings.seats_at_once))

    def upload(self, seat: str) -> None:
        """Counts a file of one's own. Raises `Refusal` 429."""
        self._take("upload", seat, self._settings.uploads_per_minute / 60, float(self._settings.uploads_per_minute))

    @contextmanager
    def question(self, seat: str) -> Generator[None]:
        """Counts a question to a worker until it is answered. Raises `Refusal` 429."""
        with _counted(self._questions, seat, QUESTIONS, "Too many questions are waiting. Wait for their answers.", 5):
            yield

    @contextmanager
    def socket(self, seat: str) -> Generator[None]:
        """Counts a live socket while it is open. Raises `Refusal` 429."""
        most = self._settings.sockets if self._sockets.total() < self._settings.all_sockets else 0
        with _counted(self._sockets, seat, most, "Too many live views are open. Close some of them.", 30):
            yield

    def _take(self, what: str, seat: str, rate: float, size: float) -> None:
        now = time.monotonic()
        if len(self._buckets) > 10_000:
            self._buckets = {key: bucket for key, bucket in self._buckets.items() if now - bucket.filled < 600}
        bucket = self._buckets.setdefault((what, seat), Bucket(rate, size, size, now))
        wait = bucket.wait(now)
        if wait:
            seconds = max(1, round(wait + 0.5))
            raise Refusal(429, "That was too much at once. Wait {seconds} s.", retry_after=seconds, seconds=seconds)


@contextmanager
def _counted(counts: Counter[str], seat: str, most: int, sentence: str, retry_after: int) -> Generator[None]:
    if counts[seat] >= most:
        raise Refusal(429, sentence, retry_after=retry_after)
    counts[seat] += 1
    try:
        yield
    finally:
        counts[seat] -= 1
        if not counts[seat]:
            del counts[seat]
