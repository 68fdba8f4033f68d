"""PyTorch's backward pass and steps without what surrounds them for profilers, hooks and compilers.

None of that is used here, and it takes a fourth of a tiny step. What keeps a method away from the compiler even imports
that compiler when the method is first called, which takes a launcher more than a second and 67 MB.
"""

import inspect
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Variable

# What Tensor.backward calls when it has looked at its arguments.
_engine: Any = Variable._execution_engine  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def bare_backward(loss: Tensor, gradient: Tensor, only: tuple[Tensor, ...] = ()) -> None:
    """Adds to the gradients of the parameters, or of those in `only`. `gradient` is that of the loss by itself: a 1 in
    its shape."""
    _engine.run_backward((loss,), (gradient,), False, False, only, allow_unreachable=True, accumulate_grad=True)


def bare_step(optimizer: torch.optim.Optimizer, rule: type[torch.optim.Optimizer] | None = None) -> Callable[[], None]:
    """The optimizer's step and nothing else; by the `rule` of one of its bases where that is given."""
    step = inspect.unwrap((rule or type(optimizer)).step)

    def take() -> None:
        with torch.no_grad():
            step(optimizer)

    return take


def leave_the_compiler_alone() -> None:
    """Optimizers made from now on do not import `torch._dynamo`."""
    plain = inspect.unwrap(torch.optim.Optimizer.add_param_group)
    # Where PyTorch looks first for the method without its compiler. Private: where it is not read, all is only slower.
    setattr(plain, "__dynamo_disable", plain)
