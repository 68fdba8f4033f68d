"""A launcher's program with toy work, to be run as `python program.py DATA`: the launcher knows nothing of networks.

A run's folder holds `plan.json`, a list of verbs that `work` obeys in order; `steps` counts what any attempt reached,
`attempts` gets a line for each worker, and `end` holds the reason of the end.
"""

import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app.executors.launcher import run_launcher
from app.executors.program import GIVE_UP_PLACE, LEFT_PAUSED, Call, Program, Standing

FOREVER = 600.0  # seconds


def warm() -> None:
    pass


def work(folder: Path, give_way: Callable[[], None]) -> int:
    with (folder / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with (folder / "attempts").open("a") as attempts:
            attempts.write(f"{os.getpid()}\n")
        for verb, *values in json.loads((folder / "plan.json").read_text()):
            if verb == "give way":
                give_way()
            elif verb == "pause":
                return LEFT_PAUSED
            else:
                VERBS[verb](folder, *values)
    return 0


def train(folder: Path, until: int) -> None:
    for step in range(steps(folder) + 1, until + 1):
        time.sleep(0.01)  # what a step takes
        write(folder / "steps", str(step))


def compute(_folder: Path, seconds: float) -> None:
    while time.process_time() < seconds:
        pass


def pause(_folder: Path) -> None:
    """Waits until somebody wants its place."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {GIVE_UP_PLACE})
    signal.signal(GIVE_UP_PLACE, signal.SIG_DFL)
    signal.sigwait({GIVE_UP_PLACE})
    sys.exit(LEFT_PAUSED)


def raise_error(_folder: Path) -> None:
    raise ValueError("This is raised on purpose.")


def report(folder: Path) -> None:
    about = {
        "nice": os.nice(0),
        "files": sorted(int(number.name) for number in Path("/proc/self/fd").iterdir())[:-1],
        "oom": int(Path("/proc/self/oom_score_adj").read_text()),
        "environment": dict(os.environ),
    }
    write(folder / f"report {len(list(folder.glob('report*')))}.json", json.dumps(about))


VERBS: dict[str, Callable[..., Any]] = {
    "train": train,
    "compute": compute,
    "finish": lambda folder: write(folder / "end", "done"),
    "last": lambda _folder, seconds: time.sleep(seconds),  # as long as work takes that tells nothing
    "ignore SIGTERM": lambda _folder: signal.signal(signal.SIGTERM, signal.SIG_IGN),
    "kill": lambda _folder: os.kill(os.getpid(), signal.SIGKILL),
    "crash": lambda _folder: os.abort(),
    "raise": raise_error,
    "pause until wanted": pause,
    "eat": lambda _folder, size: bytearray(size),
    "report": report,
}


def answer(question: dict[str, Any]) -> bytes:
    match question["kind"]:
        case "echo":
            return question["text"].encode()
        case "large":
            return bytes(question["size"])
        case "who":
            return str(os.getpid()).encode()
        case "nice":
            return str(os.nice(0)).encode()
        case "slow":
            Path(question["started"]).write_text(str(os.getpid()))
            time.sleep(FOREVER)  # until it is ended from outside
        case "crash":
            os.abort()
        case "eat":
            return bytes(bytearray(question["size"])[:1])
        case _:
            pass
    raise ValueError("This is raised on purpose.")


def standing(folder: Path) -> Standing:
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    return Standing((folder / "end").exists(), steps(folder), called(folder))


def called(folder: Path) -> Call | None:
    file = folder / "called"
    return None if not file.exists() else "stop" if file.read_text() == "stop" else "go on"


def seconds_left(folder: Path) -> float | None:
    file = folder / "left"
    return float(file.read_text()) if file.exists() else None


def end(folder: Path, reason: str) -> None:
    write(folder / "end", reason)


def steps(folder: Path) -> int:
    try:
        return int((folder / "steps").read_text())
    except FileNotFoundError:
        return 0


def write(path: Path, text: str) -> None:
    temporary = path.with_suffix(".new")
    temporary.write_text(text)
    temporary.replace(path)


def at_leisure(data: Path) -> list[Callable[[], object]]:
    """Nothing, but where there is a file `leisure`: each of two steps adds a line to it."""
    notes = data / "leisure"

    def add(line: str) -> None:
        with notes.open("a") as file:
            file.write(f"{line}\n")

    return [partial(add, line) for line in ("first", "second")] if notes.exists() else []


if __name__ == "__main__":
    steps_at_leisure = at_leisure(Path(sys.argv[1]))
    program = Program(warm, work, answer, standing, end, steps_at_leisure, leisure=0.3, seconds_left=seconds_left)
    run_launcher(Path(sys.argv[1]), program, idle_seconds=float(sys.argv[-1]))
