"""Has the compiled loop at hand in the launcher, so that what is forked from it need not load or compile it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.training.late import READY, late
from app.training.steppers import compiled
from app.training.steppers.choosing import compiled_stepper

PROGRAM = (sys.executable, "-P", "-m", compiled.__name__)


def keep_compiled(data: Path) -> None:
    """Keeps what is compiled beside its source, or below the data folder where nothing can be written there.

    To be called before Numba is imported, which looks at the environment then.
    """
    if not os.access(Path(compiled.__file__).parent, os.W_OK):
        os.environ.setdefault("NUMBA_CACHE_DIR", str(data / "compiled"))


def loading() -> Callable[[], bool]:
    """A step for the launcher's leisure, which gives whether it has to be taken again: another process compiles, which
    takes up to a minute, and then the loop is loaded here."""
    compiler: list[subprocess.Popen[bytes]] = []

    def load() -> bool:
        try:
            ready: Any = late(READY)
        except ImportError:  # without Numba, PyTorch trains
            return False
        if ready.kept():
            compiled_stepper()
            return False
        if not compiler:
            compiler.append(subprocess.Popen(PROGRAM, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL))
        return compiler[0].poll() is None  # if nothing is kept when it has ended, whoever needs the loop tries again

    return load
