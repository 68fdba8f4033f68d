"""Following a log: when followers are woken, and that nothing new is kept from them."""

from pathlib import Path

import pytest

from app.executors.executor import Alive
from app.runs import events
from app.runs.log import EventWriter
from app.web import watching
from app.web.tail import Follower, Tail
from tests.runs.folders import new_folder

RUNNING = Alive(frozenset(), {})


def told(tail: Tail) -> bool:
    """Whether the follower was woken since the last time."""
    news = tail.followers[0].news
    woken = news.is_set()
    news.clear()
    return woken


def look(tail: Tail) -> None:
    """What the pulse does for each tail."""
    tail.take_in()
    tail.tell(RUNNING)


def followed(tmp_path: Path) -> tuple[Tail, EventWriter]:
    folder = new_folder(tmp_path)
    log = EventWriter(folder)
    log.write(events.Queued, owner="local")
    tail = Tail(folder)
    tail.followers.append(Follower())
    look(tail)
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
    look(tail)
    assert told(tail)

    look(tail)
    assert not told(tail)


def test_watched_file_is_written_when_the_probes_change_and_not_again_before_it_lapses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(watching, "time", clock)
    folder = new_folder(tmp_path)
    watch = watching.Watch(folder)
    watch.say(frozenset({"surface"}))
    written = folder.watched_file.stat().st_ino

    clock.now += watching.EVERY / 2
    watch.say(frozenset({"surface"}))
    assert folder.watched_file.stat().st_ino == written

    watch.say(frozenset({"surface", "weights"}))
    assert folder.watched() == ["surface", "weights"]
    watch.say(frozenset({"weights"}))  # at once after the last change
    assert folder.watched() == ["surface", "weights"]
    clock.now += 2 * watching.SOONEST
    watch.say(frozenset({"weights"}))
    assert folder.watched() == ["weights"]


class Clock:
    """A monotonic clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now
