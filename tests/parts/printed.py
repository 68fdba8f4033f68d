"""The printed code of a call, run again."""

from typing import Any

import skimage.data  # pyright: ignore[reportUnusedImport] - printed lines name the parts of both
import sklearn.datasets  # pyright: ignore[reportUnusedImport]
from torch import nn, optim

from app.parts.torch_call import TorchCall
from app.training import files, modules

KNOWN: dict[str, Any] = {
    "nn": nn,
    "optim": optim,
    "modules": modules,
    "sklearn": sklearn,
    "skimage": skimage,
    "files": files,
}


def run_printed(call: TorchCall, *before: Any) -> Any:
    """What the printed line gives, with `before` in front of its arguments, as `build` puts them there."""
    names = {f"before{number}": value for number, value in enumerate(before)}
    line = call.code().replace("(", "(" + ", ".join([*names, ""]), 1)
    return eval(line, KNOWN | names)  # noqa: S307  our own code, printed a line above
