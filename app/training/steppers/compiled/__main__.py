"""`python -m app.training.steppers.compiled [DATA]` compiles the loop, where it is not kept already, and keeps it."""

import os
import sys
from pathlib import Path

from app.training.compiling import keep_compiled
from app.training.steppers.choosing import compiled_stepper

if __name__ == "__main__":
    os.nice(15)
    if len(sys.argv) > 1:
        keep_compiled(Path(sys.argv[1]))
    sys.exit(0 if compiled_stepper() else 1)
