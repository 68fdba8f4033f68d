"""The launcher's program: `python -m app.training DATA` waits for runs and questions about a data folder."""

import logging
import sys
from pathlib import Path

from app.executors.launcher import run_launcher
from app.executors.program import Program
from app.training.answers import answer
from app.training.warming import warm
from app.training.worker import end, standing, work

PROGRAM = Program(warm=warm, work=work, answer=answer, standing=standing, end=end)

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    run_launcher(Path(sys.argv[1]), PROGRAM)
