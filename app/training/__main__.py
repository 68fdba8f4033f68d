"""The launcher's program: `python -m app.training DATA` waits for runs and questions about a data folder."""

import logging
import sys
from functools import partial
from pathlib import Path

from app.executors.launcher import run_launcher
from app.executors.program import Program
from app.training.answers import answer
from app.training.late import imports
from app.training.warming import warm
from app.training.worker import end, standing, work

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    data = Path(sys.argv[1])
    program = Program(
        warm=warm, work=work, answer=partial(answer, data), standing=standing, end=end, at_leisure=imports()
    )
    run_launcher(data, program)
