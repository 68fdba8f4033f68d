"""One PyTorch call kept as data: training builds it and an export prints it, so the two cannot drift apart."""

from typing import Any

# Where a target may point. The values are resolved in `app.training.building`, never by import from a document.
NAMESPACES = ("nn", "optim", "optim.lr_scheduler", "nn.init", "modules", "sklearn.datasets", "skimage.data", "files")


class TorchCall:
    """`TorchCall("nn.Linear", 2, 8)` stands for `nn.Linear(2, 8)`. Arguments may be calls, or lists of calls.

    `modules.X` names a module of our own in `app/training/modules/`, `files.x` a loader in `app/training/files/`.
    """

    def __init__(self, target: str, *arguments: Any, **options: Any) -> None:
        namespace, _, name = target.rpartition(".")
        if namespace not in NAMESPACES or not name.isidentifier():
            raise ValueError(f"Expected a target in one of {NAMESPACES}, but got {target!r}.")
        self.target = target
        self.arguments = arguments
        self.options = options

    @property
    def reads_files(self) -> bool:
        """Whether it reads what people brought, which may change or go, and is given the data folder first."""
        return self.target.startswith("files.")

    def code(self) -> str:
        """The call as a line of Python."""
        written = [_written(argument) for argument in self.arguments]
        written += [f"{name}={_written(value)}" for name, value in self.options.items()]
        return f"{self.target}({', '.join(written)})"

    def __repr__(self) -> str:
        return f"TorchCall({self.code()})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TorchCall) and self.code() == other.code()

    def __hash__(self) -> int:
        return hash(self.code())


def _written(value: Any) -> str:
    if isinstance(value, TorchCall):
        return value.code()
    if isinstance(value, list):
        return "[" + ", ".join(_written(item) for item in value) + "]"  # pyright: ignore[reportUnknownVariableType]
    return repr(value)
