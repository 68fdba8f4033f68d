"""Muon for matrices, with AdamW beside it for everything else."""

from typing import Any

import torch

from app.training.steppers.bare import bare_step


class Muon(torch.optim.Optimizer):
    """Two groups of parameters: what has rows and columns, then the rest.

    Filters of a convolution (out, in, ...) are given to Muon as the matrix (out, in · …), a view of the same memory.
    `state` holds what both remember, by parameter. Source: Jordan et al. 2024, kellerjordan.github.io/posts/muon;
    scaled to the length of AdamW's steps as in Liu et al. 2025, arXiv:2502.16982: one learning rate serves both.
    """

    def __init__(
        self,
        params: Any,
        *,
        lr: float,
        momentum: float,
        nesterov: bool,
        ns_steps: int,
        weight_decay: float,
        betas: tuple[float, float],
        eps: float,
    ) -> None:
        every = list(params)
        matrices = [parameter for parameter in every if parameter.dim() > 1]
        rest = [parameter for parameter in every if parameter.dim() <= 1]
        for_matrices = {"params": matrices, "momentum": momentum, "nesterov": nesterov, "ns_steps": ns_steps}
        for_rest = {"params": rest, "betas": betas, "eps": eps}
        super().__init__([for_matrices, for_rest], {"lr": lr, "weight_decay": weight_decay})
        self._flat = [matrix.detach().view(len(matrix), -1) for matrix in matrices]
        self._muon = torch.optim.Muon([{"params": self._flat}], adjust_lr_fn="match_rms_adamw")
        self._adamw = torch.optim.AdamW([{"params": rest}], fused=True)
        for flat, matrix in zip(self._flat, matrices, strict=True):
            self._muon.state[flat] = self.state[matrix]
        self._adamw.state = self.state

    @torch.no_grad()
    def step(self, closure: Any = None) -> Any:
        """Moves every parameter that has a gradient."""
        for flat, matrix in zip(self._flat, self.param_groups[0]["params"], strict=True):
            flat.grad = None if matrix.grad is None else matrix.grad.view_as(flat)
        for group, optimizer in zip(self.param_groups, (self._muon, self._adamw), strict=True):
            optimizer.param_groups[0].update({name: value for name, value in group.items() if name != "params"})
            bare_step(optimizer)()
