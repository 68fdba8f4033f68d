"""The launcher's program: `python -m app.training DATA` waits for runs and questions about a data folder."""

import logging
import sys
from functools import partial
from pathlib import Path

from app.executors.launcher import run_launcher
from app.executors.program import Program
from app.runs.private import private_folder
from app.training.compiling import keep_compiled, loading
from app.training.confined import answer_confined, work_confined
from app.training.late import imports
from app.training.warming import warm
from app.training.worker import end, seconds_left, standing

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    data = Path(sys.argv[1])
    private_folder(data)
    keep_compiled(data)
    program = Program(
        warm=warm,
        work=work_confined,
        answer=partial(answer_confined, data),
        standing=standing,
        end=end,
        at_leisure=[loading(), *imports()],
        seconds_left=seconds_left,
    )
    run_launcher(data, program)
