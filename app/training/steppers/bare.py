"""PyTorch's optimizers without what surrounds them for profilers, hooks and compilers, none of which is used here.

It takes a tenth of a tiny step; and what keeps a method away from the compiler imports that compiler when the method is
first called, which takes a launcher more than a second and 80 MB.
"""

import inspect
from collections.abc import Callable

import torch


def bare_step(optimizer: torch.optim.Optimizer) -> Callable[[], None]:
    """The optimizer's step and nothing else."""
    step = inspect.unwrap(type(optimizer).step)

    def take() -> None:
        with torch.no_grad():
            step(optimizer)

    return take


def leave_the_compiler_alone() -> None:
    """Optimizers made from now on do not import `torch._dynamo`."""
    plain = inspect.unwrap(torch.optim.Optimizer.add_param_group)
    setattr(plain, "__dynamo_disable", plain)
