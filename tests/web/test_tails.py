"""Following a log: when followers are woken, and that nothing new is kept from them."""

from pathlib import Path

from app.executors.executor import Alive
from app.runs import events
from app.runs.log import EventWriter
from app.web.tails import Follower, Tail
from tests.runs.folders import new_folder

RUNNING = Alive(frozenset(), {})


def told(tail: Tail) -> bool:
    """Whether the follower was woken since the last time."""
    news = tail.followers[0].news
    woken = news.is_set()
    news.clear()
    return woken


def followed(tmp_path: Path) -> tuple[Tail, EventWriter]:
    folder = new_folder(tmp_path)
    log = EventWriter(folder)
    log.write(events.Queued, owner="local")
    tail = Tail(folder)
    tail.followers.append(Follower())
    tail.look(RUNNING)
    tail.followers[0].news.clear()
    return tail, log


def test_between_two_looks_only_the_first_point_wakes(tmp_path: Path) -> None:
    tail, log = followed(tmp_path)
    assert tail.beginning
    log.write(events.Paused, step=0)
    tail.look_quickly()
    assert not told(tail)

    log.write(events.Measured, columns={"step": [1], "epoch": [0.1], "train_loss": [0.5]})
    tail.look_quickly()
    assert told(tail)
    assert not tail.beginning
    assert len(tail.lines) == 3


def test_what_was_read_for_somebody_else_still_wakes(tmp_path: Path) -> None:
    tail, log = followed(tmp_path)
    log.write(events.Paused, step=0)
    tail.read()  # as for an answer of /events
    tail.look(RUNNING)
    assert told(tail)

    tail.look(RUNNING)
    assert not told(tail)
