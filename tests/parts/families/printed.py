"""The printed code of a call, run again as a script of its own."""

import runpy
from pathlib import Path
from typing import Any

from app.parts.torch_call import TorchCall

HEAD = "from torch import nn, optim\nfrom app.training import modules\n"


def run_printed(call: TorchCall, folder: Path, **names: Any) -> Any:
    """What the printed line gives; `names` stand in front of its arguments and are known to the script."""
    before = ", ".join([*names, ""])
    script = folder / "printed.py"
    script.write_text(f"{HEAD}printed = {call.code().replace('(', '(' + before, 1)}\n", "utf-8")
    return runpy.run_path(str(script), init_globals=names)["printed"]
