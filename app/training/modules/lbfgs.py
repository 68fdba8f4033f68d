"""L-BFGS whose history may be made longer or shorter between two steps."""

from typing import Any

import torch

REMEMBERED = ("old_dirs", "old_stps", "ro")  # the lists of the history, one entry for each earlier move


class LBFGS(torch.optim.LBFGS):
    """PyTorch's own, apart from three of its habits: its search along a line divides by a learning rate of 0, its list
    of scratch numbers is as long as the history first was, and a history that is too long is never cut. Source: Liu and
    Nocedal 1989, doi:10.1007/BF01589116."""

    @torch.no_grad()
    def step(self, closure: Any) -> Any:
        """Moves several times; `closure` gives the loss and puts the gradients in place."""
        group = self.param_groups[0]
        if group["lr"] == 0:  # a schedule that warms up begins there
            with torch.enable_grad():
                return closure()
        memory = self.state[group["params"][0]]
        for name in REMEMBERED:
            del memory.get(name, [])[: -group["history_size"]]
        try:
            return super().step(closure)  # pyright: ignore[reportUnknownVariableType]
        finally:
            memory.pop("al", None)
