"""Rprop whose steps follow the learning rate."""

from typing import Any

import torch

from app.training.steppers.bare import bare_step


class Rprop(torch.optim.Rprop):
    """PyTorch's own reads the learning rate in its first step only. Here the steps of all weights grow and shrink with
    it, and at a rate of 0 nothing moves. Source: Riedmiller and Braun 1993, doi:10.1109/ICNN.1993.298623."""

    def __init__(self, params: Any, lr: float, etas: tuple[float, float], step_sizes: tuple[float, float]) -> None:
        super().__init__(params, lr=lr, etas=etas, step_sizes=step_sizes)
        for group in self.param_groups:
            group["scaled_for"] = lr

    @torch.no_grad()
    def step(self, closure: Any = None) -> Any:
        """Moves every weight by its own step, against the sign of its gradient."""
        for group in self.param_groups:
            if group["lr"] == 0:
                return None
            share = group["lr"] / group["scaled_for"]
            if share != 1:
                for parameter in group["params"]:
                    if "step_size" in self.state.get(parameter, {}):
                        self.state[parameter]["step_size"].mul_(share)
            group["scaled_for"] = group["lr"]
        return bare_step(self, torch.optim.Rprop)()
