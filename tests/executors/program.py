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
from pathlib import Path
from typing import Any

from app.executors.launcher import run_launcher
from app.executors.program import LEFT_PAUSED, Program, Standing

FOREVER = 600.0  # seconds


def warm() -> None:
    pass


def work(folder: Path) -> int:
    with (folder / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with (folder / "attempts").open("a") as attempts:
            attempts.write(f"{os.getpid()}\n")
        for verb, *values in json.loads((folder / "plan.json").read_text()):
            code = obey(folder, verb, *values)
            if code is not None:
                return code
    return 0


def obey(folder: Path, verb: str, *values: Any) -> int | None:
    match verb:
        case "train":  # to so many steps, a hundredth of a second each
            for step in range(steps(folder) + 1, values[0] + 1):
                time.sleep(0.01)
                write(folder / "steps", str(step))
        case "finish":
            write(folder / "end", "done")
        case "last":
            time.sleep(values[0])
        case "pause":
            return LEFT_PAUSED
        case "ignore SIGTERM":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "crash":
            os.abort()
        case "raise":
            raise ValueError("This is raised on purpose.")
        case "eat":  # bytes
            bytearray(values[0])
        case "report":
            about = {
                "nice": os.nice(0),
                "files": sorted(int(number.name) for number in Path("/proc/self/fd").iterdir())[:-1],
                "oom": int(Path("/proc/self/oom_score_adj").read_text()),
                "environment": dict(os.environ),
            }
            write(folder / "report.json", json.dumps(about))
        case _:
            raise ValueError(f"Expected a verb, but got {verb!r}.")
    return None


def answer(question: dict[str, Any]) -> bytes:
    match question["kind"]:
        case "echo":
            return question["text"].encode()
        case "large":
            return bytes(question["size"])
        case "who":
            return str(os.getpid()).encode()
        case "slow":
            Path(question["started"]).write_text(str(os.getpid()))
            time.sleep(FOREVER)
        case "crash":
            os.abort()
        case "eat":
            return bytes(bytearray(question["size"])[:1])
    raise ValueError("This is raised on purpose.")


def standing(folder: Path) -> Standing:
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    return Standing((folder / "end").exists(), steps(folder))


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


if __name__ == "__main__":
    run_launcher(Path(sys.argv[1]), Program(warm, work, answer, standing, end), idle_seconds=float(sys.argv[-1]))
